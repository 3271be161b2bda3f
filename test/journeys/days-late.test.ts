import { expect, test } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { kinds } from '../../src/kinds.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { letOutByDesk, passedOn } from './beginnings.ts';
import { day, hour, minute, morning, openCouncil, type Council } from './council.ts';
import { renamed } from './departments.ts';
import { toldIn } from './told.ts';

/** Approved by Priya Desai, for Wednesday. */
async function planned(council: Council, number: number, words: string, at = '9:00'): Promise<void> {
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  await nadia.say(`propose ${words}`);
  await nadia.say(`schedule ${String(number)} Wed ${at}`);
  await nadia.press('Send to Communications', {}, nadia.card(number));
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(number));
  const approve = priya.buttons(priya.card(number)).find((title) => title.startsWith('Approve')) ?? '';
  await priya.press(approve, { confirm: 'true' }, priya.card(number));
}

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
    'It was to go out on Wed 25 Nov at 9am, which passed while Crier was not working, so it has not gone out. Nothing goes out so late by itself. Choose another time, or cancel it.',
  );
  expect(council.shown(ellen.chat).at(-1)?.text).toContain('#1');

  await using other = await openCouncil();
  await planned(other, 1, 'Moor Lane is closed.');
  await using again = await other.restart({ down: 24 * hour });
  await again.pass(minute);
  expect(again.outside.standing('x-main')).toEqual(['Moor Lane is closed.']);
  expect((await council.audit()).findings).toEqual([]);
});

test.each([
  ['one account refused it and another is to be tried again', 'x-main,facebook-main', ''],
  ['somebody is only asked to post it by hand', 'nextdoor-sefton,facebook-main', ' on Facebook'],
])(
  '%s as Crier sleeps for days: nothing of it is out, so that nothing leaves unasked',
  async (_what, accounts, where) => {
    await using council = await openCouncil();
    const refused = { outcome: 'refused', reason: 'not-permitted' } as const;
    council.outside.next('x-main', { way: 'answer', outcome: refused });
    const busy = { outcome: 'retry', after: hour / 2, reason: 'busy' } as const;
    council.outside.next('facebook-main', { way: 'answer', outcome: busy });
    await letOutByDesk(council, 'Liverpool Road is closed.', { accounts });
    await council.pass(5 * minute);
    await council.sleeps(3 * day);
    await council.pass(minute);
    expect(council.outside.entries()).toEqual([]);
    expect(council.as('ellen-rimmer').card(1).text).toContain(
      `It was to go out on Tue 24 Nov at 9:43am, which passed while Crier was not working, so it has not gone out${where}.`,
    );
    expect((await council.audit()).findings).toEqual([]);
  },
);

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

/** What stands outside of the first post, whether its card asks for another time, and what its record has of that. */
async function howItStands(council: Council) {
  await council.pass(minute);
  const asks =
    'It was to go out on Wed 25 Nov at 9am, which passed while Crier was not working, so it has not gone out. Nothing goes out so late by itself. Choose another time, or cancel it.';
  return {
    out: council.outside.standing('x-main'),
    isAskedAbout: council.as('ellen-rimmer').card(1).text.includes(asks),
    is: (await council.post(1)).status.is,
    findings: (await council.audit()).findings,
  };
}
const askedAbout = { out: [], isAskedAbout: true, is: 'held', findings: [] };

/** Wednesday, 9:00 in London. */
const itsTime = Date.UTC(2026, 10, 25, 9);

test('the machine slept over its time: it does not go out unasked as that wakes; what is less than two hours late does', async () => {
  for (const sleeps of [31 * hour, 4 * day]) {
    await using council = await openCouncil();
    await planned(council, 1, 'Liverpool Road is closed.');
    await council.sleeps(sleeps);
    expect(await howItStands(council)).toEqual(askedAbout);
  }

  await using other = await openCouncil();
  await planned(other, 1, 'Moor Lane is closed.');
  await other.until(itsTime - minute);
  await other.sleeps(119 * minute);
  expect(other.outside.standing('x-main')).toEqual(['Moor Lane is closed.']);
});

test('the machine fell asleep in the very moment in which it was to leave: it is asked about as well', async () => {
  const store = memoryStore(kinds);
  await using council = await openCouncil({ store });
  await planned(council, 1, 'Liverpool Road is closed.');
  let sleeping: Promise<void> | undefined;
  store.beforeWrite = ({ kind }) => {
    if (kind !== 'account' || sleeping !== undefined) return;
    sleeping = council.sleeps(8 * hour);
  };
  await council.until(itsTime);
  await sleeping;
  expect(await howItStands(council)).toEqual(askedAbout);
});

/** A store that answers nothing, or takes nothing, in the time between. */
function failing(what: 'takes nothing' | 'answers nothing', between: { from: number; to: number }) {
  const time = { now: () => morning };
  const store = memoryStore(kinds);
  const works = (): void => {
    if (time.now() >= between.from && time.now() < between.to)
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  };
  store.beforeWrite = works;
  const reads: Store = {
    ...store,
    get: async (...of) => {
      works();
      return await store.get(...of);
    },
    due: async (...of) => {
      works();
      return await store.due(...of);
    },
  };
  return { time, store: what === 'takes nothing' ? store : reads };
}

for (const what of ['takes nothing', 'answers nothing'] as const)
  test(`the store ${what} for days: what was to leave meanwhile does not go out unasked once it does again`, async () => {
    const from = itsTime - hour;
    const { time, store } = failing(what, { from, to: from + 3 * day });
    await using council = await openCouncil({ store });
    time.now = () => council.now();
    await planned(council, 1, 'Liverpool Road is closed.');
    // Somebody, or Crier itself, meets that it does not work.
    await council.until(from - minute);
    const nadia = council.as('nadia-hartley');
    await council.until(from).catch(() => undefined);
    await nadia.say('propose Moor Lane is closed.').catch(() => undefined);
    await council.until(from + 3 * day);
    expect(await howItStands(council)).toEqual(askedAbout);
  });

test('however long a post has waited for its turn, a short sleep and a store that failed for a moment let it go on', async () => {
  const { time, store } = failing('takes nothing', {
    from: itsTime + 4 * hour,
    to: itsTime + 4 * hour + minute,
  });
  await using council = await openCouncil({ store });
  time.now = () => council.now();
  await planned(council, 1, 'Liverpool Road is closed.');
  await planned(council, 2, 'Moor Lane is closed.', '9:30');
  const busy = { outcome: 'retry', after: 5 * hour, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await council.until(itsTime);
  expect(council.outside.standing('x-main')).toEqual([]);
  await council.pass(2 * hour);
  await council.sleeps(90 * minute);
  await council.pass(30 * minute);
  await council
    .as('nadia-hartley')
    .say('propose The library is shut.')
    .catch(() => undefined);
  await council.pass(hour + minute);
  expect(council.outside.standing('x-main').toSorted()).toEqual([
    'Liverpool Road is closed.',
    'Moor Lane is closed.',
  ]);
});

/** The machine sleeps so long in the moment in which something begins to leave. */
async function sleepingOnce(sleeps: number) {
  const store = memoryStore(kinds);
  const council = await openCouncil({ store });
  let sleeping: Promise<void> | undefined;
  store.beforeWrite = ({ kind }) => {
    if (kind === 'account') sleeping ??= council.sleeps(sleeps);
  };
  return {
    council,
    isAwake: async () => {
      await sleeping;
      await council.pass(minute);
    },
  };
}

test('an emergency that did not go out is told aloud: the desk, its writer and whoever approved it hear why, and what to do', async () => {
  const { council: opened, isAwake } = await sleepingOnce(3 * hour);
  await using council = opened;
  const [nadia, gareth] = [council.as('nadia-hartley'), council.as('gareth-molyneux')];
  await nadia.say('propose Gas leak on Moor Lane in Crosby. Leave the area now and call 0800 111 999.');
  const form = await nadia.press('Edit');
  const saved = await nadia.press('Save', { urgency: 'emergency' }, form.card);
  await nadia.press('Send to the duty officer', {}, saved.card);
  await gareth.press('Approve: goes out now', { confirm: 'true' }, gareth.card(1));
  await isAwake();
  expect(council.outside.standing('x-main')).toEqual([]);
  const why =
    'It was to go out on Tue 24 Nov at 9:43am, which passed while Crier was not working, so it has not gone out.';
  const toBe = `${why} It stays here until somebody approves it again. Gareth Molyneux or Yvonne Cartmel can do that. It is an emergency, so please do not leave it waiting. Type "show 1" to see it.`;
  const heard = (person: string) => toldIn(council, council.as(person).chat);
  for (const officer of ['ellen-rimmer', 'joseph-adeyemi'])
    expect(heard(officer)).toEqual([`#1 (Highways, emergency) needs Communications. ${toBe}`]);
  expect(heard('nadia-hartley')).toContain(`#1 (Highways, emergency): ${toBe}`);
  for (const officer of ['gareth-molyneux', 'yvonne-cartmel'])
    expect(heard(officer)).toEqual([
      `#1 (Highways, emergency) is held, and waits for your decision. ${why} Approve it again if it is still to go out, or say no to it. It is an emergency, so please do not leave it waiting. Type "show 1" to see it.`,
    ]);
  // Whoever it is escalated to has not heard of it before.
  await council.pass(15 * minute);
  await council.pass(minute);
  expect(heard('claire-whitworth').join(' ')).toMatch(
    /is held, and waits for your decision\. It was to go out/u,
  );
});

test('what was approved to go out at once and did not is told to everybody who believes that it is out', async () => {
  const { council: opened, isAwake } = await sleepingOnce(3 * hour);
  await using council = opened;
  await passedOn(council, 'Zebediah Quartermaine is a crook.');
  const [priya, martin] = [council.as('priya-desai'), council.as('martin-sedgwick')];
  await priya.press('Approve: passes to the Monitoring Officer', { confirm: 'true' });
  await council.quiet();
  await martin.press('Approve: goes out now', { confirm: 'true' });
  await isAwake();
  expect(council.outside.standing('x-main')).toEqual([]);
  const why =
    'It was to go out on Tue 24 Nov at 9:43am, which passed while Crier was not working, so it has not gone out.';
  const stays = `${why} It stays here until somebody approves it again. Type "show 1" to see it.`;
  const last = (person: string) => toldIn(council, council.as(person).chat).at(-1);
  expect(last('ellen-rimmer')).toBe(`#1 (Highways) needs Communications. ${stays}`);
  expect(last('nadia-hartley')).toBe(`#1 (Highways): ${stays}`);
  expect(last('martin-sedgwick')).toBe(`#1 (Highways): ${stays}`);
  expect(last('priya-desai')).toBe(
    `#1 (Highways) is held, and waits for your decision. ${why} Approve it again if it is still to go out, or say no to it. Type "show 1" to see it.`,
  );
});

test('of several that did not go out, whoever decides on them reads in the one message why', async () => {
  await using before = await openCouncil();
  await planned(before, 1, 'Liverpool Road is closed.');
  await planned(before, 2, 'Moor Lane is closed.');
  await using council = await before.restart({ down: 4 * day });
  await council.pass(minute);
  const heard = council.shown(council.as('priya-desai').chat).map(({ text }) => text);
  expect(heard).toContainEqual(
    expect.stringContaining(
      'They were to go out at a time that passed while Crier was not working, so they have not gone out.',
    ),
  );
});

test('the machine slept before it was known whether anything had arrived, which it had not: it does not go out unasked', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'nothing' });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main' });
  await council.sleeps(3 * day);
  for (let looks = 0; looks < 4; looks += 1) await council.pass(5 * minute);
  expect(council.outside.calls).toContain('find x-main');
  expect(council.outside.entries()).toEqual([]);
  expect(council.as('ellen-rimmer').card(1).text).toContain('which passed while Crier was not working');
  // Whoever lets it go after that is not asked once more.
  await council.as('ellen-rimmer').say('schedule 1 now');
  await council.as('priya-desai').press('Release: goes out now', { confirm: 'true' });
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
  expect((await council.audit()).findings).toEqual([]);
});

/** A post to X, and perhaps more, in the middle of whose call to an account the machine sleeps; it is not taken there. */
async function sleptInCall(council: Council, account: string, accounts: string): Promise<void> {
  const busy = { outcome: 'retry', after: hour / 2, reason: 'busy' } as const;
  council.outside.next(account, { way: 'answer', outcome: busy });
  const call = council.outside.pause(account);
  const letOut = letOutByDesk(council, 'Liverpool Road is closed.', { accounts });
  await call.begun;
  const slept = council.sleeps(3 * day);
  call.go();
  await Promise.all([letOut, slept]);
  await council.pass(hour);
}

test('the machine slept while its account was called, which did not take it: it does not go out unasked', async () => {
  await using council = await openCouncil();
  await sleptInCall(council, 'x-main', 'x-main');
  expect(council.outside.entries()).toEqual([]);
  expect(council.as('ellen-rimmer').card(1).text).toContain('which passed while Crier was not working');
  expect((await council.audit()).findings).toEqual([]);
});

test('the same of one account where the others have taken it: somebody tries that again', async () => {
  await using council = await openCouncil();
  await sleptInCall(council, 'facebook-main', 'x-main,facebook-main');
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).toContain('Crier was not working when it was to go out');
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed.']);
});
