import { expect, test } from 'vitest';
import { passedOn, sentByDesk } from './beginnings.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';

/** At the end of an absence that ended by its time. */

const approvers = ['tom-ashcroft', 'priya-desai', 'gareth-molyneux'] as const;

/** How often somebody was told what waits for them, once they were back. */
const welcomed = (council: Council, person: string): readonly string[] =>
  council
    .shown(council.as(person).chat)
    .map(({ text }) => text)
    .filter((text) => text.startsWith('Welcome back'));

test('whoever was away while they would have been reminded is told once that it waits for them, also where Crier was down then', async () => {
  await using before = await openCouncil();
  await passedOn(before, 'Liverpool Road is closed until Thursday.');
  for (const person of approvers) {
    expect(before.as(person).card(1).text).toContain('Please decide by');
    await before.as(person).say('away until tomorrow 9am');
  }
  // Both the reminder and the escalation fall into that.
  await before.pass(5 * hour);
  await before.pass(10 * hour);
  expect(approvers.flatMap((person) => welcomed(before, person))).toEqual([]);
  await using council = await before.restart({ down: 12 * hour });
  await council.pass(minute);
  for (const person of approvers)
    expect(welcomed(council, person)).toEqual(['Welcome back 1 post waits for you. [What waits for me]']);
  await council.pass(day);
  expect(approvers.flatMap((person) => welcomed(council, person))).toHaveLength(3);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever said that they are back, is away for longer, or has nothing waiting, is told nothing then', async () => {
  await using council = await openCouncil();
  const [tom, priya, gareth] = approvers.map((person) => council.as(person));
  const claire = council.as('claire-whitworth');
  await sentByDesk(council, 'Liverpool Road is closed until Thursday.', {});
  for (const each of [tom, priya, gareth, claire]) await each?.say('away until 2pm');
  await tom?.say('away no');
  await priya?.say('away until tomorrow 9am');
  const said = welcomed(council, 'tom-ashcroft').length;
  await council.until(Date.UTC(2026, 10, 24, 14, 1));
  expect(welcomed(council, 'tom-ashcroft')).toHaveLength(said);
  expect(welcomed(council, 'priya-desai')).toEqual([]);
  expect(welcomed(council, 'gareth-molyneux')).toHaveLength(1);
  expect(welcomed(council, 'claire-whitworth')).toEqual([]);
  await council.until(Date.UTC(2026, 10, 25, 9, 1));
  expect(welcomed(council, 'priya-desai')).toHaveLength(1);
  // It is over: the next answer to a question after it is none of an absence.
  expect((await tom?.say('people'))?.at(-1)?.text).not.toContain('Away until');
  expect((await council.audit()).findings).toEqual([]);
});

test('whose absence ends at midnight is asked from then on, and told so in the morning', async () => {
  await using council = await openCouncil();
  await passedOn(council, 'Liverpool Road is closed until Thursday.');
  for (const person of approvers) await council.as(person).say('away until tomorrow');
  const midnight = Date.UTC(2026, 10, 26);
  await council.until(midnight + minute);
  expect((await council.as('ellen-rimmer').say('people')).at(-1)?.text).not.toContain('Away until');
  await council.until(midnight + 8 * hour - minute);
  expect(approvers.flatMap((person) => welcomed(council, person))).toEqual([]);
  // Who says meanwhile that they are away again hears nothing.
  await council.as('gareth-molyneux').say('away until Friday 5pm');
  await council.until(midnight + 8 * hour);
  expect(approvers.map((person) => welcomed(council, person).length)).toEqual([1, 1, 0]);
  expect((await council.audit()).findings).toEqual([]);
});
