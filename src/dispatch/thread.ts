import type { Millis } from '../core/time.ts';
import { hasNotLeft, type Publication } from './publication.ts';

/** Publications by part key. */
export type Publications = Readonly<Record<string, Publication>>;

/** Why a post of a thread did not leave: it answers one that is not there. */
export const partBeforeMissing = 'part-before-missing';

/**
 * A part's key, `<account>.<part>`: the posts of a thread count from 0. What a correction newly posts is a series of
 * its own: `<account>.c2` is the reply of the correction that made revision 2, `<account>.r2`, `<account>.r2-1` … what
 * it posted again.
 */
export function partKey(account: string, part: number, series = ''): string {
  if (series === '') return `${account}.${String(part)}`;
  return `${account}.${series}${part === 0 ? '' : `-${String(part)}`}`;
}

/** The account of a part's key. */
export function accountOf(key: string): string {
  return key.slice(0, key.lastIndexOf('.'));
}

/** The series that a key belongs to, empty for the post itself; and which post of its thread it is. */
function placeOf(key: string): { readonly series: string; readonly part: number } {
  const [series = '', part = '0'] = key.slice(key.lastIndexOf('.') + 1).split('-');
  return /^\d+$/u.test(series) ? { series: '', part: Number(series) } : { series, part: Number(part) };
}

/** Which post of its thread a key is; 0 for the only or the first. */
export function indexOf(key: string): number {
  return placeOf(key).part;
}

/** The revision that a correction made which posts a part; 0 for the post itself. */
export const revisionOf = (key: string): number => Number(placeOf(key).series.slice(1) || '0');

/** Whether a part is a reply that corrects what it stands under. */
export const isReply = (key: string): boolean => placeOf(key).series.startsWith('c');

/** Whether a part is posted by a correction: its reply, or what takes the place of what came down. */
export const isOfCorrection = (key: string): boolean => placeOf(key).series !== '';

/** Whether a key is one of these, or a later post of a thread that one of them begins. */
export const isOneOf = (key: string, firsts: readonly string[]): boolean =>
  firsts.includes(partKey(accountOf(key), 0, placeOf(key).series));

/** The key of a post of the same thread, by its place in it. */
export const inThreadOf = (key: string, part: number): string =>
  partKey(accountOf(key), part, placeOf(key).series);

/** Whether two parts are posts of one thread, or the same. */
export const inSameThread = (a: string, b: string): boolean =>
  accountOf(a) === accountOf(b) && placeOf(a).series === placeOf(b).series;

/** The key of the post that this one answers; undefined for the first. */
export function before(key: string): string | undefined {
  const { series, part } = placeOf(key);
  return part === 0 ? undefined : partKey(accountOf(key), part - 1, series);
}

/** The key of the post that answers this one, if there is to be one. */
export function following(publications: Publications, key: string): string | undefined {
  const { series, part } = placeOf(key);
  const next = partKey(accountOf(key), part + 1, series);
  return publications[next] === undefined ? undefined : next;
}

/** Whether a part is queued and the post that it answers stands, so that it may leave now. */
export function isNext(publications: Publications, key: string): boolean {
  if (publications[key]?.is !== 'queued') return false;
  const earlier = before(key);
  return earlier === undefined || publications[earlier]?.is === 'published';
}

/**
 * What follows in each thread from where its posts stand: behind one that the network refused nothing can leave, so
 * the rest has failed as well; behind one that was stopped the rest is stopped.
 */
export function inTurn(publications: Publications, now: Millis): Publications {
  const settled: Record<string, Publication> = { ...publications };
  const keys = Object.keys(publications).sort((a, b) => indexOf(a) - indexOf(b));
  for (const key of keys) {
    const earlier = before(key);
    const ahead = earlier === undefined ? undefined : settled[earlier];
    if (ahead === undefined || settled[key]?.is !== 'queued') continue;
    switch (ahead.is) {
      case 'failed':
        settled[key] = { is: 'failed', reason: partBeforeMissing, at: now };
        break;
      case 'stopped':
      case 'removing':
      case 'removed':
        settled[key] = { is: 'stopped', at: now };
        break;
      default:
    }
  }
  return settled;
}

/**
 * Which posts to take down next: the last of each thread that is still to come down. Taken down in reverse order,
 * nobody meets the end of a thread whose beginning is gone.
 */
export function lastToRemove(publications: Publications): readonly string[] {
  return Object.keys(publications).filter((key) => {
    return isBeingRemoved(publications[key]) && isLastToRemove(publications, key);
  });
}

/** Whether no later post of the same account is still to come down before this one. */
export const isLastToRemove = (publications: Publications, key: string): boolean =>
  !Object.entries(publications).some(
    ([other, each]) => accountOf(other) === accountOf(key) && isAfter(other, key) && isBeingRemoved(each),
  );

/** To be removed, and not yet known to be impossible. */
const isBeingRemoved = (publication: Publication | undefined): boolean =>
  publication?.is === 'removing' && publication.problem === undefined;

/** Whether a post of the same account came after another: later in its thread, or by a later correction. */
function isAfter(other: string, key: string): boolean {
  const [a, b] = [revisionOf(other), revisionOf(key)];
  return a === b ? indexOf(other) > indexOf(key) : a > b;
}

/** What of the posts on an account has not left: what makes room there makes it for these as well. */
export const unsentOn = (account: string, publications: Publications): readonly string[] =>
  Object.entries(publications).flatMap(([key, each]) =>
    accountOf(key) === account && hasNotLeft(each) ? [key] : [],
  );
