import { openByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Shows a post's card again. */
export const show: TypedCommand = {
  name: 'show',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'show', (post) =>
      Promise.resolve({ show: 'post', post, view: 'main' }),
    ),
};
