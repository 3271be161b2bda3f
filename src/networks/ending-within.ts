import { permittedLike } from '../core/permit.ts';
import type { Millis } from '../core/time.ts';

/**
 * Makes one request of a call: its signal ends sooner than the call may, and begins only when the call's may. Nothing
 * of it stays behind once it is over: what waits for its own time is kept until then, thousands of them at a time.
 * @throws what the request throws
 */
export async function endingWithin<T>(
  longest: Millis,
  signal: AbortSignal,
  request: (ends: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const ends = controller.signal;
  permittedLike(signal, ends);
  const end = (): void => controller.abort(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(
    () => controller.abort(new DOMException('The request had its whole time.', 'TimeoutError')),
    longest,
  );
  try {
    return await request(ends);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
