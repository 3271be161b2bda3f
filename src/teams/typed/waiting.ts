import type { TypedCommand } from './typed-command.ts';
import { wholeList } from './whole-list.ts';

/** Lists what waits for the person, the most pressing first. */
export const waiting: TypedCommand = {
  name: 'waiting',
  run: async (rest, turn, desk) => await wholeList('waiting', rest, turn, desk),
};
