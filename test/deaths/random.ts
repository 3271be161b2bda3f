/** Chance that can be had again by its seed (mulberry32). */
export interface Chance {
  readonly seed: number;
  /** from 0 to below 1 */
  readonly next: () => number;
  /** a whole number from 0 to below that */
  readonly below: (end: number) => number;
}

/** Chance from a seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next, below: (end) => Math.floor(next() * end) };
}
