import { openCorrection } from '../open-correction.ts';
import { openByNumber, unheeded } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Opens the form of a correction in the post's card. */
export const correct: TypedCommand = {
  name: 'correct',
  run: async (rest, turn, desk) =>
    await openByNumber(
      rest,
      turn,
      desk,
      'correct',
      async (post, after) => await openCorrection(post, turn, desk, unheeded(after)),
    ),
};
