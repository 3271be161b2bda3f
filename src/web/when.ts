import type { Millis } from '../core/time.ts';

/** RSS's form of a time (RFC 822), in UTC. */
export function rssTime(at: Millis): string {
  return new Date(at).toUTCString();
}
