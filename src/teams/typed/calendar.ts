import type { TypedCommand } from './typed-command.ts';
import { wholeList } from './whole-list.ts';

/** Lists what goes out in the next four weeks, and leads to what went out in the hours before. */
export const calendar: TypedCommand = {
  name: 'calendar',
  run: async (rest, turn, desk) => await wholeList('calendar', rest, turn, desk),
};
