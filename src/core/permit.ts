import { AsyncLocalStorage } from 'node:async_hooks';
import type { Millis } from './time.ts';

/**
 * What lets a call begin its requests. A slot says that an account was open when it was taken; by the time a request
 * is made that may be long ago: the process was held still (SIGSTOP, a paused machine), or a large video came first.
 */

/**
 * Whether a request may begin now; asks the account again where its last word is too old, and waits for nothing else
 * after that: what a store or a process held still took in between would make that word older than it is said to be.
 * @returns when it was let begin, by a clock that nobody sets; undefined when nothing more may begin
 */
export type Permit = () => Promise<Millis | undefined>;

interface Permitted {
  readonly permit: Permit;
  /** when a request was let begin last */
  begun?: Millis;
}

const permits = new WeakMap<AbortSignal, Permitted>();

/** The signal of the request that is being made, through everything that a client's library does for it. */
const making = new AsyncLocalStorage<AbortSignal | undefined>();

/** The call of this signal was let go once and no longer is: certainly nothing was sent. */
export class NoLongerPermitted extends Error {}

/** Binds a permit to the signal that a call is made with, so that every request of the call can ask for it. */
export function permittedBy(permit: Permit, signal: AbortSignal): AbortSignal {
  permits.set(signal, { permit });
  return signal;
}

/** Binds what a call was let go by to the signal of one of its requests as well. */
export function permittedLike(call: AbortSignal, request: AbortSignal): void {
  const permitted = permits.get(call);
  if (permitted !== undefined) permits.set(request, permitted);
}

/**
 * Comes back at once before every request of a call, unless nothing more may begin.
 * @throws NoLongerPermitted, or the signal's reason
 */
export async function mayBegin(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const permitted = permits.get(signal);
  if (permitted === undefined) return;
  const begun = await apart(permitted.permit);
  if (begun === undefined) throw new NoLongerPermitted('nothing more may begin');
  permitted.begun = begun;
  signal.throwIfAborted();
}

/**
 * Makes a request of a call once it may begin, and lets whoever watches over what leaves know whose it is.
 * @throws NoLongerPermitted, the signal's reason, or what the request throws
 */
export async function begin<T>(signal: AbortSignal, request: () => Promise<T>): Promise<T> {
  await mayBegin(signal);
  return await making.run(signal, request);
}

/**
 * Asks once more within a request: where a library makes several of one, such as for a token first, or waits until a
 * connection stands. Whatever belongs to no call may always.
 * @throws NoLongerPermitted, or the signal's reason
 */
export async function mayStillBegin(): Promise<void> {
  const signal = making.getStore();
  if (signal !== undefined) await mayBegin(signal);
}

/** Binds what comes later, in an event that others' requests may bring about, to the request that is being made here. */
export const ofThisRequest = <T>(later: () => T): (() => T) => AsyncLocalStorage.bind(later);

/** The signal of the request that is being made here; undefined for what is not part of a call. */
export const requestInHand = (): AbortSignal | undefined => making.getStore();

/** Does something beside the request that is being made here: what it asks of anybody is not that request. */
export const apart = <T>(work: () => T): T => making.run(undefined, work);

/** Whether two signals stand for requests of one call. */
export function areOfOneCall(one: AbortSignal, other: AbortSignal): boolean {
  const permitted = permits.get(one);
  return permitted !== undefined && permitted === permits.get(other);
}

/** When a call last let a request begin; undefined for one that is not bound to a permit, or has made none. */
export const lastBegun = (signal: AbortSignal): Millis | undefined => permits.get(signal)?.begun;
