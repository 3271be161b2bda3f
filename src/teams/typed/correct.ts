import { isCorrectable, notCorrectable } from '../../posts/correcting/correctable.ts';
import { editors, mayCorrect, mayTakeBackCorrection } from '../../posts/deciding/may.ts';
import { refusePost } from '../../posts/refusals.ts';
import { answered } from '../answered.ts';
import { correctionForm } from '../correction-form.ts';
import { openByNumber, unheeded } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Opens the form of a correction in the post's card. */
export const correct: TypedCommand = {
  name: 'correct',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'correct', async (post, after) => {
      const rules = desk.rules();
      if (mayCorrect(post, turn.person, rules)) return await correctionForm(post, desk, unheeded(after));
      const refusal = !isCorrectable(post)
        ? notCorrectable(post)
        : post.correction !== undefined
          ? refusePost('correction-waits-already', {
              by: post.correction.by,
              agreed: post.correction.applied !== undefined,
              own: mayTakeBackCorrection(post, turn.person, rules),
            })
          : refusePost('may-not-correct', { may: editors(post, rules) });
      return answered(refusal, post, turn, desk);
    }),
};
