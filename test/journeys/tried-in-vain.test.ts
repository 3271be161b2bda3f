import { expect, test } from 'vitest';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';
import { toldIn } from './told.ts';

const shut = 'The bridge is shut until Thursday.';
const right = { text: 'The bridge is shut until Friday.', what: 'We gave the wrong day.' };
const unclear = { outcome: 'unknown', reason: 'no-clear-answer' } as const;
const busy = { outcome: 'retry', after: 2 * minute, reason: 'busy' } as const;

/** Every attempt on the account comes to nothing from now on. */
function inVain(
  council: Council,
  what: 'edit' | 'remove',
  account: string,
  outcome: typeof unclear | typeof busy,
) {
  for (let n = 0; n < 1_000; n += 1) council.outside.answer(what, account, outcome);
}

const passes = async (council: Council, minutes: number, step = 2): Promise<void> => {
  for (let n = 0; n < minutes; n += step) await council.pass(step * minute);
};
const callsOf = (council: Council, what: string): number =>
  council.outside.calls.filter((call) => call === what).length;

/** What somebody was told in their own chat, apart from cards. */
const toldTo = (council: Council, person: string): readonly string[] =>
  toldIn(council, `chat-${person}`).filter((text) => text !== '');

const waitsFor = async (council: Council, person: string): Promise<string> =>
  (await council.as(person).say('waiting')).at(-1)?.text ?? '';

const nothing = 'Nothing waits for you';

for (const [how, outcome, says] of [
  [
    'gets no clear answer',
    unclear,
    'Facebook: it was being corrected, and we could not tell whether it is: the network gave no clear answer. It is tried again by itself.',
  ],
  [
    'is put off again and again',
    busy,
    'Facebook: it still says what it said, and could not be corrected so far: the network takes no more posts from us for now. It is tried again by itself.',
  ],
] as const) {
  test(`a change that ${how} is asked about once after ten minutes, and is tried on less often`, async () => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, shut, 'news,facebook-main');
    inVain(council, 'edit', 'facebook-main', outcome);
    await asked(council, right);
    await agreed(council);
    await passes(council, 8);
    const before = toldTo(council, 'ellen-rimmer').length;
    expect(await waitsFor(council, 'ellen-rimmer')).toContain(nothing);
    expect(ellen.card(1).text).toContain(
      outcome === busy ? 'not corrected yet: ' : 'perhaps corrected, which nobody can tell yet: ',
    );
    await passes(council, 20);
    expect(ellen.card(1).text).toContain(says);
    expect(ellen.buttons(ellen.card(1))).toEqual(
      expect.arrayContaining(['It has the new words', 'Try again now', 'It has the old words: leave them']),
    );
    expect(await waitsFor(council, 'ellen-rimmer')).toContain('#1');
    const tries = callsOf(council, 'edit facebook-main');
    await passes(council, 12 * 60, 15);
    const news = toldTo(council, 'ellen-rimmer').slice(before);
    expect(news.filter((text) => text.includes('needs Communications'))).toHaveLength(1);
    expect(news.join()).toContain(`${says} Please look there, and say on its card how it goes on.`);
    const more = callsOf(council, 'edit facebook-main') - tries;
    expect(more).toBeGreaterThan(12);
    expect(more).toBeLessThanOrEqual(12 * 4);
    expect((await council.audit()).findings).toEqual([]);
  });

  for (const word of ['It has the new words', 'Try again now', 'It has the old words: leave them'] as const)
    test(`a change that ${how}, and the desk says "${word}": that is so`, async () => {
      await using council = await openCouncil();
      const ellen = council.as('ellen-rimmer');
      await published(council, shut, 'news,facebook-main');
      for (let n = 0; n < 1_000; n += 1) council.outside.answer('edit', 'facebook-main', outcome);
      await asked(council, right);
      await agreed(council);
      await passes(council, 20);
      const tries = callsOf(council, 'edit facebook-main');
      const { text } = await ellen.press(word, {}, ellen.card(1));
      expect(text).not.toContain('could not');
      await council.quiet();
      if (word === 'Try again now') {
        expect(callsOf(council, 'edit facebook-main')).toBe(tries + 1);
        return;
      }
      await passes(council, 60, 15);
      expect(callsOf(council, 'edit facebook-main')).toBe(tries);
      const { correction, notCorrected } = await council.post(1);
      expect(correction).toBeUndefined();
      const card = ellen.card(1);
      if (word === 'It has the new words') {
        expect(notCorrected).toBeUndefined();
        expect(ellen.buttons(card)).not.toContain('Put the rest right');
      } else {
        expect(notCorrected).toEqual(['facebook-main.0']);
        expect(card.text).toContain('Facebook**: It was left as it is and still says what it said.');
        expect(toldTo(council, 'joseph-adeyemi').at(-1)).toContain('Facebook was left as it is');
      }
      for (const person of ['ellen-rimmer', 'joseph-adeyemi'])
        expect(await waitsFor(council, person)).toContain(nothing);
      expect((await council.audit()).findings).toEqual([]);
    });
}

test('a change that is made after all, once the desk has been asked about it, is not asked about any more', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'facebook-main');
  for (let n = 0; n < 7; n += 1) council.outside.answer('edit', 'facebook-main', busy);
  await asked(council, right);
  await agreed(council);
  await passes(council, 12);
  expect(await waitsFor(council, 'ellen-rimmer')).toContain('#1');
  await passes(council, 30);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect(await waitsFor(council, 'ellen-rimmer')).toContain(nothing);
  expect(ellen.card(1).text).not.toContain('could not');
});

test('held and let go on, a change is asked about once more only where that comes to nothing again', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, shut, 'news,facebook-main');
  inVain(council, 'edit', 'facebook-main', busy);
  await asked(council, right);
  await agreed(council);
  await passes(council, 20);
  await ellen.say('hold 1');
  expect(ellen.card(1).text).not.toContain('tried again by itself');
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again now');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again now');
  await passes(council, 30);
  expect(ellen.buttons(ellen.card(1))).toContain('Try again now');
});

for (const [how, outcome, says] of [
  [
    'gets no clear answer',
    unclear,
    'may still be public on Facebook: nobody can tell whether it came down, since the network gave no clear answer. It is tried again by itself. Please look there, take it down yourself if it still is, and say so on its card',
  ],
  [
    'is put off again and again',
    busy,
    'is still public on Facebook. Crier could not take it down: the network takes no more posts from us for now. It is tried again by itself. Please take it down there yourself and say so on its card',
  ],
] as const)
  test(`a removal that ${how} is asked about once after ten minutes, and is tried on`, async () => {
    await using council = await openCouncil();
    const [ellen, yvonne] = [council.as('ellen-rimmer'), council.as('yvonne-cartmel')];
    await published(council, shut, 'news,facebook-main');
    inVain(council, 'remove', 'facebook-main', outcome);
    await yvonne.say('remove 1');
    await passes(council, 8);
    const [state, now] =
      outcome === unclear
        ? ['perhaps still on Facebook', 'Perhaps gone, which nobody can tell yet: ']
        : ['still on Facebook', 'Not taken down yet: '];
    expect(ellen.card(1).text).toContain(`Taken down on 1 of 2; ${state}`);
    expect(ellen.card(1).text).toContain(now);
    expect(await waitsFor(council, 'ellen-rimmer')).toContain(nothing);
    await passes(council, 20);
    const tries = callsOf(council, 'remove facebook-main');
    for (let n = 0; n < 12; n += 1) await council.pass(hour);
    for (const person of ['ellen-rimmer', 'joseph-adeyemi', 'yvonne-cartmel']) {
      const told = toldTo(council, person).filter((text) => text.includes('public'));
      expect(told, person).toHaveLength(1);
      expect(told[0]).toContain(says);
      expect(await waitsFor(council, person)).toContain('#1');
    }
    expect(ellen.card(1).text).toContain(`Taken down on 1 of 2; ${state}`);
    expect(callsOf(council, 'remove facebook-main')).toBeGreaterThan(tries + 8);
    // What may be gone may be so still while it is tried anew.
    await ellen.press('Take it down', {}, ellen.card(1));
    await council.pass(minute);
    expect(ellen.card(1).text).toContain(state);
    await passes(council, 20);
    await ellen.press('I have taken it down', {}, ellen.card(1));
    expect(ellen.card(1).text).toContain('Taken down');
    expect(ellen.card(1).text).not.toContain('still on');
    expect(await waitsFor(council, 'ellen-rimmer')).toContain(nothing);
    expect((await council.audit()).findings).toEqual([]);
  });

test('a removal that got no clear answer is looked up, and is not asked for once more where it is gone', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'news,facebook-main');
  council.outside.pauseRemoval('facebook-main', async () => {
    for (const entry of council.outside.entries('facebook-main')) entry.removed = true;
    await Promise.reject(new Error('the connection broke off'));
  });
  await ellen.say('remove 1');
  await passes(council, 2);
  expect(callsOf(council, 'remove facebook-main')).toBe(1);
  expect(callsOf(council, 'stands facebook-main')).toBe(1);
  expect(ellen.card(1).text).toContain('Taken down');
  expect(ellen.card(1).text).not.toContain('still on');
});

/** X is to be deleted and posted again, and every attempt at that comes to nothing. */
async function roomInVain(council: Council, outcome: typeof unclear | typeof busy): Promise<void> {
  await published(council, shut, 'news,x-main');
  inVain(council, 'remove', 'x-main', outcome);
  await asked(council, { ...right, 'way:x-main': 'again' });
  await agreed(council);
  await passes(council, 8);
  const card = council.as('ellen-rimmer').card(1);
  expect(card.text).toContain(
    outcome === busy ? 'Not taken down yet: ' : 'Perhaps gone, which nobody can tell yet: ',
  );
  expect(await waitsFor(council, 'ellen-rimmer')).toContain(nothing);
  await passes(council, 20);
}

for (const [how, outcome, says] of [
  [
    'gets no clear answer',
    unclear,
    'X: it was being deleted, to be posted again, and we could not tell whether it is gone: the network gave no clear answer. It is tried again by itself.',
  ],
  [
    'is put off again and again',
    busy,
    'X: it is to be deleted and posted again, and that has not come about: the network takes no more posts from us for now. It is tried again by itself.',
  ],
] as const) {
  test(`a deletion to post again that ${how} is asked about once, and is tried on`, async () => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await roomInVain(council, outcome);
    expect(ellen.card(1).text).toContain(says);
    const tries = callsOf(council, 'remove x-main');
    for (let n = 0; n < 12; n += 1) await council.pass(hour);
    expect(callsOf(council, 'remove x-main')).toBeGreaterThan(tries + 8);
    for (const person of ['ellen-rimmer', 'joseph-adeyemi']) {
      const told = toldTo(council, person).filter((text) => text.includes('needs Communications'));
      expect(told, person).toHaveLength(1);
      expect(told[0]).toContain(says);
      expect(await waitsFor(council, person)).toContain('#1');
    }
    expect((await council.post(1)).status.is).toBe('publishing');
    expect((await council.audit()).findings).toEqual([]);
  });

  for (const word of ['It is gone', 'Try again now', 'It is still there: leave it'] as const)
    test(`a deletion to post again that ${how}, and the desk says "${word}": that is so`, async () => {
      await using council = await openCouncil();
      const ellen = council.as('ellen-rimmer');
      await roomInVain(council, outcome);
      if (word === 'It is gone') {
        council.outside.blind('x-main');
        for (const entry of council.outside.entries('x-main')) entry.removed = true;
      }
      // What has just been asked for may still come to something.
      await council.pass(2 * minute);
      const tries = callsOf(council, 'remove x-main');
      await ellen.press(word, {}, ellen.card(1));
      await council.quiet();
      if (word === 'Try again now') {
        expect(callsOf(council, 'remove x-main')).toBe(tries + 1);
        return;
      }
      await passes(council, 60, 15);
      expect(callsOf(council, 'remove x-main')).toBe(tries);
      expect((await council.post(1)).correction).toBeUndefined();
      expect(council.outside.standing('x-main')).toEqual([word === 'It is gone' ? right.text : shut]);
      if (word !== 'It is gone')
        expect(ellen.card(1).text).toContain('X**: It was left as it is and still says what it said.');
      for (const person of ['ellen-rimmer', 'joseph-adeyemi'])
        expect(await waitsFor(council, person)).toContain(nothing);
      expect((await council.audit()).findings).toEqual([]);
    });
}

test('left while it was being deleted once more, a deletion is looked up, and it is not posted again', async () => {
  for (const gone of [true, false]) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await roomInVain(council, unclear);
    const { id } = await council.post(1);
    const params = { part: 'x-main.0', attempt: 'under-way' };
    const actor = { by: 'crier' } as const;
    await council.app.executor.execute({ command: 'post.begin-removal', id, params, actor });
    const tries = callsOf(council, 'remove x-main');
    await ellen.press('It is still there: leave it', {}, ellen.card(1));
    expect(ellen.card(1).text).toContain('perhaps deleted on X');
    if (gone) for (const entry of council.outside.entries('x-main')) entry.removed = true;
    await passes(council, 5);
    expect(callsOf(council, 'remove x-main')).toBe(tries);
    expect(council.outside.standing('x-main')).toEqual(gone ? [] : [shut]);
    expect(toldTo(council, 'joseph-adeyemi').at(-1)).toContain(
      gone ? 'it had been deleted already' : 'X was left as it is and still says what it said.',
    );
    expect((await council.post(1)).correction).toBeUndefined();
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('what may have been deleted is not corrected before somebody has said whether it is gone, and is then named', async () => {
  await using council = await openCouncil();
  const [ellen, joseph, priya] = [
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
    council.as('priya-desai'),
  ];
  await published(council, shut, 'news,x-main');
  council.outside.blind('x-main');
  for (let n = 0; n < 3; n += 1) council.outside.answer('remove', 'x-main', unclear);
  await asked(council, { ...right, 'way:x-main': 'again' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await ellen.say('hold 1');
  await priya.press('Leave it as it is', { note: 'No.' }, priya.card(1));
  await passes(council, 20);
  expect(ellen.buttons(ellen.card(1))).not.toContain('Put the rest right');
  expect((await ellen.say('correct 1')).at(-1)?.text).toContain('What it still waits for stands below.');
  expect(await waitsFor(council, 'ellen-rimmer')).toContain('#1');
  await ellen.press('Yes, it is still there', {}, ellen.card(1));
  const form = await ellen.press('Put the rest right', {}, ellen.card(1));
  const other = { text: 'The bridge is shut until Sunday.', what: 'The day.', 'way:x-main': 'again' };
  await ellen.press('Ask for this correction', other, form.card);
  expect(joseph.card(1).text).toContain('X: the post is deleted, then posted again.');
  await agreed(council);
  await passes(council, 10);
  expect(council.outside.standing('x-main')).toEqual([other.text]);
});

test('left while nobody knew that it was deleted already: whoever has to do with it hears that nothing of it stands there', async () => {
  for (const gone of [true, false]) {
    await using council = await openCouncil();
    const [ellen, joseph, priya] = [
      council.as('ellen-rimmer'),
      council.as('joseph-adeyemi'),
      council.as('priya-desai'),
    ];
    await published(council, shut, 'news,x-main');
    council.outside.answer('remove', 'x-main', unclear);
    await asked(council, { ...right, 'way:x-main': 'again' });
    await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
    if (gone) for (const entry of council.outside.entries('x-main')) entry.removed = true;
    await ellen.say('hold 1');
    await priya.press('Leave it as it is', { note: 'No.' }, priya.card(1));
    await passes(council, 20);
    const words =
      'it was decided that the post on X stays as it is, but it had been deleted already, so nothing of it stands there. To have it there, propose a new post.';
    for (const person of ['ellen-rimmer', 'joseph-adeyemi', 'priya-desai']) {
      const told = toldTo(council, person).filter((text) => text.includes(words));
      expect(told, person).toHaveLength(gone ? 1 : 0);
    }
    expect(council.outside.standing('x-main')).toEqual(gone ? [] : [shut]);
  }
});
