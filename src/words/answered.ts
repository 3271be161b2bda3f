import type { Millis } from '../core/time.ts';
import { sayClock } from './times.ts';

/** @returns what somebody was answered then, on a card that says how things stand since */
export const toldThenWords = (words: string, at: Millis): string =>
  `You were told at ${sayClock(at)}: ${words}`;
