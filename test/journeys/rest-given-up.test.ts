import { expect, test } from 'vitest';
import { agreed, asked, published } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { resumeAll, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

const shut = 'The bridge is shut until Thursday.';
const right = { text: 'The bridge is shut until Friday.', what: 'We gave the wrong day.' };
const busy = { outcome: 'retry', after: 20 * minute, reason: 'busy' } as const;

/** What somebody was told of the post since they were told so many times. */
const told = (council: Council, person: string, since = 0): readonly string[] =>
  toldIn(council, council.as(person).chat).slice(since);

test.for([
  ['X takes it', false],
  ['X refuses it', true],
] as const)(
  'whoever asked for a correction hears that what was deleted is not posted again, and another one brings it back: %s',
  async ([, refused]) => {
    await using council = await openCouncil();
    await published(council, shut, 'news,x-main');
    council.outside.next('x-main', { way: 'answer', outcome: busy });
    await council.as('joseph-adeyemi').say('show 1');
    await asked(council, { ...right, 'way:x-main': 'again' });
    await agreed(council);
    await council.as('joseph-adeyemi').say('hold 1');
    await council.pass(minute);
    const before = told(council, 'ellen-rimmer').length;
    const priya = council.as('priya-desai');
    await priya.press('Do not post it again', { note: 'Nobody reads it there.' }, priya.card(1));
    await council.pass(minute);
    expect(told(council, 'ellen-rimmer', before)).toEqual([
      expect.stringMatching(
        /^#1 \(Highways\): Priya Desai decided .* that nothing more of it is published\. It was deleted on X and is not posted there again\. A correction can post it there again\. Priya Desai wrote: "Nobody reads it there\." Type "show 1" to see it\.$/u,
      ),
    ]);
    const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
    expect(ellen.card(1).text).toContain('It was deleted on X and is not posted there again.');

    // Another correction leaves it so unless somebody chooses otherwise; with the same words it has nothing to do.
    const [form] = await ellen.say('correct 1');
    expect(form?.text).toContain('On X it was deleted, and was not posted again. What now?');
    const same = await ellen.press('Ask for this correction', { what: 'It belongs there.' }, form);
    expect(same.text).toContain('Nothing has changed, so everything stays as it was.');
    // By a decision it is posted there again.
    await ellen.press('Ask for this correction', { what: 'It belongs there.', 'way:x-main': 'again' }, form);
    expect(joseph.card(1).text).toContain('X: it was deleted there before, and is posted again.');
    expect(council.outside.standing('x-main')).toEqual([]);
    if (refused)
      council.outside.next('x-main', {
        way: 'answer',
        outcome: { outcome: 'refused', reason: 'against-policy' },
      });
    await agreed(council);
    await council.pass(hour);
    if (refused) {
      expect(council.outside.standing('x-main')).toEqual([]);
      expect(ellen.card(1).text).not.toContain('still says what it said');
      expect(ellen.card(1).text).toMatch(/\*\*X\*\*: Not published/u);
    } else {
      expect(council.outside.standing('x-main')).toEqual([right.text]);
      expect(ellen.card(1).text).toMatch(/^#1 · Highways and Transport Published /u);
      expect(ellen.card(1).text).not.toContain('not posted there again');
      // It stands as any other: it is answered, or taken down with the rest.
      await ellen.say('remove 1');
      await council.pass(hour);
      expect(council.outside.standing('x-main')).toEqual([]);
    }
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('where the rest of a post is held and a correction of what stands with it, the heading and the button name both', async () => {
  await using council = await openCouncil();
  await published(council, shut, 'news,facebook-main,nextdoor-sefton');
  council.outside.answer('edit', 'facebook-main', busy);
  await asked(council, right);
  await agreed(council);
  await council.as('yvonne-cartmel').say('hold 1');
  await council.pass(minute);
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  expect(ellen.card(1).text).toContain(
    'Published on 2 of 3 · the rest and a correction are held by Yvonne Cartmel',
  );
  const both =
    'What has not gone out, and the correction on Facebook, wait until somebody approves them again. "Do not publish or correct the rest" ends both.';
  expect(priya.card(1).text).toContain(both);
  expect(priya.buttons(priya.card(1))).not.toContain('Do not publish the rest');
  const [refused] = await ellen.say('correct 1');
  expect(refused?.text).toContain('presses "Do not publish or correct the rest"');
  const before = told(council, 'ellen-rimmer').length;
  await priya.press('Do not publish or correct the rest', { note: 'Leave it.' }, priya.card(1));
  await council.pass(hour);
  expect(council.outside.standing('facebook-main')).toEqual([shut]);
  expect(told(council, 'ellen-rimmer', before)).toEqual([
    expect.stringMatching(
      /nothing more of it is published\. Facebook was left as it is and still says what it said\. Priya Desai wrote: .*Leave it/u,
    ),
  ]);
  expect(ellen.buttons(ellen.card(1))).toContain('Put the rest right');
});

test.each([
  ['nobody can tell whether it arrived, and the desk does not want it any more', true],
  ['it is held before it is posted again, and not approved anew', false],
] as const)(
  'deleted on the one account that it had, to be posted there again: where %s, it is public no more, and its record goes on',
  async (_what, isUnclear) => {
    await using council = await openCouncil();
    await published(council, shut, 'x-main');
    await asked(council, { ...right, 'way:x-main': 'again' });
    if (isUnclear) council.outside.blind('x-main');
    council.outside.next('x-main', isUnclear ? { way: 'nothing' } : { way: 'answer', outcome: busy });
    await agreed(council);
    await council.pass(5 * minute);
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    if (isUnclear) await ellen.press('No, do not post', {}, ellen.card(1));
    else {
      await ellen.say('hold 1');
      await priya.press('Do not post it again', { note: 'Leave it.' }, priya.card(1));
    }
    await council.pass(hour);
    expect(council.outside.standing('x-main')).toEqual([]);
    const card = ellen.card(1);
    expect(card.text).toMatch(/^#1 · Highways and Transport Not public any more /u);
    expect(card.text).toContain(
      'It was deleted on X and is not posted there again. To say it there all the same, propose a new post.',
    );
    expect(card.text).toContain('to be posted again, and its replies and shares with it; published');
    expect(card.text).not.toContain('on its way');
    expect(ellen.buttons(card)).toEqual(['Why?']);
    for (const [words, answer] of [
      ['correct 1', 'It cannot be corrected now: this post is not public any more.'],
      ['remove 1', 'There is nothing to take down: this post is not public any more.'],
    ] as const)
      expect((await ellen.say(words)).at(-1)?.text).toContain(answer);
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('all of it is public, and its held correction is not wanted: that is what the cards and Why? say, once', async () => {
  await using council = await openCouncil();
  await published(council, 'The A59 is closed.', 'news,x-main');
  const [ellen, joseph, priya] = [
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
    council.as('priya-desai'),
  ];
  await asked(council, { text: 'The A565 is closed.', what: 'The wrong road.', 'way:x-main': 'again' });
  await stopEverything(council, 'ellen-rimmer');
  await joseph.press('Agree', { confirm: 'true' }, joseph.card(1));
  await resumeAll(council, 'ellen-rimmer');
  await priya.press('Leave it as it is', { note: 'It is the A59.' }, priya.card(1));
  for (const text of [ellen.card(1).text, (await ellen.say('why 1')).at(-1)?.text]) {
    expect(text).toMatch(/Priya Desai decided at \S+ that its correction goes no further\./u);
    expect(text).not.toContain('nothing more of it is published');
    expect(text).toContain('On the website and X it was not made, since it was not wanted any more.');
  }
  expect(council.outside.standing('x-main')).toEqual(['The A59 is closed.']);
});

test('Correct on a card from before a correction that is held opens no form that could not be sent', async () => {
  await using council = await openCouncil();
  await published(council, 'The A59 is closed.', 'news');
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const before = ellen.card(1);
  await asked(council, { text: 'The A565 is closed.', what: 'The wrong road.' });
  await stopEverything(council, 'ellen-rimmer');
  await joseph.press('Agree', { confirm: 'true' }, joseph.card(1));
  const pressed = await ellen.press('Correct', {}, before);
  expect(pressed.text).not.toContain('One other person has to agree');
  const typed = (await ellen.say('correct 1')).at(-1)?.text ?? '';
  for (const text of [typed, pressed.text])
    expect(text).toContain('It cannot be corrected now: this post is held.');
});
