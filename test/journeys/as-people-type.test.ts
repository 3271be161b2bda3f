import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { openCouncil } from './council.ts';

test.each([
  ['people and hold all', ['Yes: people', 'Yes: hold all']],
  ['posts and hold 1', ['Yes: posts', 'Yes: hold 1']],
  ['cancel 2, then hold 1', ['Yes: cancel 2', 'Yes: hold 1']],
  ['cancel 1 & cancel 2', ['Yes: cancel 1', 'Yes: cancel 2']],
  ['stop everything\nresume', ['Yes: stop everything', 'Yes: resume']],
])('"%s" does nothing: each gets a button', async (typed, buttons) => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The road is shut.');
  await ellen.say('propose for Highways: The lane is shut.');
  const [asked] = await ellen.say(typed);
  expect(asked?.text).toContain('One thing at a time, please');
  expect(ellen.buttons(asked)).toEqual(buttons);
  expect([(await council.post(1)).status.is, (await council.post(2)).status.is]).toEqual(['draft', 'draft']);
  // A button is one command, and runs.
  await ellen.press(buttons[0] ?? '', {}, asked);
});

test('holds in front of others wait for no press, and what stands behind is told', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  for (const number of [1, 2, 3]) {
    await nadia.say(`propose Lane ${String(number)} is shut.`);
    await nadia.press('Send to Communications', {}, nadia.card(number));
  }
  const is = async (): Promise<readonly string[]> =>
    await Promise.all([1, 2, 3].map(async (number) => (await council.post(number)).status.is));
  const [one] = await nadia.say('hold 1 and cancel 2');
  expect(one?.text).toContain('Nothing else has happened yet: please type "cancel 2" by itself.');
  expect(await is()).toEqual(['held', 'in-review', 'in-review']);
  const [two] = await nadia.say('hold 2 and hold 3, then show 1');
  expect(two?.text).toContain('#2 and #3 are held');
  expect(nadia.buttons(two)).toContain('Yes: show 1');
  expect(await is()).toEqual(['held', 'held', 'held']);
});

test('a text that two commands would begin with stays a text', async () => {
  await using council = await openCouncil();
  await council.as('nadia-hartley').say('propose Stop and hold the rail, and remove your skates');
  expect((await council.post(1)).revision.text).toBe('Stop and hold the rail, and remove your skates');
});

test.each([
  ['I am off sick until Monday', 'Did you mean "away until Monday"?'],
  ["I'll be on annual leave till 4 Jan", 'Did you mean "away until 4 Jan"?'],
  ['out until 3pm', 'Did you mean "away until 3pm"?'],
  ['back on Tuesday', 'Until when are you away?'],
  ["I'm off tomorrow", 'Until when are you away?'],
  ['sick', 'Until when are you away?'],
])('"%s" is of an absence', async (typed, answer) => {
  await using council = await openCouncil();
  expect((await council.as('nadia-hartley').say(typed)).at(-1)?.text).toContain(answer);
});

test.each([
  [
    'tomorrow 9am until 5pm:',
    'make it go out tomorrow at 9am and stand until Wed 25 Nov at 5pm',
    '2026-11-25T09:00',
    '2026-11-25T17:00',
  ],
  [
    'for Highways, Friday 9am until Sunday 5pm:',
    'make it go out Fri 27 Nov at 9am and stand until Sun 29 Nov at 5pm',
    '2026-11-27T09:00',
    '2026-11-29T17:00',
  ],
])('"%s" in front of a text says when it goes out and when it ends', async (front, does, begins, ends) => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const [asked] = await nadia.say(`propose ${front} The bridge is open.`);
  await nadia.press(`Take "${front}" out and ${does}`, {}, asked);
  const { revision, when } = await council.post(1);
  expect([revision.text, when?.wall, revision.until?.wall]).toEqual(['The bridge is open.', begins, ends]);
});

test.each([
  ['1 schedule for tues 9.30', 'Did you mean "schedule 1 tues 9.30"?'],
  ['#1 move to Friday 9am', 'Did you mean "schedule 1 Friday 9am"?'],
  ['1 delay by an hour', 'Did you mean "schedule 1"?'],
])('"%s" names the post first', async (typed, answer) => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose The bridge is open.');
  expect((await nadia.say(typed)).at(-1)?.text).toContain(answer);
});

test('a note or words for what is public already are not lost without a word', async () => {
  await using council = await openCouncil();
  const [nadia, priya] = [council.as('nadia-hartley'), council.as('priya-desai')];
  await passedOn(council, 'The road at Moor Lane is shut.');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  const late = (await priya.say('send back 1: wrong date')).at(-1);
  expect(late?.text).toContain('There is nothing to decide: this post is published.');
  expect(late?.text).toContain(
    'I have done nothing with your words, and passed them on to nobody: "wrong date"',
  );
  expect((await nadia.say('edit 1 it is Mill Lane')).at(-1)?.text).toContain(
    'passed them on to nobody: "it is Mill Lane"',
  );
  expect((await nadia.say('edit 1 please')).at(-1)?.text).not.toContain('passed them on to nobody');
});

test.each(['chase 1', 'who has got 1?', 'what happened to 1', 'is 1 out yet', 'has #1 been approved?'])(
  '"%s" shows the post',
  async (typed) => {
    await using council = await openCouncil();
    const nadia = council.as('nadia-hartley');
    await nadia.say('propose The bridge is open.');
    expect((await nadia.say(typed)).at(-1)?.text).toContain('#1 · Highways and Transport Draft');
  },
);

test.each(['1 is urgent', 'make 1 urgent'])('"%s" offers its form', async (typed) => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose The bridge is open.');
  expect(nadia.buttons((await nadia.say(typed)).at(-1))).toContain('Yes: edit 1');
});
