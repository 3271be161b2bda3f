import { listFor } from '../lists.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lists what goes out in the next four weeks, and what went out today. */
export const calendar: TypedCommand = {
  name: 'calendar',
  usage: 'calendar',
  does: 'See what goes out when, and what was posted outside Crier.',
  run: async (_rest, turn, desk) => ({ show: 'list', list: await listFor('calendar', turn, desk) }),
};
