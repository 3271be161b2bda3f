import type { Millis } from '../../core/time.ts';
import type { Applied, PostState } from '../post.ts';

/** What a correction that somebody agreed to has come to, as its post keeps it. */

/** The post with what its correction has come to changed; as it is where nobody has agreed to one. */
export function withApplied(post: PostState, change: (applied: Applied) => Applied): PostState {
  const { correction } = post;
  return correction?.applied === undefined
    ? post
    : { ...post, correction: { ...correction, applied: change(correction.applied) } };
}

/** Whether some of a correction that was agreed to is still to be made, or nobody knows yet what came of it. */
export const isBeingMade = ({ correction }: PostState): boolean =>
  Object.values(correction?.applied?.parts ?? {}).includes('waiting');

/** What a correction has come to, with a part not being changed at this moment any more. */
export function notUnderWay({ underWay = {}, ...applied }: Applied, part: string): Applied {
  const { [part]: _ended, ...others } = underWay;
  return Object.keys(others).length === 0 ? applied : { ...applied, underWay: others };
}

/** What a correction has come to, with a part that may have been changed, though nobody can tell, or may not. */
export function markedUnclear(
  { unclear = [], ...applied }: Applied,
  part: string,
  isUnclear: boolean,
): Applied {
  const others = unclear.filter((each) => each !== part);
  const all = isUnclear ? [...others, part] : others;
  return all.length === 0 ? applied : { ...applied, unclear: all };
}

/** The post with a part that its correction may have changed, though nobody can tell, or with one that somebody has seen. */
export const withUnclear = (post: PostState, part: string, isUnclear: boolean): PostState =>
  withApplied(post, (applied) => markedUnclear(applied, part, isUnclear));

/** The post with a part that its correction changes as that is tried anew. */
export const triedAnew = (post: PostState, part: string): PostState =>
  withApplied(post, ({ tried = {}, ...applied }) => {
    const { [part]: _before, ...others } = tried;
    return { ...applied, tried: others };
  });

/** The post with what was held of its correction let go on. */
export const correctionLetGo = (post: PostState, now: Millis): PostState =>
  withApplied(post, (applied) => ({
    ...applied,
    letGo: { at: now, rest: Object.values(applied.parts).includes('done') },
  }));

/** When a correction was made, the first of it; of what an earlier release made, when it was agreed to or let go on. */
export const madeAt = ({ at, letGo, made }: Pick<Applied, 'at' | 'letGo' | 'made'>): Millis =>
  made ?? (letGo?.rest === false ? letGo.at : at);
