import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Begins } from './chance.ts';
import { nothingSeen } from './seen.ts';
import type { Fault, Step } from './steps.ts';
import { walks } from './walk.ts';

const begins: Begins = {
  thread: false,
  bluesky: false,
  alone: false,
  blind: false,
  shows: 'nothing',
  kind: 'usual',
  first: undefined,
};
const corrected = {
  does: 'correct',
  by: 'ellen-rimmer',
  post: 1,
  again: true,
  same: false,
  describes: false,
  ends: true,
} as const;
const replied = { ...corrected, again: false };
const agreed = { does: 'decide', post: 1, n: 3, yes: true } as const;
const other = {
  does: 'propose',
  thread: false,
  shows: 'nothing',
  alone: false,
  planned: false,
  kind: 'usual',
} as const;
const goesWrong = (account: Fault['account'], call: Fault['call'], fault: Fault['fault']) =>
  ({ does: 'fault', account, call, fault }) as const;

/** Few walks come so far by chance. */
const examples: [Begins, Step[]][] = [
  // What was agreed to waits for its account; another one is asked for, and the account is connected before anybody agrees.
  [
    begins,
    [
      corrected,
      goesWrong('facebook-main', 'edit', 'shut'),
      agreed,
      corrected,
      { does: 'connect' },
      { does: 'time', minutes: 70 },
    ],
  ],
  // Whoever agreed has other work before anything is deleted; the desk lets it go on.
  [
    { ...begins, thread: true },
    [
      corrected,
      goesWrong('x-main', 'remove', 'busy'),
      agreed,
      { does: 'restart', without: 'priya-desai' },
      { does: 'time', minutes: 25 },
      agreed,
    ],
  ],
  // Held before it is deleted, and everything is stopped when it is let go on.
  [
    { ...begins, bluesky: true },
    [
      corrected,
      goesWrong('x-main', 'remove', 'busy'),
      agreed,
      { does: 'hold', by: 'ellen-rimmer', post: 1 },
      { does: 'time', minutes: 25 },
      { does: 'stop' },
      agreed,
      { does: 'time', minutes: 25 },
    ],
  ],
  // Everything is stopped while it is looked for what became of a reply: it did not arrive.
  [
    begins,
    [
      { ...corrected, again: false },
      goesWrong('x-main', 'publish', 'nothing'),
      agreed,
      { does: 'stop' },
      { does: 'time', minutes: 25 },
    ],
  ],
  // What was replied stands; another one is held by a stop and left, and the first is asked for once more.
  [
    begins,
    [
      replied,
      agreed,
      { does: 'stop' },
      replied,
      agreed,
      { does: 'resume' },
      { ...agreed, yes: false },
      { ...replied, same: true },
      agreed,
    ],
  ],
  // Taken down before it is deleted to be posted again, and X does not let that be done.
  [
    begins,
    [
      corrected,
      goesWrong('x-main', 'remove', 'busy'),
      goesWrong('x-main', 'remove', 'refused'),
      agreed,
      { does: 'remove', by: 'ellen-rimmer', post: 1 },
    ],
  ],
  // Held while it is being deleted to make room, and taken down instead.
  [
    { ...begins, thread: true },
    [
      corrected,
      { does: 'meanwhile', account: 'x-main', call: 'remove', what: 'hold', by: 'ellen-rimmer', post: 1 },
      agreed,
      { does: 'remove', by: 'ellen-rimmer', post: 1 },
    ],
  ],
  // The same, and nobody hears whether it was deleted before it is let go on.
  [
    begins,
    [
      corrected,
      goesWrong('x-main', 'remove', 'lost'),
      { does: 'meanwhile', account: 'x-main', call: 'remove', what: 'hold', by: 'ellen-rimmer', post: 1 },
      agreed,
      { does: 'time', minutes: 25 },
      agreed,
    ],
  ],
  // Taken down while it is being deleted, without a clear answer, to be posted again.
  [
    begins,
    [
      corrected,
      goesWrong('x-main', 'remove', 'nothing'),
      { does: 'meanwhile', account: 'x-main', call: 'remove', what: 'remove', by: 'ellen-rimmer', post: 1 },
      agreed,
    ],
  ],
  // Whoever agreed has other work, and it is taken down before the desk has said whether it goes on.
  [
    begins,
    [
      corrected,
      goesWrong('facebook-main', 'edit', 'busy'),
      agreed,
      { does: 'restart', without: 'priya-desai' },
      { does: 'time', minutes: 25 },
      { does: 'remove', by: 'ellen-rimmer', post: 1 },
    ],
  ],
  // Held before anybody has approved it, and not to be published.
  [
    begins,
    [other, { does: 'hold', by: 'ellen-rimmer', post: 2 }, { does: 'decide', post: 2, n: 0, yes: false }],
  ],
  // Part of it is public, the rest was held and let go on, and waits for its account.
  [
    { ...begins, first: goesWrong('x-main', 'publish', 'busy') },
    [
      { does: 'hold', by: 'ellen-rimmer', post: 1 },
      agreed,
      { does: 'cancel', by: 'ellen-rimmer', post: 1 },
      { does: 'edit', by: 'ellen-rimmer', post: 1, leavesOut: false },
    ],
  ],
  // The store takes nothing of posts once a correction has begun to leave, and then nothing at all.
  [
    { ...begins, shows: 'picture' },
    [
      { ...corrected, describes: true },
      { does: 'store', fails: 'writing', of: 'post', after: 3 },
      agreed,
      { does: 'hold', by: 'ellen-rimmer', post: 1 },
      { does: 'mended' },
      { does: 'time', minutes: 6 },
      { does: 'store', fails: 'answering', of: 'everything', after: 2 },
      { does: 'hold', by: 'ellen-rimmer', post: 1 },
      { does: 'mended' },
      { does: 'time', minutes: 6 },
    ],
  ],
  // X cannot be reached as its only post is to be put right there, and the machine sleeps.
  [
    { ...begins, alone: true },
    [
      { does: 'away', account: 'x-main' },
      corrected,
      agreed,
      { does: 'sleep', minutes: 300 },
      agreed,
      { does: 'back', account: 'x-main' },
      { does: 'time', minutes: 25 },
    ],
  ],
  // A planned film is approved and the machine sleeps over its time; a picture is put in instead of letting it go.
  [
    begins,
    [
      { ...other, shows: 'film', alone: true, planned: true },
      { ...agreed, post: 2 },
      { ...agreed, post: 2 },
      { does: 'sleep', minutes: 300 },
      { does: 'edit', by: 'ellen-rimmer', post: 2, leavesOut: true },
      { does: 'send', by: 'nadia-hartley', post: 2, what: 'picture' },
    ],
  ],
  // Everything is stopped in the middle of a call, and goes on in the middle of another.
  [
    { ...begins, bluesky: true },
    [
      corrected,
      { does: 'meanwhile', account: 'x-main', call: 'remove', what: 'stop', by: 'ellen-rimmer', post: 1 },
      agreed,
      { does: 'time', minutes: 6 },
      { does: 'resume' },
      { does: 'meanwhile', account: 'x-main', call: 'save', what: 'sleep', by: 'ellen-rimmer', post: 1 },
      agreed,
    ],
  ],
  // X cannot be reached when an emergency is let go, and is back before it would be asked about.
  [
    begins,
    [
      { does: 'away', account: 'x-main' },
      { ...other, kind: 'emergency' },
      { ...agreed, post: 2 },
      { does: 'time', minutes: 11 },
      { does: 'time', minutes: 6 },
      { does: 'back', account: 'x-main' },
      { does: 'time', minutes: 6 },
    ],
  ],
  // X is back only once it is late, and it is sent again there.
  [
    begins,
    [
      { does: 'away', account: 'x-main' },
      other,
      { ...agreed, post: 2 },
      { ...agreed, post: 2 },
      { does: 'time', minutes: 130 },
      { does: 'back', account: 'x-main' },
      { does: 'again', post: 2 },
    ],
  ],
  // Facebook refuses a change, and somebody makes it there themselves.
  [begins, [corrected, goesWrong('facebook-main', 'edit', 'refused'), agreed, { does: 'right', post: 1 }]],
  // What it says is over before X lets Crier in again, while everything is stopped.
  [
    { ...begins, kind: 'ends', first: goesWrong('x-main', 'publish', 'shut') },
    [{ does: 'stop' }, { does: 'time', minutes: 70 }, { does: 'connect' }, { does: 'resume' }],
  ],
  // Nobody hears whether it arrived, and X cannot be asked.
  [
    { ...begins, blind: true, first: goesWrong('x-main', 'publish', 'lost') },
    [{ does: 'time', minutes: 70 }],
  ],
];

/** `npm run walks` walks far more often; so much is walked at every change. */
test('whatever a council does and whatever goes wrong: only what was agreed to stands, once, nothing is stuck, and the cards say so', async () => {
  const seen = nothingSeen();
  await fc.assert(walks(seen), {
    // The same walks each time, so that what others would find is not met by a change that has no part in it.
    seed: 24,
    numRuns: examples.length,
    examples,
    // What was found is told before the test's own time is over, be it in more steps than are needed.
    interruptAfterTimeLimit: 90_000,
  });
  // The walks are worth something only where much happens on them.
  expect(seen.published).toBeGreaterThan(20);
  expect(seen.changed).toBeGreaterThan(1);
  expect(seen.deleted).toBeGreaterThan(4);
  expect(seen.corrected).toBeGreaterThan(2);
  expect(seen.released).toBeGreaterThan(0);
  expect(seen.vouched).toBeGreaterThan(0);
  expect(seen.answered).toBeGreaterThan(0);
  expect(seen.meanwhile).toBeGreaterThan(2);
  expect(seen.stopped).toBeGreaterThan(0);
  expect(seen.failed).toBeGreaterThan(1);
  expect(seen.missed).toBeGreaterThan(0);
  expect(seen.sent).toBeGreaterThan(0);
  expect(seen.shown).toBeGreaterThan(2);
  expect(seen.righted).toBeGreaterThan(0);
  expect(seen.again).toBeGreaterThan(0);
  expect(seen.warned).toBeGreaterThan(0);
  expect(seen.ended).toBeGreaterThan(0);
});
