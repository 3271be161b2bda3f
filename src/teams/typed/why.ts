import { openByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Explains a post's route and findings with their clauses. */
export const why: TypedCommand = {
  name: 'why',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'why', (post) =>
      Promise.resolve({ show: 'post', post, view: 'why' }),
    ),
};
