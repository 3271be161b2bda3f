import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { sqliteFile } from '../../src/store/sqlite.ts';
import { minute, openCouncil, type Council } from './council.ts';

const highways = '19:highways@thread.tacv2';

test('a Teams channel for the approvals of a department: leads confirm it, one copy there, told once', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const tom = council.as('tom-ashcroft');
  const ellen = council.as('ellen-rimmer');

  expect(await nadia.say('posts', { channel: highways, unmentioned: true })).toEqual([]);
  const html = '<div>propose <img src="https://graph.microsoft.com/hostedContents/1/$value"></div>';
  const [photo] = await nadia.say('propose', {
    channel: highways,
    attachments: [{ contentType: 'text/html', content: html }],
  });
  expect(photo?.text).toContain('Please send me the photo in our own chat.');
  const file = { contentType: 'image/jpeg', contentUrl: 'https://files.example/a.jpg', name: 'a.jpg' };
  const [alone] = await nadia.say('', { channel: highways, attachments: [file] });
  expect(alone?.text).toContain('Please send me the photo in our own chat.');
  await expect(council.post(1)).rejects.toThrow('no post');
  const words = 'use this channel for approvals of Highways';
  const [refused] = await nadia.say(words, { channel: highways });
  expect(refused?.text).toContain('You cannot choose the Teams channel of Highways. Tom Ashcroft');
  expect(refused?.text).not.toContain('Use this');
  const [asked] = await tom.say(words, { channel: highways });
  expect(asked?.text).toContain('Use this Teams channel for Highways and Transport?');
  const no = await nadia.press('Yes, use this channel', {}, asked);
  expect(no.text).toContain('You cannot choose the Teams channel of Highways. Tom Ashcroft');
  const yes = await tom.press('Yes, use this channel', {}, asked);
  expect(yes.text).toContain('This Teams channel is now for Highways and Transport');

  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const copies = council.shown(highways).filter(({ text }) => text.startsWith('#1 '));
  expect(copies).toHaveLength(1);
  const [copy] = copies;
  expect(copy?.text).toContain('Waiting for: Highways approvers');
  expect(copy?.text).toContain('[Open for me]');
  expect(copy?.text).not.toContain('[Approve');
  for (const person of [tom, council.as('priya-desai'), council.as('gareth-molyneux')]) {
    expect(council.shown(person.chat).filter(({ text }) => text.includes('#1 '))).toHaveLength(1);
  }

  // Each sees their own view of the same card.
  const toms = await tom.press('Open for me', {}, copy);
  expect(toms.text).toContain('[Approve: goes out now]');
  const others = await council.as('bethan-prys').press('Open for me', {}, copy);
  // What everybody reads there stands as it did, with a sentence below it.
  expect(others.card).toBeUndefined();
  expect(others.text).toMatch(
    /^You cannot open #1\. It is open to whoever wrote it, .*please ask Communications\.$/u,
  );
  await tom.press('Approve: goes out now', { confirm: 'true' }, toms.card);
  expect((await council.post(1)).status.is).toBe('published');
  const after = council.shown(highways).filter(({ text }) => text.startsWith('#1 '));
  expect(after).toHaveLength(1);
  expect(after[0]?.text).toContain('Published at');
  expect((await council.audit()).findings).toEqual([]);
});

test('with guests only the desk may choose; proposing in a Teams channel puts the card in its thread', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  const guest = {
    id: '29:guest',
    aadObjectId: 'aad-guest',
    name: 'Guest',
    userPrincipalName: 'a_b.example#EXT#@sefton.example',
  };
  const everybody = Object.values(council.protocol.people).map(({ id, name, userPrincipalName }) => ({
    id: `29:${id}`,
    aadObjectId: `aad-${id}`,
    name,
    userPrincipalName,
  }));
  council.connector.members([...everybody, guest], highways);
  const [asked] = await tom.say('use this channel for approvals of Highways', { channel: highways });
  expect(asked?.text).toContain('There are guests in this channel');
  const no = await tom.press('Yes, use this channel', {}, asked);
  expect(no.text).toContain('Only Ellen Rimmer or Joseph Adeyemi can choose it');
  const yes = await council.as('ellen-rimmer').press('Yes, use this channel', {}, asked);
  expect(yes.text).toContain('This Teams channel is now for Highways');

  const thread = `${highways};messageid=1700`;
  const nadia = council.as('nadia-hartley');
  const [card] = await nadia.say('propose The gritters are out on the main roads.', { channel: thread });
  expect(card?.conversationId).toBe(thread);
  expect(card?.text).toContain('#1 · Highways and Transport');
  expect(nadia.card(1).text).toContain('[Send to Communications]');
});

test('who can not be reached is named on the other cards and in the channel; back again, they get what waited', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  const [asked] = await ellen.say('use this channel for approvals of Highways', { channel: highways });
  await ellen.press('Yes, use this channel', {}, asked);
  council.connector.fail({ how: 'post', conversationId: priya.chat, answer: { status: 403 }, times: 1 });
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  await council.pass(minute);
  expect(ellen.card(1).text).toContain('Could not be reached in person: Priya Desai.');
  const [copy] = council.shown(highways).filter(({ text }) => text.startsWith('#1 '));
  expect(copy?.text).toContain('Could not be reached in person: Priya Desai.');
  const [people] = await ellen.say('people');
  expect(people?.text).toMatch(/Cannot be reached in person Priya Desai: told in a Teams channel\./u);

  await priya.say('help');
  await council.pass(minute);
  expect(priya.card(1).text).toContain('Please decide by');
  expect(ellen.card(1).text).not.toContain('Could not be reached');
  expect((await council.audit()).findings).toEqual([]);
});

test('Teams asks to wait (429): the card comes after that, and a storm keeps to what a conversation may be sent', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  council.connector.fail({
    how: 'post',
    conversationId: priya.chat,
    answer: { status: 429, headers: { 'retry-after': '30' } },
  });
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  expect(() => priya.card(1)).toThrow('has no card');
  await council.pass(20_000);
  expect(() => priya.card(1)).toThrow('has no card');
  await council.pass(minute);
  expect(priya.card(1).text).toContain('Please decide by');
});

test('another account under a known name is shown nothing, and the desk is told once', async () => {
  await using council = await openCouncil();
  const impostor = council.stranger('aad-impostor', 'tom.ashcroft@sefton.example');
  const [answer] = await impostor.say('posts');
  expect(answer?.text).toContain('I have told the communications team');
  await impostor.say('waiting');
  for (const officer of ['ellen-rimmer', 'joseph-adeyemi']) {
    const told = council
      .shown(`chat-${officer}`)
      .filter(({ text }) => text.includes('Somebody wrote to me as Tom Ashcroft from another account'));
    expect(told).toHaveLength(1);
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('somebody with a new account is let in by another officer of the desk, and the old account is not any more', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const old = council.as('tom-ashcroft');
  const [none] = await ellen.say('sign-in of Tom Ashcroft');
  expect(none?.text).toContain('No new account of Tom Ashcroft waits to be let in.');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  expect(old.card(1).text).toContain('Please decide by');

  const anew = council.stranger('aad-tom-anew', 'tom.ashcroft@sefton.example');
  await anew.say('hello');
  expect((await council.as('priya-desai').say('sign-in of Tom Ashcroft')).at(-1)?.text).toContain(
    'Only the desk can let somebody in with a new account. Ellen Rimmer and Joseph Adeyemi can.',
  );
  const [asked] = await ellen.say('sign-in of tom ashcroft');
  expect(asked?.text).toContain('Does Tom Ashcroft have a new work account?');
  // Another one comes before the officer has decided: which of them is meant is asked again.
  await council.stranger('aad-tom-third', 'tom.ashcroft@sefton.example').say('hello');
  const yes = 'Yes, Tom Ashcroft signs in with a new account now';
  expect((await ellen.press(yes, {}, asked)).text).toContain(
    'Something has changed since this card was drawn',
  );
  const [again] = await ellen.say('sign-in of Tom Ashcroft');
  expect(again?.text).toContain('2 accounts have come under this name');
  const third = council.stranger('aad-tom-third', 'tom.ashcroft@sefton.example');
  const done = await ellen.press(yes, {}, again);
  expect(done.text).toContain('Tom Ashcroft signs in with the new account now');

  await third.say('hello');
  expect(third.card(1).text).toContain('Please decide by');
  await third.press('Approve: goes out now', { confirm: 'true' }, third.card(1));
  expect((await council.post(1)).status.is).toBe('published');
  const [refused] = await old.say('waiting');
  expect(refused?.text).toContain('I have told the communications team');
  // Nobody of the desk lets themself in: whoever had taken over the name could.
  await council.stranger('aad-ellen-anew', 'ellen.rimmer@sefton.example').say('hello');
  const [own] = await ellen.say('sign-in of Ellen Rimmer');
  expect(own?.text).toContain('Somebody else has to confirm that you have a new account.');
  expect((await council.audit()).findings).toEqual([]);
});

test('a storm of posts: ten cards a minute in a Teams channel, one digest for the rest, which get theirs later', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const [asked] = await ellen.say('use this channel for approvals of Highways', { channel: highways });
  await ellen.press('Yes, use this channel', {}, asked);
  // All within one minute.
  for (let n = 1; n <= 13; n += 1) {
    await ellen.say(`propose for Highways: Road ${String(n)} is closed.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(n));
  }
  const own = () => council.shown(highways).filter(({ text }) => /^#\d+ · Highways/u.test(text));
  const digests = () => council.shown(highways).filter(({ text }) => text.startsWith('More posts at once'));
  expect(own()).toHaveLength(10);
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.text).toContain('More posts at once: 3 posts');
  for (const n of ['#11', '#12', '#13']) expect(digests()[0]?.text).toContain(n);

  // A card that exists is still updated; one of the digest gets its own when it is quiet again.
  const tom = council.as('tom-ashcroft');
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(1));
  expect(own().find(({ text }) => text.startsWith('#1 '))?.text).toContain('Published at');
  await council.pass(2 * minute);
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(12));
  expect(own()).toHaveLength(11);
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.text).toContain('More posts at once: 2 posts');
  expect((await council.audit()).findings).toEqual([]);
});

test('a second storm has another card, and that of the first stays true until the Teams channel is left', async () => {
  await using council = await openCouncil();
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  const storm = async (first: number): Promise<void> => {
    for (let n = first; n < first + 12; n += 1) {
      await ellen.say(`propose for Highways: Road ${String(n)} is closed.`);
      await ellen.press('Send to Highways approvers', {}, ellen.card(n));
    }
  };
  const digests = () =>
    council.shown(highways).flatMap(({ text }) => (text.startsWith('More posts at once') ? [text] : []));
  await storm(1);
  await council.pass(11 * minute);
  await storm(13);
  await council.pass(2 * minute);
  expect(digests().map((text) => text.match(/#\d+/gu))).toEqual([
    ['#11', '#12'],
    ['#23', '#24'],
  ]);
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(11));
  await council.pass(minute);
  expect(digests().map((text) => text.match(/#\d+/gu))).toEqual([['#12'], ['#23', '#24']]);
  expect(council.shown(highways).at(-1)?.text).toMatch(/^#11 · Highways and Transport Published/u);
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(12));
  await council.pass(minute);
  expect(digests()[0]).toContain('Each of them has a card of its own now.');

  const [asked] = await tom.say('stop using this channel', { channel: highways });
  await tom.press('Yes, stop using it', {}, asked);
  for (let n = 0; n < 10; n += 1) await council.pass(2_000);
  expect(digests()).toEqual([]);
  expect(
    council.shown(highways).filter(({ text }) => text.startsWith('These posts are not shown')),
  ).toHaveLength(2);
  expect(council.shown(highways).some(({ text }) => text.includes('Road'))).toBe(false);
  expect((await council.audit()).findings).toEqual([]);
});

test('a digest that somebody has deleted in Teams comes back with the next post of the storm', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const [asked] = await ellen.say('use this channel for approvals of Highways', { channel: highways });
  await ellen.press('Yes, use this channel', {}, asked);
  const sent = async (n: number): Promise<void> => {
    await ellen.say(`propose for Highways: Road ${String(n)} is closed.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(n));
  };
  for (let n = 1; n <= 11; n += 1) await sent(n);
  const digests = () => council.shown(highways).filter(({ text }) => text.startsWith('More posts at once'));
  const conversationId = digests()[0]?.conversationId ?? '';
  council.connector.fail({ how: 'update', conversationId, answer: { status: 404 } });
  await sent(12);
  expect(digests()).toHaveLength(2);
  expect(digests()[1]?.text).toContain('More posts at once: 2 posts');
  await sent(13);
  expect(digests()).toHaveLength(2);
  expect(digests()[1]?.text).toContain('More posts at once: 3 posts');
});

const desk = '19:desk@thread.tacv2';

const chosenBy = async (council: Council, person: string, what: string, channel: string): Promise<void> => {
  const [asked] = await council.as(person).say(`use this channel for ${what}`, { channel });
  await council.as(person).press('Yes, use this channel', {}, asked);
};

/** Somebody from outside the council comes into the team. */
const withGuest = (council: Council): void => {
  const everybody = Object.values(council.protocol.people).map(({ id, name, userPrincipalName }) => ({
    id: `29:${id}`,
    aadObjectId: `aad-${id}`,
    name,
    userPrincipalName,
  }));
  const guest = {
    id: '29:guest',
    aadObjectId: 'aad-guest',
    name: 'Guest',
    userPrincipalName: 'a_b#EXT#@sefton',
  };
  council.connector.members([...everybody, guest], highways);
};

const saying = (council: Council, person: string, words: string) =>
  council.shown(`chat-${person}`).filter(({ text }) => text.includes(words));

test('the desk hears in person what its Teams channel was to hear once that is gone, and once that it is', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await chosenBy(council, 'ellen-rimmer', 'the desk', desk);
  council.connector.fail({ how: 'create', answer: { status: 404 }, times: 99 });
  await ellen.say('propose for Highways: Moor Lane is closed at the mill.');
  await ellen.press('Send to Highways approvers');
  const blocked = { outcome: 'refused', reason: 'account-blocked' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: blocked });
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  for (const officer of ['ellen-rimmer', 'joseph-adeyemi']) {
    expect(saying(council, officer, 'does not let Crier in any more')).toHaveLength(1);
    expect(saying(council, officer, 'I cannot reach the Teams channel of the desk')).toHaveLength(1);
  }
  const [people] = await ellen.say('people');
  expect(people?.text).toContain(
    'Teams channel: gone. To choose another, type "@Crier use this channel for the desk" in it.',
  );
  expect((await council.audit()).findings).toEqual([]);
});

test("a department's Teams channel that is gone: its leads hear once how to choose another, and it is not tried again", async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  const [before] = await ellen.say('people');
  expect(before?.text).toMatch(/Teams channel: the one that Tom Ashcroft chose on Tue 24 Nov at /u);
  council.connector.fail({ how: 'create', answer: { status: 404 }, times: 1 });
  for (const n of [1, 2]) {
    await ellen.say(`propose for Highways: Road ${String(n)} is closed at the mill.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(n));
    await council.pass(minute);
    expect(council.as('priya-desai').card(n).text).toContain('Please decide by');
  }
  const told = saying(council, 'tom-ashcroft', 'I cannot reach the Teams channel of Highways');
  expect(told.map(({ text }) => text)).toEqual([
    expect.stringContaining('type "@Crier use this channel for approvals of Highways" in it'),
  ]);
  const another = '19:another@thread.tacv2';
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', another);
  await ellen.say('propose for Highways: Road 3 is closed at the mill.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(3));
  expect(council.shown(another).map(({ text }) => text)).toContainEqual(expect.stringMatching(/^#3 /u));
  expect((await council.audit()).findings).toEqual([]);
});

test('a guest who comes into a Teams channel later sees no post that is not public, and the desk is asked once', async () => {
  await using council = await openCouncil();
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  await ellen.say('propose for Highways: Road one is closed at the mill.');
  await ellen.press('Send to Highways approvers');
  const cards = () => council.shown(highways).filter(({ text }) => text.startsWith('#'));
  expect(cards()).toHaveLength(1);

  withGuest(council);
  await tom.joins(highways, '29:guest');
  await ellen.say('propose for Highways: Road two is closed at the mill.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  await council.pass(minute);
  expect(cards()).toHaveLength(1);
  expect(council.shown(highways).some(({ text }) => text.includes('Road two'))).toBe(false);
  expect(council.as('priya-desai').card(2).text).toContain('Please decide by');
  // What stands there goes at once.
  expect(cards()[0]?.text).toContain('#1 is not shown here any more');
  for (const officer of ['ellen-rimmer', 'joseph-adeyemi'])
    expect(saying(council, officer, 'There are guests in the Teams channel of Highways')).toHaveLength(1);
  expect(saying(council, 'tom-ashcroft', 'I have asked Communications')).toHaveLength(1);
  const [people] = await tom.say('people');
  expect(people?.text).toContain('Teams channel: not used, since there are guests in it.');

  const [asked] = saying(council, 'ellen-rimmer', 'There are guests in the Teams channel');
  const yes = await ellen.press('Use it all the same', {}, asked);
  expect(yes.text).toContain('The Teams channel is used again for Highways');
  await ellen.say('propose for Highways: Road three is closed at the mill.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(3));
  expect(council.shown(highways).some(({ text }) => text.includes('Road three'))).toBe(true);
  expect((await council.audit()).findings).toEqual([]);
});

test('a guest of whom Teams told nothing is seen within minutes', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  await ellen.say('propose for Highways: Road one is closed at the mill.');
  await ellen.press('Send to Highways approvers');
  withGuest(council);
  await council.pass(5 * minute);
  await ellen.say('propose for Highways: Road two is closed at the mill.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  expect(council.shown(highways).some(({ text }) => text.includes('Road two'))).toBe(false);
});

test('Teams tells that a guest has come: what stands there goes at once, in threads as well', async () => {
  await using council = await openCouncil();
  const [ellen, nadia] = [council.as('ellen-rimmer'), council.as('nadia-hartley')];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  await ellen.say('propose for Highways: Road one is closed at the mill.');
  await ellen.press('Send to Highways approvers');
  await nadia.say('propose Road two is closed at the mill.', { channel: `${highways};messageid=1700` });
  const words = () => council.shown(highways).filter(({ text }) => text.includes('closed at the mill'));
  expect(words()).toHaveLength(2);

  withGuest(council);
  // Of a team Teams tells in one of its Teams channels, whichever is used.
  await nadia.joins('19:general@thread.tacv2', '29:guest');
  await council.quiet();
  expect(words()).toEqual([]);
  expect(saying(council, 'ellen-rimmer', 'There are guests in the Teams channel of Highways')).toHaveLength(
    1,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('Teams tells that a guest has come where only a thread has a card: it goes at once, also by the next process', async () => {
  await using before = await openCouncil();
  const nadia = before.as('nadia-hartley');
  await nadia.say('propose Road one is closed at the mill.', { channel: `${highways};messageid=1700` });
  withGuest(before);
  // Teams does not tell who is there before that process dies.
  before.connector.fail({ how: 'members', conversationId: highways, answer: { status: 503 }, times: 1 });
  await nadia.joins(highways, '29:guest');
  await using council = await before.restart();
  await council.pass(minute);
  expect(council.shown(highways).map(({ text }) => text)).toEqual([
    expect.stringContaining('#1 is not shown here There are guests here'),
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('another Teams channel takes the place of one: cards left behind say so at once, and what waits comes at once', async () => {
  await using council = await openCouncil();
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  const another = '19:another@thread.tacv2';
  const cards = (channel: string) =>
    council
      .shown(channel)
      .filter(({ text }) => text.startsWith('#'))
      .map(({ text }) => text)
      .toSorted((one, other) => one.localeCompare(other));
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  for (const n of [1, 2, 3]) {
    await ellen.say(`propose for Highways: Road ${String(n)} is closed at the mill.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(n));
  }
  await ellen.say('hold 2');
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(3));
  expect(cards(highways)).toHaveLength(3);

  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', another);
  const left = [1, 2, 3].map((n) => `#${String(n)} is not shown here any more`);
  const said = (channel: string) => cards(channel).map((text) => text.split(' This Teams channel')[0]);
  expect(said(highways)).toEqual(left);
  // What is out waits for nobody.
  expect(cards(another)).toEqual([
    expect.stringContaining('#1 · Highways and Transport Waiting for'),
    expect.stringContaining('#2 · Highways and Transport Held by'),
  ]);
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(1));
  expect(said(highways)).toEqual(left);
  expect(cards(another)[0]).toContain('Published at');
  expect((await council.audit()).findings).toEqual([]);
});

test('a Teams channel that is used again: its old cards say that there is a newer one, and nothing that is no longer so', async () => {
  await using council = await openCouncil();
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  const another = '19:another@thread.tacv2';
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  for (const n of [1, 2]) {
    await ellen.say(`propose for Highways: Road ${String(n)} is closed at the mill.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(n));
  }
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(2));
  const use = async (channel: string): Promise<void> => {
    await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', channel);
    await council.pass(minute);
  };
  await use(another);
  const since =
    /#2 is not shown here any more This Teams channel stopped being used for Highways and Transport on Tue 24 Nov at /u;
  const said = (channel: string, n: number) =>
    council.shown(channel).flatMap(({ text }) => (text.includes(`#${String(n)} `) ? [text] : []));
  expect(said(highways, 2)).toEqual([expect.stringMatching(since)]);

  await use(highways);
  const newer = 'There is a newer card of #1';
  const waits = '#1 · Highways and Transport Waiting for';
  const left = '#1 is not shown here any more';
  const begin = (texts: readonly string[], ...begins: readonly string[]): void => {
    expect(texts.map((text, n) => text.slice(0, begins[n]?.length))).toEqual(begins);
  };
  begin(said(highways, 1), newer, waits);
  begin(said(another, 1), left);
  expect(said(highways, 2)).toEqual([expect.stringMatching(since)]);

  await use(another);
  begin(said(highways, 1), left, left);
  begin(said(another, 1), newer, waits);
  // Once it is out no Teams channel needs a card of it.
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(1));
  await use(highways);
  begin(said(highways, 1), left, left);
  begin(said(another, 1), left, left);
  expect((await council.audit()).findings).toEqual([]);
});

test('a process that dies once another Teams channel was chosen leaves the cards to the next', async () => {
  await using before = await openCouncil();
  const another = '19:another@thread.tacv2';
  await chosenBy(before, 'tom-ashcroft', 'approvals of Highways', highways);
  await before.as('ellen-rimmer').say('propose for Highways: The road is closed at the mill.');
  await before.as('ellen-rimmer').press('Send to Highways approvers');
  const chosen = await before.app.executor.execute({
    command: 'place.use',
    id: 'place-highways',
    params: {
      of: 'highways',
      conversationId: another,
      serviceUrl: before.connector.serviceUrl,
      guests: false,
    },
    actor: { by: 'person', person: 'tom-ashcroft' },
  });
  expect(chosen.done).toBe(true);
  await using council = await before.restart();
  await council.quiet();
  expect(council.shown(highways).at(-1)?.text).toContain('#1 is not shown here any more');
  expect(council.shown(another).at(-1)?.text).toContain('#1 · Highways and Transport Waiting for');
});

test('cards of posts that an earlier release wrote last say as well that the Teams channel is left', async () => {
  await using council = await openCouncil();
  const [ellen, tom, nadia] = [
    council.as('ellen-rimmer'),
    council.as('tom-ashcroft'),
    council.as('nadia-hartley'),
  ];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  for (const n of [1, 2, 3]) {
    await ellen.say(`propose for Highways: Road ${String(n)} is closed at the mill.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(n));
  }
  await ellen.say('hold 2');
  await tom.press('Do not publish', { note: 'Not now.' }, tom.card(3));
  const thread = `${highways};messageid=1700`;
  await nadia.say('propose Road 4 is closed at the mill.', { channel: thread });
  // That release did not note where a post has its cards.
  const database = new DatabaseSync(sqliteFile(council.folder));
  database.exec(`
    DELETE FROM entries WHERE number IN (SELECT number FROM indexes WHERE kind = 'post' AND name = 'in-channel');
    UPDATE documents SET form = 1, fields = json_remove(fields, '$.inChannels') WHERE kind = 'post'`);
  database.close();

  withGuest(council);
  await council.pass(5 * minute);
  await ellen.say('propose for Highways: Road 5 is closed at the mill.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(5));
  await council.pass(minute);
  const cards = council.shown(highways).filter(({ text }) => text.startsWith('#'));
  expect(cards.map(({ text }) => text.slice(0, 20))).toEqual(
    [1, 2, 3, 4].map((n) => `#${String(n)} is not shown here`),
  );
});

test('of a storm as well: its card in the Teams channel that is left says so, and the new one takes no more than it may', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const another = '19:another@thread.tacv2';
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  for (let n = 1; n <= 13; n += 1) {
    await ellen.say(`propose for Highways: Road ${String(n)} is closed.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(n));
  }
  const texts = (channel: string, begins: RegExp) =>
    council.shown(channel).filter(({ text }) => begins.test(text));
  expect(texts(highways, /^More posts at once: 3 posts/u)).toHaveLength(1);

  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', another);
  for (let n = 0; n < 5; n += 1) await council.pass(2_000);
  expect(texts(highways, /^#\d+ is not shown here any more/u)).toHaveLength(10);
  expect(texts(highways, /^These posts are not shown here any more/u)).toHaveLength(1);
  expect(texts(highways, /Road/u)).toEqual([]);
  expect(texts(another, /^#\d+ · Highways/u)).toHaveLength(10);
  expect(texts(another, /^More posts at once: 3 posts/u)).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('guests in the Teams channel of a thread read no words in it before they are public', async () => {
  await using council = await openCouncil();
  const [ellen, nadia, tom] = [
    council.as('ellen-rimmer'),
    council.as('nadia-hartley'),
    council.as('tom-ashcroft'),
  ];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  const thread = `${highways};messageid=1700`;
  await nadia.say('propose The old words.', { channel: thread });
  const card = () => council.shown(thread).find(({ text }) => text.startsWith('#1 '))?.text;
  expect(card()).toContain('The old words.');

  withGuest(council);
  await tom.joins(highways, '29:guest');
  // The Teams channel is found to have guests: so have its threads.
  await ellen.say('propose for Highways: Another road is closed.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  await council.pass(minute);
  expect(card()).toContain('#1 is not shown here There are guests here');
  const form = await ellen.say('edit 1');
  await ellen.press('Save', { text: 'The new words.' }, form.at(-1));
  expect(card()).not.toContain('words.');
  const [shown] = (await nadia.say('show 1', { channel: thread })).slice(-1);
  expect(shown?.text).toContain('I have answered in our own chat.');

  // One that is proposed there now is not shown there either, and the answer says why.
  await nadia.say('propose Not for everybody.', { channel: `${highways};messageid=1800` });
  expect(council.shown(`${highways};messageid=1800`).map(({ text }) => text)).toEqual([
    expect.stringContaining('#3 is not shown here There are guests here'),
  ]);
  expect(nadia.card(3).text).toContain('Not for everybody.');

  // Once it is public, everybody may read it.
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(1));
  expect(card()).toContain('The new words.');
  expect((await council.audit()).findings).toEqual([]);
});

test.each([
  'stop using this channel',
  'Please stop using this Teams channel for approvals of Highways.',
  'do not use this channel any more',
  "don't show posts here any more",
  'remove this channel',
  'stop using',
  'stop use this channel',
  'stop this channel',
])('"%s" gives a Teams channel up once it is confirmed, and stops nothing else', async (typed) => {
  await using council = await openCouncil();
  const [ellen, tom, nadia] = ['ellen-rimmer', 'tom-ashcroft', 'nadia-hartley'].map((each) =>
    council.as(each),
  );
  if (ellen === undefined || tom === undefined || nadia === undefined) throw new Error('nobody is there');
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  const asked = (await tom.say(typed, { channel: highways })).at(-1);
  expect(asked?.text).toContain('Stop using the Teams channel for Highways and Transport?');
  expect(asked?.text).toContain('[Yes, stop using it]');
  expect(asked?.text).not.toContain('everything');
  const no = await nadia.press('Yes, stop using it', {}, asked);
  expect(no.text).toContain('You cannot choose the Teams channel of Highways');
  await ellen.say('propose for Highways: Road nought is closed at the mill.');
  await ellen.press('Send to Highways approvers');
  expect(council.shown(highways).at(-1)?.text).toContain('Road nought');
  const done = await tom.press('Yes, stop using it', {}, asked);
  expect(done.text).toContain('The Teams channel is not used any more for Highways and Transport');
  // Everybody there sees the answer in place of the question.
  expect(council.shown(highways).map(({ text }) => text)).toContain(done.text);
  expect(council.shown(highways).at(-1)?.text).toContain('#1 is not shown here any more');
  await ellen.say('propose for Highways: Road one is closed at the mill.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  expect(council.shown(highways).some(({ text }) => text.includes('Road one'))).toBe(false);
  const [none] = await tom.say(typed, { channel: highways });
  expect(none?.text).toContain('No posts are shown there');
  expect((await tom.say('people'))[0]?.text).not.toContain('Teams channel:');
});

test.each([
  ['highways approvals', 'Highways and Transport'],
  ['the Highways team, please', 'Highways and Transport'],
  ['approvals of roads please', 'Highways and Transport'],
  ["the desk's work", 'the desk'],
])('"use this channel for %s" is understood', async (what, whose) => {
  await using council = await openCouncil();
  const [asked] = await council.as('ellen-rimmer').say(`use this channel for ${what}`, { channel: highways });
  expect(asked?.text).toContain(`Use this Teams channel for ${whose}`);
});

test('a post that is not public and not of this Teams channel is shown in the own chat of whoever asks', async () => {
  await using council = await openCouncil();
  const [ellen, gareth] = [council.as('ellen-rimmer'), council.as('gareth-molyneux')];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  await ellen.say('propose for Waste: Bins in Formby are collected a day late.');
  await ellen.press('Send to Waste approvers');
  await ellen.say('propose for Highways: Moor Lane is closed at the mill.');
  const [shown] = await gareth.say('show 1', { channel: highways });
  expect(shown?.text).toContain('I have answered in our own chat.');
  expect(gareth.card(1).text).toContain('Bins in Formby');
  expect(council.shown(highways).some(({ text }) => text.includes('Bins in Formby'))).toBe(false);
  const [own] = await ellen.say('show 2', { channel: highways });
  expect(own?.text).toContain('Moor Lane');
});

test('a Teams channel of several departments is given up by a lead for theirs alone, whoever asked', async () => {
  await using council = await openCouncil();
  const [nadia, omar, ellen] = [
    council.as('nadia-hartley'),
    council.as('omar-haddad'),
    council.as('ellen-rimmer'),
  ];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  await chosenBy(council, 'omar-haddad', 'approvals of Waste', highways);
  const own = 'Stop using the Teams channel for Waste and Cleansing?';
  const [asked] = await omar.say('stop using this channel', { channel: highways });
  expect(asked?.text).toContain(own);
  expect(asked?.text).toContain(
    'It stays the Teams channel for Highways and Transport, and nothing else stops.',
  );
  // Who may for none asks for all; whoever may for some is asked about theirs, and nothing is done by halves.
  const [all] = await nadia.say('stop using this channel', { channel: highways });
  expect(all?.text).toContain('for Highways and Transport and Waste and Cleansing?');
  const narrowed = await omar.press('Yes, stop using it', {}, all);
  expect(narrowed.text).toContain(own);
  const [people] = await ellen.say('people');
  expect(people?.text.match(/Teams channel: the one/gu)).toHaveLength(2);
  const done = await omar.press('Yes, stop using it', {}, narrowed.card);
  expect(done.text).toContain('The Teams channel is not used any more for Waste and Cleansing');
  expect((await ellen.say('people'))[0]?.text.match(/Teams channel: the one/gu)).toHaveLength(1);
});

test('to give a Teams channel up from the own chat, somebody hears what to type, and of which', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  const [none] = await tom.say('stop using this channel');
  expect(none?.text).toContain('No Teams channel is used');
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  await chosenBy(council, 'ellen-rimmer', 'the desk', desk);
  const [which] = await tom.say('stop using this channel');
  expect(which?.text).toContain(
    'Type "stop using this channel for the desk" here, with one of the desk, Highways, or',
  );
  const [asked] = await tom.say('stop using this channel for Highways');
  expect((await tom.press('Yes, stop using it', {}, asked)).text).toContain('not used any more for Highways');
});

test('an old question about guests says what is so when the Teams channel has been chosen anew without', async () => {
  await using council = await openCouncil();
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', highways);
  withGuest(council);
  await tom.joins(highways, '29:guest');
  await ellen.say('propose for Highways: Road one is closed at the mill.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(1));
  const [old] = saying(council, 'ellen-rimmer', 'There are guests in the Teams channel');
  expect((await ellen.press('Stop using it', {}, old)).text).toContain('not used any more for Highways');
  await chosenBy(council, 'tom-ashcroft', 'approvals of Highways', '19:another@thread.tacv2');
  const answer = await ellen.press('Use it all the same', {}, old);
  expect(answer.text).toContain('The Teams channel is used already for Highways');
  expect(answer.text).not.toContain('guests as well');
  // Nor is that one given up by an answer about the other.
  const [other] = saying(council, 'joseph-adeyemi', 'There are guests in the Teams channel');
  const no = await council.as('joseph-adeyemi').press('Stop using it', {}, other);
  expect(no.text).toContain('The Teams channel is used already for Highways');
  expect((await tom.say('people'))[0]?.text).toContain('Teams channel: the one that Tom Ashcroft chose');
});

test('"people" says of whom that cannot be reached no Teams channel tells either', async () => {
  await using council = await openCouncil({ met: ['ellen-rimmer', 'nadia-hartley'] });
  const ellen = council.as('ellen-rimmer');
  const people = async () => (await ellen.say('people')).at(-1)?.text ?? '';
  expect(await people()).not.toContain('told in');
  expect(await people()).toMatch(
    /Priya Desai.*: not told at all, since no Teams channel is chosen for them\./u,
  );
  const [asked] = await ellen.say('use this channel for the desk', { channel: highways });
  await ellen.press('Yes, use this channel', {}, asked);
  expect(await people()).toMatch(
    /Joseph Adeyemi.*: told in a Teams channel\. .*Priya Desai.*: not told at all, since no Teams channel is chosen for them\. Please tell them yourself/u,
  );
});
