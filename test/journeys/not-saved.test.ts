import { expect, test } from 'vitest';
import { kinds } from '../../src/kinds.ts';
import type { NewDocument } from '../../src/core/store.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { passedOn } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';

/** A council whose store takes no writes of some kinds while it is full. */
async function openFull() {
  const store = memoryStore(kinds);
  const council = await openCouncil({ store });
  const fills = (isFor: (document: NewDocument) => boolean): void => {
    store.beforeWrite = (document) => {
      if (isFor(document))
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
  };
  return {
    council,
    store,
    /** the disk is full, for all or for some of what is written */
    fills: (isFor: (document: NewDocument) => boolean = () => true) => fills(isFor),
    hasRoom: () => fills(() => false),
  };
}

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
    '#1 is not held Crier could not save that, so it may still go out. Ask for it again at once, until its card says that it is held. If that goes on, tell whoever runs Crier: it may be unable to save anything, as when its disk is full.',
  );
  expect((await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1))).text).toContain(
    'Your decision on #1 was not saved. It waits for you as before.',
  );
  await nadia.say('propose The library is shut.');
  expect(last(open, 'nadia-hartley')).toContain('What you sent was not saved Please keep it');
  // What goes along with an answer may fail alone: nobody is told that the rest was not done.
  await nadia.say('cancel 1');
  expect(last(open, 'nadia-hartley')).toContain('It may be that nothing was done, so please look');
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
  expect(pressed.text).toContain('Not everything is stopped. Crier could not save it for every account');
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
