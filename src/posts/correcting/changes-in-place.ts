import type { PostState } from '../post.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';

/**
 * What a correction that was agreed to still changes where it stands, by part keys. What somebody does by hand does not
 * come by itself.
 */
export function changesInPlace(post: PostState): readonly string[] {
  const { applied } = post.correction ?? {};
  if (applied === undefined || applied.over === true) return [];
  const publications = publicationsOf(post);
  return Object.keys(applied.parts).filter(
    (part) =>
      applied.parts[part] === 'waiting' &&
      publications[part]?.is === 'published' &&
      post.byHand?.[part] === undefined,
  );
}

/** What a correction is changing at this moment: part keys. */
export const beingChanged = ({ correction }: PostState): readonly string[] =>
  Object.keys(correction?.applied?.underWay ?? {});

/** What is still to be changed where it stands, and has not begun to be. */
export const changesThatWait = (post: PostState): readonly string[] =>
  changesInPlace(post).filter((part) => !beingChanged(post).includes(part));

/** Whether what still waits to be changed may have been already: an attempt ended without a clear answer. */
export const isChangeUnclear = ({ correction }: PostState, part: string): boolean =>
  correction?.applied?.unclear?.includes(part) === true;

/** What has come of a change of what stands, where one was agreed to last: it waits, is being made, was made, or was not. */
export function changeOf(
  post: PostState,
  part: string,
): 'waits' | 'under-way' | 'unclear' | 'made' | 'not-made' {
  if (beingChanged(post).includes(part)) return 'under-way';
  const is = post.correction?.applied?.parts[part];
  if (is === 'waiting') return isChangeUnclear(post, part) ? 'unclear' : 'waits';
  return is === 'failed' || post.notCorrected?.includes(part) === true ? 'not-made' : 'made';
}
