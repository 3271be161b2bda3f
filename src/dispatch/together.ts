import type { Millis } from '../core/time.ts';
import { isLookOver, mayBeGone } from './perhaps-gone.ts';
import { isReplaced, makesRoom, type Publication } from './publication.ts';

/** Whether nothing is under way by itself: at most a person is still to do something. */
export const isSettled = (publication: Publication): boolean =>
  publication.is !== 'queued' &&
  publication.is !== 'sending' &&
  (publication.is !== 'unknown' || publication.asked);

/** Whether any of them changes soon without anybody's doing. */
export const isUnderWay = (publications: readonly Publication[]): boolean =>
  publications.some((each) => !isSettled(each) || (makesRoom(each) && !isLookOver(each)));

/**
 * How a set of publications stands, taken together; what another took the place of counts no more. Where there are none,
 * nothing is out.
 */
export function together(
  all: readonly Publication[],
): 'publishing' | 'published' | 'partly-published' | 'failed' | 'stopped' {
  const publications = all.filter((each) => !(each.is === 'removed' && isReplaced(each)));
  const is = (...kinds: readonly Publication['is'][]) =>
    publications.filter((p) => kinds.includes(p.is)).length;
  if (isUnderWay(publications) || is('asked') > 0) return 'publishing';
  // Of what may be gone nobody can tell, as of what may have arrived.
  const perhapsGone = publications.filter(mayBeGone).length;
  const out = is('published', 'removing', 'removed') - perhapsGone;
  if (out > 0 && out === publications.length) return 'published';
  if (out > 0 || is('unknown') > 0 || perhapsGone > 0) return 'partly-published';
  if (is('failed') > 0) return 'failed';
  // What came down for another that is not posted after all was out: it can be posted there again.
  return all.length > publications.length ? 'partly-published' : 'stopped';
}

/** From when on the first of them is shown that wait for nothing else; undefined where none does. */
export function shownLater(publications: readonly Publication[]): Millis | undefined {
  const times = publications.flatMap((each) =>
    each.is === 'queued' && each.shownFrom !== undefined ? [each.shownFrom] : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Those of them that do not only wait for the time at which they are shown. */
export const notOnlyLater = (publications: readonly Publication[]): readonly Publication[] =>
  publications.filter((each) => shownLater([each]) === undefined);
