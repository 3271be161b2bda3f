import { setTimeout as pause } from 'node:timers/promises';
import { notReached } from '../core/not-reached.ts';
import { begin, NoLongerPermitted } from '../core/permit.ts';
import { days, seconds, type Millis } from '../core/time.ts';
import { firstWords, onOneLine } from '../protocol/text/cut.ts';
import { linksIn } from '../protocol/text/links.ts';
import type { AccountRead, FindOutcome, Found, PublishOutcome, Remote, Standing } from './network.ts';

/** Reads the bytes of a medium by its hash; undefined when they are not kept any more. */
export type ReadMedium = (hash: string) => Promise<Uint8Array | undefined>;

/** Its account was stopped before the request was made. Whoever comes again finds that out from the account. */
const noLongerPermitted: PublishOutcome = {
  outcome: 'retry',
  after: seconds(1),
  reason: 'no-longer-permitted',
};

/** Clients put what ended a request behind faults of their own. */
function isNoLongerPermitted(fault: unknown): boolean {
  for (let at = fault, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if (at instanceof NoLongerPermitted) return true;
  return false;
}

/** The class of a call that broke off: one that never connected is certain, of anything else nobody can tell. */
export function brokenOff(fault: unknown): PublishOutcome {
  if (isNoLongerPermitted(fault)) return noLongerPermitted;
  return notReached(fault)
    ? { outcome: 'retry', after: seconds(5), reason: 'not-reached' }
    : { outcome: 'unknown', reason: 'no-clear-answer' };
}

/** Nobody was let in to make a call: whatever became of asking for a token, nothing of the call itself was sent. */
export class NotLetIn extends Error {
  constructor(fault: unknown) {
    super('there was no token for the call', { cause: fault });
  }
}

/** Gets what lets a call in, apart from the call: a fault of the one says nothing of the other. @throws NotLetIn */
export async function lettingIn<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (fault) {
    throw new NotLetIn(fault);
  }
}

/**
 * The outcome of a step before the post itself, such as bringing a picture: however it ended, nothing stands
 * yet, so that what nobody can tell may simply be done again.
 */
export function beforePosting<O extends PublishOutcome>(outcome: O): O | PublishOutcome {
  return outcome.outcome === 'unknown'
    ? { outcome: 'retry', after: seconds(10), reason: outcome.reason }
    : outcome;
}

/**
 * A refusal that a network is not known for (`status-400` and the like) may hide a post that stands all the same:
 * it has been seen. So it is looked for before anybody is told; which post is whose, dispatch decides.
 */
export async function unlessThere(
  outcome: PublishOutcome,
  look: () => Promise<readonly Remote[]>,
): Promise<PublishOutcome> {
  if (outcome.outcome !== 'refused' || !outcome.reason.startsWith('status-')) return outcome;
  try {
    return (await look()).length === 0 ? outcome : { outcome: 'unknown', reason: outcome.reason };
  } catch {
    return { outcome: 'unknown', reason: outcome.reason };
  }
}

/** So far back a network may remember words that it does not take again. */
const remembers = days(7);

/**
 * "Duplicate" may mean an earlier attempt of ours, and then nobody can tell. But where the same words stood before
 * this was to leave, and none have come since, the network means those: it will not take them however often it is
 * asked.
 * @param begun when it was to leave; without that nothing can be said
 */
export async function unlessSaidBefore(
  outcome: PublishOutcome,
  begun: Millis | undefined,
  look: (since: Millis) => Promise<readonly Remote[]>,
): Promise<PublishOutcome> {
  if (outcome.outcome !== 'unknown' || outcome.reason !== 'duplicate' || begun === undefined) return outcome;
  try {
    if ((await look(begun)).length > 0) return outcome;
    const before = await look(begun - remembers);
    return before.length === 0 ? outcome : { outcome: 'refused', reason: 'said-already' };
  } catch {
    return outcome;
  }
}

/** What a look comes to. A look that breaks off says nothing, and where a person could look is told. */
export async function lookFor(
  look: () => Promise<readonly Found[]>,
  lookAt: string | undefined,
): Promise<FindOutcome> {
  try {
    const remotes = await look();
    return remotes.length === 0 ? { found: false } : { found: true, remotes };
  } catch {
    return { found: 'cannot-look', ...(lookAt === undefined ? {} : { lookAt }) };
  }
}

/** Whether a post stands, by reading it. A read that breaks off says nothing. */
export async function lookAtPost(isThere: () => Promise<boolean>): Promise<Standing> {
  try {
    return (await isThere()) ? 'there' : 'gone';
  } catch {
    return 'unseen';
  }
}

/** A read that did not come about, by the class of what went wrong. */
export const unread = (outcome: PublishOutcome): AccountRead => ({
  read: false,
  reason: 'reason' in outcome ? outcome.reason : 'no-clear-answer',
});

/**
 * Makes a call, if it may still begin, and waits for it no longer than the signal lets it. Clients do not all give up
 * when told to: one whose answer is cut off may never settle.
 * @throws the signal's reason, `NoLongerPermitted`, or what the call throws
 */
export async function within<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  return await begin(signal, async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const give = () =>
      reject(
        signal.reason instanceof NoLongerPermitted
          ? signal.reason
          : new Error('out of time', { cause: signal.reason }),
      );
    signal.addEventListener('abort', give, { once: true });
    try {
      return await Promise.race([call(), promise]);
    } finally {
      signal.removeEventListener('abort', give);
    }
  });
}

/**
 * A text as it is compared with what a network gives back: composed, white space folded, links without the scheme
 * and the closing slash that networks add.
 */
export function comparable(text: string): string {
  const composed = text.normalize('NFC');
  let bare = '';
  let at = 0;
  for (const link of linksIn(composed)) {
    bare += composed.slice(at, link.from);
    bare += composed
      .slice(link.from, link.to)
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '');
    at = link.to;
  }
  return onOneLine(bare + composed.slice(at));
}

/** How much of a post that is not from here is kept. */
const openingLength = 80;

/** The first words of a post that is not from here. */
export const opening = (text: string): string => firstWords(text, openingLength);

/**
 * Waits until a network that works on a picture or a film is looked at again, in milliseconds.
 * @returns the outcome that ends the attempt, where there is no time left for another look
 */
export async function untilNextLook(wait: Millis, signal: AbortSignal): Promise<PublishOutcome | undefined> {
  try {
    await pause(wait, undefined, { signal });
    return undefined;
  } catch {
    return { outcome: 'retry', after: seconds(30), reason: 'still-in-progress' };
  }
}
