import { giveByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Gives a post up that is not public yet. */
export const cancel: TypedCommand = {
  name: 'cancel',
  usage: 'cancel 142',
  does: 'Give up a post that is not public yet.',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'cancel'),
};
