import { isEditable } from '../../posts/how-it-stands.ts';
import { editors, mayEdit } from '../../posts/may.ts';
import { notNow } from '../../posts/not-now.ts';
import { refusePost } from '../../posts/refusals.ts';
import { answered } from '../answered.ts';
import { openByNumber, unheeded } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Opens the form of a post in its card. */
export const edit: TypedCommand = {
  name: 'edit',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'edit', async (post, after) => {
      const rules = desk.rules();
      const refusal = !isEditable(post)
        ? notNow(post, 'edit')
        : mayEdit(post, turn.person, rules)
          ? undefined
          : refusePost('may-not-edit', { may: editors(post, rules) });
      return await Promise.resolve(
        refusal === undefined
          ? { show: 'post', post, view: 'edit', ...unheeded(after) }
          : answered(refusal, post, turn, desk),
      );
    }),
};
