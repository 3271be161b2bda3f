import type { Millis } from '../core/time.ts';
import { zoned } from './london.ts';

/** From when until when somebody is at work on a working day, in hours of London's clock, and its last one, counted from Monday. */
const [begins, ends, friday] = [8, 18, 5];

/** The moment itself where people are at work then, else when they next are. */
export function nextWorkingTime(at: Millis): Millis {
  const time = zoned(at);
  if (time.dayOfWeek <= friday && time.hour >= begins && time.hour < ends) return at;
  const day = time.toPlainDate();
  const isStillToBegin = time.dayOfWeek <= friday && time.hour < begins;
  const next = isStillToBegin ? day : day.add({ days: time.dayOfWeek < friday ? 1 : 8 - time.dayOfWeek });
  return next.toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour: begins } }).epochMilliseconds;
}
