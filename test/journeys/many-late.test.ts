import { expect, test } from 'vitest';
import { sendsEmergency, sentByDesk } from './beginnings.ts';
import { connected } from './corrections.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';
import { blocked, lives, notReached, withAway } from './networks-away.ts';

/** Many posts that did not go out as they were to, all at once: whoever hears of them hears in one message. */

/** Nadia Hartley writes so many, the desk passes each on, and Priya Desai lets it go. */
async function letGo(council: Council, many: number, accounts: string, when = ''): Promise<void> {
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  for (let n = 1; n <= many; n += 1) {
    await nadia.say(`propose Road ${String(n)} is closed.`);
    const form = await nadia.press('Edit', {}, nadia.card(n));
    const saved = await nadia.press('Save', { accounts }, form.card);
    if (when !== '') await nadia.say(`schedule ${String(n)} ${when}`);
    await nadia.press('Send to Communications', {}, when === '' ? saved.card : nadia.card(n));
    await ellen.press('Pass on to Highways approvers', {}, ellen.card(n));
    const approve = priya.buttons(priya.card(n)).find((title) => title.startsWith('Approve')) ?? '';
    await priya.press(approve, { confirm: 'true' }, priya.card(n));
  }
  await council.pass(minute);
}

/** What somebody hears while something goes on, cards of posts beside. */
async function hears(council: Council, people: readonly string[], goesOn: () => Promise<void>) {
  const before = people.map((person) => council.shown(council.as(person).chat).length);
  await goesOn();
  return people.map((person, index) =>
    council
      .shown(council.as(person).chat)
      .slice(before[index])
      .map(({ text }) => text),
  );
}

const ofDesk = '19:desk@thread.tacv2';
const people = ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi'];

/** A list of the six posts, in a group with what became of all of them. */
const listOf = (what: string): RegExp =>
  new RegExp(
    `^6 posts did not go out as they were to None of them goes out by itself any more\\. .*${what} (?:#\\d · Highways and Transport Road \\d is closed\\.[^[]*\\[Open\\] ?){6}$`,
    'u',
  );

test('six posts that a network did not take for two hours: the desk, their writer and their approver hear of them in one message each', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  await letGo(council, 6, 'x-main');
  const [ofPriya, ...others] = await hears(council, ['priya-desai', ...people], async () => {
    await lives(council, 2 * hour + 30 * minute);
  });
  expect(ofPriya).toEqual([expect.stringMatching(/^6 held posts wait for your decision/u)]);
  for (const told of others)
    expect(told).toEqual([
      expect.stringMatching(listOf('Held, since their time passed while X could not be reached')),
    ]);
  // Each is opened from there.
  const ellen = council.as('ellen-rimmer');
  const list = council.shown(ellen.chat).at(-1);
  expect((await ellen.press('Open', {}, list)).text).toContain('#1 · Highways and Transport Held by Crier');
  expect((await council.audit()).findings).toEqual([]);
});

test('six posts that are out elsewhere and were kept away from a blocked account: one message, and one once it is connected again', async () => {
  const { council: opened, away } = await withAway(blocked);
  await using council = opened;
  away.add('x-main');
  await letGo(council, 6, 'news,x-main');
  const kept = await hears(council, people, async () => {
    await lives(council, 2 * hour + 30 * minute);
  });
  for (const told of kept)
    expect(told).toEqual([
      expect.stringMatching(
        listOf('Not published on X: the network does not let Crier into the account any more'),
      ),
    ]);
  away.clear();
  const back = await hears(council, people, async () => {
    await connected(council, 'x-main');
    await council.pass(minute);
    await council.pass(minute);
  });
  for (const told of back)
    expect(told).toEqual([
      expect.stringMatching(listOf('Not published on X, and the account is connected again')),
    ]);
});

test('three posts whose time passed as the machine slept are told in the words of each, and one as ever', async () => {
  for (const many of [1, 3]) {
    await using council = await openCouncil();
    await letGo(council, many, 'x-main', 'tomorrow 9am');
    const heard = await hears(council, people, async () => {
      await council.sleeps(4 * day);
      await council.pass(minute);
    });
    for (const told of heard) {
      expect(told).toHaveLength(1);
      const paragraphs = told[0]?.split('\n\n') ?? [];
      expect(paragraphs).toHaveLength(many);
      for (const [n, words] of paragraphs.entries())
        expect(words).toMatch(
          new RegExp(
            `^#${String(n + 1)} \\(Highways\\).*It was to go out on Wed 25 Nov at 9am, which passed while Crier was not working, so it has not gone out\\. .*Type "show ${String(n + 1)}" to see it\\.$`,
            'u',
          ),
        );
    }
  }
});

test('what nobody decided meanwhile is in the list, and what is settled before it is told is not', async () => {
  await using council = await openCouncil();
  await letGo(council, 4, 'x-main', 'tomorrow 9am');
  const nadia = council.as('nadia-hartley');
  for (const n of [5, 6]) {
    await nadia.say(`propose Road ${String(n)} is closed.`);
    await nadia.press('Send to Communications', {}, nadia.card(n));
  }
  const isList = (text: string): boolean => text.includes('did not go out as they were to');
  const [told = []] = await hears(council, ['nadia-hartley'], async () => {
    await council.sleeps(4 * day);
    await council.pass(minute);
  });
  expect(told.filter(isList)).toEqual([
    expect.stringMatching(
      /^6 posts .* Held, since their time passed while Crier was not working #1 .*#4 .* Nobody decided in time #5 .*#6 /u,
    ),
  ]);

  const { council: opened, away } = await withAway(notReached);
  await using other = opened;
  away.add('x-main');
  await letGo(other, 6, 'x-main');
  const [heard = []] = await hears(other, ['nadia-hartley'], async () => {
    while ((await other.post(1)).status.is !== 'held') await other.pass(10 * minute);
    // At this moment, as nothing that is said to Crier can be.
    await other.app.executor.execute({
      command: 'post.cancel',
      id: (await other.post(1)).id,
      params: {},
      actor: { by: 'person', person: 'nadia-hartley' },
    });
    await other.pass(minute);
  });
  expect(heard.filter(isList)).toEqual([expect.stringMatching(/^5 posts .* #2 .*#6 /u)]);
});

test('an emergency among many late posts is told by itself, and first, to whoever decides on it and on the others', async () => {
  await using council = await openCouncil({
    protocol: (sample) =>
      sample.replace('duty-officers: [gareth-molyneux, yvonne-cartmel]', 'duty-officers: [priya-desai]'),
  });
  await letGo(council, 5, 'x-main', 'tomorrow 9am');
  const priya = council.as('priya-desai');
  await sendsEmergency(council, { accounts: 'x-main', when: 'tomorrow 9am' }, 6);
  await priya.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, priya.card(6));
  const [heard = []] = await hears(council, ['priya-desai'], async () => {
    await council.sleeps(4 * day);
    await council.pass(minute);
  });
  expect(heard).toEqual([
    expect.stringMatching(
      /^#6 \(Highways, emergency\) is held, and waits for your decision\. It was to go out on Wed 25 Nov at 9am, .* It is an emergency, so please do not leave it waiting\. Type "show 6" to see it\.$/u,
    ),
    expect.stringMatching(/^5 held posts wait for your decision(?!.*#6)/u),
  ]);
});

test('an officer without a card of the late posts, and the Teams channel of the desk, get no card of each', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const [use] = await ellen.say('use this channel for the desk', { channel: ofDesk });
  await ellen.press('Yes, use this channel', {}, use);
  for (const n of [1, 2, 3, 4, 5, 6]) {
    await sentByDesk(council, `Road ${String(n)} is closed.`, { accounts: 'x-main', when: 'tomorrow 9am' });
    const priya = council.as('priya-desai');
    await priya.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, priya.card(n));
  }
  await council.quiet();
  const before = council.shown(ofDesk).length;
  const [ofJoseph = []] = await hears(council, ['joseph-adeyemi'], async () => {
    await council.sleeps(4 * day);
    await council.pass(minute);
  });
  const late = listOf('Held, since their time passed while Crier was not working');
  expect(ofJoseph).toEqual([expect.stringMatching(late)]);
  const [, , , rest = '', ...more] = council
    .shown(ofDesk)
    .slice(before)
    .map(({ text }) => text);
  expect(rest).toMatch(/^More posts at once: 3 posts (?:.*#\d · Highways and Transport){3}/u);
  expect(more).toEqual([]);
  const joseph = council.as('joseph-adeyemi');
  const list = council.shown(joseph.chat).at(-1);
  expect((await joseph.press('Open', {}, list)).text).toContain('#1 · Highways and Transport Held by Crier');
  expect((await council.audit()).findings).toEqual([]);
});
