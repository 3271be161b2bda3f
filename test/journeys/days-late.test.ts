import { expect, test } from 'vitest';
import { crier } from '../../src/core/context.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';

/** Approved by Priya Desai, for Wednesday at 9:00. */
async function planned(council: Council, number: number, words: string): Promise<void> {
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  await nadia.say(`propose ${words}`);
  await nadia.say(`schedule ${String(number)} Wed 9:00`);
  await nadia.press('Send to Communications', {}, nadia.card(number));
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(number));
  await priya.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, priya.card(number));
}

/** Highways is Roads now, under another id; whoever wrote for it writes for that. */
const renamed = (sample: string): string =>
  sample
    .replace(
      '  highways:\n    name: Highways and Transport\n    short: Highways',
      '  roads:\n    name: Roads and Travel\n    short: Roads',
    )
    .replace('aliases: [roads, transport, traffic]', 'aliases: [transport, traffic]')
    .replaceAll(', highways]', ', roads]');

test('its time passed while nobody said whether it goes out: with its department back it still does not, and the desk is asked for a time', async () => {
  await using first = await openCouncil();
  await planned(first, 1, 'Liverpool Road is closed.');
  await using without = await first.restart({ protocol: renamed });
  await without.pass(minute);
  await without.pass(24 * day);
  expect((await without.as('ellen-rimmer').say('show 1')).at(-1)?.text).toContain('says whether it goes out');

  await using council = await without.restart({ protocol: (sample) => sample });
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([]);
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  const why =
    'It was to go out on Wed 25 Nov at 9am, which passed while it waited for Communications, so it has not gone out. Nothing goes out so late by itself. Choose another time, or cancel it.';
  for (const [{ chat }, begins] of [
    [ellen, '#1 (Highways) needs Communications. '],
    [nadia, '#1 (Highways): '],
  ] as const)
    expect(council.shown(chat).map(({ text }) => text)).toContainEqual(
      expect.stringContaining(`${begins}${why}`),
    );
  expect(ellen.card(1).text).toContain(why);
  await council.pass(day);
  expect(council.outside.standing('x-main')).toEqual([]);

  await nadia.say('schedule 1 now');
  expect((await priya.say('show 1')).at(-1)?.text).toContain(
    'It stays here until somebody approves it again.',
  );
  await priya.press('Release: goes out now', { confirm: 'true' });
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
  expect((await ellen.say('why 1')).at(-1)?.text).toContain(
    'since the time at which it was to go out had passed while it waited for Communications.',
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('Crier was down for days at its time: it does not go out unasked; what is less than two hours late does', async () => {
  await using before = await openCouncil();
  await planned(before, 1, 'Liverpool Road is closed.');
  await using council = await before.restart({ down: 4 * day });
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([]);
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).toContain(
    'It was to go out on Wed 25 Nov at 9am, which passed while Crier was not running, so it has not gone out. Nothing goes out so late by itself. Choose another time, or cancel it.',
  );
  expect(council.shown(ellen.chat).at(-1)?.text).toContain('#1');

  await using other = await openCouncil();
  await planned(other, 1, 'Moor Lane is closed.');
  await using again = await other.restart({ down: 24 * hour });
  await again.pass(minute);
  expect(again.outside.standing('x-main')).toEqual(['Moor Lane is closed.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('another part of it begins in the same moment: what was to be held for being late leaves with it', async () => {
  await using council = await openCouncil();
  await planned(council, 1, 'Liverpool Road is closed.');
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await council.pass(day);
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  const { id } = await council.post(1);
  // As the outbox ends an effect that asks for that instead of leaving.
  const refused = await council.app.executor.amend('post', id, (draft) => {
    const { effects, wishes } = draft.waiting;
    const left = effects.filter(({ key }) => key !== 'publish:facebook-main.0');
    expect(left.length).toBeLessThan(effects.length);
    draft.await({ effects: left, wishes });
    return draft.call({ command: 'post.hold-missed', id, params: {} }, crier);
  });
  expect(refused).toBeUndefined();
  await council.pass(2 * hour);
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('what came to its end while Crier was down says when that was, not when it was noticed', async () => {
  await using first = await openCouncil();
  const nadia = first.as('nadia-hartley');
  await nadia.say('propose The road is closed.\nuntil 1pm');
  await nadia.press('Send to Communications');
  await nadia.say('propose The bridge is shut.');
  await nadia.press('Send to Communications', {}, nadia.card(2));
  await using council = await first.restart({ down: 4 * day });
  await council.pass(minute);
  const { chat } = council.as('nadia-hartley');
  for (const words of [
    '#1 (Highways): Its end came on Tue 24 Nov at 1pm, before it was out.',
    '#2 (Highways): Nobody decided by Fri 27 Nov at 9:43am, so it did not go out.',
  ])
    expect(council.shown(chat).map(({ text }) => text)).toContainEqual(expect.stringContaining(words));
  expect(council.as('nadia-hartley').card(1).text).toContain('Its end came on Tue 24 Nov at 1pm');
});
