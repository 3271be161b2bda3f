import { expect, test } from 'vitest';
import { picture } from '../fixtures/cards/posts.ts';
import { inputsIn } from './card.ts';
import { hour, openCouncil, type Council, type Pressed } from './council.ts';

/* A client may leave a field's `maxLength` unheeded. */

const letters = (n: number): string => 'a'.repeat(n);

/** A draft of Highways with so many pictures of which nothing is said yet. */
async function pictured(council: Council, pictures: number): Promise<void> {
  await council.as('nadia-hartley').say('propose The library in Bootle is open again from Monday.');
  const { id, revision } = await council.post(1);
  const { n, by: _by, at: _at, ...written } = revision;
  const { recognised: _who, origin: _whose, ...unanswered } = picture('');
  const media = Array.from({ length: pictures }, (_, at) => ({
    ...unanswered,
    hash: `p${String(at)}`.padEnd(43, 'x'),
  }));
  await council.app.executor.execute({
    command: 'post.revise',
    id,
    params: { ...written, media, from: n },
    actor: { by: 'person', person: 'nadia-hartley' },
  });
  await council.quiet();
}

/** What was typed stands in the answer, and what is wrong with it. */
function refusedWith(
  answer: Pressed,
  typed: Readonly<Record<string, string>>,
  words: readonly string[],
): void {
  for (const said of words) expect(answer.text).toContain(said);
  expect(inputsIn(answer.card ?? {})).toMatchObject(typed);
  expect(answer.text).not.toContain('Something went wrong');
}

test('the form says at each field that holds too much what it takes, and keeps what was typed', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await pictured(council, 3);
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const before = (await council.post(1)).revision;
  const typed = {
    accounts: 'news,x-main,youtube-main',
    headline: letters(301),
    summary: letters(1_001),
    campaign: letters(101),
    'youtube-title': letters(101),
    'alt:0': '',
    'alt:2': letters(2_340),
    'seen:2': 'children',
    'form:2': letters(201),
    'whose:2': 'permitted',
    'from:2': letters(202),
  };
  const words = [
    'The heading has 301 characters, and 300 are the most.',
    'The summary has 1,001 characters, and 1,000 are the most.',
    'The name of the campaign has 101 characters, and 100 are the most.',
    'The title of the video has 101 characters, and 100 are the most.',
    'The description of picture 3 has 2,340 characters, and 2,000 are the most.',
    'The reference of the form has 201 characters, and 200 are the most.',
    'The name of who gave permission has 202 characters, and 200 are the most.',
  ];
  refusedWith(await nadia.press('Save', typed, form.card), typed, words);
  // The first of them is left out: what is wrong stands at the picture that it is about all the same.
  const less = { ...typed, 'out:0': 'true' };
  const shifted = await nadia.press('Save', less, form.card);
  refusedWith(shifted, typed, words);
  expect(shifted.text).toMatch(/Say what picture 3 shows.*The description of picture 3 has/u);
  expect((await council.post(1)).revision).toEqual(before);
});

test('a description on the card of a draft, whether it is saved or sent with the draft', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await pictured(council, 1);
  const typed = { 'alt:0': letters(2_001), 'seen:0': 'nobody', 'whose:0': 'ours' };
  for (const button of ['Save these answers', 'Send to Communications']) {
    refusedWith(await nadia.press(button, typed, nadia.card(1)), { 'alt:0': typed['alt:0'] }, [
      'The description of the picture has 2,001 characters, and 2,000 are the most. Please shorten it.',
    ]);
  }
  expect((await council.post(1)).status.is).toBe('draft');
});

test('a note, what was wrong with a post, and an address', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'lost' });
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const note = { note: letters(2_001) };
  refusedWith(await priya.press('Send back with a note', note), note, [
    'The note has 2,001 characters, and 2,000 are the most.',
  ]);
  await priya.press('Approve: goes out now', { confirm: 'true' });
  await council.pass(hour);
  const link = { 'link:x-main.0': `https://x.example/${letters(2_000)}` };
  refusedWith(await ellen.press('Yes, it is there', link, ellen.card(1)), link, [
    'The address has 2,018 characters, and 2,000 are the most.',
  ]);
  await ellen.press('Yes, it is there', { 'link:x-main.0': 'https://x.example/1' }, ellen.card(1));
  const [form] = await ellen.say('correct 1');
  const right = { text: 'The gritters are in.', headline: letters(301), what: letters(501) };
  refusedWith(await ellen.press('Ask for this correction', right, form), right, [
    'The heading has 301 characters, and 300 are the most.',
    'What you say was wrong has 501 characters, and 500 are the most.',
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

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
