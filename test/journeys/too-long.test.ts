import { expect, test } from 'vitest';
import { openCouncil } from './council.ts';

const letters = (n: number): string => 'a'.repeat(n);

test('of a link that is too long to be kept no page is read, and it goes out as a link', async () => {
  const read: string[] = [];
  await using council = await openCouncil({
    protocol: (sample) =>
      sample.replace('# media-from:\n#   - images.sefton.gov.uk\n', 'media-from: [sefton.example]\n'),
    openLink: async (address) => {
      read.push(address);
      return { ok: false, what: 'link', why: 'link-not-reached' };
    },
  });
  const nadia = council.as('nadia-hartley');
  const long = `https://sefton.example/${letters(2_000)}`;
  await nadia.say(`propose Read https://sefton.example/short and ${long}`);
  expect((await council.post(1)).revision).toMatchObject({
    text: `Read https://sefton.example/short and ${long}`,
    pages: { 'https://sefton.example/short': { is: 'unread' } },
  });
  expect(read).toEqual(['https://sefton.example/short']);
});
