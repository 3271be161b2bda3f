import { expect, test } from 'vitest';
import type { PostState } from '../../src/posts/post.ts';
import { nameOfWords, repliedOn } from '../../src/posts/correcting/standing.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';
import { resumeAll, stopEverything } from './stops.ts';

const shut = 'The bridge is shut.';
const open = { text: 'The bridge is open.', what: 'It is not.' };
const half = { text: 'The bridge is open to cars.', what: 'Not to lorries.' };
const opened = `Correction: ${open.what}\n\n${open.text}`;
const halved = `Correction: ${half.what}\n\n${half.text}`;
const refused = { outcome: 'refused', reason: 'no-permission' } as const;

type Typed = Readonly<Record<string, string>>;

async function corrected(council: Council, typed: Typed): Promise<void> {
  await asked(council, typed);
  await agreed(council);
}

/** A correction that is agreed to while everything is stopped, and that somebody leaves once that is over. */
async function heldAndLeft(council: Council, typed: Typed): Promise<void> {
  const priya = council.as('priya-desai');
  await stopEverything(council, 'ellen-rimmer');
  await corrected(council, typed);
  await resumeAll(council, 'ellen-rimmer');
  await priya.press('Leave it as it is', { note: 'It shuts again tonight.' }, priya.card(1));
  await council.pass(minute);
}

/** Asks for the words that the form shows. @returns what is answered */
async function unchanged(council: Council, typed: Typed = {}): Promise<string> {
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  return (await council.as('ellen-rimmer').press('Ask for this correction', typed, form)).text;
}

const nothing = 'Nothing has changed';

test('what stands as a reply is not replied once more after another correction was held and left', async () => {
  for (const accounts of ['x-main', 'news,x-main,bluesky-main']) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, shut, accounts);
    await corrected(council, open);
    await heldAndLeft(council, half);
    const card = ellen.card(1);
    expect(card.text).toContain('X**: It was left as it is and still says what it said.');
    expect(ellen.buttons(card)).toContain('Correct');
    expect(ellen.buttons(card)).not.toContain('Put the rest right');
    expect(await unchanged(council, { what: open.what })).toContain(nothing);
    const replied = accounts.split(',').filter((account) => account !== 'news');
    for (const account of replied) expect(council.outside.standing(account), account).toEqual([shut, opened]);

    // The words that were left are said once somebody wants them all the same.
    await corrected(council, half);
    for (const account of replied)
      expect(council.outside.standing(account), account).toEqual([shut, opened, halved]);
    expect(await unchanged(council, { what: half.what })).toContain(nothing);
    await heldAndLeft(council, { text: 'It is a tunnel.', what: 'It is no bridge.' });
    expect(await unchanged(council, { what: half.what })).toContain(nothing);

    // Words that were said before another correction are said once more where somebody wants them again.
    await corrected(council, open);
    for (const account of replied)
      expect(council.outside.standing(account), account).toEqual([shut, opened, halved, opened]);
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('a wrong post that stands with the reply that corrected it is deleted and posted again, with the words left as they are', async () => {
  for (const accounts of ['x-main', 'news,x-main,bluesky-main']) {
    await using council = await openCouncil();
    const joseph = council.as('joseph-adeyemi');
    await published(council, shut, accounts);
    await corrected(council, half);
    await corrected(council, open);
    expect(council.outside.standing('x-main')).toEqual([shut, halved, opened]);
    const page = async (): Promise<string> => await (await council.get('/news/1')).text();
    const before = await page();
    // Answered or left alone, nothing would change.
    expect(await unchanged(council, { what: open.what, 'way:x-main': 'reply' })).toContain(nothing);

    const wanted = await asked(council, { what: open.what, 'way:x-main': 'again' });
    expect(wanted.text).not.toContain(nothing);
    expect(council.outside.standing('x-main')).toEqual([shut, halved, opened]);
    expect(joseph.card(1).text).toContain(
      'X: the post is deleted, then posted again. Its replies and shares are lost.',
    );
    await agreed(council);
    expect(council.outside.standing('x-main')).toEqual([open.text]);
    if (accounts !== 'x-main') {
      expect(council.outside.standing('bluesky-main')).toEqual([shut, halved, opened]);
      expect(await page()).toBe(before);
    }
    // Where the right words stand alone, there is nothing more to do.
    expect(await unchanged(council, { what: open.what, 'way:x-main': 'again' })).toContain(nothing);
    expect(council.as('ellen-rimmer').card(1).text).not.toContain('still says what it said');
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('a correction back to what a reply says there already does not say it once more', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, shut, 'news,x-main');
  await corrected(council, open);
  council.outside.next('x-main', { way: 'answer', outcome: refused });
  await corrected(council, half);
  expect(council.outside.standing('x-main')).toEqual([shut, opened]);
  await asked(council, open);
  expect(joseph.card(1).text).toContain('X: stays as it is, since nothing that it says there changes.');
  await agreed(council);
  expect(council.outside.standing('x-main')).toEqual([shut, opened]);
  expect(ellen.card(1).text).toContain(`On the website ${open.text} On X ${shut}`);
  expect(ellen.buttons(ellen.card(1))).not.toContain('Put the rest right');
  expect(await unchanged(council, { what: open.what })).toContain(nothing);
  await corrected(council, half);
  expect(council.outside.standing('x-main')).toEqual([shut, opened, halved]);
});

test('a reply of which only the first post stands is made once more after another correction was left', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const thread = { ...open, text: 'The bridge is open.\n---\nUse it.' };
  await published(council, shut, 'news,x-main');
  council.outside.next('x-main', { way: 'through' });
  council.outside.next('x-main', { way: 'answer', outcome: refused });
  await corrected(council, thread);
  const first = council.outside.standing('x-main').slice(1);
  expect(first).toHaveLength(1);
  await heldAndLeft(council, half);
  const form = await ellen.press('Put the rest right', {}, ellen.card(1));
  await ellen.press('Ask for this correction', { what: open.what }, form.card);
  await agreed(council);
  await council.pass(5 * minute);
  const stands = council.outside.standing('x-main');
  expect(stands.slice(0, 2)).toEqual([shut, ...first]);
  expect(stands).toHaveLength(4);
  expect(await unchanged(council, { what: open.what })).toContain(nothing);
});

test('a change that may have been made is made back to what the post says, where somebody left it since', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, shut, 'facebook-main');
  await corrected(council, open);
  council.outside.answer('edit', 'facebook-main', { outcome: 'unknown', reason: 'no-clear-answer' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: 120 * minute, reason: 'busy' });
  await corrected(council, half);
  await ellen.say('hold 1');
  await priya.press('Leave it as it is', { note: 'No.' }, priya.card(1));
  const form = await ellen.press('Put the rest right', {}, ellen.card(1));
  expect(form.text).toContain('Facebook may not say all of this.');
  await ellen.press('Ask for this correction', { what: open.what }, form.card);
  expect(ellen.card(1).text).toContain(
    'Facebook: nobody can tell which words it has, and gets the corrected text.',
  );
  const edits = () => council.outside.calls.filter((call) => call === 'edit facebook-main').length;
  const before = edits();
  await agreed(council);
  expect(edits()).toBe(before + 1);
  expect(ellen.card(1).text).not.toContain('nobody can tell');
  expect(await unchanged(council, { what: open.what })).toContain(nothing);
});

test('a reply of an earlier release, which did not keep what it says, is known by the correction that made it', async () => {
  await using council = await openCouncil();
  await published(council, shut, 'news,x-main');
  await corrected(council, open);
  const post = await council.post(1);
  const { status } = post;
  if (!('plan' in status)) throw new Error('it is not out');
  const parts = status.plan.parts.map(({ says: _words, ...part }) => part);
  const earlier: PostState = { ...post, status: { ...status, plan: { ...status.plan, parts } } };
  for (const each of [post, earlier]) expect(repliedOn(each, 'x-main')).toBe(nameOfWords(open.text));
  const since = { ...earlier, revision: { ...earlier.revision, n: earlier.revision.n + 1, text: half.text } };
  expect(repliedOn(since, 'x-main')).toBeUndefined();
});
