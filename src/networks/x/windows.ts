import type { SingleTwitterRateLimit, TwitterRateLimit } from 'twitter-api-v2';
import { minutes, seconds, type Millis } from '../../core/time.ts';
import type { PostsLeft } from '../network.ts';

/** X's windows are a quarter of an hour; so long is waited when it does not say how long. */
const window = minutes(15);

/** The windows that X told of: of a quarter of an hour, of a day of the app, of a day of the account. */
const windowsOf = (told: TwitterRateLimit | undefined): readonly SingleTwitterRateLimit[] =>
  [told, told?.day, told?.userDay].filter((each) => each !== undefined);

/** What is left of the window that is used up first. */
export function leftIn(told: TwitterRateLimit | undefined): PostsLeft | undefined {
  const [least] = windowsOf(told)
    .map(({ remaining, reset }) => ({ left: remaining, until: seconds(reset) }))
    .filter(({ left, until }) => Number.isSafeInteger(left) && Number.isSafeInteger(until))
    .toSorted((a, b) => a.left - b.left || b.until - a.until);
  return least;
}

/** How long until the window that is used up opens again; every window says in whole seconds when it does. */
export function waitFor(told: TwitterRateLimit | undefined, now: Millis): Millis {
  const windows = windowsOf(told);
  const usedUp = windows.filter((each) => each.remaining === 0);
  const resets = (usedUp.length > 0 ? usedUp : windows).map((each) => seconds(each.reset));
  const opens = Math.max(0, ...resets.filter(Number.isFinite));
  return opens > now ? opens - now : window;
}
