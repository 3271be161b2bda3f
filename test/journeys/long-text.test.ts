import { expect, test } from 'vitest';
import { startConnector } from '../peers/connector.ts';
import { textOf } from './card.ts';
import { openCouncil, type Council } from './council.ts';

/** A timetable takes many lines, each of which takes room on a card. */
const timetable = Array.from({ length: 500 }, (_, n) => `Street ${String(n + 1)}: gritted by 6am.`).join(
  '\n',
);

/** Opens the first page from a post's card and turns every page; gives what stood on them. */
async function readAll(council: Council, person: string): Promise<string> {
  const somebody = council.as(person);
  const on = somebody.card(1);
  let page = await somebody.press('Read all of it', {}, on);
  let words = page.text;
  while (JSON.stringify(page.card).includes('"Next page"')) {
    page = await somebody.press('Next page', {}, { ...on, card: page.card ?? {} });
    words += `\n${page.text}`;
  }
  const back = await somebody.press('Back to the post', {}, { ...on, card: page.card ?? {} });
  expect(back.text).toContain('Please decide by');
  return words;
}

test('a long text arrives, is read whole by whoever decides, and goes out whole', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${timetable}`);
  const tom = council.as('tom-ashcroft');
  // X and the style are beside the point here.
  await ellen.press('Save', { accounts: 'news' }, await formOf(council, 'ellen-rimmer'));
  await ellen.press('Send to Highways approvers');
  expect(tom.card(1).text).toMatch(/The first [\d,]+ of [\d,]+ characters\./u);
  expect(tom.card(1).text).not.toContain('Street 500:');
  const words = await readAll(council, 'tom-ashcroft');
  for (const line of timetable.split('\n')) expect(words).toContain(line);
  await tom.press('Approve: goes out now', { confirm: 'true' });
  const post = await council.post(1);
  expect(post.status.is).toBe('published');
  expect(await (await council.get('/news/feed.json')).text()).toContain('Street 500: gritted by 6am.');
});

/** The form that somebody opens on the card of #1. */
async function formOf(council: Council, person: string) {
  const somebody = council.as(person);
  const { card } = await somebody.press('Edit');
  return { ...somebody.card(), card: card ?? {} };
}

test('more than a post takes is refused in words, and nothing is lost', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const [refused] = await nadia.say(`propose ${'A sentence that is right. '.repeat(1_300)}`);
  expect(refused?.text).toContain(
    'All texts of this post together have 33,799 characters. A post takes 20,000',
  );
  await nadia.say('propose A short one.');
  const form = await formOf(council, 'nadia-hartley');
  const answer = await nadia.press('Save', { text: 'word '.repeat(12_000) }, form);
  // No card holds what was typed, so the form stays as it is with the words in it, and says why.
  expect(answer.card).toBeUndefined();
  expect(answer.text).toContain('A post takes 20,000');
  expect((await council.post(2)).revision.text).toBe('A short one.');
});

test('where Teams takes less than it says, people are told in words, once', async () => {
  const connector = await startConnector({ largest: 2_500 });
  await using council = await openCouncil({ connector });
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose The gritters are out on the main roads tonight.');
  const told = council.shown(nadia.chat).at(-1);
  expect(told?.text).toContain('too large for Teams');
  const posts = connector.calls['post'] ?? 0;
  await council.pass(60_000);
  expect(connector.calls['post'] ?? 0).toBe(posts);
  expect(textOf(told?.card ?? {})).toBe('');
});
