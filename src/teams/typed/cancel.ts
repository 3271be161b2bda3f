import { giveByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Gives a post up that is not public yet. */
export const cancel: TypedCommand = {
  name: 'cancel',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'cancel'),
};
