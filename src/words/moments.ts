import type { Millis } from '../core/time.ts';

const zone = 'Europe/London';

const parts = (at: Millis): Record<'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute', string> => {
  const found: Record<string, string> = {};
  for (const { type, value } of new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)) {
    found[type] = value;
  }
  const { weekday = '', day = '', month = '', year = '', hour = '', minute = '' } = found;
  return { weekday, day, month, year, hour, minute };
};

/**
 * A moment as people on a desk say it, in London's time: `11:42` today, `Fri 9:00` within six days,
 * `Fri 4 Dec 9:00` beyond, with the year where it is another one.
 */
export function sayMoment(at: Millis, now: Millis): string {
  const [then, today] = [parts(at), parts(now)];
  const clock = `${String(Number(then.hour))}:${then.minute}`;
  const sameYear = then.year === today.year;
  if (sameYear && then.month === today.month && then.day === today.day) return clock;
  const near = at > now && at - now < 6 * 86_400_000;
  if (near) return `${then.weekday} ${clock}`;
  return `${then.weekday} ${then.day} ${then.month}${sameYear ? '' : ` ${then.year}`} ${clock}`;
}

/** `11:42`, or `by Fri 9:00`'s second half: the same moment after a preposition, `today at 16:00`, `on Fri at 9:00`. */
export function sayDayAndTime(at: Millis, now: Millis): string {
  const said = sayMoment(at, now);
  const gap = said.lastIndexOf(' ');
  return gap === -1 ? `today at ${said}` : `on ${said.slice(0, gap)} at ${said.slice(gap + 1)}`;
}
