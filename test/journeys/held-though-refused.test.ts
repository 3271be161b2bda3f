import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';

/** A hold of what does not leave by itself, and could be sent again by a press on its card. */

const text = 'Liverpool Road is closed until Thursday.';
const refused = { way: 'answer', outcome: { outcome: 'refused', reason: 'no-permission' } } as const;
const release = 'Release: goes out now';
const once = 'No, post it once it is released';

/** X did not take it. */
async function notTaken(council: Council, accounts: string): Promise<void> {
  council.outside.next('x-main', refused);
  await letOutByDesk(council, text, { accounts });
  await council.pass(minute);
}

/** Nobody can tell whether it arrived on X, where it did not. */
async function nobodyKnows(council: Council, accounts: string): Promise<void> {
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'nothing' });
  await letOutByDesk(council, text, { accounts });
  await council.pass(20 * minute);
}

test.for([
  ['by a press', 'x-main,news', 'partly-published'],
  ['by a press', 'x-main', 'failed'],
  ['typed', 'x-main,news', 'partly-published'],
] as const)(
  'what an account refused is not tried again without a fresh decision once it was held %s: %s',
  async ([how, accounts, state]) => {
    await using council = await openCouncil();
    const [ellen, gareth] = [council.as('ellen-rimmer'), council.as('gareth-molyneux')];
    const priya = council.as('priya-desai');
    await notTaken(council, accounts);
    const [shown] = await gareth.say('show 1');
    const answer =
      how === 'typed'
        ? (await gareth.say('hold 1')).at(-1)?.text
        : (await gareth.press('Hold', {}, shown)).text;
    expect(answer).not.toContain('There is nothing to hold');
    expect(answer).toContain('It is held: tried again, it goes out once somebody has approved it again');
    await council.pass(minute);
    expect((await council.post(1)).status.is).toBe(state);
    expect(ellen.card(1).text).toContain('Gareth Molyneux held this');
    expect(ellen.card(1).text).toContain('It is held: tried again');
    expect(ellen.buttons(ellen.card(1))).not.toContain('Hold');
    expect((await gareth.say('hold 1')).at(-1)?.text).toContain('held already');

    await ellen.press('Try again', {}, ellen.card(1));
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toEqual([]);
    expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'gareth-molyneux' });
    expect(council.shown(priya.chat).at(-1)?.text).toContain('held by Gareth Molyneux');
    await priya.press(release, { confirm: 'true' }, priya.card(1));
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toEqual([text]);
    expect((await council.post(1)).status.is).toBe('published');
    expect((await council.audit()).findings).toEqual([]);
  },
);

test.for(['x-main,news', 'x-main'])(
  'what nobody can tell of is not posted by an answer alone once it was held: %s',
  async (accounts) => {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await nobodyKnows(council, accounts);
    await council.as('gareth-molyneux').say('hold 1');
    await council.pass(minute);
    expect(ellen.buttons(ellen.card(1))).not.toContain('No, post it now');
    await ellen.press(once, {}, ellen.card(1));
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toEqual([]);
    expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'gareth-molyneux' });
    await priya.press(release, { confirm: 'true' }, priya.card(1));
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toEqual([text]);
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('"hold all" names what could be sent again by a press, and holds it then', async () => {
  await using council = await openCouncil();
  const [ellen, gareth] = [council.as('ellen-rimmer'), council.as('gareth-molyneux')];
  await notTaken(council, 'x-main,news');
  council.outside.blind('facebook-main');
  council.outside.next('facebook-main', { way: 'lost' });
  await letOutByDesk(council, 'The A59 is closed.', { accounts: 'facebook-main,news' });
  await letOutByDesk(council, 'The A565 is open.', { accounts: 'news' });
  await council.pass(20 * minute);
  const answer = (await gareth.say('hold all')).at(-1)?.text ?? '';
  expect(answer).toContain('whoever sends it again needs an approval first');
  expect(answer).toMatch(/approval first.*#1 .*#2 /u);
  expect(answer).not.toContain('#3');
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([]);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'gareth-molyneux' });
  expect((await council.audit()).findings).toEqual([]);
});

test('of what is held, and nobody can tell of, the desk can say that it is not there: its release sends it', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await nobodyKnows(council, 'x-main,nextdoor-sefton');
  await ellen.say('hold 1');
  await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('held');
  expect(ellen.buttons(ellen.card(1))).not.toContain('No, post it now');
  await ellen.press(once, {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([]);
  expect((await council.post(1)).status.is).toBe('held');
  expect(ellen.card(1).text).toContain('**X**: Held');
  await priya.press(release, { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([text]);
  expect((await council.audit()).findings).toEqual([]);
});
