import type { Millis } from '../../core/time.ts';
import { agree, awaited, type FrozenStage, type ReviewRefusal } from '../../approval/review.ts';
import { reviewAwaited, correctionStage } from './reviews.ts';
import { underProtocol } from './who-acts.ts';
import { turnedFrom } from '../leaving/for-rehearsal.ts';
import { stepsOf } from '../telling/past.ts';
import type { DeskRules, PostState, Step } from '../post.ts';
import { type PostRefusal, type PostRefusals, refusePost } from '../refusals.ts';

/**
 * A review's no as the post's refusal.
 *
 * @param hash what the card was drawn from that was pressed
 */
export function refusedReview(
  no: ReviewRefusal,
  stage: Pick<FrozenStage, 'id' | 'name'> | undefined,
  post: PostState,
  hash: string,
): PostRefusal {
  const { department = '' } = post;
  switch (no.no) {
    case 'nothing-awaited':
      return refusePost('not-now', { state: 'decided', action: 'decide' });
    case 'another-version':
      return notAsDrawn(post, hash);
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

type Since = PostRefusals['gone-on-since'];

/** What makes an old card of something that waits one of the past, though its words may be the same. */
function passing(step: Step): readonly Since[] {
  const { by, at } = step;
  switch (step.did) {
    case 'held':
      return [step];
    case 'changed':
    case 'retimed':
    case 'sent-back':
    case 'asked-again':
    case 'department-chosen':
      return [{ did: step.did, by, at, all: false }];
    default:
      return [];
  }
}

/**
 * What a card shows that was pressed is not what waits now: who did what with it since.
 * @param isReworded what it would send is not the same any more
 */
export function goneOn(post: PostState, isReworded = false): PostRefusal {
  const { revision, status } = post;
  const last = stepsOf(post)
    .flatMap(passing)
    .findLast(({ did }) => !isReworded || (did !== 'held' && did !== 'retimed'));
  if (last !== undefined) return refusePost('gone-on-since', last);
  // A draft was written anew; what is asked for once more was sent again.
  return 'review' in status && !isReworded
    ? refusePost('gone-on-since', {
        did: 'sent',
        by: status.review.sentBy,
        at: status.review.sentAt,
        all: false,
      })
    : refusePost('gone-on-since', { did: 'changed', by: revision.by, at: revision.at, all: false });
}

/** What a card was drawn from that was pressed is not what waits now: its accounts have turned, or somebody changed it. */
export function notAsDrawn(post: PostState, hash: string): PostRefusal {
  const turned = 'plan' in post.status ? turnedFrom(post.status.plan, hash) : undefined;
  return turned === undefined ? goneOn(post, true) : refusePost('accounts-turned', turned);
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
  return 'no' in result ? refusedReview(result, stage, post, review.hash) : undefined;
}
