import { giveByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Takes down what is public. */
export const remove: TypedCommand = {
  name: 'remove',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'remove'),
};
