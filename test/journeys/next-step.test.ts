import { expect, test } from 'vitest';
import { day, hour, minute, openCouncil, type Council } from './council.ts';
import { keptData, withoutWhoGoesOn } from './kept-data.ts';

const waiting = async (council: Council, person: string): Promise<string> =>
  (await council.as(person).say('waiting')).at(-1)?.text ?? '';
const none = 'Nothing waits for you.';

/** Nadia has proposed it, and it is with Communications. */
async function sent(council: Council, number = 1, words = 'The gritters are out.'): Promise<void> {
  const nadia = council.as('nadia-hartley');
  await nadia.say(`propose ${words}`);
  await nadia.press('Send to Communications', {}, nadia.card(number));
}

async function sentBack(council: Council): Promise<void> {
  await sent(council);
  await council.as('ellen-rimmer').press('Send back with a note', { note: 'Which roads?' });
}

test('what came back to whoever wrote it waits for them, and not while they are only writing', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say('propose The gritters are out.');
  expect(await waiting(council, nadia.id)).toContain(none);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(await waiting(council, nadia.id)).toContain(none);
  await ellen.press('Send back with a note', { note: 'Which roads?' });
  expect(await waiting(council, nadia.id)).toMatch(/Waiting for you: 1 post .*#1 .*Sent back/u);
  expect(await waiting(council, ellen.id)).toContain(none);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(await waiting(council, nadia.id)).toContain(none);
  expect(await waiting(council, ellen.id)).toContain('#1');
  // Nobody decided in time: it is theirs again.
  await council.pass(10 * day);
  expect(nadia.card(1).text).toContain('Send it again if it is still needed');
  expect(await waiting(council, nadia.id)).toContain('#1');
  expect(await waiting(council, ellen.id)).toContain(none);
  const [ask] = await nadia.say('cancel 1');
  await nadia.press('Cancel #1', {}, ask);
  expect(await waiting(council, nadia.id)).toContain(none);
  expect((await council.audit()).findings).toEqual([]);
});

test('what ended before it went out, and what no account took, waits for whoever wrote it', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  await sent(council, 1, 'The gritters are out.\nuntil 10am');
  await council.pass(hour);
  expect(nadia.card(1).text).toContain('Give it another end');
  expect(await waiting(council, nadia.id)).toContain('#1');

  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'refused', reason: 'against-policy' },
  });
  await nadia.say('propose Salt bins are full.');
  const form = await nadia.press('Edit', {}, nadia.card(2));
  const saved = await nadia.press('Save', { accounts: 'x-main' }, form.card);
  await nadia.press('Send to Communications', {}, saved.card);
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(2));
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(2));
  await council.pass(minute);
  expect((await council.post(2)).status.is).toBe('failed');
  expect(await waiting(council, nadia.id)).toContain('Waiting for you: 2 posts');
});

test('what Crier held, of which it tells the desk, waits for all of the desk', async () => {
  await using first = await openCouncil();
  const [ellen, priya] = [first.as('ellen-rimmer'), first.as('priya-desai')];
  await ellen.say('propose for Highways: The road is closed.');
  await ellen.say('schedule 1 today 11am');
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  await priya.press('Approve: goes out on Tue 24 Nov at 11am', { confirm: 'true' }, priya.card(1));
  await using council = await first.restart({ down: 5 * hour });
  await council.pass(minute);
  expect(await waiting(council, 'joseph-adeyemi')).toMatch(/Waiting for you: 1 post .*#1 .*Held/u);
  expect(await waiting(council, 'ellen-rimmer')).toContain('#1');
  const joseph = council.as('joseph-adeyemi');
  const [ask] = await joseph.say('cancel 1');
  await joseph.press('Cancel #1', {}, ask);
  for (const officer of council.protocol.desk.officers)
    expect(await waiting(council, officer)).toContain(none);
});

test('whoever is away is told of what they are asked, and what came back to them is theirs once they are back', async () => {
  await using council = await openCouncil();
  await sentBack(council);
  const nadia = council.as('nadia-hartley');
  const [answer] = await nadia.say('away until Friday');
  expect(answer?.text).not.toContain('waits for you');
  expect((await council.post(1)).past?.length ?? 0).toBe(0);
  const [back] = await nadia.say('away no');
  expect(back?.text).toContain('1 post waits for you.');
});

test('what an earlier release left with its writers waits for them once it was looked through', async () => {
  await using kept = await keptData(sentBack, (database) => {
    const [post] = database.prepare("SELECT body FROM documents WHERE kind = 'post'").all();
    expect(String(post?.['body'])).toContain('"goesOnWith":["nadia-hartley"]');
    withoutWhoGoesOn(database, 1);
  });
  await using council = await openCouncil({ ...kept, met: [] });
  const cards = council.connector.taken.length;
  await council.quiet();
  expect(await waiting(council, 'nadia-hartley')).toContain('#1');
  // No card changes for it.
  expect(council.connector.taken.slice(cards).filter(({ how }) => how === 'update')).toEqual([]);
});
