import { isCorrectable, notCorrectable } from '../posts/correcting/correctable.ts';
import { editors, mayCorrect, mayTakeBackCorrection } from '../posts/deciding/may.ts';
import { refusePost, type PostRefusal } from '../posts/refusals.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { answered } from './answered.ts';
import { correctionForm } from './correction-form.ts';
import type { Desk } from './desk.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

/**
 * The form of a correction, for whoever may ask for one now; else why nobody can, or not they: what was written into a form
 * that could not be sent would be lost.
 */
export async function openCorrection(
  post: PostState,
  turn: Turn,
  desk: Desk,
  more?: Parameters<typeof correctionForm>[2],
): Promise<Reply> {
  const rules = desk.rules();
  return mayCorrect(post, turn.person, rules)
    ? await correctionForm(post, desk, more)
    : answered(notNow(post, turn.person, rules), post, turn, desk);
}

function notNow(post: PostState, person: string, rules: DeskRules): PostRefusal {
  if (!isCorrectable(post)) return notCorrectable(post);
  const { correction } = post;
  return correction === undefined
    ? refusePost('may-not-correct', { may: editors(post, rules) })
    : refusePost('correction-waits-already', {
        by: correction.by,
        agreed: correction.applied !== undefined,
        own: mayTakeBackCorrection(post, person, rules),
      });
}
