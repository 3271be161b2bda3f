import { expect, test } from 'vitest';
import { sendsEmergency, sentByDesk } from './beginnings.ts';
import { asked } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';

import { pauseRoutine, resumeAll, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

const begins = Date.parse('2026-11-24T15:50:00Z');
const busy = { way: 'answer', outcome: { outcome: 'retry', after: hour, reason: 'busy' } } as const;
const text = 'Moor Lane is closed until 4pm today.';
const right = { text: 'Moor Lane is closed until further notice.', what: 'It goes on.' };

/** Out on the website, and not on X, which is busy. */
async function outInPart(council: Council, said = text): Promise<void> {
  await sentByDesk(council, said, { accounts: 'x-main,news' });
  council.outside.next('x-main', busy);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
}

/** Somebody agrees, and the right words stand everywhere. */
async function agreedTo(council: Council, person: string): Promise<void> {
  const tom = council.as(person);
  expect(tom.buttons(tom.card(1))).toContain('Agree: correct it now');
  expect(council.outside.standing('x-main')).toEqual([]);
  await tom.press('Agree: correct it now', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([expect.stringContaining('until further notice')]);
  expect(await (await council.get('/news/1')).text()).toContain('until further notice');
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
}

const holds: Readonly<Record<string, (council: Council) => Promise<unknown>>> = {
  'somebody holds it': async (council) => await council.as('priya-desai').say('hold 1'),
  'everything is stopped and resumed': async (council) => {
    await stopEverything(council, 'joseph-adeyemi');
    await council.pass(minute);
    await resumeAll(council, 'joseph-adeyemi');
  },
};

for (const [how, hold] of Object.entries(holds))
  test(`${how} while a correction waits with which the rest is to go out: that can be agreed to afterwards, and lets it out`, async () => {
    await using council = await openCouncil({ at: begins });
    const [tom, ellen] = [council.as('tom-ashcroft'), council.as('ellen-rimmer')];
    await outInPart(council);
    await council.pass(2 * hour);
    await asked(council, right);
    const old = tom.card(1);
    await hold(council);
    await council.pass(hour);
    for (const person of [tom, ellen]) {
      expect(person.card(1).text).not.toContain('Nobody can let it go on');
      expect(
        person.card(1).text.match(/Priya Desai held this|since Joseph Adeyemi had stopped/gu),
      ).toHaveLength(1);
    }
    // What was on a card before the hold decides nothing.
    await tom.press('Agree: correct it now', { confirm: 'true' }, old);
    expect(council.outside.standing('x-main')).toEqual([]);
    await agreedTo(council, 'tom-ashcroft');
  });

const stops = { 'stop everything': stopEverything, 'pause routine': pauseRoutine };

for (const [what, stop] of Object.entries(stops))
  test(`${what}: what waits for other words is counted and listed as held, and is not held once more`, async () => {
    await using council = await openCouncil({ at: begins });
    const priya = council.as('priya-desai');
    await outInPart(council);
    await council.pass(2 * hour);
    await asked(council, right);
    expect(priya.buttons(priya.card(1))).toContain('Hold');
    const { text: stopped } = await stop(council, 'joseph-adeyemi');
    expect(stopped).toMatch(/1 post held .*Held #1 ·/u);
    await council.pass(minute);
    const { text: resumed } = await resumeAll(council, 'joseph-adeyemi');
    expect(resumed).toMatch(/1 post waits, .*Waits for a decision #1 ·/u);
    await council.pass(minute);
    expect(priya.buttons(priya.card(1))).not.toContain('Hold');
    const [said] = await priya.say('hold 1');
    expect(said?.text).toContain('Nothing more of it goes out before somebody has agreed to other words.');
    expect(priya.card(1).text).not.toContain('Priya Desai held this');
    await agreedTo(council, 'tom-ashcroft');
    expect((await stop(council, 'joseph-adeyemi')).text).toContain('no post was waiting');
  });

test('what waits for other words is not said to be on its way out to those who would change or cancel it', async () => {
  await using council = await openCouncil({ at: begins });
  const ellen = council.as('ellen-rimmer');
  await outInPart(council);
  await council.pass(2 * hour);
  await asked(council, right);
  const waits = 'part of it is public, and the rest waits until the correction has been decided.';
  const typed = async (words: string) => (await ellen.say(words)).at(-1)?.text ?? '';
  for (const [words, cannot] of [
    ['edit 1', 'It cannot be changed now'],
    ['schedule 1 tomorrow 9am', 'Its time cannot be changed now'],
  ] as const)
    expect(await typed(words)).toContain(`${cannot}: ${waits} Type "hold 1" to keep back what has not left.`);
  await ellen.say('hold 1');
  expect(await typed('edit 1')).toMatch(new RegExp(`It cannot be changed now: ${waits} (?!Type)`, 'u'));
  expect(await typed('cancel 1')).toContain(
    `It cannot be cancelled now: ${waits} Type "remove 1" to take down what is public.`,
  );
});

test('what was held before a rule came to stop it goes out with the words of a correction', async () => {
  await using council = await openCouncil({ at: begins });
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await outInPart(council);
  await priya.say('hold 1');
  await council.pass(minute);
  const old = priya.card(1);
  await council.pass(2 * hour);
  const { text: refused } = await priya.press('Release: goes out now', { confirm: 'true' }, old);
  expect(refused).toContain(
    'It stands under "Before it can go". Ask for a correction: once somebody has agreed, it changes what is public, and the rest can go out with its words. Or say in the note why, and press "Do not publish the rest".',
  );
  expect(ellen.card(1).text).toContain('Ask for a correction');
  await asked(council, right);
  await agreedTo(council, 'tom-ashcroft');
});

test('a rule comes to stop what is held while a correction waits: that can be agreed to', async () => {
  await using council = await openCouncil({ at: begins });
  await outInPart(council);
  await asked(council, right);
  await council.as('priya-desai').say('hold 1');
  expect((await council.post(1)).status.is).toBe('held');
  await council.pass(2 * hour);
  await agreedTo(council, 'tom-ashcroft');
});

test('an emergency whose right words wait goes on to those once a stop is lifted', async () => {
  await using council = await openCouncil({ at: begins });
  const [gareth, yvonne] = [council.as('gareth-molyneux'), council.as('yvonne-cartmel')];
  const leak = 'Gas leak on Moor Lane in Crosby. It is closed until 4pm today. Call 0800 111 999.';
  await sendsEmergency(council, { text: leak, accounts: 'x-main,news' });
  council.outside.next('x-main', busy);
  await gareth.press('Approve: goes out now', { confirm: 'true' }, gareth.card(1));
  await council.pass(2 * hour);
  const form = await yvonne.press('Correct', {}, yvonne.card(1));
  const longer = { text: leak.replace('4pm today', 'further notice'), what: 'It goes on for longer.' };
  await yvonne.press('Ask for this correction', longer, form.card);
  await stopEverything(council, 'joseph-adeyemi');
  await resumeAll(council, 'joseph-adeyemi');
  await council.pass(minute);
  expect(toldIn(council, gareth.chat).join(' ')).not.toContain('propose a new post');
  await agreedTo(council, 'gareth-molyneux');
});

test('a correction that leaves what stops the rest as it is is not taken: it would not go out with it', async () => {
  await using council = await openCouncil({ at: begins });
  await outInPart(council);
  await council.pass(2 * hour);
  const inPart = [
    { text, headline: 'Moor Lane closed', what: 'It needs a heading.' },
    { text: 'Moor Lane, Crosby, is closed until 4pm today.', what: 'It did not say where.' },
  ];
  for (const typed of inPart) {
    const { text: said } = await asked(council, typed);
    expect(said).toContain('What it should say ✖ "until 4pm today" is over when this goes out');
    expect(await council.post(1)).not.toHaveProperty('correction');
  }
  await asked(council, right);
  await agreedTo(council, 'tom-ashcroft');
});

test('a word for a day that has passed is not taken by a correction for those who did not read it on that day', async () => {
  await using council = await openCouncil({ at: begins });
  await outInPart(council, 'Moor Lane is closed tonight.');
  await council.as('priya-desai').say('hold 1');
  await council.until(begins + 17 * hour);
  const { text: said } = await asked(council, {
    text: 'Moor Lane is closed tonight. Use the A59.',
    what: 'No way.',
  });
  expect(said).toContain('What it should say ✖ "tonight" would mean Wednesday 25 November');
  expect(await council.post(1)).not.toHaveProperty('correction');
});

test('what a correction says to those who read nothing before comes to be over while it waits, and nobody can agree to it', async () => {
  await using council = await openCouncil({ at: begins });
  const tom = council.as('tom-ashcroft');
  await outInPart(council);
  await asked(council, { text: `${text} Use the A59.`, what: 'It did not say which way.' });
  expect(tom.buttons(tom.card(1))).toContain('Agree: correct it now');
  await council.pass(2 * hour);
  expect(tom.buttons(tom.card(1))).not.toContain('Agree: correct it now');
  expect(tom.card(1).text).toContain('"until 4pm today" is over when this goes out');
  await council.as('ellen-rimmer').press('Take this request back', {}, council.as('ellen-rimmer').card(1));
  await council.pass(hour);
  await asked(council, right);
  await agreedTo(council, 'tom-ashcroft');
});
