import { mayStillBegin } from '../../core/permit.ts';
import type { Millis } from '../../core/time.ts';

/** A fetch whose every request ends by then, also those that the client makes by itself to renew its session; each begins only while its call may. */
export const fetchEnding =
  (longest: Millis): typeof fetch =>
  async (input, init) => {
    await mayStillBegin();
    const asked = input instanceof Request ? input.signal : undefined;
    const signals = [asked, init?.signal, AbortSignal.timeout(longest)].filter(
      (each) => each !== undefined && each !== null,
    );
    return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
