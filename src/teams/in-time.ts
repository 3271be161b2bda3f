import type { Millis } from '../core/time.ts';

/**
 * A signal that aborts with another one, or after so long. The platform's own combination of the two is let go by
 * the garbage collector alone, which six cards for every press make busy.
 */
export function endingWith(
  signal: AbortSignal,
  after: Millis,
): { readonly ends: AbortSignal; readonly letGo: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, after);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return {
    ends: controller.signal,
    letGo: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}

/** Work that is given up, though not ended, when the signal aborts. */
export async function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  // What comes of it after it was given up is nobody's concern any more.
  work.catch(() => undefined);
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Error('there was no answer in time'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
