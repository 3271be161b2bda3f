import { listFor } from '../lists.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lists what waits for the person, the most pressing first. */
export const waiting: TypedCommand = {
  name: 'waiting',
  usage: 'waiting',
  does: 'See what waits for you.',
  run: async (_rest, turn, desk) => ({ show: 'list', list: await listFor('waiting', turn, desk) }),
};
