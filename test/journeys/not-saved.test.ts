import { expect, test } from 'vitest';
import { kinds } from '../../src/kinds.ts';
import type { Store } from '../../src/core/store.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { passedOn } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { openFull } from './full-store.ts';
import { stopEverything } from './stops.ts';

const last = (council: Council, person: string): string =>
  council.shown(council.as(person).chat).at(-1)?.text ?? '';

test('what cannot be saved is said as what is not so: a hold does not hold, a decision is none, words are kept nowhere', async () => {
  const { council, fills, hasRoom } = await openFull();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  const [nadia, ellen, priya] = [open.as('nadia-hartley'), open.as('ellen-rimmer'), open.as('priya-desai')];
  await open.pass(minute);
  fills();
  await ellen.say('hold 1');
  expect(last(open, 'ellen-rimmer')).toBe(
    '#1 is not held Crier could not save that, so it may still go out. Ask for it again at once, until its card says that it is held. If that goes on, tell whoever runs Crier: it may be unable to read or save anything, as when its disk is full.',
  );
  expect((await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1))).text).toContain(
    'Your decision on #1 was not saved. It waits for you as before.',
  );
  await nadia.say('propose The library is shut.');
  expect(last(open, 'nadia-hartley')).toContain('What you sent was not saved Please keep it');
  // Nothing has to be saved for the question whether they mean it.
  const [question] = await nadia.say('cancel 1');
  expect((await nadia.press('Cancel #1', {}, question)).text).toContain(
    '#1 is not cancelled. Crier could not save that, so it may still go out.',
  );
  await ellen.say('away until Friday');
  expect(last(open, 'ellen-rimmer')).toContain(
    'It is not noted that you are away Crier could not save that. Unless you were away already, you are still asked for decisions. Say it again in a minute, until the answer says until when you are away. If that goes on, tell whoever runs Crier: it may be unable to read or save anything, as when its disk is full.',
  );
  // Whoever reads the log sees of what, and why, and nothing of what it said.
  const faults = open.lines.filter((line) => line.includes('a turn failed'));
  expect(faults.join('\n')).toContain('"command":"post.hold"');
  for (const line of faults) expect(line).toContain('"errorCode":"SQLITE_FULL"');

  hasRoom();
  expect((await open.post(1)).status.is).toBe('in-review');
  await ellen.say('hold 1');
  expect((await open.post(1)).status.is).toBe('held');
  expect((await open.audit()).findings).toEqual([]);
});

test('a stop, or a hold of everything, that was not saved for every account says so', async () => {
  const { council, fills, hasRoom } = await openFull();
  await using open = council;
  const gareth = open.as('gareth-molyneux');
  await open.pass(minute);
  const [question] = await gareth.say('stop everything');
  let kept = 0;
  fills(({ kind }) => kind === 'account' && (kept += 1) > 2);
  const pressed = await gareth.press('Yes, stop everything', {}, question);
  expect(pressed.text).toContain(
    'Not everything is stopped. Crier could not save it for every account: some may be stopped already, and posts may still go out on the others.',
  );
  await gareth.say('hold everything');
  expect(
    open
      .shown(gareth.chat)
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('Not everything is held');
  hasRoom();
  const again = await gareth.press('Yes, stop everything', {}, question);
  expect(again.text).not.toContain('Not everything');
});

test('new words or another time that are not saved: what was approved goes out as it was, and that is said', async () => {
  const { council, fills } = await openFull();
  await using open = council;
  const [nadia, priya] = [open.as('nadia-hartley'), open.as('priya-desai')];
  await nadia.say('propose Moor Lane is closed.');
  await nadia.say('schedule 1 Wed 9:00');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const ellen = open.as('ellen-rimmer');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(1));
  await priya.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, priya.card(1));
  const form = (await nadia.say('schedule 1 Fri 9:00')).at(-1);
  const planning = nadia.buttons(form).find((title) => title.startsWith('Plan')) ?? '';
  const editing = (await nadia.say('edit 1')).at(-1);
  const saving = nadia.buttons(editing).find((title) => title.startsWith('Save')) ?? '';
  await open.pass(minute);
  fills();
  const asItWas = 'Until it is saved, what was approved before goes out as it was, at the time that it had.';
  expect((await nadia.press(planning, {}, form)).text).toContain(asItWas);
  expect((await nadia.press(saving, { text: 'Other words.' }, editing)).text).toContain(asItWas);
});

test('a hold that was saved, and of which no answer came, is a hold', async () => {
  const { council, store } = await openFull();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  await open.pass(minute);
  store.afterWrite = ({ kind }) => {
    if (kind !== 'post') return;
    store.afterWrite = () => undefined;
    throw new Error('the cable');
  };
  const said = await open.as('ellen-rimmer').say('hold 1');
  expect(said.map(({ text }) => text).join()).not.toContain('not held');
  expect((await open.post(1)).status.is).toBe('held');
});

/** A council whose store is another's as well, of which nothing can be read while it is away. */
async function openShared() {
  const store = memoryStore(kinds, { shared: true });
  let isAway = (_kind: string): boolean => false;
  const reached = (kind: string): void => {
    if (isAway(kind)) throw new Error('away');
  };
  const council = await openCouncil({
    store: {
      ...store,
      get: async (kind, id) => {
        reached(kind);
        return await store.get(kind, id);
      },
      list: async (query) => {
        reached(query.kind);
        return await store.list(query);
      },
      create: async (document) => {
        reached(document.kind);
        return await store.create(document);
      },
      replace: async (document, version) => {
        reached(document.kind);
        return await store.replace(document, version);
      },
    } satisfies Store,
  });
  return {
    council,
    store,
    goesAway: (isFor: (kind: string) => boolean = () => true) => {
      isAway = isFor;
    },
    comesBack: () => {
      isAway = () => false;
    },
  };
}

test.each([
  {
    who: 'ellen-rimmer',
    act: 'hold',
    // What came of it stands in the post itself, which can be read once more.
    says: '#1 is held That is so by now, and only the answer to it did not come.',
    is: 'held',
  },
  {
    who: 'priya-desai',
    act: 'approve',
    says: 'It may be that your decision on #1 was not saved. Nobody can tell yet. If it was, it counts already. In a minute, please look at its card, or type "show 1". Decide again only where it still waits for you.',
    is: 'published',
  },
])('of what may have been saved nobody says that it was not: $act', async ({ who, act, says, is }) => {
  const { council, store, goesAway, comesBack } = await openShared();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  await open.pass(minute);
  store.afterWrite = ({ kind }) => {
    if (kind !== 'post') return;
    let looks = 0;
    goesAway((of) => of === 'post' && (looks += 1) === 1);
    store.afterWrite = () => undefined;
    throw new Error('the cable');
  };
  const person = open.as(who);
  const told =
    act === 'hold'
      ? (await person.say('hold 1'))[0]?.text
      : (await person.press('Approve: goes out now', { confirm: 'true' }, person.card(1))).text;
  expect(told).toContain(says);
  comesBack();
  await open.pass(minute);
  expect((await open.post(1)).status.is).toBe(is);
});

test.each([
  { away: 'the posts', isFor: (kind: string) => kind === 'post' || kind === 'account' },
  { away: 'everything', isFor: () => true },
])('what is not so is said where nothing can be read: $away', async ({ isFor }) => {
  const { council, goesAway, comesBack } = await openShared();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  await passedOn(open, 'The park is open.');
  await open.pass(minute);
  const [ellen, priya, gareth] = [
    open.as('ellen-rimmer'),
    open.as('priya-desai'),
    open.as('gareth-molyneux'),
  ];
  const card = priya.card(1);
  const [question] = await gareth.say('stop everything');
  goesAway(isFor);
  const atOnce = 'it may still go out. Ask for it again at once';
  await ellen.say('please hold 1');
  expect(last(open, 'ellen-rimmer')).toContain('It may be that #1 is not held');
  expect(last(open, 'ellen-rimmer')).toContain(atOnce);
  await ellen.say('hold 1 and 2');
  expect(last(open, 'ellen-rimmer')).toContain('It may be that #1 or #2 is not held');
  await ellen.say('hold everything');
  expect(last(open, 'ellen-rimmer')).toContain('It may be that nothing is held');
  await ellen.say('stop everything');
  expect(last(open, 'ellen-rimmer')).toContain('It may be that nothing is stopped');
  await ellen.say('pause routine');
  expect(last(open, 'ellen-rimmer')).toContain('It may be that routine posts are not paused');
  await ellen.say('resume');
  expect(last(open, 'ellen-rimmer')).toContain('It may be that not everything goes on again');
  expect((await gareth.press('Yes, stop everything', {}, question)).text).toContain(
    'It may be that nothing is stopped. Nobody can tell yet. Crier could not find out whether it was saved for any account, so posts may still go out. Ask for it again at once',
  );
  expect((await priya.press('Approve: goes out now', { confirm: 'true' }, card)).text).toContain(
    'It may be that your decision on that post was not saved. Nobody can tell yet.',
  );
  comesBack();
  expect((await open.post(1)).status.is).toBe('in-review');
});

test.each([
  {
    words: 'stop everything',
    says: 'Everything is stopped, but not every post is held. Nothing leaves any account until somebody resumes posting.',
  },
  {
    words: 'pause routine',
    says: 'Routine posts are paused, but not every one is held. Only safety information leaves any account until somebody resumes posting.',
  },
  {
    words: 'hold everything',
    says: 'Not every post is held Every account is, so nothing goes out that was decided before, but for safety information.',
  },
  {
    words: 'resume',
    says: 'Everything is still stopped. Before that ends, Crier holds each post that waits',
  },
])('where every account was saved and the posts were not, that is what is said: $words', async (of) => {
  const { council, fills } = await openFull();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  await open.pass(minute);
  if (of.words === 'resume') {
    fills(({ kind }) => kind === 'post');
    await stopEverything(open);
  }
  const gareth = open.as('gareth-molyneux');
  const isAsked = of.words !== 'hold everything';
  const [question] = isAsked ? await gareth.say(of.words) : [];
  fills(({ kind }) => kind === 'post');
  if (question === undefined) await gareth.say(of.words);
  const told =
    question === undefined
      ? last(open, 'gareth-molyneux')
      : (await gareth.press(gareth.buttons(question)[0] ?? '', {}, question)).text;
  expect(told).toContain(of.says);
});

test('a resume that was saved for some accounts only says that posts can go out on those', async () => {
  const { council, fills, hasRoom } = await openFull();
  await using open = council;
  await stopEverything(open);
  const gareth = open.as('gareth-molyneux');
  const [question] = await gareth.say('resume');
  let kept = 0;
  fills(({ kind }) => kind === 'account' && (kept += 1) > 2);
  expect((await gareth.press('Yes, resume', {}, question)).text).toContain(
    'Not everything goes on again. Crier could not save it for every account: posts may go out again on some, and the others are still stopped.',
  );
  hasRoom();
  expect((await gareth.press('Yes, resume', {}, question)).text).toContain('Posts can go out again');
});
