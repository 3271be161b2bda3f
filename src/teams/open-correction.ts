import { isCorrectable, notCorrectable } from '../posts/correcting/correctable.ts';
import { editors, mayCorrect, mayEdit, mayTakeBackCorrection } from '../posts/deciding/may.ts';
import { notNow as whyNotNow } from '../posts/leaving/not-now.ts';
import { isEditable } from '../posts/leaving/to-go-out.ts';
import { refusePost, type PostRefusal } from '../posts/refusals.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { editedNotCorrectedWords } from '../words/late-forms.ts';
import { answered } from './answered.ts';
import { correctionForm } from './correction-form.ts';
import type { Desk } from './desk.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

/**
 * The form of a correction, for whoever may ask for one now, or of the post itself where nothing of it is public yet; else
 * why nobody can, or not they: what was written into a form that could not be sent would be lost.
 */
export async function openCorrection(
  post: PostState,
  turn: Turn,
  desk: Desk,
  more?: Parameters<typeof correctionForm>[2],
): Promise<Reply> {
  const rules = desk.rules();
  if (isEditable(post) && mayEdit(post, turn.person, rules)) {
    const notice = [editedNotCorrectedWords, ...(more?.notice === undefined ? [] : [more.notice])].join(' ');
    return { show: 'post', post, view: 'edit', notice };
  }
  return mayCorrect(post, turn.person, rules)
    ? await correctionForm(post, desk, more)
    : answered(notNow(post, turn.person, rules), post, turn, desk);
}

function notNow(post: PostState, person: string, rules: DeskRules): PostRefusal {
  if (!isCorrectable(post)) {
    if (isEditable(post)) return refusePost('may-not-edit', { may: editors(post, rules) });
    const refusal = notCorrectable(post);
    return refusal.refused === 'not-now' ? whyNotNow(post, 'correct') : refusal;
  }
  const { correction } = post;
  return correction === undefined
    ? refusePost('may-not-correct', { may: editors(post, rules) })
    : refusePost('correction-waits-already', {
        by: correction.by,
        agreed: correction.applied !== undefined,
        own: mayTakeBackCorrection(post, person, rules),
      });
}
