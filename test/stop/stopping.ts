import { setTimeout as pause } from 'node:timers/promises';
import { attemptOver, lookDelays } from '../../src/dispatch/look.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import type { PostState } from '../../src/posts/post.ts';
import { pressData, shape } from '../bench/filled.ts';
import { openPlace, type Instance, type Place, type Stored, type StoreName } from './place.ts';

export interface StopOptions {
  readonly store: StoreName;
  readonly posts: number;
  readonly accounts: number;
  readonly instances: number;
  /** the stop is pressed when so many requests have reached the network */
  readonly after: number;
  /** the posts are due so many milliseconds after they have been filled in, when the processes have started */
  readonly dueIn: number;
}

/** What was counted. Every accepted post is either published or held, and each that arrived is known. */
export interface StopReport {
  readonly name: 'stop';
  readonly store: StoreName;
  readonly instances: number;
  /** how often an instance was held still by SIGSTOP, and let go on by SIGCONT */
  readonly heldStill: number;
  readonly accepted: number;
  /** stands once and Crier knows it */
  readonly published: number;
  /** waits for a decision, and nothing of it arrived */
  readonly waiting: number;
  readonly lost: number;
  readonly doubled: number;
  /** requests of which the first bytes arrived after the answer to the stop was seen */
  readonly late: number;
  /** by how many milliseconds each of those was late */
  readonly lateBy: readonly number[];
  /** posts that were on their way when everything was stopped, as the answer lists them */
  readonly listed: number;
  /** those that the answer ought to have listed, with a link where they stand, and did not */
  readonly unlisted: number;
  /** left after "resume" without anybody's decision */
  readonly byThemselves: number;
  /** brought back by a decision, of those that were asked for */
  readonly broughtBack: number;
  /** how long the answer to the stop took, in milliseconds */
  readonly answeredIn: number;
  /** how long after that it was until all had settled, or nothing more was to come */
  readonly settledIn: number;
}

const officer = shape.desk;
/** So long after the answer instances that are still held go on. */
const heldOn = 1_500;
/** The longest wait for one more to settle, once whatever is known to come of those that have not is due. */
const quietWithin = 60_000;
/** However that is put off: by then the last look for something has come. */
const looksEnd = attemptOver + lookDelays.reduce((sum, delay) => sum + delay, 0);

const sectionOf = (text: string): string => /Section \d+/u.exec(text)?.[0] ?? '';

/** Stops everything while posts of the same second leave, with instances held still, and counts what came of it. */
export async function stopWhileLeaving(
  options: StopOptions,
  say: (word: string) => void = () => undefined,
): Promise<StopReport> {
  const reached = new Map<number, () => void>();
  await using place = await openPlace({
    ...options,
    x: {
      takes: 40,
      onPost: ({ length }) => {
        for (const [count, go] of reached) if (length >= count) go();
      },
    },
  });
  const arrived = async (count: number): Promise<void> =>
    await new Promise((resolve) => {
      if (place.x.arrived.length >= count) resolve();
      else reached.set(count, resolve);
    });
  say(`${options.store}: ${String(options.posts)} posts are due soon`);
  const [first, ...others] = place.instances;
  if (first === undefined) throw new Error('there is no instance');

  await first.give(place.say(officer, 'stop everything'));
  const faults = holdingStill(first, others, options.after, arrived);
  await arrived(options.after);
  say('stopping');
  const pressed = performance.now();
  const answer = await first.give(
    place.press(officer, 'stop.confirm', { of: 'all', known: String(Date.now()) }),
  );
  say('stopped; what is under way settles');
  await pause(heldOn);
  const heldStill = await faults.goOn();
  const counted = count(place, await untilQuiet(place, say), answer);
  const quietAt = performance.now();
  const atRest = place.x.arrived.length;
  say('resuming');
  await first.give(place.say(officer, 'resume'));
  await first.give(place.press(officer, 'stop.confirm', { of: 'resume', known: String(Date.now()) }));
  await pause(2_500);
  const byThemselves = place.x.arrived.length - atRest;
  const broughtBack = await bringBack(place, first);
  return {
    name: 'stop',
    store: options.store,
    instances: options.instances,
    heldStill,
    ...counted,
    byThemselves,
    broughtBack,
    answeredIn: Math.round(answer.at - pressed),
    settledIn: Math.round(quietAt - answer.at),
  };
}

interface Faults {
  /** lets every instance go on; @returns how often one was held still */
  readonly goOn: () => Promise<number>;
}

/**
 * Holds instances still in the middle: one that comes to before the stop is answered, the others only after that. An
 * only instance is held still for a moment before it is told to stop.
 */
function holdingStill(
  first: Instance,
  others: readonly Instance[],
  after: number,
  arrived: (count: number) => Promise<void>,
): Faults {
  let times = 0;
  const [brief, ...long] = others.length > 1 ? others : [first, ...others];
  const holds = [
    (async () => {
      await arrived(Math.ceil(after / 3));
      times += 1;
      brief?.child.kill('SIGSTOP');
      await pause(400);
      brief?.child.kill('SIGCONT');
    })(),
    ...long.map(async (instance, n) => {
      await arrived(Math.ceil((after * (n + 2)) / (long.length + 2)));
      times += 1;
      instance.child.kill('SIGSTOP');
    }),
  ];
  return {
    goOn: async () => {
      await Promise.all(holds);
      for (const { child } of long) child.kill('SIGCONT');
      return times;
    },
  };
}

const isSettled = (post: PostState): boolean =>
  ['published', 'held', 'failed', 'partly-published'].includes(post.status.is) &&
  Object.values(publicationsOf(post)).every(
    (publication) => publication.is !== 'sending' && (publication.is !== 'unknown' || publication.asked),
  );

const isLookedFor = (post: PostState): boolean =>
  post.status.is === 'held' && Object.values(publicationsOf(post)).some(({ is }) => is === 'unknown');

async function untilQuiet(place: Place, say: (word: string) => void): Promise<Stored> {
  let fewest = Infinity;
  let fellAt = 0;
  for (;;) {
    const stored = await place.stored();
    const standing = new Set(place.x.posts().map(({ text }) => sectionOf(text)));
    // What never arrived is looked for a good minute longer, while its post is held.
    const rests = (post: PostState): boolean =>
      isSettled(post) || (isLookedFor(post) && !standing.has(sectionOf(post.revision.text)));
    const restless = stored.posts.filter((post) => !rests(post));
    const now = Date.now();
    if (restless.length < fewest) fellAt = now;
    fewest = Math.min(fewest, restless.length);
    const known = Math.max(fellAt, ...restless.map(({ id }) => stored.due.get(id) ?? 0));
    if (restless.length === 0 || now > Math.min(known + quietWithin, fellAt + looksEnd)) return stored;
    say(`${String(restless.length)} have not settled`);
    await pause(Math.max(500, restless.length * 5));
  }
}

interface Answer {
  readonly text: string;
  readonly at: number;
}

function count(place: Place, { posts, stoppedAt }: Stored, answer: Answer) {
  const times = new Map<string, number>();
  for (const { text } of place.x.posts()) times.set(sectionOf(text), (times.get(sectionOf(text)) ?? 0) + 1);
  const sum = { published: 0, waiting: 0, lost: 0, doubled: 0, listed: 0, unlisted: 0 };
  for (const post of posts) {
    const [[part, publication] = ['', undefined]] = Object.entries(publicationsOf(post));
    const stands = times.get(sectionOf(post.revision.text)) ?? 0;
    if (stands > 1) sum.doubled += 1;
    else if (stands === 1 && publication?.is === 'published') sum.published += 1;
    else if (stands === 0 && post.status.is === 'held') sum.waiting += 1;
    else sum.lost += 1;
    const said = answer.text.includes(`#${String(post.number)} on `);
    if (said) sum.listed += 1;
    if (publication?.is !== 'published' || said) continue;
    // What was settled only after its account had been stopped was on its way then.
    const stopped = stoppedAt.get(part.slice(0, part.lastIndexOf('.')));
    if (stopped !== undefined && publication.at > stopped) sum.unlisted += 1;
  }
  const lateBy = place.x.arrived
    .filter(({ at }) => at > answer.at)
    .map(({ at }) => Math.round(at - answer.at));
  return { accepted: posts.length, ...sum, late: lateBy.length, lateBy };
}

/**
 * A slot that a process held still had taken frees itself within a minute, and what was taken for it is looked for as
 * long: two that wait on one account leave after both.
 */
const leavesWithin = 150_000;

/** So many of those that wait are brought back, each by a decision of its own. */
const some = 3;

/** Releases a few: each is asked about, since its time has passed, and leaves once somebody decides on it anew. */
async function bringBack(place: Place, { give }: Instance): Promise<number> {
  const held = async () => (await place.stored()).posts.filter(({ status }) => status.is === 'held');
  // What may stand already is looked for first, for a minute: its decision waits for that.
  const chosen = (await held()).filter((post) => !isLookedFor(post)).slice(0, some);
  const bodyOf = (post: PostState, verb: string, inputs: Readonly<Record<string, string>>) =>
    place.press(shape.lead, verb, { ...pressData(post), ...inputs });
  const before = place.x.posts().length;
  const asNow = async ({ id }: PostState): Promise<PostState | undefined> =>
    (await held()).find((post) => post.id === id);
  /**
   * Presses "Approve" on a card as it stands, until that is taken. It is pressed again only where the card was drawn
   * anew in between, as once happens when its time has passed: one press that is taken has to do.
   */
  const approve = async (chosenOne: PostState, taken: (text: string, after?: PostState) => boolean) => {
    let said = '';
    for (let left = 2; left > 0; left -= 1) {
      const stood = await asNow(chosenOne);
      if (stood === undefined) throw new Error('a held post is held no more, and nobody decided on it');
      const { text } = await give(bodyOf(stood, 'post.approve', { confirm: 'true' }));
      const after = await asNow(chosenOne);
      if (taken(text, after)) return;
      said = text;
      if (after === undefined || after.turn === stood.turn) break;
    }
    throw new Error(`a press on ${String(chosenOne.number)} did nothing, but: ${said}`);
  };
  for (const post of chosen) {
    await approve(post, (text) => text.includes('has passed'));
    const asked = await asNow(post);
    if (asked === undefined) continue;
    const { text } = await give(bodyOf(asked, 'post.schedule', { when: '' }));
    if ((await asNow(post))?.when !== undefined)
      throw new Error(`another time for ${String(post.number)} was not taken, but: ${text}`);
  }
  for (const post of chosen) await approve(post, (_text, after) => after === undefined);
  const end = performance.now() + leavesWithin;
  while (place.x.posts().length < before + some && performance.now() < end) await pause(100);
  return place.x.posts().length - before;
}

/** Whether a stop kept what it promises. */
export const isSafe = (report: StopReport): boolean =>
  report.accepted === report.published + report.waiting &&
  report.published > 0 &&
  report.waiting > 0 &&
  report.lost + report.doubled + report.late + report.unlisted + report.byThemselves === 0 &&
  report.broughtBack === some;
