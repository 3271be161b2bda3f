import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { agreed, asked, published } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { toldIn } from './told.ts';

/** A post that stood on X is deleted to be posted again in other words, and X refuses those. */

const no = { outcome: 'refused', reason: 'against-policy' } as const;
const moor = { text: 'Moor Lane is closed.', what: 'It is Moor Lane.' };
const shut = { text: 'Moor Lane is shut.', what: 'It is Moor Lane.' };
const again = { 'way:x-main': 'again', 'way:bluesky-main': 'again' };

async function refusedAgain(council: Council, accounts = 'x-main'): Promise<void> {
  await asked(council, { ...moor, ...again });
  for (const account of accounts.split(',')) council.outside.next(account, { way: 'answer', outcome: no });
  await agreed(council);
  await council.pass(minute);
}

const why = async (council: Council): Promise<string> =>
  (await council.as('ellen-rimmer').say('why 1')).at(-1)?.text ?? '';

const line = 'Published on Tue 24 Nov at 9:43am, deleted at 9:44am to be posted again, which failed';

test('cards, lists, messages and the record say that it stood, was deleted for a correction, and was refused, with why', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'x-main');
  await refusedAgain(council);
  const { text } = ellen.card(1);
  expect(text).toContain(line);
  expect(text).toContain('Nothing of it is public: it was deleted on X for a correction');
  expect(text).toContain('A correction can post it there in other words.');
  // It goes out by itself then: nobody is to try it again.
  expect(text).toContain('Press "Correct" and change the words. Ellen Rimmer asked');
  expect(text).not.toContain('No account took it');
  expect((await ellen.say('posts')).at(-1)?.text).toContain(line);
  expect(toldIn(council, 'chat-ellen-rimmer').at(-1)).toContain(
    'It was deleted there to be posted again, so nothing of it stands there.',
  );
  const record = await why(council);
  expect(record).toContain('Published at 9:43am on X.');
  expect(record).toContain('Deleted at 9:44am on X, to be posted again in other words.');
  expect(record).toContain('Not posted again at 9:44am on X: the network says that it breaks its rules.');
  expect(record).not.toContain('is below');
  for (const typed of ['edit 1', 'cancel 1', 'remove 1'])
    expect((await ellen.say(typed)).at(-1)?.text).toContain('this post is not public any more');
});

test('other words are asked for, agreed to by somebody else, and posted there', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, 'Liverpool Road is closed.', 'x-main');
  await refusedAgain(council);
  // What is left as it is may be said in other words as well.
  await ellen.press('Leave it as it is', {}, ellen.card(1));
  await asked(council, shut);
  expect(ellen.card(1).text).toContain(`${line} · a correction waits`);
  expect(ellen.card(1).text).toContain('X: it was deleted there before, and is posted again.');
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  await ellen.press('Take this request back', {}, ellen.card(1));
  await asked(council, shut);
  await joseph.press('Leave it as it is', { note: 'Not so.' }, joseph.card(1));
  expect(ellen.card(1).text).toContain('Joseph Adeyemi did not agree to the correction');
  expect(council.outside.standing('x-main')).toEqual([]);

  await asked(council, shut);
  council.outside.next('x-main', { way: 'answer', outcome: no });
  await agreed(council);
  expect(ellen.card(1).text).toContain(line);
  await asked(council, { ...shut, text: 'Moor Lane is shut today.' });
  await agreed(council);
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual(['Moor Lane is shut today.']);
  expect((await council.post(1)).status.is).toBe('published');
  expect(ellen.card(1).text).toContain('Published on Tue 24 Nov at 9:43am');
  expect(await why(council)).toMatch(/Posted again at 9:\d\dam on X\./u);
  expect(await why(council)).not.toContain('Ellen Rimmer changed it');
  expect((await council.audit()).findings).toEqual([]);
});

test('tried again as it is, it stands there', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'x-main');
  await refusedAgain(council);
  await ellen.press('Try again', {}, ellen.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([moor.text]);
  expect(await why(council)).toContain('Posted again at 9:4');
});

test('where it stood on two accounts, each is posted again unless somebody leaves it so', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'x-main,bluesky-main');
  await refusedAgain(council, 'x-main,bluesky-main');
  await asked(council, { ...shut, 'way:bluesky-main': 'leave' });
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([shut.text]);
  expect(council.outside.standing('bluesky-main')).toEqual([]);
  expect(ellen.card(1).text).toContain('Published on 1 of 2');
  // What is tried again there has the words of by now.
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('bluesky-main')).toEqual([shut.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('beside an account that took it, another correction can post it there at once, and the record says that it was deleted', async () => {
  await using council = await openCouncil();
  await published(council, 'Liverpool Road is closed.', 'news,x-main');
  await refusedAgain(council);
  expect(await why(council)).toContain('Deleted at 9:44am on X, to be posted again in other words.');
  expect(await why(council)).toContain('Not posted again at 9:44am on X');
  await asked(council, { ...shut, ...again });
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([shut.text]);
  expect(await why(council)).toContain('Posted again at 9:4');
});

test('once its end has come, it is posted again with a later end alone', async () => {
  await using council = await openCouncil();
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main', until: '24 Nov 12:00' });
  await council.pass(minute);
  await refusedAgain(council);
  await council.pass(4 * hour);
  const answer = await asked(council, shut);
  expect(answer.text).toContain('Its end, Tue 24 Nov at midday, has passed. Give it a later end, or none.');
  await asked(council, { ...shut, until: '25 Nov 12:00' });
  await agreed(council);
  expect(council.outside.standing('x-main')).toEqual([shut.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a post that no account ever took says with each account why, in the record too', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'answer', outcome: no });
  await published(council, 'Liverpool Road is closed.', 'x-main');
  expect(council.as('ellen-rimmer').card(1).text).toContain('Could not be published');
  expect(await why(council)).toContain(
    'No account took it. X: not published: the network says that it breaks its rules.',
  );
});

const before = async (council: Council): Promise<string> =>
  (await why(council)).split('What it said before')[1]?.split('The correction asked for')[0] ?? '';

test('the record says what stood before, and never that the post said words which no account took', async () => {
  await using council = await openCouncil();
  await published(council, 'Liverpool Road is closed.', 'x-main');
  await refusedAgain(council);
  // Also before another correction is asked for, and while that waits.
  const isTold = async (): Promise<void> => {
    expect(await before(council)).toContain('it said: Liverpool Road is closed.');
    expect(await before(council)).not.toContain('Moor Lane');
  };
  await isTold();
  await asked(council, shut);
  await isTold();
  council.outside.next('x-main', { way: 'answer', outcome: no });
  await agreed(council);
  await isTold();
  await asked(council, { ...shut, text: 'Moor Lane is shut today.' });
  await agreed(council);
  await council.quiet();
  await isTold();

  // What was said in the end is what the next one puts other words in place of.
  await asked(council, { text: 'Moor Lane is open.', what: 'It is open.', ...again });
  await agreed(council);
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual(['Moor Lane is open.']);
  expect(await before(council)).toMatch(
    /it said: Liverpool Road is closed\. Before .* it said: Moor Lane is shut today\./u,
  );
  expect(await before(council)).not.toContain('Moor Lane is closed');
  expect((await council.audit()).findings).toEqual([]);
});

test('words that were refused, and went out once they were tried again, are among what the post said', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'x-main,bluesky-main');
  await refusedAgain(council, 'x-main,bluesky-main');
  await asked(council, { ...shut, 'way:bluesky-main': 'leave' });
  await ellen.press('Take this request back', {}, ellen.card(1));
  await ellen.press('Try again', {}, ellen.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([moor.text]);
  await asked(council, { ...shut, ...again });
  await agreed(council);
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([shut.text]);
  expect(await before(council)).toMatch(
    /it said: Liverpool Road is closed\..*it said: Moor Lane is closed\./u,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('the record of a thread of which the first post was refused lists no post that was never out', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await ellen.say('propose for Highways: on x: First of the news.\n---\nSecond of the news.\n---\nThird.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  await asked(council, { text: 'First is new.\n---\nSecond is new.', what: 'It is new.', ...again });
  council.outside.next('x-main', { way: 'answer', outcome: no });
  await agreed(council);
  await council.pass(minute);
  await asked(council, { text: 'One short post.', what: 'It is newer.' });
  await agreed(council);
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual(['One short post.']);
  expect(await before(council)).toContain('First of the news.');
  expect(await before(council)).not.toContain('is new');
});
