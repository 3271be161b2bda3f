import { openByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Shows a post's card again. */
export const show: TypedCommand = {
  name: 'show',
  usage: 'show 142',
  does: 'Show a post.',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'show', (post) =>
      Promise.resolve({ show: 'post', post, view: 'main' }),
    ),
};
