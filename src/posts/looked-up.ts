import type { AuditNote } from '../core/change.ts';
import type { PerhapsGone } from '../dispatch/perhaps-gone.ts';
import { untried } from '../dispatch/tried.ts';
import { changed } from './changed.ts';
import type { PostDecision } from './command.ts';
import type { PostContext, PostState } from './post.ts';
import { withPublications } from './publications.ts';

/** The post with a part of which it is looked up whether it is gone, since it is not deleted once more. */
export const lookedUp = (
  post: PostState,
  part: string,
  publication: PerhapsGone,
  context: PostContext,
  notes: readonly AuditNote[] = [],
): PostDecision =>
  changed(
    {
      post: withPublications(post, { [part]: untried(publication) }, context.now),
      audit: [...notes, { action: 'removal-ended', facts: { part, reason: publication.begun.ends ?? '' } }],
    },
    context,
  );
