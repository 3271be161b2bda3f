import { expect, test } from 'vitest';
import { letOutByDesk, passedOn, sentByDesk } from './beginnings.ts';
import { hour, minute, openCouncil } from './council.ts';
import { pauseRoutine, resumeAll, stopAccounts, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

/** What somebody lets go while everything is stopped: the answer says what becomes of it, and nothing is promised. */

const refused = { way: 'answer', outcome: { outcome: 'refused', reason: 'not-permitted' } } as const;

test('Try again pressed while everything is stopped says that it waits, and for what; it is held at once', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', refused);
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', {
    accounts: 'x-main,facebook-main',
  });
  await council.quiet();
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).toContain('Published on 1 of 2');
  await stopEverything(council);
  await council.pass(5_000);
  // Its card says before the press what comes of that.
  expect(ellen.card(1).text).toMatch(
    /Gareth Molyneux stopped everything on Tue 24 Nov at \S+: what somebody sends again now is held until that is resumed\. It needs a decision then\./u,
  );
  expect(ellen.card(1).text).not.toContain('held by Gareth Molyneux');
  const calls = council.outside.calls.length;
  const answer = await ellen.press('Try again', {}, ellen.card(1));
  expect(answer.text).toContain(
    'Gareth Molyneux has stopped everything, so nothing of this goes out now: it is held. There is nothing to do before posts can go out again. Whoever decides on it is asked then.',
  );
  expect(answer.text).not.toContain('on its way');
  // Once on the answer, and once on the card.
  for (const { text } of [answer, ellen.card(1)])
    expect(text.match(/(?:has|had|Molyneux) stopped everything/gu), text).toHaveLength(1);
  expect(answer.text).toContain('Published on 1 of 2 · the rest is held by Gareth Molyneux');
  expect((await council.post(1)).status).toMatchObject({ is: 'held', stop: 'all', by: 'gareth-molyneux' });
  await council.pass(10 * minute);
  expect(council.outside.calls.slice(calls)).toEqual([]);

  // Whoever decides is asked once posts can go out again, and that lets it go.
  await resumeAll(council);
  await council.pass(minute);
  expect(council.outside.calls.slice(calls)).toEqual([]);
  const priya = council.as('priya-desai');
  expect(toldIn(council, priya.chat).at(-1)).toMatch(
    /Posts can go out again, but not the rest of #1 .* waits for your decision/u,
  );
  await council.pass(minute);
  expect(priya.card(1).text).toContain('Held at 9:43am, since Gareth Molyneux had stopped everything.');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('where nobody can tell whether it arrived, to post it now while everything is stopped holds it, and says so', async () => {
  await using council = await openCouncil();
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'lost' });
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', { accounts: 'x-main' });
  await council.pass(20 * minute);
  const ellen = council.as('ellen-rimmer');
  await stopEverything(council);
  const answer = await ellen.press('No, post it now', {}, ellen.card(1));
  expect(answer.text).toContain('Gareth Molyneux has stopped everything, so nothing of this goes out now');
  expect((await council.post(1)).status.is).toBe('held');
});

test('what is let go for later while everything is stopped is not approved in vain: it can be released after that', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  await sentByDesk(council, 'Liverpool Road is closed at Moor Lane.', { when: 'Fri 9am' });
  const before = tom.card(1);
  await stopEverything(council);
  await council.pass(minute);
  expect(tom.buttons(tom.card(1))).not.toContain('Release');
  expect(tom.card(1).text).toContain('It can be released after that.');
  await tom.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, before);
  expect((await council.post(1)).status.is).toBe('held');
  await resumeAll(council);
  await council.pass(minute);
  await tom.press('Release: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, tom.card(1));
  expect((await council.post(1)).status.is).toBe('scheduled');
});

test('what a pause lets through is let go as ever, and on the accounts that are not stopped', async () => {
  await using council = await openCouncil();
  await pauseRoutine(council);
  council.outside.next('x-main', refused);
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', {
    accounts: 'x-main,facebook-main',
    flags: 'safety',
  });
  await council.quiet();
  const ellen = council.as('ellen-rimmer');
  const answer = await ellen.press('Try again', {}, ellen.card(1));
  expect(answer.text).not.toContain('paused routine posts');
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);
});

test('what is sent for approval while everything is stopped is held with what was sent before: nobody is asked or late', async () => {
  await using council = await openCouncil();
  await sentByDesk(council, 'The A565 is shut at Moor Lane.', {});
  await stopEverything(council);
  await council.pass(2 * minute);
  const [tom, ellen, nadia] = ['tom-ashcroft', 'ellen-rimmer', 'nadia-hartley'].map((each) =>
    council.as(each),
  );
  if (tom === undefined || ellen === undefined || nadia === undefined) throw new Error('nobody is there');
  const before = [tom, ellen, nadia].map((each) => toldIn(council, each.chat).length);
  await ellen.say('propose for Highways: The A59 is shut at Maghull.');
  const sent = await ellen.press('Send to Highways approvers');
  expect(sent.text).toContain(
    'Gareth Molyneux has stopped everything, so nothing of this goes out now: it is held.',
  );
  // The desk passes on meanwhile what a service sends.
  await nadia.say('propose The A570 is shut at Scarisbrick.');
  const look = await nadia.press('Send to Communications', {}, nadia.card(3));
  expect(look.text).toContain('so nothing of this goes out now: it is held.');
  expect(ellen.card(3).text).toContain('It can be passed on meanwhile, and released after that.');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(3));
  expect(tom.card(3).text).toContain('It can be released after that.');
  for (const number of [1, 2, 3]) {
    expect((await council.post(number)).status).toMatchObject({ is: 'held', stop: 'all' });
    expect(tom.buttons(tom.card(number)).filter((each) => /^(?:Approve|Release)/u.test(each))).toEqual([]);
  }
  // Another time does not make anybody late either.
  await ellen.say('schedule 2 in 5 days 9am');
  await council.pass(80 * hour);
  const after = [tom, ellen, nadia].map((each, index) => toldIn(council, each.chat).slice(before[index]));
  expect(after).toEqual([[], [], []]);
  for (const number of [1, 2, 3]) expect((await council.post(number)).status.is).toBe('held');

  // From the resume on they are asked, and late, alike; the look that was given counts.
  await resumeAll(council);
  await council.pass(minute);
  expect(council.shown(tom.chat).at(-1)?.text).toMatch(
    /Posts can go out again: 3 held posts wait .*#1 .*#2 .*#3 /u,
  );
  await council.pass(hour);
  await council.pass(minute);
  expect(council.shown(tom.chat).at(-1)?.text).toMatch(/3 held posts still wait for your decision/u);
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(3));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual(['The A570 is shut at Scarisbrick.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('approved after the accounts were stopped and before the post was held: it is held with that press, and on the record', async () => {
  await using council = await openCouncil();
  await passedOn(council, 'The A565 is shut at Moor Lane.');
  // Whoever stopped them died before anything was held.
  await stopAccounts(council);
  const tom = council.as('tom-ashcroft');
  // Nobody is late meanwhile.
  await council.pass(80 * hour);
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(toldIn(council, tom.chat)).toEqual([]);
  const answer = await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(1));
  expect(answer.text).toContain(
    'Gareth Molyneux has stopped everything, so this does not go out now. Your approval is on the record. Once posts go out again, it needs a fresh decision.',
  );
  expect(answer.text).toContain('Tom Ashcroft approved it');
  expect(answer.text.match(/stopped everything/gu), answer.text).toHaveLength(1);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', stop: 'all' });
  await resumeAll(council);
  await council.pass(minute);
  expect(council.outside.entries()).toEqual([]);
  expect(tom.buttons(tom.card(1))).toContain('Release: goes out now');
  expect((await council.audit()).findings).toEqual([]);
});
