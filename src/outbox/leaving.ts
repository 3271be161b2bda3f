import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { z } from 'zod';
import { ClientRequest } from '../node-http.ts';
import { lastBegun, mayBegin, NoLongerPermitted, requestInHand } from '../core/permit.ts';
import { seconds, type Later, type Millis } from '../core/time.ts';

/**
 * Watches over the requests of calls from when they are made until their first byte. One that was let begin may leave
 * much later: its connection takes long to open, or the process is held still in between (SIGSTOP, a paused machine), and
 * then a stop may have been answered meanwhile.
 */
export interface Leaving {
  /** from the first call that is under way */
  readonly watch: () => void;
  /** once none is */
  readonly rest: () => void;
}

export interface LeavingDeps {
  /** milliseconds of a clock that nobody sets */
  readonly monotonic: () => Millis;
  readonly later: Later;
  /** whether a request's signal belongs to a call that is under way here */
  readonly isOurs: (request: AbortSignal) => boolean;
  /** ends that call */
  readonly end: (request: AbortSignal, why: Error) => void;
}

/**
 * A request leaves so soon after it was let begin, or it has to be let begin anew. This is shorter than what a stop waits
 * beyond the time for which an account's word counts.
 */
const leavesWithin = seconds(1);
/** What waits for its connection is let begin anew so often, so that a slow way to a network is none that leads nowhere. */
const askedEvery: Millis = 400;

/**
 * Where the platform says, in the same turn, that fetch makes a request, that one leaves by a connection before its first
 * byte, that one came to nothing, and that one was made for a connection of the platform's own agents, which those that
 * stand already take it by in the same turn.
 * https://undici.nodejs.org/#/docs/api/DiagnosticsChannel.md
 * https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#http
 */
const channels = {
  made: 'undici:request:create',
  leaves: 'undici:client:sendHeaders',
  failed: 'undici:request:error',
  madeByHttp: 'http.client.request.created',
} as const;

/** What these messages are about; they are the platform's own, and always carry it. */
const ofFetch = z.object({ request: z.custom<object>() });
const ofHttp = z.object({ request: z.instanceof(ClientRequest) });

const tooLate = (): Error => new NoLongerPermitted('it was let begin too long ago');

/** Watches nothing yet. */
export function createLeaving({ monotonic, later, isOurs, end }: LeavingDeps): Leaving {
  /** requests of fetch that have not left */
  const waiting = new Map<object, { readonly signal: AbortSignal; stop: () => void }>();

  const isLate = (signal: AbortSignal): boolean => {
    const begun = lastBegun(signal);
    return begun !== undefined && monotonic() - begun > leavesWithin;
  };

  function isMade(message: unknown): void {
    const signal = requestInHand();
    if (signal === undefined || !isOurs(signal)) return;
    const { request } = ofFetch.parse(message);
    const one = { signal, stop: (): void => undefined };
    const again = (): void => {
      void mayBegin(signal).then(wait, (fault: Error) => {
        if (forget(request)) end(signal, fault);
      });
    };
    const wait = (): void => {
      if (waiting.has(request)) one.stop = later(askedEvery, again);
    };
    waiting.set(request, one);
    wait();
  }

  /** @returns whether it was waited for */
  function forget(request: object): boolean {
    waiting.get(request)?.stop();
    return waiting.delete(request);
  }

  function leaves(message: unknown): void {
    const { request } = ofFetch.parse(message);
    const signal = waiting.get(request)?.signal;
    forget(request);
    if (signal !== undefined && isLate(signal)) end(signal, tooLate());
  }

  const failed = (message: unknown): void => void forget(ofFetch.parse(message).request);

  /**
   * One whose connection is still to be opened is let begin anew when that stands: see `standing-agent.ts`. Each is looked
   * at once more when it has its connection, which is in the turn in which its first byte leaves: a process may be held
   * still between the last word and that.
   */
  function isMadeByHttp(message: unknown): void {
    const signal = requestInHand();
    if (signal === undefined || !isOurs(signal)) return;
    const { request } = ofHttp.parse(message);
    const unlessLate = (): void => {
      // Whoever waits for it may be another than whoever is ended: a rotation of tokens outlives its call.
      if (isLate(signal)) request.destroy(tooLate());
    };
    unlessLate();
    request.once('socket', unlessLate);
  }

  return {
    watch: () => {
      subscribe(channels.made, isMade);
      subscribe(channels.leaves, leaves);
      subscribe(channels.failed, failed);
      subscribe(channels.madeByHttp, isMadeByHttp);
    },
    rest: () => {
      unsubscribe(channels.made, isMade);
      unsubscribe(channels.leaves, leaves);
      unsubscribe(channels.failed, failed);
      unsubscribe(channels.madeByHttp, isMadeByHttp);
      for (const request of waiting.keys()) forget(request);
    },
  };
}
