import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { choicesIn } from './card.ts';
import { openCouncil, type Council } from './council.ts';
import { agreed, asked } from './corrections.ts';

/** What somebody wrote for the website alone stands on the page and in the feeds, and is put right like its heading. */

const wrote = {
  accounts: 'news,x-main',
  headline: 'Paintings at the Atkinson',
  summary: 'Last entry on Friday at 3pm.',
};
const text = `The Atkinson in Southport shows paintings by local artists. ${'Each of them is for sale. '.repeat(8)}`;
const wrong = { summary: 'Last entry on Friday at 5pm.', what: 'We gave the wrong time for the last entry.' };

async function read(council: Council): Promise<string> {
  const paths = ['/news/1', '/news/feed.json', '/news/atom.xml', '/news/rss.xml'];
  return (await Promise.all(paths.map(async (path) => await (await council.get(path)).text()))).join('\n');
}

test('a summary alone is corrected: whoever agrees reads what it becomes, the page and the feeds say it, X stays', async () => {
  await using council = await openCouncil();
  const joseph = council.as('joseph-adeyemi');
  await letOutByDesk(council, text, wrote);
  await asked(council, wrong);
  const card = joseph.card(1).text;
  expect(card).toContain('The text, which stays as it is');
  expect(card).toContain('The summary on the website becomes: Last entry on Friday at 5pm.');
  expect(card).toContain('X: stays as it is, since nothing that it says there changes.');
  await agreed(council);
  expect(council.outside.calls).toEqual(['publish x-main']);
  const public_ = await read(council);
  expect(public_).not.toContain('at 3pm');
  expect(public_.match(/Last entry on Friday at 5pm/gu)?.length).toBeGreaterThan(3);
  expect(public_).toContain(wrong.what);

  // Emptied, the first words of the text stand there instead.
  await asked(council, { summary: '', what: 'There is no last entry.' });
  expect(joseph.card(1).text).toContain(
    'The summary on the website is taken out. It said: Last entry on Friday at 5pm. Instead, the first words of the text stand there: The Atkinson in Southport shows',
  );
  await agreed(council);
  expect(await read(council)).not.toContain('Last entry on Friday');
  expect((await council.post(1)).revision.summary).toBe('');

  // And a later correction puts it back.
  const form = await asked(council, { summary: wrong.summary, what: 'There is a last entry after all.' });
  expect(form.text).toContain('The summary on the website becomes: Last entry on Friday at 5pm.');
  await agreed(council);
  expect(await read(council)).toContain(wrong.summary);
  expect((await council.audit()).findings).toEqual([]);
});

test('what the rules find in a summary is said beside its field, which is there where the post has a page', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await letOutByDesk(council, text, wrote);
  const answer = await asked(council, { ...wrong, summary: 'What the hell.' });
  expect(answer.text).toMatch(/Summary on the website ✖ "what the hell" should not be used/iu);
  expect((await council.post(1)).correction).toBeUndefined();
  // A post without a page has no such field.
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main' });
  expect((await ellen.say('correct 2')).at(-1)?.text).not.toContain('Summary on the website');
  // One with a page and without a summary has it.
  await letOutByDesk(council, 'Bridge Road is closed.', { accounts: 'news' });
  expect((await ellen.say('correct 3')).at(-1)?.text).toContain('Summary on the website');
});

test('an end that the summary comes to name is asked about, and whoever agrees reads where it stands apart', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await letOutByDesk(council, 'Bridge Road is open while we mend the kerb.', {
    accounts: 'news,x-main',
    summary: 'The road is open until 4pm.',
    until: '4pm',
  });
  const six = { summary: 'The road is open until 6pm.', what: 'It is open for longer.' };
  const form = await asked(council, six);
  expect(form.text).toContain(
    'Nothing was asked for yet: the summary says that it ends on Tue 24 Nov at 6pm',
  );
  const no = choicesIn(form.card ?? {}, 'named-end')['No, it does not end then'] ?? '';
  await ellen.press('Ask for this correction', { 'named-end': no }, form.card);
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'The summary says that it ends on Tue 24 Nov at 6pm, and the post ends on Tue 24 Nov at 4pm.',
  );
});
