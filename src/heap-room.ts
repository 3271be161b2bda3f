import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { z } from 'zod';

const mebibyte = 1024 * 1024;

/** So much may live and lie about before anybody is thrifty with it: most collections happen below, and find little. */
const room = 144 * mebibyte;
/** By how many hundredths of what lives the heap may grow beyond that before it is collected anew. */
const thrifty = 20;
/** Node's own: what it would do without us. */
const usual = 300;

const collected = z.object({ detail: z.object({ kind: z.number() }) });

/**
 * How far the heap grows until it is collected anew. Left alone it may grow to four times of what lives, so that ten
 * thousand posts that leave one after the other take twice the memory of a thousand, most of it garbage. Collecting
 * at every fifth more takes a fifth of the time of whoever presses a button. So it grows freely as long as all of it
 * is small, and is kept short beyond.
 */
export function keepHeapShort(): void {
  const set = (): void => {
    const lives = getHeapStatistics().used_heap_size;
    const growth = Math.round(Math.min(usual, Math.max(thrifty, (room / lives - 1) * 100)));
    setFlagsFromString(`--heap-growing-percent=${String(growth)}`);
  };
  set();
  new PerformanceObserver((list) => {
    const major = list
      .getEntries()
      .some((entry) => collected.safeParse(entry).data?.detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR);
    if (major) set();
  }).observe({ entryTypes: ['gc'] });
}
