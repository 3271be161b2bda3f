import { expect, test } from 'vitest';
import type { PostState } from '../../src/posts/post.ts';
import { correctionWords } from '../../src/words/corrections.ts';
import { comesTo, firstIsHeld, leftWhileHeld, letOutByDesk } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, connected, published } from './corrections.ts';
import { resumeAll, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

const shut = 'The bridge is shut.';
const right = { text: 'The bridge is open.', what: 'Wrong.' };
const busy = { outcome: 'retry', after: 10 * minute, reason: 'busy' } as const;

/** A correction that is agreed to, made on the website, and waits for Facebook. */
async function waiting(council: Council): Promise<void> {
  await published(council, shut, 'news,facebook-main');
  council.outside.answer('edit', 'facebook-main', busy);
  await asked(council, right);
  await agreed(council);
  expect(council.outside.standing('facebook-main')).toEqual([shut]);
}

const ways: Readonly<Record<string, (council: Council) => Promise<string>>> = {
  typed: async (council) => (await council.as('ellen-rimmer').say('hold 1')).at(-1)?.text ?? '',
  pressed: async (council) => (await council.as('ellen-rimmer').press('Hold')).text,
  'with everything': async (council) => (await council.as('ellen-rimmer').say('hold all')).at(-1)?.text ?? '',
  'by a stop': async (council) => (await stopEverything(council, 'ellen-rimmer')).text,
};

for (const [how, hold] of Object.entries(ways))
  test(`a correction that is still to change what stands is held (${how}), and only a fresh decision lets it go on`, async () => {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await waiting(council);
    const said = await hold(council);
    const changes = council.outside.calls.filter((call) => call.startsWith('edit')).length;
    if (how === 'with everything') expect(said).toContain('Everything is held: 1 post');
    if (how === 'by a stop') expect(said).toContain('Everything is stopped: 1 post held');
    if (how === 'by a stop') await resumeAll(council, 'ellen-rimmer');
    await council.pass(hour);
    expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer' });
    expect(council.outside.standing('facebook-main')).toEqual([shut]);
    for (const text of [ellen.card(1).text, ...(how === 'typed' || how === 'pressed' ? [said] : [])]) {
      expect(text).toContain('its correction is held by you');
      expect(text).toContain('Website**: Corrected');
      expect(text).toContain('Facebook**: Not corrected yet: it still says what it said');
    }
    // Its writers cannot let it go on, and who agreed once is asked anew.
    expect(ellen.buttons(ellen.card(1)).filter((title) => title.startsWith('Release'))).toEqual([]);
    expect(priya.card(1).text).toContain('Its correction is held. Your approval lets it go on');
    await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
    await council.pass(minute);
    expect(council.outside.standing('facebook-main')).toEqual([right.text]);
    expect(council.outside.calls.filter((call) => call.startsWith('edit'))).toHaveLength(changes + 1);
    const { status, corrected, correction, notCorrected } = await council.post(1);
    expect([status.is, corrected.length, correction, notCorrected]).toEqual([
      'published',
      1,
      undefined,
      undefined,
    ]);
    expect((await council.audit()).findings).toEqual([]);
  });

test('held while it waits for its account: connected again, nothing of it leaves before somebody lets it go on', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, shut, 'news,facebook-main');
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'account-blocked' });
  await asked(council, right);
  await agreed(council);
  await ellen.say('hold 1');
  await council.pass(minute);
  expect(ellen.card(1).text).toContain(
    'It still says what it said, and is corrected once the account is connected again and somebody has let its correction go on.',
  );
  await connected(council, 'facebook-main');
  await council.pass(hour);
  expect(council.outside.standing('facebook-main')).toEqual([shut]);
  expect(ellen.card(1).text).not.toContain('does not let Crier into');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what was being corrected as it was held is said to be, and recorded as it came', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'facebook-main,x-main');
  let holding: Promise<unknown> | undefined;
  let held: PostState | undefined;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  council.outside.pauseEdit('facebook-main', async () => {
    holding = ellen.say('hold 1');
    await comesTo(council, 'held');
    held = await council.post(1);
  });
  await asked(council, right);
  await agreed(council);
  await holding;
  if (held?.correction === undefined) throw new Error('its correction is not held');
  const rules = { ...council.protocol, away: {} };
  expect(correctionWords(held, held.correction, rules, council.now()).lines.join()).toContain(
    'On Facebook it was being made at that moment: this card says what comes of that.',
  );
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  await council.pass(hour);
  expect(council.outside.standing('x-main')).toEqual([shut]);
  const { text } = ellen.card(1);
  expect(text).toMatch(/X, correction\*\*: Held .*Facebook\*\*: Corrected/u);
  expect(text).not.toContain('being made at that moment');
  expect((await council.audit()).findings).toEqual([]);
});

test('all of it was on its way as it was held: it is made, and nothing waits for a decision', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'facebook-main');
  let holding: Promise<unknown> | undefined;
  council.outside.pauseEdit('facebook-main', async () => {
    holding = ellen.say('hold 1');
    await comesTo(council, 'held');
  });
  await asked(council, right);
  await agreed(council);
  await holding;
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  const { status, corrected } = await council.post(1);
  expect([status.is, corrected.length]).toEqual(['published', 1]);
  expect(ellen.card(1).text).not.toContain('is held by');
  expect((await council.audit()).findings).toEqual([]);
});

test('it was being corrected as it was held, and nobody can tell what came of that: it says so, and is made once somebody lets it go on', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, shut, 'facebook-main');
  council.outside.answer('edit', 'facebook-main', { outcome: 'unknown', reason: 'no-clear-answer' });
  let holding: Promise<unknown> | undefined;
  council.outside.pauseEdit('facebook-main', async () => {
    holding = ellen.say('hold 1');
    await comesTo(council, 'held');
  });
  await asked(council, right);
  await agreed(council);
  await holding;
  await council.pass(hour);
  expect(council.outside.standing('facebook-main')).toEqual([shut]);
  expect(ellen.card(1).text).toContain(
    'It was being corrected, and the network gave no clear answer: look there which words it has',
  );
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect((await council.post(1)).corrected).toHaveLength(1);
});

test('a held correction that somebody does not let go on is left, and is said to be', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await waiting(council);
  await ellen.say('hold 1');
  const left = await priya.press('Leave it as it is', { note: 'It shuts again tonight.' }, priya.card(1));
  await council.pass(hour);
  expect(council.outside.standing('facebook-main')).toEqual([shut]);
  expect((await council.post(1)).status.is).toBe('published');
  for (const text of [left.text, ellen.card(1).text]) {
    expect(text).toContain('Facebook**: It was left as it is and still says what it said.');
    expect(text).not.toContain('could not be corrected');
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('what cannot be done with what is public while its correction is held says how it goes on', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await waiting(council);
  await ellen.say('hold 1');
  const goesOn = 'somebody who may approve it has to let it go on, or decide that it does not.';
  for (const [typed, why] of [
    ['edit 1', 'It cannot be changed now: this post is held. First'],
    ['schedule 1 tomorrow 9am', 'Its time cannot be changed now: this post is held. First'],
    ['cancel 1', 'It cannot be cancelled now: this post is held. First'],
    ['correct 1', 'It cannot be corrected now: this post is held. First'],
    ['hold 1', 'This post is held already. Nothing more of it goes out as it is:'],
  ] as const)
    expect((await ellen.say(typed)).map(({ text }) => text).join(' ')).toContain(`${why} ${goesOn}`);
});

test('a correction that is agreed to while everything is stopped changes nothing before a fresh decision', async () => {
  await using council = await openCouncil();
  const [ellen, joseph, priya] = [
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
    council.as('priya-desai'),
  ];
  await published(council, shut, 'news,facebook-main');
  const done = await stopEverything(council, 'ellen-rimmer');
  expect(done.text).toContain('A correction of it waits, also where a post is only changed.');
  await asked(council, right);
  const said = await joseph.press('Agree', { confirm: 'true' }, joseph.card(1));
  expect(said.text).toContain('Ellen Rimmer has stopped everything, so this does not go out now.');
  await council.pass(hour);
  expect(council.outside.calls.filter((call) => call.startsWith('edit'))).toEqual([]);
  expect((await council.post(1)).status.is).toBe('held');
  await resumeAll(council, 'ellen-rimmer');
  await council.pass(hour);
  expect(council.outside.standing('facebook-main')).toEqual([shut]);
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect(ellen.card(1).text).not.toContain('held');
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction that waits for somebody while everything is stopped says so, and nobody is reminded of it before that is lifted', async () => {
  await using council = await openCouncil();
  const [ellen, joseph, priya] = [
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
    council.as('priya-desai'),
  ];
  await published(council, shut, 'news,facebook-main');
  await asked(council, right);
  await council.quiet();
  expect(joseph.buttons(joseph.card(1))).toContain('Agree: correct it now');
  const deciders = [joseph, priya];
  // That posts can go out again is told to whoever may stop them, whatever waits.
  const told = () =>
    deciders.map(({ chat }) => toldIn(council, chat).filter((text) => !text.startsWith('Posts can')).length);
  const before = told();
  await stopEverything(council);
  await council.pass(minute);
  const stopped =
    /Gareth Molyneux stopped everything on Tue 24 Nov at \S+: its correction does not go out until that is resumed\. An approval before then has to be given once more\./u;
  for (const each of [ellen, joseph, priya]) {
    expect(each.card(1).text).toMatch(stopped);
    expect(each.buttons(each.card(1))).not.toContain('Agree: correct it now');
  }
  expect(joseph.buttons(joseph.card(1))).toContain('Agree');
  await council.pass(80 * hour);
  expect(told()).toEqual(before);

  // From the resume on they are late by the protocol's times, as with a post.
  await resumeAll(council);
  await council.pass(minute);
  expect(joseph.card(1).text).not.toContain('stopped everything');
  expect(joseph.buttons(joseph.card(1))).toContain('Agree: correct it now');
  expect(told()).toEqual(before);
  const reminded: number[] = [];
  for (const wait of [57 * minute, 3 * minute, 57 * minute, 6 * minute]) {
    await council.pass(wait);
    reminded.push((told()[0] ?? 0) - (before[0] ?? 0));
  }
  expect(reminded).toEqual([0, 1, 1, 2]);
  await agreed(council);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what was being corrected when everything was stopped is waited for and listed', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'facebook-main');
  let stopping: Promise<{ readonly text: string }> | undefined;
  const [question] = await ellen.say('stop everything');
  council.outside.pauseEdit('facebook-main', async () => {
    stopping = ellen.press('Yes, stop everything', {}, question);
    await new Promise<void>((resolve) => {
      const forget = council.app.executor.onCommit(({ kind }) => {
        if (kind !== 'account') return;
        forget();
        resolve();
      });
    });
  });
  await asked(council, right);
  await agreed(council);
  const done = await stopping;
  expect(done?.text).toContain('Was already on its way');
  expect(done?.text).toContain('#1 on Facebook: corrected');
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect((await council.post(1)).status.is).toBe('published');
});

test('what is being taken down is not held, and whoever holds it is told', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'news,facebook-main');
  council.outside.answer('remove', 'facebook-main', busy);
  await ellen.say('remove 1');
  const [said] = await ellen.say('hold 1');
  expect(said?.text).toContain(
    'this post is being taken down, and is not down everywhere yet. A hold does not stop that, since it makes less public.',
  );
  const [all] = await ellen.say('hold all');
  expect(all?.text).toContain(
    'What is public in one place is still to be taken down there. That goes on, since it makes less public.',
  );
  await council.pass(hour);
  expect(council.outside.standing('facebook-main')).not.toContain(shut);
  expect((await council.post(1)).status.is).toBe('taken-down');
});

test('what was being corrected as it was taken down, or held and left, is recorded as it came, and its card says so', async () => {
  for (const then of ['taken down', 'left']) {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await published(council, shut, 'news,facebook-main');
    const doing: Promise<unknown>[] = [];
    council.outside.pauseEdit('facebook-main', async () => {
      doing.push(ellen.say(then === 'left' ? 'hold 1' : 'remove 1'));
      await comesTo(council, then === 'left' ? 'held' : 'taken-down');
      if (then === 'taken down') return;
      await leftWhileHeld(council, 'It shuts again.');
    });
    await asked(council, right);
    await agreed(council);
    await Promise.all(doing);
    await council.pass(hour);
    const { status, corrected, correction, notCorrected } = await council.post(1);
    expect([status.is, corrected.length, correction, notCorrected]).toEqual([
      then === 'left' ? 'published' : 'taken-down',
      1,
      undefined,
      undefined,
    ]);
    for (const { text } of [ellen.card(1), priya.card(1)]) {
      expect(text).toMatch(
        /Corrected on Tue 24 Nov at \S+ by Ellen Rimmer, agreed by Joseph Adeyemi: Wrong\./u,
      );
      expect(text).not.toContain('as it is and still says');
    }
    const entries = await council.audit();
    expect(entries.findings).toEqual([]);
  }
});

test('whoever was changing it has died: it is changed anew, or it says that nobody knows where it is held, left or taken down', async () => {
  for (const then of ['goes on', 'held', 'left', 'taken down']) {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await waiting(council);
    const { id } = await council.post(1);
    const params = { part: 'facebook-main.0', attempt: 'of-a-dead-process' };
    const actor = { by: 'crier' } as const;
    await council.app.executor.execute({ command: 'post.begin-change', id, params, actor });
    if (then === 'taken down') await ellen.say('remove 1');
    else if (then !== 'goes on') await ellen.say('hold 1');
    if (then === 'left') await priya.press('Leave it as it is', { note: 'It shuts again.' }, priya.card(1));
    // Once for the change that has died, once for its next start.
    for (let n = 0; n < 2; n += 1) await council.pass(hour);
    const { status, correction } = await council.post(1);
    const { text } = ellen.card(1);
    switch (then) {
      case 'goes on':
        expect(council.outside.standing('facebook-main')).toEqual([right.text]);
        break;
      case 'held':
        expect(status.is).toBe('held');
        expect(text).toContain('the network gave no clear answer: look there which words it has');
        break;
      case 'left':
        expect([status.is, correction]).toEqual(['published', undefined]);
        expect(text).toContain(
          'Facebook**: It may have been corrected, and nobody can tell: the network gave no clear answer. Look there which words it has. If they are wrong, ask for the correction again with "Put the rest right", put it right there yourself, or take it down.',
        );
        expect(text).not.toContain('still says what it said');
        break;
      default:
        expect([status.is, correction]).toEqual(['taken-down', undefined]);
        expect(council.outside.standing('facebook-main')).toEqual([]);
    }
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('left while nobody can tell whether its reply arrived: it is over once somebody has said that it did not', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, shut, 'facebook-main,x-main');
  council.outside.answer('edit', 'facebook-main', busy);
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'nothing' });
  await asked(council, { ...right, 'way:x-main': 'reply' });
  await agreed(council);
  await ellen.say('hold 1');
  await council.pass(hour);
  await priya.press('Leave it as it is', { note: 'It shuts again.' }, priya.card(1));
  expect(ellen.card(1).text).toContain('its correction does not go on');
  const { text } = await ellen.press('No, do not post', {}, ellen.card(1));
  expect(text).not.toContain('being corrected');
  for (const account of ['X', 'Facebook'])
    expect(text).toContain(`${account}**: It was left as it is and still says what it said.`);
  const { correction, corrected, notCorrected } = await council.post(1);
  expect([correction, corrected.length, notCorrected]).toEqual([
    undefined,
    0,
    ['x-main.c3', 'facebook-main.0'],
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('taken down while it is being corrected in one place and its reply is on its way to another: that is recorded as it came, and over', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'facebook-main,x-main');
  const reply = council.outside.pause('x-main');
  const doing: Promise<unknown>[] = [];
  council.outside.pauseEdit('facebook-main', async () => {
    await reply.begun;
    doing.push(ellen.say('remove 1'));
    await comesTo(council, 'taken-down');
    reply.go();
  });
  await asked(council, { ...right, 'way:x-main': 'reply' });
  await agreed(council);
  await Promise.all(doing);
  await council.pass(minute);
  expect(council.outside.entries().filter(({ removed }) => !removed)).toEqual([]);
  const { correction, corrected } = await council.post(1);
  expect([correction, corrected.length]).toEqual([undefined, 1]);
  const { text } = ellen.card(1);
  expect(text).toContain('by Ellen Rimmer, agreed by Joseph Adeyemi: Wrong.');
  expect(text).not.toContain('It was decided that it does not go on');
  expect((await council.audit()).findings).toEqual([]);
});

const lost = { outcome: 'unknown', reason: 'no-clear-answer' } as const;
const nobodyCanTell =
  'Facebook**: It may have been corrected, and nobody can tell: the network gave no clear answer. Look there which words it has.';

test('its change was made and nobody heard so: held and left a moment later, or held meanwhile, it is not said to say the old words', async () => {
  for (const then of ['then held', 'busy, then held', 'held meanwhile']) {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await published(council, shut, 'facebook-main');
    let holding: Promise<unknown> | undefined;
    council.outside.answer('edit', 'facebook-main', lost);
    if (then === 'busy, then held') council.outside.answer('edit', 'facebook-main', busy);
    council.outside.pauseEdit('facebook-main', async () => {
      for (const each of council.outside.entries('facebook-main')) each.text = right.text;
      if (then !== 'held meanwhile') return;
      holding = ellen.say('hold 1');
      await comesTo(council, 'held');
    });
    await asked(council, right);
    const joseph = council.as('joseph-adeyemi');
    await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
    if (then === 'busy, then held') await council.pass(minute);
    await (holding ?? ellen.say('hold 1'));
    await council.pass(minute);
    const { text } = ellen.card(1);
    expect(text).toContain(
      'Facebook**: It was being corrected, and the network gave no clear answer: look there which words it has',
    );
    expect(text).not.toContain('till says what it said');
    const left = await priya.press('Leave it as it is', { note: 'It shuts again.' }, priya.card(1));
    expect(left.text).toContain(nobodyCanTell);
    expect(left.text).not.toContain('till says what it said');
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('what was being corrected when everything was stopped, and got no clear answer, is listed as that', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'facebook-main');
  let stopping: Promise<{ readonly text: string }> | undefined;
  const [question] = await ellen.say('stop everything');
  council.outside.answer('edit', 'facebook-main', lost);
  council.outside.pauseEdit('facebook-main', async () => {
    stopping = ellen.press('Yes, stop everything', {}, question);
    await new Promise<void>((resolve) => {
      const forget = council.app.executor.onCommit(({ kind }) => {
        if (kind !== 'account') return;
        forget();
        resolve();
      });
    });
    for (const each of council.outside.entries('facebook-main')) each.text = right.text;
  });
  await asked(council, right);
  await agreed(council);
  const { text } = (await stopping) ?? { text: '' };
  expect(text).toContain(
    '#1 on Facebook: was being corrected, and the network gave no clear answer: look there which words it has',
  );
  expect(text).not.toContain('Nothing was on its way');
});

test('what was being deleted or corrected before everything was stopped, and got no clear answer, is listed as that', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'facebook-main,x-main');
  council.outside.unseen('x-main');
  council.outside.answer('remove', 'x-main', lost);
  council.outside.answer('edit', 'facebook-main', lost);
  const [question] = await ellen.say('stop everything');
  await asked(council, { ...right, 'way:x-main': 'again' });
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.quiet();
  expect(council.outside.calls).toEqual(expect.arrayContaining(['remove x-main', 'edit facebook-main']));
  const { text } = await ellen.press('Yes, stop everything', {}, question);
  expect(text).not.toContain('Nothing was on its way');
  expect(text).toContain(
    'Was already on its way #1 on X: was being deleted, to be posted again, and we are looking whether it is gone [Open ↗](https://x-main',
  );
  expect(text).toContain(
    '#1 on Facebook: was being corrected, and the network gave no clear answer: look there which words it has',
  );
  expect(ellen.card(1).text).toContain('It was being deleted, and we are looking whether it is gone');
  // Once a person is asked about it, the card does that.
  for (let n = 0; n < 40; n += 1) await council.pass(minute / 2);
  expect(ellen.card(1).text).toContain('X: it was being deleted, and we could not tell whether it is gone.');
  await resumeAll(council, 'ellen-rimmer');
  const [again] = await ellen.say('stop everything');
  const asking = await ellen.press('Yes, stop everything', {}, again);
  expect(asking.text).toContain('#1 on Facebook: was being corrected');
  expect(asking.text).not.toContain('on X:');
});

test('one account had refused the post, and its correction is made on the other as it is held: nothing is held then, and to try it again asks for a decision', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'forbidden' } });
  await published(council, shut, 'facebook-main,x-main');
  let holding: Promise<unknown> | undefined;
  council.outside.pauseEdit('facebook-main', async () => {
    holding = ellen.say('hold 1');
    await comesTo(council, 'held');
  });
  await asked(council, right);
  await agreed(council);
  await holding;
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect((await council.post(1)).status.is).toBe('partly-published');
  expect((await priya.say('waiting')).at(-1)?.text).toContain('Nothing waits for you');
  expect(ellen.buttons(ellen.card(1))).toEqual(expect.arrayContaining(['Try again', 'Correct']));
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  // Nobody has let it go on since it was held.
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer' });
  expect(council.outside.standing('x-main')).toEqual([]);
  expect((await priya.say('waiting')).at(-1)?.text).toContain('#1');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([right.text]);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

const changedByHandBefore = async (council: Council) => {
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await letOutByDesk(council, shut, { accounts: 'news,nextdoor-sefton' });
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/9' };
  await bethan.press('I have posted it', link, bethan.card(1));
  await asked(council, right);
  await agreed(council);
  await ellen.say('hold 1');
  await council.pass(minute);
};

for (const said of ['changed', 'not changed', 'not changed before'] as const)
  test(`left while whoever was to change it by hand can say whether they had, and they say ${said}: it is recorded so`, async () => {
    await using council = await openCouncil();
    const bethan = council.as('bethan-prys');
    await changedByHandBefore(council);
    if (said === 'not changed before') await bethan.press('I have not changed it', {}, bethan.card(1));
    const { text } = await leaves(council, 'It shuts again.');
    await council.pass(minute);
    const heard = council.shown(bethan.chat).map((each) => each.text);
    const toldNotTo =
      'please do not change it by hand any more. Say on its card whether you have changed it already.';
    expect(heard.join().split(toldNotTo)).toHaveLength(said === 'not changed before' ? 1 : 2);
    if (said === 'not changed before') {
      expect(text).toContain('Nextdoor Sefton**: It was left as it is and still says what it said.');
      expect(bethan.buttons(bethan.card(1))).not.toContain('I have changed it');
      return;
    }
    expect(text).toContain('its correction does not go on');
    expect(text).toContain('Bethan Prys was asked to change it by hand, and has not said whether they had');
    expect(text).not.toContain('still says what it said');
    expect(bethan.card(1).text).toContain(
      'Please do not change the post on Nextdoor Sefton: it is to stay as it is. Have you changed it already?',
    );
    await council.pass(hour);
    // Nobody is told the same again, nor reminded of what is not to be done.
    expect(
      council
        .shown(bethan.chat)
        .map((each) => each.text)
        .join()
        .split(toldNotTo),
    ).toHaveLength(2);
    expect(bethan.buttons(bethan.card(1))).not.toContain('Hold');
    const answer = await bethan.press(
      said === 'changed' ? 'I have changed it' : 'I have not changed it',
      {},
      bethan.card(1),
    );
    const post = await council.post(1);
    expect(post.correction).toBeUndefined();
    expect(post.wasByHand).toBeUndefined();
    if (said === 'changed') {
      expect(answer.text).not.toContain('was left as it is');
      expect(post.corrected).toHaveLength(1);
      expect(post.notCorrected).toBeUndefined();
    } else {
      expect(answer.text).toContain('Nextdoor Sefton**: It was left as it is and still says what it said.');
      expect(post.notCorrected).toEqual(['nextdoor-sefton.0']);
    }
    expect((await council.audit()).findings).toEqual([]);
  });

test('left before whoever was to change it by hand has said whether they had, and corrected again: nobody says what stands there', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await changedByHandBefore(council);
  await leaves(council, 'It shuts again.');
  await asked(council, { text: 'The bridge is open again.', what: 'Wrong.' });
  await council.pass(minute);
  expect(bethan.buttons(bethan.card(1))).not.toContain('I have changed it');
  expect(ellen.card(1).text).toContain(
    'Nextdoor Sefton**: It may have been corrected, and nobody can tell: whoever was to change it by hand did not say whether they had. Look there which words it has.',
  );
  await agreed(council);
  await council.pass(minute);
  await bethan.press('I have changed it', {}, bethan.card(1));
  expect((await council.post(1)).notCorrected).toBeUndefined();
  expect((await council.audit()).findings).toEqual([]);
});

/** A post that was being deleted to be posted again, with no clear answer, as it was held. */
async function heldWhileDeleted(council: Council, gone: boolean) {
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, 'The bridge is shut.', 'news,x-main');
  council.outside.pauseRemoval('x-main', async () => {
    if (gone) for (const entry of council.outside.entries('x-main')) entry.removed = true;
    await Promise.reject(new Error('the connection broke off'));
  });
  await asked(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'again' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  return await ellen.say('hold 1');
}

const leaves = async (council: Council, note = 'It is shut.') => {
  const priya = council.as('priya-desai');
  return await priya.press('Leave it as it is', { note }, priya.card(1));
};
const callsOf = (council: Council, what: string): number =>
  council.outside.calls.filter((call) => call === `${what} x-main`).length;

for (const [title, gone] of [
  ['it is gone', true],
  ['it is not', false],
] as const) {
  test(`deleted to be posted again with no clear answer, then held and left, and ${title}: it is looked up, and nothing more is done there`, async () => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    const held = await heldWhileDeleted(council, gone);
    expect(held.at(-1)?.text).toContain('**X**: It was being deleted, and we are looking whether it is gone');
    expect(held.at(-1)?.text).not.toContain('still says what it said');
    const left = await leaves(council);
    expect(left.text).toContain('perhaps deleted on X');
    expect(left.text).not.toContain('still says what it said');
    expect(left.text).not.toContain('**X**: Published');
    // There is nothing left that a hold would keep back.
    expect(ellen.buttons(ellen.card(1))).not.toContain('Hold');
    expect((await ellen.say('hold 1')).at(-1)?.text).not.toContain('Held by');
    for (let n = 0; n < 20; n += 1) await council.pass(5_000);
    // Nobody deletes it by a decision that does not count any more, nor posts it again.
    expect([callsOf(council, 'remove'), callsOf(council, 'publish')]).toEqual([1, 1]);
    const { text } = ellen.card(1);
    const post = await council.post(1);
    expect(post.correction).toBeUndefined();
    expect(text).not.toContain('perhaps deleted');
    if (gone) {
      expect(text).toMatch(/\*\*X\*\*: Deleted at \S+ to be posted again/u);
      expect(text).not.toContain('still says what it said');
    } else {
      expect(text).toContain('X**: It was left as it is and still says what it said.');
      expect(post.status).toMatchObject({ publications: { 'x-main.0': { is: 'published' } } });
      expect(ellen.buttons(ellen.card(1))).toContain('Take it down');
    }
    expect((await council.audit()).findings).toEqual([]);
  });

  test(`deleted to be posted again with no clear answer, then held, and ${title}: it is looked up, and its correction goes on by a fresh decision alone`, async () => {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await heldWhileDeleted(council, gone);
    for (let n = 0; n < 20; n += 1) await council.pass(5_000);
    const { text } = ellen.card(1);
    expect(text).not.toContain('looking whether it is gone');
    expect(text).toMatch(
      gone
        ? /\*\*X\*\*: Deleted at \S+ to be posted again/u
        : /\*\*X\*\*: Still there, until somebody decides/u,
    );
    expect((await council.post(1)).status.is).toBe('held');
    expect([callsOf(council, 'remove'), callsOf(council, 'publish')]).toEqual([1, 1]);
    await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toEqual(['The bridge is open.']);
    expect(callsOf(council, 'publish')).toBe(2);
    expect((await council.audit()).findings).toEqual([]);
  });

  test(`deleted to be posted again with no clear answer, then held and left where nobody can look, and ${title}: the desk is asked once, and what it says holds`, async () => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    council.outside.blind('x-main');
    await heldWhileDeleted(council, gone);
    await leaves(council);
    await council.pass(minute);
    const question = 'X: it was being deleted, and we could not tell whether it is gone. Looked once, at';
    expect(ellen.card(1).text).toContain(question);
    expect(ellen.card(1).text).toContain('Is it still there?');
    expect(ellen.buttons(ellen.card(1))).not.toContain('Hold');
    // Whoever is not asked reads the same without the question.
    const priya = council.as('priya-desai').card(1);
    expect(priya.text).toContain('It was being deleted, and we could not tell whether it is gone.');
    expect(priya.text).not.toContain('Is it still there?');
    expect(priya.text).toContain('perhaps deleted on X');
    await council.pass(hour);
    expect(callsOf(council, 'stands')).toBe(1);
    const answered = await ellen.press(gone ? 'No, it is gone' : 'Yes, it is still there', {}, ellen.card(1));
    expect(answered.text).not.toContain('could not tell');
    const post = await council.post(1);
    expect(post.correction).toBeUndefined();
    if (gone) {
      expect(answered.text).toMatch(/\*\*X\*\*: Deleted at \S+ to be posted again/u);
    } else {
      expect(post.status).toMatchObject({ publications: { 'x-main.0': { is: 'published' } } });
      expect(answered.text).toContain('X**: It was left as it is and still says what it said.');
    }
    expect([callsOf(council, 'remove'), callsOf(council, 'publish')]).toEqual([1, 1]);
    expect((await council.audit()).findings).toEqual([]);
  });
}

for (const gone of [true, false])
  test(`a rule comes to stop what was being deleted to be posted again with no clear answer, and it is ${gone ? 'gone' : 'still there'}: it is looked up, and not posted again`, async () => {
    await using council = await openCouncil();
    const joseph = council.as('joseph-adeyemi');
    await published(council, 'The bridge is shut.', 'news,x-main');
    council.outside.pauseRemoval('x-main', async () => {
      if (gone) for (const entry of council.outside.entries('x-main')) entry.removed = true;
      await Promise.reject(new Error('the connection broke off'));
    });
    await asked(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'again' });
    await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
    const { id } = await council.post(1);
    const stop = { command: 'post.stop-by-rule', id, params: { part: 'x-main.0' } } as const;
    await council.app.executor.execute({ ...stop, actor: { by: 'crier' } });
    await council.pass(1_000);
    expect(joseph.card(1).text).toContain('perhaps deleted on X');
    for (let n = 0; n < 20; n += 1) await council.pass(5_000);
    expect(callsOf(council, 'remove')).toBe(1);
    const { text } = joseph.card(1);
    expect(text).not.toContain('perhaps deleted');
    if (gone) expect(text).toMatch(/\*\*X\*\*: Deleted at \S+ to be posted again/u);
    else expect(text).toContain('X**: It could not be corrected: ');
    expect((await council.audit()).findings).toEqual([]);
  });

test('the desk is asked whether something is gone in its own Teams channel, after four looks that told nothing', async () => {
  await using council = await openCouncil();
  await heldWhileDeleted(council, true);
  council.outside.unseen('x-main');
  await leaves(council);
  const inChannel = async () => (await council.post(1)).copies.some(({ key }) => key === 'channel:desk');
  for (let n = 0; n < 10 * 4; n += 1) await council.pass(minute / 4);
  expect([callsOf(council, 'stands'), await inChannel()]).toEqual([3, false]);
  for (let n = 0; n < 3 * 4; n += 1) await council.pass(minute / 4);
  expect([callsOf(council, 'stands'), await inChannel()]).toEqual([4, true]);
  expect(council.as('ellen-rimmer').card(1).text).toContain('Looked 4 times');
  await council.pass(hour);
  expect(callsOf(council, 'stands')).toBe(4);
});

for (const [title, way] of [
  ['it is gone', 'done'],
  ['it is busy', 'busy'],
  ['it refuses that', 'refused'],
] as const) {
  test(`held and left while it is being deleted to be posted again, and the network says that ${title}: the card says that, and it is not posted again`, async () => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, 'The bridge is shut.', 'news,x-main');
    const holding: Promise<unknown>[] = [];
    council.outside.pauseRemoval('x-main', async () => {
      holding.push(ellen.say('hold 1'));
      await firstIsHeld(council);
      await leftWhileHeld(council, 'It is shut.');
      if (way === 'busy')
        council.outside.answerRemoval('x-main', { outcome: 'retry', after: minute, reason: 'busy' });
      if (way === 'refused')
        council.outside.answerRemoval('x-main', { outcome: 'refused', reason: 'not-allowed' });
    });
    await asked(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'again' });
    await agreed(council);
    await Promise.all(holding);
    await council.pass(hour);
    const { text } = ellen.card(1);
    const post = await council.post(1);
    expect(post.correction).toBeUndefined();
    expect(council.outside.calls.filter((call) => call === 'remove x-main')).toHaveLength(1);
    if (way === 'done') {
      expect(council.outside.standing('x-main')).toEqual([]);
      expect(text).toMatch(/\*\*X\*\*: Deleted at \S+ to be posted again/u);
      expect(text).not.toContain('still says what it said');
      expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
    } else {
      expect(council.outside.standing('x-main')).toEqual(['The bridge is shut.']);
      expect(post.status).toMatchObject({ publications: { 'x-main.0': { is: 'published' } } });
      expect(text).toContain('X');
    }
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('what may be gone is not said to stand, nor corrected anew, while its account has to be connected again', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, 'The bridge is shut.', 'news,x-main');
  council.outside.answer('remove', 'x-main', { outcome: 'unknown', reason: 'no-clear-answer' });
  council.outside.answer('remove', 'x-main', { outcome: 'refused', reason: 'account-blocked' });
  await asked(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'again' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  expect(callsOf(council, 'remove')).toBe(2);
  const { text } = ellen.card(1);
  expect(text).toContain(
    'X**: It was being deleted to be posted again, and nobody can tell whether it is gone: the network does not let Crier into the account any more. Look there. It is posted again by itself once the account is connected again. If that cannot wait, put it right there yourself (Crier still corrects it once it can), or take it down.',
  );
  expect(text).not.toContain('still says what it said');
  expect(ellen.buttons(ellen.card(1))).not.toContain('Correct');
  const typed = (await ellen.say('correct 1')).at(-1)?.text;
  expect(typed).not.toContain('Ask for this correction');
  await connected(council, 'x-main');
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual(['The bridge is open.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('what may have been corrected is not said to say what it said, while its account has to be connected again', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, 'The bridge is shut.', 'news,facebook-main');
  council.outside.answer('edit', 'facebook-main', { outcome: 'unknown', reason: 'no-clear-answer' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'account-blocked' });
  await asked(council, { text: 'The bridge is open.', what: 'Wrong.' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  const { text } = ellen.card(1);
  expect(text).toContain(
    'Facebook**: It may have been corrected, and nobody can tell: the network does not let Crier into the account any more. Look there which words it has. It is corrected by itself once the account is connected again. If that cannot wait, put it right there yourself (Crier still corrects it once it can), or take it down.',
  );
  expect(text).not.toContain('still says what it said');
  await connected(council, 'facebook-main');
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual(['The bridge is open.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction that was held says when it was made, and what the page said of its end until then', async () => {
  await using council = await openCouncil();
  const [ellen, tom, joseph] = [
    council.as('ellen-rimmer'),
    council.as('tom-ashcroft'),
    council.as('joseph-adeyemi'),
  ];
  await letOutByDesk(council, 'Hall Road is shut. Use the A565.', { accounts: 'news,x-main', until: '11am' });
  await asked(council, { text: 'Hall Road is shut. Use the A59.', what: 'Wrong road.', until: '1pm' });
  await stopEverything(council, 'gareth-molyneux');
  await agreed(council);
  for (const each of [ellen, joseph]) expect(each.card(1).text).not.toContain('Its end came');
  await council.until(Date.UTC(2026, 10, 24, 11, 20));
  const page = async () => await (await council.get('/news/1')).text();
  expect(await page()).toContain('This ended');
  for (const each of [ellen, joseph, tom]) expect(each.card(1).text).toContain('Its end came at 11am.');

  await resumeAll(council, 'gareth-molyneux');
  expect(tom.card(1).text).toContain('Its end came at 11am.');
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  expect(await page()).not.toContain('This ended');
  const corrected =
    /Corrected on Tue 24 Nov at 11:2\dam by Ellen Rimmer, agreed by Joseph Adeyemi at 9:4\dam: Wrong road\./u;
  expect(ellen.card(1).text).toMatch(corrected);
  expect(ellen.card(1).text).not.toContain('Its end came');
  const [why] = await ellen.say('why 1');
  expect(why?.text).toMatch(corrected);
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction of which only the rest was held says when that was made', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await waiting(council);
  await ellen.say('hold 1');
  await council.pass(hour);
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(ellen.card(1).text).toMatch(
    /Corrected on Tue 24 Nov at 9:4\dam on the website by Ellen Rimmer, agreed by Joseph Adeyemi: Wrong\./u,
  );
  expect(ellen.card(1).text).toMatch(/The same was corrected at 10:4\dam on Facebook\./u);
});
