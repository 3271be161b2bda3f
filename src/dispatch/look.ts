import type { Millis } from '../core/time.ts';
import type { Remote } from '../networks/network.ts';
import { inVain, mayStandSince, queuedAgain } from './attempt.ts';
import type { NotNow, Publication } from './publication.ts';

/** So many attempts may be lost without a trace; then a person is asked instead of trying without end. */
export const mostRounds = 3;

/** Looks for an unknown publication come about so long after the attempt ended. */
export const lookDelays: readonly Millis[] = [5_000, 30_000, 120_000, 600_000];

/**
 * So long after an attempt began nothing of it can arrive any more: its call and the lease around it are over by
 * then (60 s), and what was on its way has had time to get there.
 */
export const attemptOver: Millis = 65_000;

/** So long an account is a look's own: nothing is sent there meanwhile, and nobody else looks. */
export const lookLasts: Millis = 60_000;

/** When to look next: by the delays, and also as soon as nothing of the attempt can arrive any more. */
export function nextLook(
  {
    since,
    looks,
    lastLook,
  }: Pick<Extract<Publication, { readonly is: 'unknown' }>, 'since' | 'looks' | 'lastLook'>,
  now: Millis,
): Millis {
  const last = lastLook ?? now;
  const next = last + (lookDelays[looks] ?? 0);
  const over = since + attemptOver;
  return last < over ? Math.min(next, over) : next;
}

/**
 * Since when what was found stands: by what its network tells, whose clock may be another, or else since its attempt began,
 * however much later it was looked for.
 */
const stoodSince = (
  publication: Extract<Publication, { readonly is: 'unknown' }>,
  told: Millis | undefined,
  now: Millis,
): Millis =>
  told === undefined ? publication.since : Math.min(Math.max(told, mayStandSince(publication)), now);

/** What a look for an unknown publication came to. */
export type Look =
  /** `at`: since when it stands, where the network tells */
  | { readonly look: 'found'; readonly remote: Remote; readonly at?: Millis }
  /** `goesOn`: an attempt after it goes on where that one broke off, so that nothing has to be waited for */
  | { readonly look: 'absent'; readonly certain: boolean; readonly goesOn?: boolean }
  | { readonly look: 'cannot'; readonly lookAt?: string };

/**
 * Records a look. Found: published. Absent where the network can tell for certain, once nothing of the attempt
 * can arrive any more: queued again, unless that has happened too often. Otherwise another look follows, and after
 * the last one a person is asked.
 *
 * @param began when the look began: what it did not see may have arrived since, in whatever time that took to be recorded
 */
export function looked(
  publication: Publication,
  attempt: string,
  look: Look,
  now: Millis,
  began: Millis = now,
): Publication | NotNow {
  if (publication.is !== 'unknown' || publication.attempt !== attempt) return { notNow: publication.is };
  if (look.look === 'found')
    return { is: 'published', remote: look.remote, at: stoodSince(publication, look.at, now) };
  if (look.look === 'absent' && look.goesOn === true) {
    return { is: 'queued', tries: publication.tries, ...inVain(publication) };
  }
  const looks = publication.looks + 1;
  const over = look.look === 'cannot' || looks >= lookDelays.length;
  const settled = began >= publication.since + attemptOver;
  const gone = settled && look.look === 'absent' && look.certain;
  const rounds = (publication.rounds ?? 0) + (gone ? 1 : 0);
  if (gone && rounds < mostRounds) {
    return { ...queuedAgain(publication), rounds };
  }
  return {
    ...publication,
    looks,
    lastLook: began,
    asked: over || gone,
    ...(rounds === 0 ? {} : { rounds }),
    ...(look.look === 'cannot' && look.lookAt !== undefined ? { lookAt: look.lookAt } : {}),
  };
}
