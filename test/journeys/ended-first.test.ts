import { expect, test } from 'vitest';
import { letOutByDesk, passedOn, sentByDesk } from './beginnings.ts';
import { agreed, asked } from './corrections.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';
import { toldIn } from './told.ts';

const at = (iso: string): number => Date.parse(iso);

const thread = ['The road is closed.', 'Use the A565.', 'Buses go round.', 'We are sorry.'].join('\n---\n');
const blocked = {
  way: 'answer',
  outcome: { outcome: 'refused', reason: 'account-blocked' },
} as const;

/** It goes out until 11am, and X lets Crier in no more. */
async function wentOut(council: Council, text: string): Promise<void> {
  await passedOn(council, `for Highways: ${text}\nuntil 11am`);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
}

test('a post ends while its account is blocked: its card says so, and who wrote it and the desk are told', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const joseph = council.as('joseph-adeyemi');
  for (let n = 0; n < 5; n += 1) council.outside.next('x-main', blocked);
  await wentOut(council, 'The road is closed.');
  expect(toldIn(council, joseph.chat).at(-1)).toContain(
    'goes out by itself once it is connected again, unless its end has come by then; anything later is asked about first.',
  );
  await council.until(at('2026-11-24T11:00:00Z'));
  await council.pass(minute);
  const end = 'Its end came on Tue 24 Nov at 11am, before it was out on X.';
  const told = `#1 (Highways): ${end} Type "show 1" to see it.`;
  for (const each of [nadia, council.as('ellen-rimmer'), joseph])
    expect(toldIn(council, each.chat).at(-1)).toBe(told);
  expect(nadia.card(1).text).toContain(end);
  expect(nadia.card(1).text).toContain('**X**: Did not go out, since its end came first');
  const why = await nadia.press('Why?', {}, nadia.card(1));
  expect(why.text.match(/Its end came/gu)).toHaveLength(1);
  await council.pass(2 * hour);
  expect(toldIn(council, nadia.chat).filter((each) => each === told)).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('a post that is torn by its end is the desk’s to take down, and it is asked', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const joseph = council.as('joseph-adeyemi');
  council.outside.next('x-main', { way: 'through' });
  for (let n = 0; n < 5; n += 1) council.outside.next('x-main', blocked);
  await wentOut(council, thread);
  await council.until(at('2026-11-24T11:00:00Z'));
  await council.pass(minute);
  const torn =
    'On X only the first of four posts is public. Communications can take it down, which takes the post down everywhere.';
  const words = `Its end came on Tue 24 Nov at 11am, before all of it was out on X. ${torn}`;
  expect(toldIn(council, nadia.chat).at(-1)).toBe(`#1 (Highways): ${words} Type "show 1" to see it.`);
  expect(toldIn(council, council.as('ellen-rimmer').chat).at(-1)).toBe(
    `#1 (Highways) needs Communications. ${words} Type "show 1" to see it.`,
  );
  expect(joseph.card(1).text).toContain(torn);
  expect(joseph.card(1).text).toMatch(/On X, what is left there 1\/4 The road is closed\. (?!2\/4)/u);
  const waits = async () => (await joseph.say('waiting')).at(-1)?.text;
  expect(await waits()).toContain('Waiting for you: 1 post #1');
  await joseph.press('Take it down', {}, joseph.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(await waits()).toContain('Nothing waits for you.');
  expect(nadia.card(1).text).not.toContain('only the first');
  expect((await council.audit()).findings).toEqual([]);
});

test('one that waited for a blocked account alone until its end is told to the desk as well', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  await sentByDesk(council, 'The road is closed.\nuntil 11am', { accounts: 'x-main', until: '11am' });
  for (let n = 0; n < 5; n += 1) council.outside.next('x-main', blocked);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.until(at('2026-11-24T11:00:00Z'));
  await council.pass(minute);
  const told = '#1 (Highways): Its end came on Tue 24 Nov at 11am, before it was out.';
  for (const each of [ellen, joseph]) expect(toldIn(council, each.chat).at(-1)).toContain(told);
});

for (const how of ['of a post', 'of a correction'])
  test(`the rest ${how} is held, and its end comes: nothing is left to go out, so nobody is offered to let it, and it says why`, async () => {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    const busy = { outcome: 'retry', after: 3 * hour, reason: 'busy' } as const;
    await sentByDesk(council, 'The road is closed.\nuntil 11am', { accounts: 'news,x-main', until: '11am' });
    if (how === 'of a post') council.outside.next('x-main', { way: 'answer', outcome: busy });
    await priya.press('Approve: goes out now', { confirm: 'true' });
    await council.pass(minute);
    if (how === 'of a correction') {
      // Deleted on X, to be posted again there.
      council.outside.next('x-main', { way: 'answer', outcome: busy });
      await asked(council, { text: 'The road is open.', what: 'Wrong.', 'way:x-main': 'again' });
      await agreed(council);
    }
    await ellen.say('hold 1');
    const old = priya.card(1);
    const release = 'Release: goes out now';
    expect(priya.buttons(old)).toContain(release);
    await council.until(at('2026-11-24T11:00:00Z'));
    await council.pass(minute);
    for (const somebody of [ellen, priya]) {
      const { text } = somebody.card(1);
      expect(text).toContain('Its end came on Tue 24 Nov at 11am, before it was out on X.');
      expect(text).toContain('**X**: Did not go out, since its end came first');
      expect(text).not.toMatch(/As soon as|Your approval lets it go on|is held/u);
      expect(somebody.buttons(somebody.card(1)).join()).not.toMatch(/Release|Do not p/u);
    }
    expect(toldIn(council, ellen.chat).at(-1)).toContain('before it was out on X.');
    const pressed = await priya.press(release, { confirm: 'true' }, old);
    expect(pressed.text).toContain('Its end came on Tue 24 Nov at 11am');
    await council.pass(4 * hour);
    expect(council.outside.standing('x-main')).toEqual([]);
    expect((await council.post(1)).status.is).toBe('partly-published');
    expect((await council.audit()).findings).toEqual([]);
  });

test('what an account refused is not offered to be tried again once the end has come', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'not-allowed' } });
  await wentOut(council, 'The road is closed.');
  const before = ellen.card(1);
  expect(ellen.buttons(before)).toContain('Try again');
  expect(before.text).toContain('press "Try again"');
  const waits = async () => (await joseph.say('waiting')).at(-1)?.text;
  expect(await waits()).toContain('#1');
  await council.until(at('2026-11-24T11:00:00Z'));
  await council.pass(minute);
  for (const each of [ellen, joseph, council.as('nadia-hartley')]) {
    const card = each.card(1);
    expect(each.buttons(card)).not.toContain('Try again');
    expect(card.text).not.toContain('Try again');
    expect(card.text).toContain('**X**: Not published');
  }
  expect(await waits()).toContain('Nothing waits for you.');
  const pressed = await ellen.press('Try again', {}, before);
  expect(pressed.text).toContain('There is nothing to try again');
  await council.pass(minute);
  expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('refused by every account, and its end has come: it gets another end, and is not offered to be tried again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await sentByDesk(council, 'The road is closed.', { accounts: 'x-main', until: '11am' });
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'not-allowed' } });
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  expect(ellen.buttons(ellen.card(1))).toEqual(expect.arrayContaining(['Try again', 'Edit']));
  await council.until(at('2026-11-24T11:00:00Z'));
  await council.pass(minute);
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  expect(ellen.buttons(ellen.card(1))).toContain('Edit');
  expect((await council.audit()).findings).toEqual([]);
});

test('its end comes while Crier sleeps and somebody was to post it by hand: that ended it, and the desk hears what nobody has said', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const text = 'Liverpool Road is closed until 4pm today.';
  await letOutByDesk(council, text, { accounts: 'nextdoor-sefton,news', until: '4pm' });
  await council.sleeps(3 * day);
  await council.pass(minute);
  const told =
    '#1 (Highways): Its end came on Tue 24 Nov at 4pm. Nextdoor Sefton: Bethan Prys was asked to post it by hand, and has not said whether they had. Type "show 1" to see it.';
  for (const each of [ellen, council.as('joseph-adeyemi')])
    expect(toldIn(council, each.chat)).toEqual([told]);
  expect(toldIn(council, bethan.chat)).toHaveLength(2);
  const why = (await ellen.say('why 1')).at(-1)?.text;
  expect(why).toContain('Its end came on Tue 24 Nov at 4pm.');
  expect(why).not.toContain('stand in the way');
  await bethan.press('I have not posted it', {}, bethan.card(1));
  expect((await council.post(1)).status.is).toBe('partly-published');
  expect((await council.audit()).findings).toEqual([]);
});
