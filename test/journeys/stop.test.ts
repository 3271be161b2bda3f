import { expect, test } from 'vitest';
import { accountId, accountKind } from '../../src/dispatch/account.ts';
import { letOutByDesk, sentByDesk } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { pauseRoutine, resumeAll, stopAccounts, stopEverything } from './stops.ts';

const two = Date.UTC(2026, 10, 24, 14, 0);

/** A post of Highways for every default account, planned for two o'clock and approved by Tom. */
async function scheduled(
  council: Council,
  number: number,
  flag?: string,
  title = 'Approve: goes out on Tue 24 Nov at 2pm',
): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: Gritting update ${String(number)} for the main roads.`);
  const form = await ellen.press('Edit');
  const inputs = { when: '24/11/2026 14:00', ...(flag === undefined ? {} : { flags: flag }) };
  const saved = await ellen.press('Save', inputs, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await council.as('tom-ashcroft').press(title, { confirm: 'true' });
  expect((await council.post(number)).status.is).toBe('scheduled');
}

/** A fresh post that Tom approves to leave at once. */
async function approvedNow(council: Council, text: string): Promise<void> {
  await sentByDesk(council, text, {});
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
}

/** Stops everything, or resumes, with its one confirmation. */
const stoppedFlags = async (council: Council): Promise<readonly (string | undefined)[]> =>
  await Promise.all(
    Object.keys(council.protocol.accounts).map(
      async (account) =>
        (await council.app.executor.load(accountKind, accountId(account)))?.state.stopped?.what,
    ),
  );

test('stop everything: nothing that falls due that second leaves any account, nor what is approved afterwards', async () => {
  await using council = await openCouncil();
  for (const number of [1, 2, 3]) await scheduled(council, number);
  await scheduled(council, 4, 'safety');
  const [refused] = await council.as('nadia-hartley').say('stop everything');
  expect(refused?.text).toContain('You cannot stop or resume everything');
  // Most often it is a post of their own that they want stopped.
  expect(refused?.text).toContain('type "hold" and its number, such as "hold 142".');

  // Said a moment before all of them are due.
  await council.pass(two - council.now() - 4_000);
  const gareth = council.as('gareth-molyneux');
  const [asked] = await gareth.say('stop everything');
  expect(asked?.text).toContain('Stop everything?');
  expect(asked?.text).toContain('4 posts wait');
  expect(await stoppedFlags(council)).toEqual(Object.keys(council.protocol.accounts).map(() => undefined));
  const done = await gareth.press('Yes, stop everything', {}, asked);
  expect(done.text).toContain('Everything is stopped: 4 posts held');
  expect(done.text).toContain('Nothing was on its way.');
  expect(done.text).toContain('Paid adverts');
  expect(done.text).toContain("Posts that were scheduled in the networks' own tools");
  expect(await stoppedFlags(council)).toEqual(Object.keys(council.protocol.accounts).map(() => 'all'));

  await council.until(two);
  await council.pass(minute);
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The road is open again.');
  const sent = await ellen.press('Send to Highways approvers');
  expect(sent.text).toContain('Gareth Molyneux has stopped everything, so nothing of this goes out now');
  await council.pass(minute);
  expect(council.outside.calls.filter((call) => call.startsWith('publish'))).toEqual([]);
  expect((await council.post(4)).status).toMatchObject({ is: 'held', by: 'gareth-molyneux', all: true });
  expect((await council.post(5)).status).toMatchObject({ is: 'held', by: 'gareth-molyneux', all: true });

  // Lifted: none leaves by itself, and what is overdue is asked about.
  const resumed = await resumeAll(council, 'yvonne-cartmel');
  expect(resumed.text).toContain('Posts can go out again');
  expect(resumed.text).toContain('5 posts wait');
  expect(resumed.text).toMatch(/Its planned time has passed.*#1 .*Waits for a decision.*#5 /u);
  await council.pass(60 * minute);
  expect(council.outside.entries()).toEqual([]);
  const old = await council
    .as('tom-ashcroft')
    .press('Release: first choose a new time', {}, await openCard(council, 1));
  expect(old.text).toContain('has passed. When should it go out?');
  await council
    .as('tom-ashcroft')
    .press('Release: goes out now', { confirm: 'true' }, await openCard(council, 5));
  expect(council.outside.standing('x-main')).toEqual(['The road is open again.']);
  const [nothing] = await gareth.say('resume');
  expect(nothing?.text).toContain('Nothing is stopped');
  expect((await council.audit()).findings).toEqual([]);
});

/** The card of a post in Tom's own chat. */
const openCard = async (council: Council, number: number) => {
  const [card] = await council.as('tom-ashcroft').say(`show ${String(number)}`);
  return card ?? council.as('tom-ashcroft').card(number);
};

test('pause routine lets safety information through, and a pause does not weaken a stop', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1);
  await scheduled(council, 2, 'safety');
  const joseph = council.as('joseph-adeyemi');
  const [weak] = await joseph.say('pause routine');
  const paused = await joseph.press('Yes, pause routine posts', {}, weak);
  expect(paused.text).toContain('Routine posts are paused: 1 post held');
  expect(paused.text).toMatch(/Still goes out, because it is safety information.*#2 /u);
  await council.until(two);
  expect(council.outside.standing('x-main')).toEqual(['Gritting update 2 for the main roads.']);
  expect((await council.post(1)).status.is).toBe('held');

  await stopEverything(council, 'joseph-adeyemi');
  const weaker = await joseph.press('Yes, pause routine posts', {}, weak);
  expect(weaker.text).toContain('Everything is stopped');
  expect(new Set(await stoppedFlags(council))).toEqual(new Set(['all']));
  expect((await council.audit()).findings).toEqual([]);
});

test('what was on its way when everything was stopped is waited for and listed with its address', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  await scheduled(council, 2);
  const [card] = await council.as('joseph-adeyemi').say('stop everything');
  const pause = council.outside.pause('x-main');
  const approving = council
    .as('tom-ashcroft')
    .press('Approve: goes out now', { confirm: 'true' }, council.as('tom-ashcroft').card(1));
  await pause.begun;
  const other = (await council.post(2)).id;
  const stopped = council.app.executor.onCommit(({ kind, id }) => {
    // Its account is stopped, and what waits is held, while the request is under way; only then does the network answer.
    if (kind !== 'post' || id !== other) return;
    stopped();
    pause.go();
  });
  const done = await council.as('joseph-adeyemi').press('Yes, stop everything', {}, card);
  await approving;
  expect(done.text).toContain('Was already on its way');
  expect(done.text).toContain('#1 on X: published');
  expect(done.text).toContain('(https://x-main.example/x-main-');
  // Nothing of that post was left to hold.
  expect(done.text).toContain('Everything is stopped: 1 post held');
  expect(done.text.split('Was already on its way')[1]?.split('Held')[1]).not.toContain('#1');
  expect(ellen.card(1).text).not.toContain('Held');
  const before = council.outside.calls.length;
  await council.until(two);
  expect(council.outside.calls.slice(before)).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what was on its way when everything was stopped, and comes back, is held', async () => {
  await using council = await openCouncil();
  await sentByDesk(council, 'The gritters are out on the main roads.', {
    accounts: 'x-main',
    flags: 'safety',
  });
  const [card] = await council.as('joseph-adeyemi').say('stop everything');
  const pause = council.outside.pause('x-main');
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: minute, reason: 'busy' },
  });
  const approving = council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await pause.begun;
  const stopped = council.app.executor.onCommit(({ kind, id }) => {
    if (kind !== 'account' || id !== accountId('x-main')) return;
    stopped();
    pause.go();
  });
  const done = await council.as('joseph-adeyemi').press('Yes, stop everything', {}, card);
  await approving;
  expect(done.text).toContain('1 post held');
  await council.pass(5 * minute);
  expect((await council.post(1)).status.is).toBe('held');
  await resumeAll(council, 'joseph-adeyemi');
  await council.pass(5 * minute);
  expect((await council.post(1)).status.is).toBe('held');
  expect(council.outside.entries()).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what is being looked for when everything was stopped, and comes back after the resume, needs a decision', async () => {
  await using council = await openCouncil();
  await sentByDesk(council, 'The gritters are out on the main roads.', {
    accounts: 'x-main',
    flags: 'safety',
  });
  council.outside.next('x-main', { way: 'nothing' });
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  const done = await stopEverything(council, 'joseph-adeyemi');
  expect(done.text).toContain('Everything is stopped: no post was waiting');
  await resumeAll(council, 'joseph-adeyemi');
  await council.pass(20 * minute);
  expect(council.outside.entries()).toEqual([]);
  expect((await council.post(1)).status.is).toBe('held');
  expect((await council.audit()).findings).toEqual([]);
});

test('stopped while posts of that very second are leaving: nothing begins after the answer, and what had begun is listed', async () => {
  await using council = await openCouncil();
  const numbers = [1, 2, 3, 4, 5, 6];
  for (const number of numbers) await scheduled(council, number);
  await council.pass(two - council.now() - 6_000);
  const gareth = council.as('gareth-molyneux');
  const [asked] = await gareth.say('stop everything');
  const pauses = ['x-main', 'facebook-main'].map((account) => council.outside.pause(account));
  // The clock strikes two as the stop is pressed; the first request of each account is under way by then.
  const leaving = council.until(two);
  await Promise.all(pauses.map(async ({ begun }) => await begun));
  const stopping = gareth.press('Yes, stop everything', {}, asked);
  const stopped = new Promise<void>((resolve) => {
    const forget = council.app.executor.onCommit(({ kind }) => {
      if (kind !== 'post') return;
      forget();
      resolve();
    });
  });
  await stopped;
  for (const { go } of pauses) go();
  const done = await stopping;
  const begun = council.outside.calls.length;
  await leaving;
  await council.pass(60 * minute);
  expect(council.outside.calls).toHaveLength(begun);
  expect(done.text).toContain('Was already on its way');
  for (const { account, text, id } of council.outside.entries()) {
    const number = /update (?<number>\d)/u.exec(text)?.groups?.['number'] ?? '';
    const where = account === 'x-main' ? 'X' : 'Facebook';
    expect(done.text).toMatch(new RegExp(`#${number} on ${where}: published [^#]*${id}\\)`, 'u'));
  }
  // Each account was sending when it was stopped, and not all of the posts had left.
  for (const account of ['x-main', 'facebook-main']) {
    expect(council.outside.entries(account).length).toBeGreaterThan(0);
    expect(council.outside.entries(account).length).toBeLessThan(numbers.length);
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('a process that dies between stopping the accounts and holding the posts: what waits still comes back by decision alone', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1);
  await scheduled(council, 2, 'safety');
  await stopAccounts(council, 'ellen-rimmer');
  await using again = await council.restart();
  expect((await again.post(1)).status.is).toBe('scheduled');
  const resumed = await resumeAll(again, 'ellen-rimmer');
  expect(resumed.text).toContain('2 posts wait');
  await again.until(two);
  expect(again.outside.entries()).toEqual([]);
  for (const number of [1, 2]) expect((await again.post(number)).status.is).toBe('held');
});

test('an account that joins the protocol while everything is stopped is stopped with the others until that is resumed', async () => {
  await using council = await openCouncil();
  await stopEverything(council, 'ellen-rimmer');
  const joined = `accounts:\n  x-second:\n    network: x\n    name: '@SeftonRoads'\n    owner: desk\n    purpose: Roadworks.\n    by-default: true\n`;
  await using again = await council.restart({
    protocol: (sample) => sample.replace(/^accounts:\n/mu, joined),
  });
  expect(new Set(await stoppedFlags(again))).toEqual(new Set(['all']));
  await sentByDesk(again, 'The gritters are out on the main roads.', {});
  expect((await again.post(1)).status).toMatchObject({ is: 'held', stop: 'all' });
  expect(again.outside.entries()).toEqual([]);
  expect((await again.audit()).findings).toEqual([]);

  await resumeAll(again, 'joseph-adeyemi');
  expect(new Set(await stoppedFlags(again))).toEqual(new Set([undefined]));
});

test('what left already and is being looked for is listed as well, although it has no slot any more', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  await approvedNow(council, 'The gritters are out on the main roads.');
  const done = await stopEverything(council, 'joseph-adeyemi');
  expect(done.text).toContain('Was already on its way');
  expect(done.text).toContain('#1 on X:');
  expect((await council.audit()).findings).toEqual([]);
});

test('what somebody is still to take down by hand is counted and listed by a stop, until it cannot be taken down', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await letOutByDesk(council, 'The library is closed.', { accounts: 'nextdoor-sefton,news' });
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', link, bethan.card(1));
  await ellen.say('remove 1');
  const [question] = await ellen.say('stop everything');
  expect(question?.text).toContain('What is public in one place is still to be taken down there.');
  const done = await ellen.press('Yes, stop everything', {}, question);
  expect(done.text).toMatch(
    /Is public, and is still taken down there #1 on Nextdoor Sefton: waits for Bethan Prys to take it down by hand \[Open.↗\]/u,
  );
  const cannot = 'It cannot be taken down';
  const asks = await bethan.press(cannot, {}, bethan.card(1));
  await bethan.press(cannot, { 'why:nextdoor-sefton.0': 'Locked out.' }, asks.card);
  await resumeAll(council, 'ellen-rimmer');
  expect((await stopEverything(council, 'ellen-rimmer')).text).not.toContain('still taken down there');
});

test('what is still to be taken down goes on while everything is stopped, and what is to be corrected is held; a stop says so', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await approvedNow(council, 'The road is closed until Thursday.');
  await approvedNow(council, 'The library is closed.');
  const busy = { outcome: 'retry', after: 10 * minute, reason: 'busy' } as const;
  council.outside.answer('edit', 'facebook-main', busy);
  const [form] = await ellen.say('correct 1');
  const inputs = { what: 'Wrong day.', text: 'The road is closed until Friday.' };
  await ellen.press('Ask for this correction', inputs, form);
  const [asked] = await council.as('joseph-adeyemi').say('show 1');
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' }, asked);
  council.outside.answer('remove', 'x-main', busy);
  await ellen.say('remove 2');

  const [question] = await ellen.say('stop everything');
  expect(question?.text).toContain(
    'What is public in one place is still to be taken down there. That goes on, since it makes less public.',
  );
  const done = await ellen.press('Yes, stop everything', {}, question);
  expect(done.text).toContain('No post was on its way.');
  expect(done.text).toMatch(
    /Is public, and is still taken down there #2 on X: being taken down \[Open.↗\]\(\S+\).*Held #1/u,
  );
  await council.pass(20 * minute);
  expect(council.outside.standing('facebook-main')).toEqual(['The road is closed until Thursday.']);
  expect(council.outside.standing('x-main').join()).not.toContain('library');
  // Once nothing more is to come, nothing is said of it.
  await resumeAll(council, 'ellen-rimmer');
  const again = await stopEverything(council, 'ellen-rimmer');
  expect(again.text).toContain('Nothing was on its way.');
  expect((await council.audit()).findings).toEqual([]);
});

test('an old yes, to a stop or to resuming, acts on nothing that it was not shown for: it is asked anew', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await scheduled(council, 1);
  const [stop] = await joseph.say('stop everything');
  await joseph.press('Yes, stop everything', {}, stop);
  const [old] = await joseph.say('resume');
  await council.pass(minute);
  await resumeAll(council, 'ellen-rimmer');
  await council.pass(minute);

  // Nothing is stopped any more: a stop of then is not one of now.
  const stopAnew = await joseph.press('Yes, stop everything', {}, stop);
  expect(stopAnew.text).toMatch(
    /Stop everything\? Posts were let out again after you were asked, so nothing/u,
  );
  expect(await stoppedFlags(council)).toEqual(Object.keys(council.protocol.accounts).map(() => undefined));

  await stopEverything(council, 'gareth-molyneux');
  await council.pass(minute);
  const no = await joseph.press('Yes, resume', {}, old);
  expect(no.text).toMatch(
    /Let posts go out again\? There is another stop now than when you were asked, so nothing has happened yet\. Gareth Molyneux stopped everything on Tue 24 Nov/u,
  );
  expect(new Set(await stoppedFlags(council))).toEqual(new Set(['all']));
  // A stop that came to the same by then is in force, and pressed anew, each question does what it says.
  expect((await joseph.press('Yes, stop everything', {}, stop)).text).toContain(
    'Everything is stopped already',
  );
  const lifted = await joseph.press('Yes, resume', {}, no.card);
  expect(lifted.text).toContain('Posts can go out again');
  expect((await ellen.press('Yes, stop everything', {}, stopAnew.card)).text).toContain('Stop everything?');

  // A pause that became a stop is another one as well; a pause meanwhile keeps nobody from stopping everything.
  const [all] = await ellen.say('stop everything');
  await pauseRoutine(council, 'gareth-molyneux');
  const [paused] = await joseph.say('resume');
  await council.pass(minute);
  expect((await ellen.press('Yes, stop everything', {}, all)).text).toContain('Everything is stopped: ');
  expect((await joseph.press('Yes, resume', {}, paused)).text).toContain('Ellen Rimmer stopped everything');
  expect(new Set(await stoppedFlags(council))).toEqual(new Set(['all']));
  expect((await council.audit()).findings).toEqual([]);
});

test('resuming counts the same before and after: what was approved meanwhile, and what an earlier stop held', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1);
  await scheduled(council, 2);
  await pauseRoutine(council, 'ellen-rimmer');
  await resumeAll(council, 'ellen-rimmer');
  await council.pass(minute);
  await pauseRoutine(council, 'gareth-molyneux');
  // One more is sent during the second, and is held with that.
  await sentByDesk(council, 'Gritting update 3 for the main roads.', { when: '24/11/2026 14:00' });
  expect((await council.post(3)).status).toMatchObject({ is: 'held', stop: 'routine' });
  await scheduled(council, 4, 'safety');
  const [asked] = await council.as('ellen-rimmer').say('resume');
  expect(asked?.text).toMatch(/Let posts go out again\? Gareth Molyneux paused routine posts on Tue 24 Nov/u);
  expect(asked?.text).toContain('3 posts wait.');
  const done = await council.as('ellen-rimmer').press('Yes, resume', {}, asked);
  expect(done.text).toContain('3 posts wait, and none of them goes out by itself.');
  for (const number of [1, 2, 3]) expect(done.text).toContain(`#${String(number)} `);
  expect((await council.post(4)).status.is).toBe('scheduled');
  expect((await council.audit()).findings).toEqual([]);
});

test('stopped after a pause: the question and the answer say what that press holds and what is held already', async () => {
  await using council = await openCouncil();
  await scheduled(council, 1);
  await scheduled(council, 2, 'safety');
  const paused = await pauseRoutine(council, 'ellen-rimmer');
  expect(paused.text).toContain('Routine posts are paused: 1 post held');
  // One is held by itself, and is no part of what the press does either.
  await scheduled(council, 3, 'safety');
  await council.as('ellen-rimmer').say('hold 3');
  const gareth = council.as('gareth-molyneux');
  const [asked] = await gareth.say('stop everything');
  expect(asked?.text).toContain('1 post waits to go out or to be approved.');
  expect(asked?.text).toContain('2 posts are held already.');
  const done = await gareth.press('Yes, stop everything', {}, asked);
  expect(done.text).toContain('Everything is stopped: 1 post held');
  expect(done.text).toContain('2 posts were held before that.');
  expect(done.text).toMatch(/Held #2 .*Was held before #1 .*#3 /u);
  const again = await gareth.press('Yes, stop everything', {}, asked);
  expect(again.text).toContain('Everything is stopped: 1 post held');
  await council.until(two + minute);
  const resumed = await resumeAll(council, 'ellen-rimmer');
  expect(resumed.text).toContain('2 posts wait');
  expect(resumed.text).toMatch(/Its planned time has passed.*#1.*#2/u);
});

for (const [way, became, number] of [
  ['lost', /#1 on X: published on Tue 24 Nov at \S+ \[Open ↗\]\(https:\/\/x-main\.example\/x-main-1\)/u, 1],
  ['nothing', /#1 on X: did not go out$/u, 0],
] as const)
  test(`whoever stops everything hears, once it is known, what became of what was on its way: ${way}`, async () => {
    await using council = await openCouncil();
    council.outside.next('x-main', { way });
    await approvedNow(council, 'Liverpool Road is open again.');
    const stop = await stopEverything(council);
    expect(stop.text).toContain('#1 on X: we are looking whether it arrived');
    expect(stop.text).toContain(
      'What became of what is still on its way I tell you here as soon as it is known.',
    );
    const left = (): readonly string[] =>
      council
        .shown(council.as('gareth-molyneux').chat)
        .map(({ text }) => text)
        .filter((text) => text.includes('What was still on its way when you stopped posts'));
    expect(left()).toEqual([]);
    for (let n = 0; n < 40; n += 1) await council.pass(minute / 2);
    expect(left()).toEqual([expect.stringMatching(became)]);
    expect(council.outside.standing('x-main')).toHaveLength(number);
  });
