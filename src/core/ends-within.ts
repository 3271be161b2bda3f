import type { Later, Millis } from './time.ts';

/** @returns whether some work has ended within so long; nothing of the wait stays behind */
export async function endsWithin(work: Promise<void>, within: Millis, later: Later): Promise<boolean> {
  const { promise: tooLong, resolve } = Promise.withResolvers<false>();
  const stop = later(within, () => resolve(false));
  const ended = await Promise.race([work.then(() => true), tooLong]);
  stop();
  return ended;
}
