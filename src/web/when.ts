import type { Millis } from '../core/time.ts';

const zone = 'Europe/London';
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A moment as people say it, taken apart, in the time that UK clocks show. */
function taken(at: Millis): { readonly day: string; readonly time: string } {
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const hour = Number(part['hour']);
  const minute = part['minute'] === '00' ? '' : `:${part['minute']}`;
  const time =
    minute === '' && hour === 12
      ? 'midday'
      : minute === '' && hour === 0
        ? 'midnight'
        : `${hour % 12 === 0 ? 12 : hour % 12}${minute}${hour < 12 ? 'am' : 'pm'}`;
  return { day: `${part['weekday']} ${part['day']} ${part['month']} ${part['year']}`, time };
}

/** A moment on a page that is read on any day: `4pm today`, or `4pm on Tuesday 24 November 2026`. */
export function pageTime(at: Millis, now: Millis): string {
  const { day, time } = taken(at);
  return day === taken(now).day ? `${time} today` : `${time} on ${day}`;
}

/** A moment with its full date, for what stands for years: `Tuesday 24 November 2026, 10:03am`. */
export function fullTime(at: Millis): string {
  const { day, time } = taken(at);
  return `${day}, ${time}`;
}

/** RSS's form of a time (RFC 822), in UTC. */
export function rssTime(at: Millis): string {
  return new Date(at).toUTCString();
}
