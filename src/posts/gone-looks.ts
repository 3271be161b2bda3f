import type { NewEffect } from '../core/change.ts';
import type { Millis } from '../core/time.ts';
import { nextLookWhetherGone, type PerhapsGone } from '../dispatch/perhaps-gone.ts';
import { isLookedUp } from './deletions-begun.ts';
import { effect } from './post-effect.ts';
import type { PostState } from './post.ts';
import { publicationsOf } from './what-is-public.ts';

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
