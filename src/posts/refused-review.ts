import type { Millis } from '../core/time.ts';
import { agree, awaited, type FrozenStage, type ReviewRefusal } from '../approval/review.ts';
import { correctionStage, reviewAwaited } from './how-it-stands.ts';
import { underProtocol } from './who-acts.ts';
import type { DeskRules, PostState } from './post.ts';
import { type PostRefusal, refusePost } from './refusals.ts';

/** A review's no as the post's refusal. */
export function refusedReview(
  no: ReviewRefusal,
  stage: Pick<FrozenStage, 'id' | 'name'> | undefined,
  { department = '' }: Pick<PostState, 'department'>,
): PostRefusal {
  switch (no.no) {
    case 'nothing-awaited':
      return refusePost('not-now', { state: 'decided', action: 'decide' });
    case 'another-version':
      return refusePost('edited-since', {});
    case 'own-work':
      return refusePost('own-work', { others: no.others });
    case 'not-asked':
      return stage?.id === correctionStage
        ? refusePost('not-asked-to-agree', { asked: no.asked, department })
        : refusePost('not-asked', { asked: no.asked, stage: stage?.name ?? '' });
    case 'already-decided':
      return refusePost('already-decided', {});
    case 'stage-moved-on':
      return refusePost('somebody-was-first', {
        by: no.by ?? '',
        at: no.at ?? null,
        next: no.nextName ?? '',
        look: no.look === true,
      });
  }
}

/** Why somebody is not asked to decide on what waits for a decision; undefined where they are, or nothing waits. */
export function whyNotAsked(
  post: PostState,
  person: string,
  rules: DeskRules,
  now: Millis,
): PostRefusal | undefined {
  const review = reviewAwaited(underProtocol(post, rules));
  const stage = review === undefined ? undefined : awaited(review);
  if (review === undefined || stage === undefined) return undefined;
  const result = agree(review, { person, hash: review.hash, stage: stage.id, now });
  return 'no' in result ? refusedReview(result, stage, post) : undefined;
}
