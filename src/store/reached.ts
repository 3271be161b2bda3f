import { setTimeout as pause } from 'node:timers/promises';
import { notReached } from '../core/not-reached.ts';
import { seconds, type Millis } from '../core/time.ts';

/** How an address is tried. */
export interface Trying {
  /** so long an answer is waited for; longer than a connection may take, which ends by itself after ten seconds */
  readonly within: Millis;
  /** before each further try: the network may come up as Crier does */
  readonly rests: readonly Millis[];
  readonly rest: (length: Millis) => Promise<unknown>;
}

const usual: Trying = { within: seconds(15), rests: [seconds(1), seconds(3)], rest: pause };

/**
 * Whether somebody is there at all. A client that tries for minutes says nothing of a wrong name meanwhile. Any
 * answer will do, and so will none that comes in time: who only is slow, the client waits for.
 */
export async function isReached(address: string, { within, rests, rest }: Trying = usual): Promise<boolean> {
  for (const length of [...rests, undefined]) {
    try {
      const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(within) });
      await response.body?.cancel();
      return true;
    } catch (fault) {
      if (!notReached(fault)) return true;
    }
    if (length !== undefined) await rest(length);
  }
  return false;
}
