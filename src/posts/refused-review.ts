import type { ReviewRefusal } from '../approval/review.ts';
import { type PostRefusal, refusePost } from './refusals.ts';

/** A review's no as the post's refusal. */
export function refusedReview(no: ReviewRefusal, stageName: string): PostRefusal {
  switch (no.no) {
    case 'nothing-awaited':
      return refusePost('not-now', { state: 'decided', action: 'decide' });
    case 'another-version':
      return refusePost('edited-since', {});
    case 'own-work':
      return refusePost('own-work', { others: no.others });
    case 'not-asked':
      return refusePost('not-asked', { asked: no.asked, stage: stageName });
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
