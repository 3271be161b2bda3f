import { giveByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Takes down what is public. */
export const remove: TypedCommand = {
  name: 'remove',
  usage: 'remove 142',
  does: 'Take down a post that is public (the desk and the duty officer).',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'remove'),
};
