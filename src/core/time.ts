/** An instant: whole milliseconds since 1970-01-01T00:00Z. Every stored and passed time is one of these. */
export type Millis = number;

/** @returns `n` seconds in milliseconds */
export const seconds = (n: number): Millis => n * 1000;
/** @returns `n` minutes in milliseconds */
export const minutes = (n: number): Millis => n * 60_000;
/** @returns `n` hours in milliseconds */
export const hours = (n: number): Millis => n * 3_600_000;
/** @returns `n` days of 24 hours in milliseconds; for calendar days use the working-time functions */
export const days = (n: number): Millis => n * 86_400_000;

/** Calls back after so many milliseconds. @returns how to stop that */
export type Later = (after: Millis, call: () => void) => () => void;

/** The earlier of two times, either of which may not be. */
export const earlier = (a: Millis | undefined, b: Millis | undefined): Millis | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
