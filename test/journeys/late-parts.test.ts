import { expect, test } from 'vitest';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { letOutByDesk, sentByDesk } from './beginnings.ts';
import { asked, published } from './corrections.ts';
import { day, hour, minute, morning, openCouncil, type Council } from './council.ts';
import { createOutside } from './outside.ts';
import { toldIn } from './told.ts';

/** What some of a post that is late is, and what is said of the rest of it. */

const busy = { outcome: 'retry', after: hour / 2, reason: 'busy' } as const;
const wasTo = 'It was to go out on Tue 24 Nov at 9:43am, which passed while Crier was not working, so it has';

test('nobody knows of one account whether it took it, and another is to be tried again, as Crier sleeps for days: all of it is asked about once', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'nothing' });
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main,facebook-main' });
  await council.sleeps(3 * day);
  for (let n = 0; n < 40; n += 1) await council.pass(minute);
  expect(council.outside.entries()).toEqual([]);
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  expect(toldIn(council, ellen.chat)).toHaveLength(1);
  for (const account of ['X', 'Facebook']) expect(ellen.card(1).text).toContain(`**${account}**: Held`);
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.entries().map(({ account }) => account)).toEqual(['x-main', 'facebook-main']);
  expect((await council.audit()).findings).toEqual([]);
});

test('of what arrived after all while the rest is held for being late, the card says where it has not gone out', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main,facebook-main' });
  await council.sleeps(3 * day);
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  expect(ellen.card(1).text).toContain('Published on 1 of 2 · the rest is held by Crier');
  expect(ellen.card(1).text).toContain(
    `${wasTo} not gone out on Facebook. The rest goes out once somebody approves it again.`,
  );
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.entries().map(({ account }) => account)).toEqual(['x-main', 'facebook-main']);
});

test('somebody was only asked to post it by hand as Crier slept over the rest: nobody says that it is not out there', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'nextdoor-sefton,facebook-main' });
  await council.pass(5 * minute);
  await council.sleeps(3 * day);
  await council.pass(minute);
  expect(ellen.card(1).text).toContain(
    `${wasTo} not gone out on Facebook. It stays here until somebody approves it again.`,
  );
  const where = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', where, bethan.card(1));
  expect(ellen.card(1).text).toContain(
    `${wasTo} not gone out on Facebook. The rest goes out once somebody approves it again.`,
  );
});

test('what was to leave while a correction waits for agreement, and Crier slept over, stays away once that is taken back', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await published(council, 'Liverpool Road is closed.', 'x-main,facebook-main');
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.' });
  await council.sleeps(3 * day);
  await council.pass(minute);
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Take this request back', {}, ellen.card(1));
  for (let n = 0; n < 10; n += 1) await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  expect(ellen.card(1).text).toContain('**Facebook**: Not published: Crier was not working');
});

test('the first of a thread was found to stand after days of sleep: the rest of it does not leave unasked', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  await letOutByDesk(council, 'The road is closed.\n---\nUse the A565.\n---\nWe are sorry.', {
    accounts: 'x-main',
  });
  await council.sleeps(3 * day);
  for (let n = 0; n < 15; n += 1) await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual(['1/3 The road is closed.']);
  expect(publicationsOf(await council.post(1))['x-main.1']).toMatchObject({
    is: 'failed',
    reason: 'not-running',
  });
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([
    '1/3 The road is closed.',
    '2/3 Use the A565.',
    '3/3 We are sorry.',
  ]);
});

test('a post of which a part left days late is public since the first of it is', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main,facebook-main' });
  await council.sleeps(3 * day);
  await council.pass(minute);
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toHaveLength(1);
  const since = 'Published on Tue 24 Nov at 9:43am';
  expect(ellen.card(1).text).toMatch(
    new RegExp(`Transport ${since} .*Facebook\\*\\*: Published on Fri 27 Nov`, 'u'),
  );
  expect((await ellen.say('posts')).at(-1)?.text).toContain(since);
  const not = 'Not posted on Fri 27 Nov at 9:43am on Facebook: Crier was not working when it was to go out.';
  expect((await ellen.say('why 1')).at(-1)?.text).toContain(
    `Published at 9:43am on X. ${not} Ellen Rimmer tried it again on Facebook at 9:44am. Published at 9:44am on Facebook.`,
  );
});

test.each([
  ['facebook-main', 'Liverpool Road is closed.', 'on Facebook:'],
  ['x-main', 'The road is closed.\n---\nUse the A565.\n---\nWe are sorry.', 'on X (posts 2 and 3 of 3):'],
])(
  'what was slept over on %s is told with that, and left without a word against the network',
  async (account, text, on) => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    if (account === 'x-main') council.outside.next(account, { way: 'lost' });
    else council.outside.next(account, { way: 'answer', outcome: busy });
    await letOutByDesk(council, text, { accounts: `news,${account}` });
    await council.sleeps(3 * day);
    for (let n = 0; n < 15; n += 1) await council.pass(minute);
    const not = `Not posted on Fri 27 Nov at 9:43am ${on} Crier was not working when it was to go out.`;
    expect((await ellen.say('why 1')).at(-1)?.text).toContain(not);
    await ellen.press('Leave it as it is', {}, (await ellen.say('show 1')).at(-1));
    const name = account === 'x-main' ? 'X' : 'Facebook';
    const left = new RegExp(
      `Ellen Rimmer decided (?:on \\S+ 27 Nov )?at \\S+ that nothing more of it is published on ${name}\\.`,
      'u',
    );
    for (const typed of ['show 1', 'why 1']) {
      const said = (await ellen.say(typed)).at(-1)?.text;
      expect(said).toMatch(left);
      expect(said).not.toContain('did not take');
    }
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('a clock that was set ahead and back: what was held by it says when it is to go out', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await sentByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main', when: '1 December 9:00' });
  const approve = priya.buttons(priya.card(1)).find((title) => title.startsWith('Approve')) ?? '';
  await priya.press(approve, { confirm: 'true' }, priya.card(1));
  await council.sleeps(8 * day);
  await council.pass(minute);
  expect(ellen.card(1).text).toContain('It was to go out on Tue 1 Dec at 9am, which passed');
  await council.sleeps(-8 * day);
  await council.pass(minute);
  const is =
    'It is to go out on Tue 1 Dec at 9am. By the clock of the computer on which Crier runs that had passed already, so Crier held it. It stays here until somebody approves it again.';
  expect((await ellen.say('show 1')).at(-1)?.text).toContain(is);
  await priya.say('show 1');
  const release = priya.buttons(priya.card(1)).find((title) => title.startsWith('Release')) ?? '';
  await priya.press(release, { confirm: 'true' }, priya.card(1));
  await council.pass(7 * day);
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed.']);
});

/** How the first post is told on Friday, and once it is taken down then. */
async function howItIsTold(council: Council) {
  const ellen = council.as('ellen-rimmer');
  const [was] = /Published on \w+ \d+ Nov at [\d:]+am/u.exec(ellen.card(1).text) ?? [];
  const reasons = (await ellen.say('why 1')).at(-1)?.text ?? '';
  const [why] = /Published at [^.]*\./u.exec(reasons) ?? [];
  await ellen.say('remove 1');
  await council.pass(minute);
  const [is] = /\*\*X\*\*: Taken down .*; published [^*]*?[\d:]+am/u.exec(ellen.card(1).text) ?? [];
  return { was, why, is, findings: (await council.audit()).findings };
}

const asOfTuesday = {
  was: 'Published on Tue 24 Nov at 9:43am',
  why: 'Published at 9:43am on X.',
  is: '**X**: Taken down on Fri 27 Nov at 9:44am; published on Tue 24 Nov at 9:43am',
  findings: [],
};

test('what was found to stand after days of sleep is told since when it stood, and not when it was found', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main' });
  await council.sleeps(3 * day);
  await council.pass(minute);
  expect(await howItIsTold(council)).toEqual(asOfTuesday);
});

test('so is what was published before days of sleep, and its answer heard only after them', async () => {
  const time: { council?: Council; sleeping?: Promise<void> | undefined } = {};
  const outside = createOutside(() => time.council?.now() ?? morning);
  await using council = await openCouncil({
    outside,
    networkOf: (account) => {
      const network = outside.network(account);
      return {
        ...network,
        publish: async (...asked) => {
          const answer = await network.publish(...asked);
          time.sleeping ??= time.council?.sleeps(3 * day);
          return answer;
        },
      };
    },
  });
  time.council = council;
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main' });
  await time.sleeping;
  await council.pass(minute);
  expect(await howItIsTold(council)).toEqual(asOfTuesday);
});

test('so is what nobody could tell of, once the desk has seen it there', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  council.outside.blind('x-main');
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main' });
  await council.pass(3 * day);
  const ellen = council.as('ellen-rimmer');
  const where = { 'link:x-main.0': 'https://x.com/SeftonCouncil/status/1' };
  await ellen.press('Yes, it is there', where, ellen.card(1));
  expect(ellen.card(1).text).toContain('Published on Tue 24 Nov at 9:43am');
});
