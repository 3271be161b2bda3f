import type { Millis } from '../core/time.ts';
import type { Publication } from './publication.ts';

/** Publications by part key. */
export type Publications = Readonly<Record<string, Publication>>;

/** Why a post of a thread did not leave: it answers one that is not there. */
export const partBeforeMissing = 'part-before-missing';

/** A part's key, `<account>.<part>`: the posts of a thread count from 0. */
export function partKey(account: string, part: number): string {
  return `${account}.${String(part)}`;
}

/** The account of a part's key. */
export function accountOf(key: string): string {
  return key.slice(0, key.lastIndexOf('.'));
}

/** Which post of its account's thread a key is; 0 for the only or the first. */
export function indexOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('.') + 1));
}

/** The key of the post that this one answers; undefined for the first. */
export function before(key: string): string | undefined {
  const part = indexOf(key);
  return part === 0 ? undefined : partKey(accountOf(key), part - 1);
}

/** The key of the post that answers this one, if there is to be one. */
export function following(publications: Publications, key: string): string | undefined {
  const next = partKey(accountOf(key), indexOf(key) + 1);
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
    if (!isBeingRemoved(publications[key])) return false;
    const account = accountOf(key);
    return !Object.entries(publications).some(
      ([other, publication]) =>
        accountOf(other) === account && indexOf(other) > indexOf(key) && isBeingRemoved(publication),
    );
  });
}

/** To be removed, and not yet known to be impossible. */
const isBeingRemoved = (publication: Publication | undefined): boolean =>
  publication?.is === 'removing' && publication.problem === undefined;
