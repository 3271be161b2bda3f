import type { Review } from '../../approval/review.ts';
import type { PostState } from '../post.ts';

/** The walk of approvals that the post is on, will go on with after a hold, or was on before it was over. */
export function reviewOf(post: PostState): Review | undefined {
  switch (post.status.is) {
    case 'in-review':
    case 'held':
    case 'approved':
    case 'scheduled':
    case 'publishing':
    case 'published':
    case 'partly-published':
    case 'failed':
    case 'taken-down':
      return post.status.review;
    case 'not-to-be-published':
    case 'cancelled':
    case 'expired':
      return post.status.walked;
    default:
      return undefined;
  }
}

/** The walk of approvals that what is over keeps. */
export function walkedOf(post: PostState): { readonly walked?: Review } {
  const walked = reviewOf(post);
  return walked === undefined ? {} : { walked };
}

/** The walk on which somebody's decision is waited for: of the post, or of a correction of what stands. */
export function reviewAwaited({ status, correction }: PostState): Review | undefined {
  if (status.is === 'in-review' || status.is === 'held') return status.review;
  return correction !== undefined && correction.applied === undefined ? correction.review : undefined;
}

/** The post with another walk in the place of that on which somebody's decision is waited for. */
export function withReview(post: PostState, review: Review): PostState {
  const { status, correction } = post;
  if (status.is === 'in-review' || status.is === 'held') return { ...post, status: { ...status, review } };
  return correction === undefined ? post : { ...post, correction: { ...correction, review } };
}

/** Who wrote or last edited what leaves or waits, be it a correction that was agreed to: none of them decides on it. */
export function writersOf(post: PostState): readonly string[] {
  const { author, revision, correction } = post;
  const corrected = correction?.applied === undefined ? [] : [correction.by, correction.revision.by];
  return [...new Set([author, revision.by, ...(reviewOf(post)?.writers ?? []), ...corrected])];
}

/** The first stage of a correction. Those that the protocol gives what was found in it follow, named after it. */
export const correctionStage = 'correction';

/** Whether a stage is of a correction. */
export const isStageOfCorrection = (stage: string): boolean => stage.split(':')[0] === correctionStage;

/** A stage of a correction as the protocol's routes name it; undefined for the one that every correction has. */
export const routedStage = (stage: string): string | undefined =>
  isStageOfCorrection(stage) ? stage.split(':')[1] : stage;
