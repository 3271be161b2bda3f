import { expect, test, vi } from 'vitest';
import { accountId, accountKind } from '../../src/dispatch/account.ts';
import { sentByDesk } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { pauseRoutine, resumeAll, stopAccounts, stopEverything } from './stops.ts';

const channel = '19:highways@thread.tacv2';
const road = 'Liverpool Road is closed at Moor Lane.';
/** Cards follow a stop this long after it at the latest. */
const soon = 5_000;

/** A post of Highways that the desk writes, with one approver asked. */
async function asked(council: Council, inputs: Readonly<Record<string, string>> = {}): Promise<void> {
  await sentByDesk(council, road, inputs);
}

const said =
  /Gareth Molyneux stopped everything on Tue 24 Nov at \d+:\d+am: this does not go out until that is resumed\. (?:An approval before then has to be given once more|It can be released after that)\./u;

test('while everything is stopped, every copy of a card says who stopped it, and no button promises that it goes out', async () => {
  await using council = await openCouncil();
  await council.as('tom-ashcroft').say('use this channel for approvals of Highways', { channel });
  const choosing = council.shown(channel).at(-1);
  await council.as('tom-ashcroft').press('Yes, use this channel', {}, choosing);
  // One is held beforehand by itself, one waits, one is approved for later.
  await asked(council);
  await council.as('ellen-rimmer').say('hold 1');
  await asked(council);
  await asked(council, { when: 'Fri 9am' });
  const tom = council.as('tom-ashcroft');
  await tom.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, tom.card(3));
  await stopEverything(council);
  await council.pass(soon);
  // And one is sent only now.
  await asked(council);
  for (const number of [1, 2, 3, 4]) {
    const own = tom.card(number);
    const theirs = [council.as('ellen-rimmer').card(number), council.as('priya-desai').card(number)];
    const shared = council.shown(channel).find(({ text }) => text.startsWith(`#${String(number)} `));
    if (shared === undefined) throw new Error('the channel shows nothing');
    for (const card of [own, ...theirs, shared]) {
      expect(card.text).toMatch(said);
      expect(card.text).not.toMatch(/goes out (?:now|on)|lets it go on|As soon as it is approved/u);
    }
    // What would be held again at once is not offered to be released.
    const lets = tom.buttons(own).filter((title) => /^(?:Approve|Release)/u.test(title));
    expect(lets).toEqual([]);
    expect(own.text).not.toContain('The facts are right');
  }
});

test('a press on Release that the stop would undo at once is answered, keeps what was typed, and counts once posts go out again', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  await asked(council);
  await council.as('ellen-rimmer').say('hold 1');
  const old = tom.card(1);
  await pauseRoutine(council);
  await council.pass(soon);
  const inputs = { confirm: 'true', note: 'It can wait.' };
  const pressed = await tom.press('Release: goes out now', inputs, old);
  expect(pressed.text).toMatch(
    /Gareth Molyneux paused routine posts on Tue 24 Nov at \S+, and that is still in force: this was not released\. It can be released after "resume"\./u,
  );
  expect(JSON.stringify(pressed.card)).toContain('It can wait.');
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer' });
  await resumeAll(council, 'ellen-rimmer');
  await tom.press('Release: goes out now', { confirm: 'true' }, old);
  expect((await council.post(1)).status.is).toBe('published');

  // What was sent before is held by the pause, and what is sent meanwhile with its press, which says so.
  await asked(council);
  await pauseRoutine(council);
  await council.pass(soon);
  await asked(council);
  await council.pass(soon);
  expect((await council.post(3)).status).toMatchObject({ is: 'held', stop: 'routine' });
  expect(council.as('ellen-rimmer').card(3).text).toMatch(
    /Held by Gareth Molyneux Gareth Molyneux paused routine posts/u,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('what the card says of an approval is so: resumed, it waits for a fresh one, and its cards say nothing of a stop any more', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  await asked(council, { when: 'Fri 9am' });
  await asked(council);
  await stopEverything(council);
  await council.pass(soon);
  expect(tom.card(1).text).toMatch(said);
  expect(tom.card(1).text).not.toContain('goes out on');
  await asked(council);
  await resumeAll(council, 'ellen-rimmer');
  await council.pass(soon);
  // Two were held by the stop, the third was sent during it.
  for (const number of [1, 2, 3]) {
    const card = tom.card(number);
    expect((await council.post(number)).status.is).toBe('held');
    expect(card.text).toContain('since Gareth Molyneux had stopped everything');
    expect(card.text).not.toContain('this does not go out');
    expect(tom.buttons(card)).toContain(
      number === 1 ? 'Release: goes out on Fri 27 Nov at 9am' : 'Release: goes out now',
    );
  }
  expect(council.outside.entries()).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a card that somebody asks for says the same as the copies', async () => {
  await using council = await openCouncil();
  await asked(council);
  await stopEverything(council);
  const [opened] = await council.as('priya-desai').say('show 1');
  expect(opened?.text).toMatch(said);
  expect(council.as('priya-desai').buttons(opened)).toContain('Send back with a note');
  expect(council.as('priya-desai').buttons(opened)).not.toContain('Release');
  const [form] = await council.as('ellen-rimmer').say('schedule 1');
  expect(form?.text).toContain('Once posts go out again and somebody approves it');
  expect(form?.text).not.toContain('As soon as it is approved');
});

test('a pause says so of routine posts alone: safety information goes out, and its buttons say that', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  await asked(council);
  await asked(council, { flags: 'safety' });
  await pauseRoutine(council);
  await council.pass(soon);
  expect(tom.card(1).text).toMatch(
    /Gareth Molyneux paused routine posts on Tue 24 Nov at .*: this does not go out/u,
  );
  // Nor is it said twice: who held it, and since when, is the stop's.
  expect(tom.card(1).text.match(/paused routine posts/gu)).toHaveLength(1);
  expect(tom.buttons(tom.card(1))).not.toContain('Release');
  expect(tom.card(2).text).not.toContain('paused routine posts');
  expect(tom.buttons(tom.card(2))).toContain('Approve: goes out now');
  // Stopped further by somebody else: the cards of what was held before follow.
  await stopEverything(council, 'ellen-rimmer');
  await council.pass(soon);
  for (const number of [1, 2]) expect(tom.card(number).text).toContain('Ellen Rimmer stopped everything');
});

test('the card of what is public says nothing of a stop', async () => {
  await using council = await openCouncil();
  await asked(council);
  const tom = council.as('tom-ashcroft');
  await tom.press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  await stopEverything(council);
  await council.pass(soon);
  const [opened] = await tom.say('show 1');
  expect(opened?.text).toContain('Published');
  expect(opened?.text).not.toContain('stopped everything');
});

test('while something is stopped, each list says at its top what, by whom and since when, and promises no time that it would not keep', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  for (const inputs of [{}, { when: 'Fri 9am' }, { when: 'Fri 10am', flags: 'safety' }])
    await asked(council, inputs);
  await tom.press('Approve: goes out on Fri 27 Nov at 10am', { confirm: 'true' }, tom.card(3));
  const list = async (words: string): Promise<string> => (await tom.say(words)).at(-1)?.text ?? '';
  for (const words of ['waiting', 'posts', 'calendar']) expect(await list(words)).not.toContain('Molyneux');
  expect(await list('calendar')).toContain('Approved, goes out on Fri 27 Nov at 10am');

  await pauseRoutine(council);
  await council.pass(soon);
  const paused =
    /Gareth Molyneux paused routine posts on Tue 24 Nov at \d+:\d+am: only safety information goes out until that is resumed\./u;
  for (const words of ['waiting', 'posts', 'calendar']) expect(await list(words)).toMatch(paused);
  const planned = await list('calendar');
  expect(planned).toContain(
    'Held by Gareth Molyneux · Planned for Fri 27 Nov at 9am, if posts go out again and somebody approves it by then',
  );
  expect(planned).toContain('Approved, goes out on Fri 27 Nov at 10am');
  expect(await list('waiting')).not.toContain('Your approval lets it go on');

  await stopEverything(council);
  await council.pass(soon);
  const stopped =
    /Gareth Molyneux stopped everything on Tue 24 Nov at \d+:\d+am: nothing goes out until that is resumed\./u;
  for (const words of ['waiting', 'posts', 'calendar']) {
    const all = await list(words);
    expect(all).toMatch(stopped);
    expect(all).not.toMatch(/goes out on|lets it go on/u);
  }
  await resumeAll(council, 'ellen-rimmer');
  await council.pass(soon);
  for (const words of ['waiting', 'posts', 'calendar']) {
    expect(await list(words)).not.toMatch(/stopped everything|if posts go out again/u);
  }
});

test.each([0, 1])(
  'where one of its accounts is stopped, the card names it, be it number %i of them',
  async (which) => {
    await using council = await openCouncil();
    await asked(council);
    const { status } = await council.post(1);
    const accounts = 'plan' in status ? [...new Set(status.plan.parts.map(({ account }) => account))] : [];
    expect(accounts.length).toBeGreaterThan(1);
    // An account that came to the protocol while everything was stopped has heard nothing of it.
    for (const account of accounts.slice(which, which + 1)) {
      await council.app.executor.execute({
        command: 'account.stop',
        id: accountId(account),
        params: { what: 'all', last: true },
        actor: { by: 'person', person: 'gareth-molyneux' },
      });
    }
    // Whoever stopped it died before anything was held.
    await council.pass(2 * minute);
    const tom = council.as('tom-ashcroft');
    expect(tom.card(1).text).toMatch(/, but not on every account\. On [A-Za-z ]+ this does not go out/u);
    expect(tom.buttons(tom.card(1))).toContain('Approve');
    expect((await tom.say('waiting')).at(-1)?.text).toMatch(
      /, but not on every account\. On [A-Za-z ]+ nothing goes out until that is resumed/u,
    );
    // Said once more, all of them are stopped.
    await stopEverything(council, 'ellen-rimmer');
    await council.pass(soon);
    expect(tom.card(1).text).not.toContain('but not on every account');
    const states = await Promise.all(
      accounts.map(async (account) => await council.app.executor.load(accountKind, accountId(account))),
    );
    expect(states.map((state) => state?.state.stopped?.what)).toEqual(accounts.map(() => 'all'));
  },
);

test('said once more, a stop answers that it is in force, since when and by whom, with the way back', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await pauseRoutine(council);
  const [paused] = await ellen.say('pause routine');
  expect(paused?.text).toMatch(
    /Routine posts are paused already.*Gareth Molyneux paused routine posts on Tue 24 Nov/u,
  );
  expect(ellen.buttons(paused)).toEqual(['Resume', 'Stop everything']);
  const further = await ellen.press('Stop everything', {}, paused);
  expect(further.text).toMatch(/Stop everything\?.*Gareth Molyneux paused routine posts/u);
  await ellen.press('Yes, stop everything', {}, further.card);
  for (const words of ['stop everything', 'pause routine']) {
    const [again] = await council.as('joseph-adeyemi').say(words);
    expect(again?.text).toMatch(
      /Everything is stopped already.*Ellen Rimmer stopped everything on Tue 24 Nov/u,
    );
    expect(council.as('joseph-adeyemi').buttons(again)).toEqual(['Resume']);
  }
  const [again] = await ellen.say('stop everything');
  const question = await ellen.press('Resume', {}, again);
  expect(question.text).toContain('Let posts go out again?');
  const done = await ellen.press('Yes, resume', {}, question.card);
  expect(done.text).toContain('Posts can go out again');
  const [fresh] = await ellen.say('stop everything');
  expect(fresh?.text).toContain('Stop everything?');
});

test('whoever holds everything during a pause or a stop reads what is in force, and no word of what would not go out', async () => {
  await using council = await openCouncil();
  const [tom, ellen] = [council.as('tom-ashcroft'), council.as('ellen-rimmer')];
  const holdAll = async (): Promise<string> => (await ellen.say('hold all')).at(-1)?.text ?? '';
  await pauseRoutine(council);
  await asked(council);
  await asked(council, { when: 'Fri 10am', flags: 'safety' });
  await tom.press('Approve: goes out on Fri 27 Nov at 10am', { confirm: 'true' }, tom.card(2));
  const paused = await holdAll();
  expect(paused).toMatch(
    /Everything was held already: 1 post Gareth Molyneux paused routine posts on .* only safety information/u,
  );
  expect(paused).toMatch(/Still goes out, because it is safety information .*#2 /u);
  expect(paused).toContain('Each of them needs a fresh approval as well.');
  await resumeAll(council, 'ellen-rimmer');
  await asked(council, { when: 'Fri 11am', flags: 'safety' });
  await tom.press('Approve: goes out on Fri 27 Nov at 11am', { confirm: 'true' }, tom.card(3));
  // Whoever stopped everything died before anything was held: it does not leave as it is.
  await stopAccounts(council);
  const stopped = await holdAll();
  expect(stopped).toMatch(
    /Gareth Molyneux stopped everything on .*: nothing goes out until that is resumed\./u,
  );
  expect(stopped).toMatch(/Safety information, which is stopped as well .*#3/u);
  expect(stopped).not.toContain('Still goes out');
  await resumeAll(council, 'ellen-rimmer');
  expect(await holdAll()).not.toContain('Molyneux stopped everything on');
});

test('a process that dies right after the resume: the next one draws the cards again', async () => {
  await using council = await openCouncil();
  await asked(council);
  await stopEverything(council);
  await council.pass(soon);
  const states = Object.keys(council.protocol.accounts);
  for (const [index, account] of states.entries()) {
    await council.app.executor.execute({
      command: 'account.resume',
      id: accountId(account),
      params: { known: council.now(), ...(index === states.length - 1 ? { last: true } : {}) },
      actor: { by: 'person', person: 'ellen-rimmer' },
    });
  }
  await using again = await council.restart();
  await again.pass(soon);
  expect(again.as('tom-ashcroft').card(1).text).not.toContain('this does not go out');
});

test('the question of a stop does not count what is only on its way, nor what may have arrived', async () => {
  await using council = await openCouncil();
  const yvonne = council.as('yvonne-cartmel');
  await asked(council, { accounts: 'x-main' });
  const sending = council.outside.pause('x-main');
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'lost' });
  const priya = council.as('priya-desai');
  const approved = priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await sending.begun;
  const asking = yvonne.say('stop everything');
  // It is answered while the request is under way.
  await vi.waitFor(() => {
    expect(council.shown(yvonne.chat).at(-1)?.text).toContain('Stop everything?');
  });
  sending.go();
  expect((await asking).at(-1)?.text).toContain('No post waits to go out at the moment.');
  await approved;
  // Nobody can tell whether it arrived, and another one waits beside it.
  expect((await council.post(1)).status).toMatchObject({ is: 'publishing' });
  expect((await yvonne.say('stop everything')).at(-1)?.text).toContain('No post waits to go out');
  await asked(council);
  expect((await yvonne.say('stop everything')).at(-1)?.text).toContain(
    '1 post waits to go out or to be approved.',
  );
});
