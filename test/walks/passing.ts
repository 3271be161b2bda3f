import { hours } from '../../src/core/time.ts';
import { connected } from '../journeys/corrections.ts';
import { minute } from '../journeys/council.ts';
import type { Setting } from './setting.ts';
import { outside } from './steps.ts';

/** Time passes, the machine sleeps, and everything is stopped, resumed or connected: what meets all posts at once. */

/** So long what is to be tried again, or waits for its account, is left at most. */
const longestWait = 30 * minute;

export async function timePasses(minutes: number, { council, ledger, written }: Setting): Promise<void> {
  // What falls due for an emergency counts by how late it comes.
  const isUrgent = written.posts.some((post) => ledger.of(post).isEmergency);
  const step = isUrgent ? 1 : Math.max(1, minutes);
  for (let passed = 0; passed === 0 || passed < minutes; passed += step)
    await council.pass(Math.min(step, minutes - passed) * minute);
}

/** The machine sleeps for so long, and goes on with what fell due. */
export async function sleeps(minutes: number, setting: Setting): Promise<void> {
  await misses(minutes, setting);
  await setting.council.sleeps(minutes * minute);
}

/** Over a sleep of so long: what is to leave by then, and of which nothing is out, does not leave by itself so late. */
export async function misses(
  minutes: number,
  { council, shelf, ledger, written, seen }: Setting,
): Promise<void> {
  const awake = council.now() + minutes * minute;
  for (const post of written.posts) {
    const stored = await shelf.post(post);
    if (stored === undefined || !('decidedAt' in stored.status) || ledger.isOut(post)) continue;
    // What waits for another try, or for its account, is looked at from time to time.
    const from = Math.max(council.now() + longestWait, stored.when?.at ?? 0);
    const known = ledger.of(post);
    if (known.missed || awake - from <= hours(2)) continue;
    known.missed = true;
    seen.missed += 1;
  }
}

/** Every network works again, and somebody has connected every account. */
export async function connectAll({ council, places }: Setting): Promise<void> {
  places.mend();
  for (const account of outside) await connected(council, account);
  await council.quiet();
}

const stopping = {
  stop: { says: 'stop everything', title: 'Yes, stop everything' },
  pause: { says: 'pause routine', title: 'Yes, pause routine posts' },
} as const;

/** Everything is stopped, or routine posts are paused: from the answer on nothing leaves, and every account is stopped. */
export async function stops(how: keyof typeof stopping, setting: Setting): Promise<void> {
  const { ledger, seen } = setting;
  let isSaid = false;
  const { says, title } = stopping[how];
  await confirmed(setting, says, title, (text) => {
    const [what] = /Everything is stopped|Routine posts are paused/u.exec(text) ?? [];
    isSaid = what !== undefined;
    if (what === 'Everything is stopped') ledger.stopped = 'everything';
    else if (isSaid && ledger.stopped === 'no') ledger.stopped = 'routine';
  });
  if (isSaid) seen.stopped += 1;
}

/** What was stopped may go on: it leaves within the answer. */
export async function resumes(setting: Setting): Promise<void> {
  const { ledger } = setting;
  const { stopped } = ledger;
  ledger.stopped = 'no';
  if (!(await confirmed(setting, 'resume', 'Yes, resume'))) ledger.stopped = stopped;
}

/** @returns whether it was asked about, and confirmed */
async function confirmed(
  { council }: Setting,
  says: string,
  title: string,
  answered?: (text: string) => void,
): Promise<boolean> {
  const ellen = council.as('ellen-rimmer');
  const [asked] = await ellen.say(says);
  if (asked === undefined || !ellen.buttons(asked).includes(title)) return false;
  await ellen.press(title, {}, asked, ({ text }) => answered?.(text));
  return true;
}
