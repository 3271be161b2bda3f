import { expect, test } from 'vitest';
import { startConnector } from '../peers/connector.ts';
import { textOf } from './card.ts';
import { picture } from '../fixtures/cards/posts.ts';
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

test('its form has no room for its pictures: it says so, and asks about each of them on forms of their own', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say(`propose ${'The library in Bootle is open again from Monday. '.repeat(20)}`);
  const { recognised: _who, origin: _whose, ...unanswered } = picture('');
  const { revision } = await council.post(1);
  const { n, by: _by, at: _at, ...written } = revision;
  const text = '"\n'.repeat(3_500) + 'The library is open.';
  const media = Array.from({ length: 9 }, (_, at) => ({
    ...unanswered,
    hash: `p${String(at)}`.padEnd(43, 'x'),
    alt: `Shelf ${String(at + 1)}. ${'A row of books. '.repeat(40)}`,
  }));
  await council.app.executor.execute({
    command: 'post.revise',
    id: (await council.post(1)).id,
    params: { ...written, text, media, from: n },
    actor: { by: 'person', person: 'nadia-hartley' },
  });
  await council.quiet();
  let form = await nadia.press('Edit', {}, nadia.card(1));
  expect(form.text).toContain('There is no room here for its 9 pictures and what is asked about them.');
  expect(form.text).not.toContain('Say what picture 1 shows');
  form = await nadia.press('Save, then the pictures', { text: `${text} Come in.` }, form.card);
  expect(form.text).toContain('Pictures 1 to 4 of 9');
  expect(form.text).not.toContain('What the public will read');
  // The second of them goes; what stood behind it is asked about next, and none is left out.
  const seen = (places: readonly number[]) =>
    Object.fromEntries(
      places.flatMap((at) => [
        [`seen:${String(at)}`, 'nobody'],
        [`whose:${String(at)}`, 'ours'],
      ]),
    );
  form = await nadia.press(
    'Save, then the next pictures',
    { ...seen([0, 2, 3]), 'out:1': 'true' },
    form.card,
  );
  expect(form.text).toContain('Pictures 4 to 7 of 8');
  // What is wrong is said there.
  const wrong = await nadia.press(
    'Save, then the next pictures',
    { 'alt:3': 'word '.repeat(390) },
    form.card,
  );
  expect(wrong.text).toContain('A post takes 20,000');
  form = await nadia.press('Save, then the next pictures', seen([3, 4, 5, 6]), form.card);
  expect(form.text).toContain('Picture 8 of 8');
  await nadia.press('Save', seen([7]), form.card);
  const after = (await council.post(1)).revision;
  expect(after.text).toBe(`${text} Come in.`);
  expect(after.media.map(({ alt }) => alt.slice(0, 7))).toEqual(
    [1, 3, 4, 5, 6, 7, 8, 9].map((each) => `Shelf ${String(each)}`),
  );
  expect(after.media.map(({ recognised, origin }) => [recognised?.who, origin?.whose])).toEqual(
    after.media.map(() => ['nobody', 'ours']),
  );
});

test('more than a post takes is refused in words, and nothing is lost', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const [refused] = await nadia.say(`propose ${'A sentence that is right. '.repeat(1_300)}`);
  // It stands just above in the chat.
  expect(refused?.text).toContain('Your message has 33,807 characters. A post takes 20,000');
  expect(refused?.text).toContain(
    'Shorten it, or put the whole on a page and link to it, and send it again.',
  );
  await nadia.say('propose A short one.');
  const form = await formOf(council, 'nadia-hartley');
  const answer = await nadia.press('Save', { text: 'word '.repeat(12_000) }, form);
  // No card holds what was typed, so the form stays as it is with the words in it, and says why.
  expect(answer.card).toBeUndefined();
  expect(answer.text).toContain(
    'The text has 60,000 characters, and 20,000 are the most. Please shorten it.',
  );
  expect((await council.post(1)).revision.text).toBe('A short one.');
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
