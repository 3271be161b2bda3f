import { whyNotEdit } from '../../posts/revise.ts';
import { answered } from '../answered.ts';
import { openByNumber, unheeded } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Opens the form of a post in its card. */
export const edit: TypedCommand = {
  name: 'edit',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'edit', async (post, after) => {
      const refusal = whyNotEdit(post, turn.person, desk.rules());
      return await Promise.resolve(
        refusal === undefined
          ? { show: 'post', post, view: 'edit', ...unheeded(after) }
          : answered(refusal, post, turn, desk),
      );
    }),
};
