import { expect, test } from 'vitest';
import { minute, openCouncil, type Council, type Somebody } from './council.ts';

const two = (sample: string): string =>
  sample.replace('    who: [approvers]\n    need: 1', '    who: [approvers]\n    need: 2');

/** The protocol once somebody has left the council; `instead` stands where they were named. */
const without =
  (person: string, instead = '') =>
  (text: string): string =>
    text
      .replace(new RegExp(`\n {2}${person}: .*`, 'gu'), '')
      .replaceAll(`${person}, `, instead === '' ? '' : `${instead}, `)
      .replaceAll(`, ${person}`, instead === '' ? '' : `, ${instead}`)
      .replaceAll(`[${person}]`, `[${instead}]`);

const approversOf =
  (...people: string[]) =>
  (sample: string): string =>
    sample.replace(
      'approvers: [tom-ashcroft, priya-desai, gareth-molyneux]',
      `approvers: [${people.join(', ')}]`,
    );

/** Proposed by Nadia Hartley and sent to the desk. */
async function proposed(council: Council, number: number, words: string): Promise<void> {
  const nadia = council.as('nadia-hartley');
  await nadia.say(`propose ${words}`);
  await nadia.press('Send to Communications', {}, nadia.card(number));
}

async function passedOn(council: Council, number: number, words: string): Promise<void> {
  await proposed(council, number, words);
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(number));
}

/** Messages in somebody's own chat that begin so. */
const heard = (council: Council, { chat }: Somebody, begins: string): readonly string[] =>
  council
    .shown(chat)
    .map(({ text }) => text)
    .filter((text) => text.startsWith(begins));

test('who is newly named is asked and may decide, who is not any more is neither, and names to come are those of now', async () => {
  await using before = await openCouncil();
  await passedOn(before, 1, 'Liverpool Road is closed until Thursday.');
  await proposed(before, 2, 'Moor Lane is closed until Thursday.');
  // Omar Haddad is in Priya Desai's place, Marcus Oyelaran in Ellen Rimmer's.
  await using council = await before.restart({
    protocol: (sample) =>
      approversOf(
        'tom-ashcroft',
        'omar-haddad',
      )(sample).replace(
        'officers: [ellen-rimmer, joseph-adeyemi]',
        'officers: [marcus-oyelaran, joseph-adeyemi]',
      ),
  });
  await council.quiet();
  const [omar, marcus, tom] = [
    council.as('omar-haddad'),
    council.as('marcus-oyelaran'),
    council.as('tom-ashcroft'),
  ];
  const [priya, ellen] = [council.as('priya-desai'), council.as('ellen-rimmer')];
  expect(omar.card(1).text).toContain('Please decide by');
  expect((await omar.say('waiting')).at(-1)?.text).toContain('Liverpool Road');
  expect(marcus.card(2).text).toContain('Please look by');
  expect(marcus.card(2).text).toContain('Next: one of 2 Highways approvers');
  expect(heard(council, omar, '#1 (Highways)')).toEqual([]);
  expect((await priya.say('waiting')).at(-1)?.text).toContain('Nothing waits for you');
  // She has no part in Highways any more, and reads no more of what is not public.
  expect((await priya.say('approve 1')).at(-1)?.text).toContain('There is no post #1 that you can see.');
  expect(priya.card(1).text).not.toContain('Liverpool Road');
  expect(ellen.card(2).text).not.toContain('Pass on');
  expect((await council.as('gareth-molyneux').say('approve 1')).at(-1)?.text).toContain(
    'Only Highways approvers can decide this. Today that is Tom Ashcroft and Omar Haddad.',
  );
  await marcus.press('Pass on to Highways approvers', {}, marcus.card(2));
  expect(tom.card(2).text).toContain('Please decide by');
  for (const number of [1, 2])
    await omar.press('Approve: goes out now', { confirm: 'true' }, omar.card(number));
  expect(council.outside.standing('x-main')).toHaveLength(2);
  expect((await council.audit()).findings).toEqual([]);
});

test('who was asked and has no such part any more reads nothing more and holds nothing, also where they had their say', async () => {
  await using before = await openCouncil();
  await passedOn(before, 1, 'Liverpool Road is closed until Thursday.');
  await passedOn(before, 2, 'Moor Lane is shut for works.');
  const nadia = before.as('nadia-hartley');
  await nadia.say('schedule 2 Fri 9:00');
  const tomBefore = before.as('tom-ashcroft');
  const title = 'Approve: goes out on Fri 27 Nov at 9am';
  await tomBefore.press(title, { confirm: 'true' }, tomBefore.card(2));
  expect(before.as('ellen-rimmer').card(2).text).toContain('Moor Lane');

  // Ellen Rimmer, who passed both on, and Priya Desai, who was asked, have other work now.
  await using council = await before.restart({
    protocol: (sample) =>
      approversOf(
        'tom-ashcroft',
        'gareth-molyneux',
      )(sample)
        .replace('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [marcus-oyelaran, joseph-adeyemi]')
        .replace('approvers: [imogen-fairclough, priya-desai]', 'approvers: [imogen-fairclough]'),
  });
  await council.quiet();
  for (const person of ['ellen-rimmer', 'priya-desai']) {
    const somebody = council.as(person);
    for (const number of ['1', '2'])
      for (const words of ['show', 'hold', 'why'])
        expect((await somebody.say(`${words} ${number}`)).at(-1)?.text).toContain(
          `There is no post #${number} that you can see.`,
        );
    for (const { text } of council.shown(somebody.chat))
      if (text.startsWith('#')) expect(text).not.toMatch(/Liverpool Road|Moor Lane/u);
  }
  const [refused] = await council.as('sam-kenrick').say('hold 1');
  expect(refused?.text).toContain('There is no post #1 that you can see.');
  expect([(await council.post(1)).status.is, (await council.post(2)).status.is]).not.toContain('held');
  await council.as('tom-ashcroft').say('hold 1');
  expect((await council.post(1)).status.is).toBe('held');
  expect((await council.audit()).findings).toEqual([]);
});

test('where the protocol has too few left who may decide, the lead and the desk hear so, and nobody is said to be away', async () => {
  await using before = await openCouncil({ protocol: two });
  await passedOn(before, 1, 'Liverpool Road is closed until Thursday.');
  await using council = await before.restart({ protocol: approversOf('tom-ashcroft') });
  await council.pass(minute);
  // By this protocol one is enough; the walk that was frozen goes on asking two.
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  const words = 'Two have to approve it, and by the protocol as it is now only one may.';
  expect(ellen.card(1).text).toContain('Waiting for Tom Ashcroft (Highways approvers)');
  expect(ellen.card(1).text).toContain(words);
  expect(ellen.card(1).text).not.toContain('away');
  expect(tom.card(1).text).toContain('Please decide by');
  for (const each of [ellen, council.as('joseph-adeyemi'), tom]) {
    const [list, ...more] = heard(council, each, 'Nobody can decide: 1 post');
    expect(list).toContain('By the protocol as it is now, too few people may decide it.');
    expect(list).not.toContain('away');
    expect(more).toEqual([]);
  }
  await using after = await council.restart({ protocol: approversOf('nadia-hartley', 'sam-kenrick') });
  await after.pass(minute);
  expect(after.as('sam-kenrick').card(1).text).toContain('Please decide by');
  expect(after.as('ellen-rimmer').card(1).text).toContain('Waiting for Sam Kenrick');
  expect(after.as('tom-ashcroft').card(1).text).not.toContain('Approve');
  expect((await after.audit()).findings).toEqual([]);
});

test('who approves after somebody who has left reads that the desk is asked then, and it is asked at once', async () => {
  await using before = await openCouncil({ protocol: two });
  await before.as('nadia-hartley').say('propose Liverpool Road is closed until Thursday.');
  const nadia = before.as('nadia-hartley');
  await nadia.say('schedule 1 tomorrow 9am');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const passes = before.as('ellen-rimmer');
  await passes.press('Pass on to Highways approvers', {}, passes.card(1));
  const priya = before.as('priya-desai');
  await priya.press('Approve: one more is needed', { confirm: 'true' }, priya.card(1));
  await using council = await before.restart({
    protocol: (sample) => approversOf('tom-ashcroft', 'gareth-molyneux')(two(sample)),
  });
  await council.quiet();
  const [tom, ellen] = [council.as('tom-ashcroft'), council.as('ellen-rimmer')];
  expect(tom.card(1).text).toContain(
    'Priya Desai approved it and may not approve such posts any more, so Communications is asked before it goes out.',
  );
  const answer = await tom.press('Approve: then Communications is asked', { confirm: 'true' }, tom.card(1));
  expect(answer.text).toContain('Waits for Communications');
  expect(answer.text).toContain(
    'It is to go out on Wed 25 Nov at 9am, but Priya Desai approved it and may not approve such posts any more.',
  );
  await council.quiet();
  expect(ellen.card(1).text).toContain('Please say whether it goes out');
  expect(heard(council, ellen, '#1 (Highways) needs Communications.')).toHaveLength(1);
  // Nobody has said so by its time: it stays, and the desk hears once more.
  await council.until(Date.UTC(2026, 10, 25, 9, 1));
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(heard(council, ellen, '#1 (Highways) needs Communications.')).toHaveLength(2);
  await ellen.press('Let it go out', {}, ellen.card(1));
  expect(council.outside.standing('x-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('what is approved and may not go out by another protocol is found when that comes into force, not at its time', async () => {
  await using before = await openCouncil();
  for (const [number, words] of [
    [1, 'Liverpool Road is closed until Thursday.'],
    [2, 'Moor Lane is shut for the gritters.'],
    [3, 'Coronation Road is closed until Thursday.'],
  ] as const) {
    await passedOn(before, number, words);
    const by = before.as(number === 3 ? 'tom-ashcroft' : 'priya-desai');
    await before.as('nadia-hartley').say(`schedule ${String(number)} tomorrow 9am`);
    const ellen = before.as('ellen-rimmer');
    if (ellen.card(number).text.includes('Please look by'))
      await ellen.press('Pass on to Highways approvers', {}, ellen.card(number));
    await by.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, by.card(number));
  }
  const changes = (sample: string): string =>
    `${approversOf('tom-ashcroft', 'gareth-molyneux')(sample)}    - { word: 'gritters', why: 'Some do not know it.' }\n`;
  await using council = await before.restart({ protocol: changes });
  await council.quiet();
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).toContain('Please say whether it goes out');
  expect(ellen.card(1).text).toContain('It is to go out on Wed 25 Nov at 9am, but Priya Desai approved it');
  expect((await council.post(2)).status.is).toBe('held');
  expect(ellen.card(2).text).toContain('something in it has come to stand in the way. See below.');
  expect(ellen.card(2).text).not.toContain('Its time came');
  expect(heard(council, ellen, '#2 (Highways) needs Communications. Something in it')).toHaveLength(1);
  expect(heard(council, ellen, '#1 (Highways) needs Communications. It is to go out')).toHaveLength(1);
  expect((await council.post(3)).status.is).toBe('scheduled');
  // The mistake in the file is put right: nothing is asked any more, and it goes out by itself.
  await using after = await council.restart({
    protocol: (sample) =>
      changes(sample).replace('[tom-ashcroft, gareth-molyneux]', '[tom-ashcroft, priya-desai]'),
  });
  await after.quiet();
  expect(after.as('ellen-rimmer').card(1).text).not.toContain('Please say whether');
  await after.until(Date.UTC(2026, 10, 25, 9, 1));
  expect(after.outside.standing('x-main')).toHaveLength(2);
  expect((await after.audit()).findings).toEqual([]);
});

test('what is sent back to somebody who has left comes to those who write for the service', async () => {
  await using before = await openCouncil();
  await proposed(before, 1, 'Liverpool Road is closed until Thursday.');
  await proposed(before, 2, 'Moor Lane is closed until Thursday.');
  const passes = before.as('ellen-rimmer');
  await passes.press('Send back with a note', { note: 'Say which days.' }, passes.card(2));
  await using council = await before.restart({ protocol: without('nadia-hartley', 'sam-kenrick') });
  await council.quiet();
  const [ellen, sam] = [council.as('ellen-rimmer'), council.as('sam-kenrick')];
  expect(sam.card(2).text).toContain('Say which days.');
  expect(() => sam.card(1)).toThrow('has no card');
  await ellen.press('Send back with a note', { note: 'Say until when.' }, ellen.card(1));
  expect(sam.card(1).text).toContain('Say until when.');
  await sam.press('Edit', {}, sam.card(1));
  expect((await council.audit()).findings).toEqual([]);
});
