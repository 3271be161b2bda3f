import { expect, test } from 'vitest';
import type { AccountRead, ListedPost, Network } from '../../src/networks/network.ts';
import { sentByDesk } from './beginnings.ts';
import { day, hour, minute, morning, openCouncil, type Council } from './council.ts';
import { createOutside } from './outside.ts';

const deskChannel = '19:desk@thread.tacv2';
const refused = { outcome: 'refused', reason: 'account-blocked' } as const;

/** A council whose accounts can be read; `reads` is what the next reads of X tell. */
async function readable() {
  let read: AccountRead = { read: true, name: '@SeftonCouncil', left: 17 };
  const others: ListedPost[] = [];
  const asked: number[] = [];
  const clock = { at: morning };
  const outside = createOutside(() => clock.at);
  const council = await openCouncil({
    outside,
    networkOf: (account): Network => {
      const network = outside.network(account);
      return account.id === 'x-main'
        ? {
            ...network,
            account: async () => await Promise.resolve(read),
            recent: async (since) => {
              asked.push(since);
              const ours = outside.entries(account.id).map(({ id, at, text }) => ({
                remote: { remoteId: id, url: `https://${account.id}.example/${id}` },
                at,
                words: text,
              }));
              const all: readonly ListedPost[] = [...ours, ...others];
              return await Promise.resolve(all.filter(({ at, planned }) => at >= since || planned === true));
            },
          }
        : network;
    },
  });
  return {
    council,
    outside,
    /** what others post there, or plan; and since when it was asked for */
    others,
    asked,
    tells: (next: AccountRead) => {
      read = next;
    },
  };
}

async function approved(council: Council, text: string): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${text}`);
  await ellen.press('Send to Highways approvers');
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
}

/** Every message that says that X refuses Crier, by conversation. */
const told = (council: Council, where: string): number =>
  council.shown(where).filter(({ text }) => text.includes('does not let Crier in any more')).length;

test('a network that refuses our access stops no post: it waits, the desk is told once, and it leaves when connected again', async () => {
  const { council, outside, tells } = await readable();
  await using _closed = council;
  const ellen = council.as('ellen-rimmer');
  const [use] = await ellen.say('use this channel for the desk', { channel: deskChannel });
  await ellen.press('Yes, use this channel', {}, use);

  tells({ read: false, reason: 'account-blocked' });
  outside.next('x-main', { way: 'answer', outcome: refused });
  await approved(council, 'The gritters are out on the main roads.');
  await approved(council, 'Liverpool Road is open again.');
  for (const number of [1, 2]) {
    const post = await council.post(number);
    expect(post.status.is).toBe('publishing');
    expect(post.status.is === 'publishing' && post.status.publications['x-main.0']).toMatchObject({
      is: 'queued',
      lastReason: 'account-blocked',
    });
    expect(ellen.card(number).text).toContain('**X**: Waits until the account is connected again');
  }
  expect(outside.standing('facebook-main')).toHaveLength(2);
  const [accounts] = await council.as('nadia-hartley').say('accounts');
  expect(accounts?.text).toMatch(/X: @\w+ Blocked since/u);
  // How it is connected again is for those who have that done; anybody else reads whom to ask.
  expect(accounts?.text).toContain('What is meant for it waits. Communications can have it connected.');
  expect(accounts?.text).not.toContain('npm run');
  const [forDesk] = await ellen.say('accounts');
  expect(forDesk?.text).toMatch(
    /What is meant for it waits. To connect it, whoever runs Crier types "npm run/u,
  );

  // However often it is tried or read, nobody is told again, and the network is not asked to publish.
  const publishes = () => outside.calls.filter((call) => call === 'publish x-main').length;
  const tried = publishes();
  await council.pass(10 * minute);
  await council.pass(hour);
  expect(publishes()).toBe(tried);
  expect(told(council, deskChannel)).toBe(1);
  for (const officer of council.protocol.desk.officers) expect(told(council, `chat-${officer}`)).toBe(0);

  tells({ read: true, name: '@SeftonCouncil', left: 16 });
  await using again = await council.restart();
  await again.quiet();
  expect(outside.standing('x-main').toSorted()).toEqual([
    'Liverpool Road is open again.',
    'The gritters are out on the main roads.',
  ]);
  for (const number of [1, 2]) expect((await again.post(number)).status.is).toBe('published');
  const [well] = await again.as('nadia-hartley').say('accounts');
  expect(well?.text).toContain('Connected.');
  expect(well?.text).toContain('16 more posts for now, as X said at');
  expect(well?.text).toMatch(/Last post: #[12]/u);
  expect((await again.audit()).findings).toEqual([]);
});

test('what waits for an account that refuses Crier is not said to be on its way, and how it is kept back is', async () => {
  const { council, outside, tells } = await readable();
  await using _closed = council;
  const ellen = council.as('ellen-rimmer');
  tells({ read: false, reason: 'account-blocked' });
  outside.next('x-main', { way: 'answer', outcome: refused });
  await approved(council, 'The gritters are out on the main roads.');
  await sentByDesk(council, 'Liverpool Road is closed.', { accounts: 'x-main' });
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  const said = async (words: string) => (await ellen.say(words)).at(-1)?.text;
  const partly = 'now: part of it is public, and the rest waits until X is connected again.';
  const back = 'Type "hold 1" to keep back what has not left';
  expect(await said('cancel 1')).toContain(
    `It cannot be cancelled ${partly} ${back}, or "remove 1" to take down what is public.`,
  );
  expect(await said('schedule 1 tomorrow 9am')).toContain(`Its time cannot be changed ${partly} ${back}.`);
  expect(await said('edit 1')).toContain(
    `It cannot be changed ${partly} ${back}, or "correct 1" to change what is public.`,
  );
  const waits = 'now: it waits until X is connected again. Type "hold 2" to keep it back: then';
  expect(await said('cancel 2')).toContain(`It cannot be cancelled ${waits} it can be cancelled.`);
  expect(await said('schedule 2 tomorrow 9am')).toContain(
    `Its time cannot be changed ${waits} another time can be chosen.`,
  );
  expect(await said('edit 2')).toContain(`It cannot be changed ${waits} it can be changed.`);
  await ellen.say('hold 2');
  await ellen.say('cancel 2');
  await ellen.press('Cancel #2');
  expect((await council.post(2)).status.is).toBe('cancelled');
});

test('what could not be taken down since its account refused Crier comes down once that is connected again', async () => {
  const { council, outside, tells } = await readable();
  await using _closed = council;
  const ellen = council.as('ellen-rimmer');
  await approved(council, 'The gritters are out on the main roads.');
  tells({ read: false, reason: 'account-blocked' });
  outside.answer('remove', 'x-main', refused);
  await ellen.say('remove 1');
  await council.quiet();
  expect(ellen.card(1).text).toContain(
    'the network does not let Crier into the account any more; waits for Ellen Rimmer or Joseph Adeyemi',
  );
  const removals = () => outside.calls.filter((call) => call === 'remove x-main').length;
  await council.pass(hour);
  expect(removals()).toBe(1);

  // Still refused: whoever is asked to see to it stays asked, and hears nothing anew.
  const news = () =>
    council.shown(ellen.chat).filter(({ text }) => text.includes('is still public on')).length;
  const told = news();
  outside.answer('remove', 'x-main', refused);
  tells({ read: true, name: '@SeftonCouncil', left: 16 });
  await council.pass(day);
  expect([removals(), news()]).toEqual([2, told]);
  expect(ellen.card(1).text).toContain('waits for Ellen Rimmer or Joseph Adeyemi to take it down by hand');
  tells({ read: false, reason: 'account-blocked' });
  await council.pass(day);
  expect(outside.standing('x-main')).toHaveLength(1);

  tells({ read: true, name: '@SeftonCouncil', left: 16 });
  await council.pass(day);
  expect(removals()).toBe(3);
  expect(outside.standing('x-main')).toEqual([]);
  expect(ellen.card(1).text).toContain('Taken down');
  expect(ellen.card(1).text).not.toContain('to take it down by hand');
  expect((await council.post(1)).byHand).toBeUndefined();
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction waits for an account that refuses Crier, says so, and is made once that is connected again', async () => {
  const council = await openCouncil();
  await using _closed = council;
  const { outside } = council;
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const connected = async (account: string) =>
    await council.app.executor.execute({
      command: 'account.was-read',
      id: `account-${account}`,
      params: { account, read: { is: 'connected' } },
      actor: { by: 'crier' },
    });
  await approved(council, 'Liverpool Road is closed until Thursday.');
  outside.answer('edit', 'facebook-main', refused);
  outside.answer('remove', 'x-main', refused);
  const right = { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' };
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { ...right, 'way:x-main': 'again' }, form);
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  const card = ellen.card(1);
  for (const name of ['X', 'Facebook'])
    expect(card.text).toContain(
      `${name}**: It is not corrected yet: the network does not let Crier into the account any more. It still says what it said`,
    );
  const heard = council.shown(ellen.chat).filter(({ text }) => text.includes('is not corrected yet'));
  expect(heard.some(({ text }) => !text.includes('[Correct]'))).toBe(true);
  const calls = () => outside.calls.filter((call) => /^(?:edit|remove) /u.test(call));
  const tried = calls();
  await council.pass(hour);
  await council.pass(day);
  // While nobody has connected it, it is not tried; and what has to be put right meanwhile can be.
  expect(calls()).toEqual(tried);
  expect(ellen.buttons(ellen.card(1))).toContain('Correct');
  expect((await council.post(1)).correction?.applied).toBeDefined();

  for (const account of ['x-main', 'facebook-main']) await connected(account);
  await council.pass(minute);
  expect(outside.standing('facebook-main')).toEqual([right.text]);
  expect(outside.standing('x-main')).toEqual([right.text]);
  expect(ellen.card(1).text).not.toContain('not corrected');
  expect((await council.post(1)).corrected).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('another correction is asked for while one waits for an account: the later words are made in the end', async () => {
  const council = await openCouncil();
  await using _closed = council;
  const { outside } = council;
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await approved(council, 'Liverpool Road is closed until Thursday.');
  outside.answer('edit', 'facebook-main', refused);
  outside.answer('remove', 'x-main', refused);
  const correct = async (text: string): Promise<void> => {
    const [form] = await ellen.say('correct 1');
    await ellen.press(
      'Ask for this correction',
      { text, what: 'The wrong day.', 'way:x-main': 'again', ends: 'ends' },
      form,
    );
    await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  };
  await correct('Liverpool Road is closed until Friday.');
  await correct('Liverpool Road is closed until Saturday.');
  await council.pass(day);
  expect(outside.standing('facebook-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  expect(outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  for (const account of ['x-main', 'facebook-main'])
    await council.app.executor.execute({
      command: 'account.was-read',
      id: `account-${account}`,
      params: { account, read: { is: 'connected' } },
      actor: { by: 'crier' },
    });
  await council.pass(minute);
  expect(outside.standing('facebook-main')).toEqual(['Liverpool Road is closed until Saturday.']);
  expect(outside.standing('x-main')).toEqual(['Liverpool Road is closed until Saturday.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('a last post that was taken down since is said to be, and leads nowhere', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  const [standing] = await ellen.say('accounts');
  expect(standing?.text).toMatch(/Last post: #1 on Tue 24 Nov at 9:\d+am \[Open/u);
  await ellen.say('remove 1');
  const [gone] = await ellen.say('accounts');
  expect(gone?.text).toMatch(/Last post: #1 on Tue 24 Nov at 9:\d+am, taken down since/u);
  expect(gone?.text).not.toMatch(/Last post: [^\n]*x-main\.example/u);
});

test('a last post is one also where it was found by looking, or the desk said that it is there', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const accounts = async (): Promise<string> => (await ellen.say('accounts')).at(-1)?.text ?? '';
  council.outside.next('x-main', { way: 'lost' });
  await approved(council, 'The gritters are out on the main roads.');
  await council.pass(hour);
  expect((await council.post(1)).status.is).toBe('published');
  expect(await accounts()).toMatch(/X: @\w+ [^#]*Last post: #1 on Tue 24 Nov at 9:\d+am \[Open/u);

  council.outside.blind('facebook-main');
  council.outside.next('facebook-main', { way: 'lost' });
  await approved(council, 'Liverpool Road is open again.');
  await council.pass(hour);
  const address = 'https://facebook.example/said';
  for (const unsafe of [
    'http://www.facebook.com/17',
    'https://ann:secret@www.facebook.com/17',
    'https://page/17',
  ]) {
    const said = await ellen.press('Yes, it is there', { 'link:facebook-main.0': unsafe }, ellen.card(2));
    expect(said.text).toContain('beginning with https://');
  }
  await ellen.press('Yes, it is there', { 'link:facebook-main.0': address }, ellen.card(2));
  await council.quiet();
  expect(await accounts()).toMatch(new RegExp(`Facebook: [^#]*Last post: #2 [^#]*${address}`, 'u'));
  // What is true of all of them is no heading of the first.
  expect(await accounts()).toMatch(/^Accounts All accounts are looked after by Communications\. /u);
  expect((await council.audit()).findings).toEqual([]);
});

test('an account that a harmless read finds refused is blocked before a post needs it; an unclear read changes nothing', async () => {
  const { council, outside, tells } = await readable();
  await using _closed = council;
  tells({ read: false, reason: 'no-clear-answer' });
  await council.pass(hour);
  expect(told(council, 'chat-ellen-rimmer')).toBe(0);
  tells({ read: false, reason: 'account-blocked' });
  await council.pass(5 * minute);
  expect(told(council, 'chat-ellen-rimmer')).toBe(1);
  await approved(council, 'The gritters are out on the main roads.');
  expect(outside.calls).not.toContain('publish x-main');
  tells({ read: true, name: '@SeftonCouncil' });
  await council.pass(5 * minute);
  expect(outside.standing('x-main')).toEqual(['The gritters are out on the main roads.']);
  // What is blocked once more is told once more.
  tells({ read: false, reason: 'account-blocked' });
  await council.pass(hour);
  expect(told(council, 'chat-ellen-rimmer')).toBe(2);
});

test('an access that ends is told once a week before, once when it is dead, and again only after it was well', async () => {
  const { council, outside, tells } = await readable();
  await using _closed = council;
  const soon = (where: string): number =>
    council.shown(where).filter(({ text }) => text.includes('lets Crier in only until')).length;
  const chat = 'chat-ellen-rimmer';
  const ends = morning + 10 * day;
  tells({ read: true, name: '@SeftonCouncil', expires: ends });
  await council.pass(2 * day);
  expect(soon(chat)).toBe(0);
  await council.until(ends - 7 * day + hour);
  expect(council.shown(chat).at(-1)?.text).toContain(
    'lets Crier in only until Fri 4 Dec at 9:42am. Posts go out as usual until then',
  );
  // Told or not told, the next reads and a start change nothing.
  await council.pass(hour);
  tells({ read: true, name: '@SeftonCouncil' });
  await council.pass(2 * hour);
  tells({ read: true, name: '@SeftonCouncil', expires: ends });
  await using again = await council.restart();
  await again.quiet();
  await again.pass(hour);
  const sent = (text: string, of: Council): number =>
    of.shown(chat).filter((each) => each.text.includes(text)).length;
  expect(sent('lets Crier in only until', again)).toBe(1);
  const [list] = await again.as('nadia-hartley').say('accounts');
  expect(list?.text).toContain('Expiring: connected until Fri 4 Dec at 9:42am');
  // It is used until it is dead, and then the desk hears of that once.
  await approved(again, 'The gritters are out on the main roads.');
  expect(outside.standing('x-main')).toHaveLength(1);
  tells({ read: false, reason: 'account-blocked' });
  await again.until(ends + hour);
  await again.pass(hour);
  expect(sent('does not let Crier in any more', again)).toBe(1);
  tells({ read: true, name: '@SeftonCouncil', expires: 'never' });
  await again.pass(hour);
  const [well] = await again.as('nadia-hartley').say('accounts');
  expect(well?.text).toContain('X: @SeftonCouncil Connected.');
  expect(sent('lets Crier in only until', again)).toBe(1);
  tells({ read: true, name: '@SeftonCouncil', expires: again.now() + 3 * day });
  await again.pass(hour);
  expect(sent('lets Crier in only until', again)).toBe(2);
  expect((await again.audit()).findings).toEqual([]);
});

test('the calendar shows what stands on an account and is not from here, and what is planned there to those who look after it', async () => {
  const { council, others, asked } = await readable();
  await using _closed = council;
  const calendar = async (person: string): Promise<string> =>
    (await council.as(person).say('calendar')).at(-1)?.text ?? '';
  const post = (id: string, words: string, at: number, more: Partial<ListedPost> = {}): void =>
    void others.push({ remote: { remoteId: id, url: `https://x.example/${id}` }, at, words, ...more });
  expect(await calendar('ellen-rimmer')).not.toContain('ot from here');

  await approved(council, 'The gritters are out on the main roads.');
  post('by-hand', 'Come and see the *lights* tonight…', council.now());
  post('planned', 'The lights go off on Twelfth Night.', council.now() + day, { planned: true });
  await council.pass(hour);
  const seen = await calendar('ellen-rimmer');
  expect(seen).toMatch(/Posted outside Crier Tuesday 24 November 9:\d\dam on X: "Come and see the/u);
  expect(seen).toContain('https://x.example/by-hand');
  expect(seen).toMatch(
    /Wednesday 25 November 9:\d\dam on X, planned in the network's own tool: "The lights go/u,
  );
  expect(seen.match(/gritters/gu)).toHaveLength(1);
  // The account is the desk's: what is not public yet is not for others.
  const ofNadia = await calendar('nadia-hartley');
  expect(ofNadia).toContain('Come and see the');
  expect(ofNadia).not.toContain('Twelfth Night');

  // Only what is new is asked for, until a day has passed; then what was deleted goes from here as well.
  others.splice(0, 2);
  await council.pass(hour);
  expect(asked.at(-1)).toBeGreaterThan(council.now() - 2 * hour);
  expect(await calendar('ellen-rimmer')).toContain('Come and see the');
  expect(await calendar('ellen-rimmer')).not.toContain('Twelfth Night');
  await council.pass(day);
  await council.pass(hour);
  expect(asked.some((since) => since < council.now() - 6 * day)).toBe(true);
  expect(await calendar('ellen-rimmer')).not.toContain('Come and see the');
});

test('an account that rehearses while others are real: a post says so wherever it stands, and nothing of it reaches the network', async () => {
  const outside = createOutside(() => morning);
  const council = await openCouncil({ outside, rehearsed: ['x-main'] });
  await using _closed = council;
  const ellen = council.as('ellen-rimmer');
  const [proposed] = await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const rehearses = 'Rehearsal on X: nobody outside sees it';
  expect(proposed?.text).toContain('X (rehearsal)');
  expect(proposed?.text).toContain(rehearses);
  const edited = await ellen.press('Edit');
  expect(JSON.stringify(edited.card)).toContain('X (@SeftonCouncil, rehearsal)');
  await ellen.press('Send to Highways approvers');
  expect(council.as('tom-ashcroft').card(1).text).toContain(rehearses);
  await council.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await council.quiet();

  expect((await council.post(1)).status.is).toBe('published');
  expect(outside.standing('facebook-main')).toEqual(['The gritters are out on the main roads.']);
  expect(outside.calls.filter((call) => call.endsWith('x-main'))).toEqual([]);
  expect(ellen.card(1).text).toContain('**X (rehearsal)**: Published at 9:43am');
  expect(ellen.card(1).text).toContain(rehearses);
  const [calendar] = await ellen.say('calendar');
  expect(calendar?.text).toContain(rehearses);
  const [accounts] = await ellen.say('accounts');
  expect(accounts?.text).toContain('nobody outside sees what is posted here');
  expect(accounts?.text).toContain('X_MAIN_REHEARSAL');

  // Real from now on: what stood in the rehearsal comes down there, and the network is not asked about it.
  await using real = await council.restart({ rehearsed: [] });
  await real.as('ellen-rimmer').press('Take it down', {}, real.as('ellen-rimmer').card(1));
  await real.quiet();
  const { status } = await real.post(1);
  expect(status.is === 'taken-down' && status.publications['x-main.0']?.is).toBe('removed');
  expect(outside.calls.filter((call) => call.endsWith('x-main'))).toEqual([]);

  // The other way round what stands in public is not said to be gone.
  await real.as('ellen-rimmer').say('propose for Highways: Liverpool Road is open again.');
  await real.as('ellen-rimmer').press('Send to Highways approvers');
  await real.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await real.quiet();
  expect(outside.standing('x-main')).toEqual(['Liverpool Road is open again.']);
  await using again = await real.restart({ rehearsed: ['x-main'] });
  await again.as('ellen-rimmer').press('Take it down', {}, again.as('ellen-rimmer').card(2));
  await again.quiet();
  expect(outside.standing('x-main')).toEqual(['Liverpool Road is open again.']);
  expect(again.as('ellen-rimmer').card(2).text).toContain(
    'Could not be taken down: it stands on the real account, and the account rehearses now; waits for Ellen Rimmer or Joseph Adeyemi',
  );
  expect((await again.audit()).findings).toEqual([]);
});

test('how many more posts a network takes is said with its time, as it last told; who tells none is said to tell none', async () => {
  const outside = createOutside(() => morning);
  await using council = await openCouncil({ outside });
  const ellen = council.as('ellen-rimmer');
  const accounts = async (): Promise<string> => (await ellen.say('accounts')).at(-1)?.text ?? '';
  const before = await accounts();
  expect(before).toContain('X says with each post how many more it takes.');
  for (const name of ['Facebook', 'Bluesky'])
    expect(before).toContain(`${name} does not say how many more posts it takes.`);
  const until = council.now() + 10 * minute;
  const remote = { remoteId: 'x-1', url: 'https://x.example/1' };
  // Two answers of one window, the later one first.
  for (const left of [96, 97])
    outside.next('x-main', {
      way: 'answer',
      outcome: { outcome: 'published', remote: { ...remote, remoteId: `x-${left}` }, left: { left, until } },
    });
  for (const text of ['The gritters are out.', 'Moor Lane is closed.']) {
    await ellen.say(`propose for Highways: ${text}`);
    await ellen.press('Send to Highways approvers');
    const tom = council.as('tom-ashcroft');
    await tom.press('Approve: goes out now', { confirm: 'true' });
    await council.quiet();
  }
  expect(await accounts()).toMatch(/96 more posts until 9:5\dam, as X said at 9:4\dam\./u);
  await council.pass(hour);
  expect(await accounts()).toMatch(
    /X counts anew since 9:5\dam, and says with the next post how many it takes\./u,
  );
  expect((await council.audit()).findings).toEqual([]);
});
