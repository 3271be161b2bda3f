import { mayBeGone, type PerhapsGone, nextLookWhetherGone } from '../../dispatch/perhaps-gone.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { needsFreshDecision } from './fresh-decision.ts';
import { isGivenUp } from './given-up.ts';
import type { PostState } from '../post.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { NewEffect } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { effect } from '../post-effect.ts';

/** The accounts on which the post began to be deleted to be posted again, and nobody knows yet whether it is gone. */
export const deletionBegunOn = (post: PostState): readonly string[] => [
  ...new Set(
    Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
      mayBeGone(each) ? [accountOf(part)] : [],
    ),
  ),
];

/**
 * Whether it may be gone, and is not deleted once more, which would tell: that waits for a decision, nobody wants it any
 * more, or a rule stops it. So it is looked up, and asked about.
 */
export const isLookedUp = (post: PostState, publication: Publication): publication is PerhapsGone =>
  mayBeGone(publication) && (needsFreshDecision(post) || isEnded(post, publication));

const isEnded = (post: PostState, publication: PerhapsGone): boolean =>
  isGivenUp(post, publication) || publication.begun.ends !== undefined;

/** The accounts on which nothing more is deleted, and nobody knows yet whether it is gone. */
export const perhapsGoneOn = (post: PostState): readonly string[] => [
  ...new Set(
    Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
      mayBeGone(each) && isEnded(post, each) ? [accountOf(part)] : [],
    ),
  ),
];

/**
 * What may be gone and is not deleted once more is looked up, by the same steps as what may have arrived; anything else
 * is not, or not any more.
 */
export function goneLooksOf(
  post: PostState,
  now: Millis,
): { readonly effects: readonly NewEffect[]; readonly drop: readonly string[] } {
  const publications = Object.entries(publicationsOf(post));
  const over = publications.flatMap(([part, each]) => (isLookedUp(post, each) ? [] : [goneKey(part)]));
  return {
    effects: publications.flatMap(([part, each]) =>
      isLookedUp(post, each) && each.begun.asked !== true ? [lookWhetherGone(part, each, now)] : [],
    ),
    drop: over.length === publications.length ? [goneKey('*')] : over,
  };
}

const goneKey = (part: string): string => `gone:${part}`;

const lookWhetherGone = (part: string, publication: PerhapsGone, now: Millis): NewEffect => ({
  ...effect(
    goneKey(part),
    { type: 'post.look-whether-gone', data: { part, attempt: publication.begun.attempt } },
    nextLookWhetherGone(publication, now),
  ),
  unlessAsked: true,
});
