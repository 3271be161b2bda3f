import { expect, test } from 'vitest';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { letOutByDesk, passedOn } from './beginnings.ts';
import { connected } from './corrections.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';
import { blocked, lives, notReached, withAway } from './networks-away.ts';
import { toldIn } from './told.ts';

/** Networks that cannot be reached, or do not let Crier in, for days while Crier works. */

const priyaApproves = async (council: Council): Promise<void> => {
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
};

test.each([
  [notReached, 'while X could not be reached'],
  [blocked, 'while X did not let Crier in'],
] as const)(
  'a network that answers $reason for days: two hours after its time the post is held and asked about, and it does not leave unasked once the network is back',
  async (answer, passed) => {
    const { council: opened, away } = await withAway(answer);
    await using council = opened;
    away.add('x-main');
    await passedOn(council, 'on x: Liverpool Road is closed.');
    await priyaApproves(council);
    await lives(council, hour + 50 * minute);
    expect((await council.post(1)).status.is).not.toBe('held');
    await lives(council, 20 * minute);
    expect((await council.post(1)).status.is).toBe('held');
    await council.pass(minute);
    const why = `It was to go out on Tue 24 Nov at 9:43am, which passed ${passed}, so it has not gone out.`;
    const [nadia, ellen, priya] = [
      council.as('nadia-hartley'),
      council.as('ellen-rimmer'),
      council.as('priya-desai'),
    ];
    expect(nadia.card(1).text).toContain(`${why} It stays here until somebody approves it again.`);
    expect(toldIn(council, priya.chat).at(-1)).toContain(
      `#1 (Highways) is held, and waits for your decision. ${why} Approve it again if it is still to go out, or say no to it.`,
    );
    await lives(council, day);
    away.clear();
    await lives(council, day);
    expect(council.outside.entries()).toEqual([]);
    await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
    expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
    expect((await ellen.say('why 1')).at(-1)?.text).toContain(
      `since the time at which it was to go out had passed ${passed}.`,
    );
    expect((await council.audit()).findings).toEqual([]);
  },
);

test.each([notReached, blocked])(
  'a network that answers $reason for less than two hours takes by itself what was meant for it',
  async (answer) => {
    const { council: opened, away } = await withAway(answer);
    await using council = opened;
    away.add('x-main');
    await passedOn(council, 'on x: Liverpool Road is closed.');
    await priyaApproves(council);
    await lives(council, hour + 40 * minute);
    away.clear();
    await lives(council, 10 * minute);
    expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
  },
);

test('what waits behind others for a network that cannot be reached is held as well, though it never tried itself', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  for (let n = 1; n <= 6; n += 1)
    await letOutByDesk(council, `Road ${String(n)} is closed.`, { accounts: 'x-main' });
  await lives(council, 2 * hour + 20 * minute);
  for (let n = 1; n <= 6; n += 1) expect((await council.post(n)).status.is).toBe('held');
  away.clear();
  await lives(council, hour);
  expect(council.outside.entries()).toEqual([]);
});

test.each([
  [notReached, 'Not published: the network could not be reached. Press "Try again".'],
  [
    blocked,
    'Not published: the network does not let Crier into the account any more. Ask whoever looks after the account to put it right, then press "Try again".',
  ],
] as const)(
  'of a post that is out elsewhere, an account that answers $reason for two hours gets it only once somebody tries again',
  async (answer, words) => {
    const { council: opened, away } = await withAway(answer);
    await using council = opened;
    away.add('x-main');
    await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'news,x-main,facebook-main' });
    await lives(council, 2 * hour + 10 * minute);
    await council.pass(minute);
    await council.pass(minute);
    const ellen = council.as('ellen-rimmer');
    expect(ellen.card(1).text).toContain(`**X**: ${words}`);
    expect(toldIn(council, ellen.chat).at(-1)).toContain(
      '#1 (Highways) needs Communications. X: not published',
    );
    // Somebody tries too early: it is tried for two hours more.
    await ellen.press('Try again', {}, ellen.card(1));
    await lives(council, hour);
    expect(publicationsOf(await council.post(1))['x-main.0']?.is).toBe('queued');
    await lives(council, hour + 20 * minute);
    expect(publicationsOf(await council.post(1))['x-main.0']?.is).toBe('failed');
    away.clear();
    await lives(council, day);
    expect(council.outside.standing('x-main')).toEqual([]);
    await ellen.press('Try again', {}, ellen.card(1));
    await lives(council, 10 * minute);
    expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
    expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed.']);
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('a network that says until when it takes no more is waited for, also where it could not be reached before', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  for (const [n, words] of ['Liverpool Road is closed.', 'Moor Lane is closed.'].entries()) {
    await letOutByDesk(council, words, { accounts: 'x-main' });
    expect((await council.post(n + 1)).status.is).toBe('publishing');
  }
  await lives(council, hour);
  const busy = { outcome: 'retry', after: 5 * hour, reason: 'busy' } as const;
  for (let n = 0; n < 2; n += 1) council.outside.next('x-main', { way: 'answer', outcome: busy });
  away.clear();
  await lives(council, 7 * hour);
  expect(council.outside.standing('x-main').toSorted()).toEqual([
    'Liverpool Road is closed.',
    'Moor Lane is closed.',
  ]);
});

test('what may have arrived before the network was away is looked for, and neither held, sent again nor kept away', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  council.outside.next('x-main', { way: 'lost' });
  council.outside.blind('x-main');
  away.add('facebook-main');
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main,facebook-main' });
  away.add('x-main');
  await lives(council, 3 * hour);
  expect((await council.post(1)).status.is).toBe('partly-published');
  expect(publicationsOf(await council.post(1))).toMatchObject({
    'x-main.0': { is: 'unknown', asked: true },
    'facebook-main.0': { is: 'failed', reason: 'not-reached' },
  });
  away.clear();
  await lives(council, day);
  expect(council.outside.entries('x-main').length).toBe(1);
  expect(council.outside.entries('facebook-main')).toEqual([]);
});

test('part of it is out as Crier sleeps for days: the rest does not leave unasked either', async () => {
  await using council = await openCouncil();
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main,facebook-main' });
  await council.pass(5 * minute);
  await council.sleeps(3 * day);
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).toContain(
    '**Facebook**: Not published: Crier was not working when it was to go out. If it is still to go out, press "Try again".',
  );
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed.']);
});

test('a network that was away for minutes as the machine fell asleep for days is not what kept the post', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main' });
  await council.pass(5 * minute);
  await council.sleeps(3 * day);
  await council.pass(minute);
  expect(council.as('ellen-rimmer').card(1).text).toContain('which passed while Crier was not working');
});

test('an account that is connected again after its posts were kept away from it: the card says so, and the desk and the writer hear that it can be tried again', async () => {
  const { council: opened, away } = await withAway(blocked);
  await using council = opened;
  away.add('x-main');
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'news,x-main' });
  await lives(council, 3 * hour);
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const heard = toldIn(council, ellen.chat).length;
  away.clear();
  await connected(council, 'x-main');
  await lives(council, 10 * minute);
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([]);
  const words =
    'the network did not let Crier into the account when it was to go out. The account is connected again. If it is still to go out, press "Try again".';
  for (const officer of [ellen, joseph]) {
    // Whoever has no card of it opens it from what they hear.
    if (officer === joseph) await joseph.say('show 1');
    expect(officer.card(1).text).toContain(`**X**: Not published: ${words}`);
    expect(toldIn(council, officer.chat).at(-1)).toContain(words);
  }
  expect(toldIn(council, ellen.chat).length).toBe(heard + 1);
  await connected(council, 'x-main');
  await lives(council, hour);
  expect(toldIn(council, ellen.chat).length).toBe(heard + 1);
  await ellen.press('Try again', {}, ellen.card(1));
  await lives(council, 10 * minute);
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('an account that is connected again just as two hours are over: what is kept away from it does not say that it is still blocked', async () => {
  const { council: opened, away } = await withAway(blocked);
  await using council = opened;
  away.add('x-main');
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'news,x-main' });
  await lives(council, 2 * hour);
  await council.pass(minute);
  expect(publicationsOf(await council.post(1))['x-main.0']?.is).toBe('queued');
  away.clear();
  await connected(council, 'x-main');
  await lives(council, 10 * minute);
  expect(publicationsOf(await council.post(1))['x-main.0']?.is).toBe('failed');
  expect(council.as('ellen-rimmer').card(1).text).toContain('The account is connected again.');
});

test('a network that cannot be reached, says for minutes that it takes more later, and cannot be reached again: its two hours do not begin anew', async () => {
  const { council: opened, away, says } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  for (const words of ['Liverpool Road is closed.', 'Moor Lane is closed.'])
    await letOutByDesk(council, words, { accounts: 'x-main' });
  await lives(council, hour + 40 * minute);
  says.answer = { outcome: 'retry', after: 10 * minute, reason: 'busy' };
  await lives(council, 20 * minute);
  for (const n of [1, 2])
    expect(publicationsOf(await council.post(n))['x-main.0']).toMatchObject({ lastReason: 'busy' });
  says.answer = notReached;
  await lives(council, 50 * minute);
  for (const n of [1, 2]) expect((await council.post(n)).status.is).toBe('held');
  expect(council.as('ellen-rimmer').card(1).text).toContain('which passed while X could not be reached');
  away.clear();
  await lives(council, hour);
  expect(council.outside.entries()).toEqual([]);
});

test('a network that took no more until hours later, and a machine that slept past that: what kept the post is said as it was', async () => {
  await using council = await openCouncil();
  const busy = { outcome: 'retry', after: 5 * hour, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  for (const words of ['Liverpool Road is closed.', 'Moor Lane is closed.'])
    await letOutByDesk(council, words, { accounts: 'x-main' });
  await council.pass(minute);
  await council.sleeps(8 * hour);
  await council.pass(minute);
  const passed = 'passed while it waited for its turn on X, and Crier was not working when that came';
  for (const n of [1, 2]) {
    expect((await council.post(n)).status.is).toBe('held');
    expect(council.as('ellen-rimmer').card(n).text).toContain(
      `It was to go out on Tue 24 Nov at 9:43am, which ${passed}, so it has not gone out.`,
    );
  }
  expect(council.outside.entries()).toEqual([]);
});
