import { askToStop } from '../stop-everything.ts';
import type { TypedCommand } from './typed-command.ts';

/** Stops every account but for safety information, after one confirmation. */
export const pause: TypedCommand = {
  name: 'pause',
  usage: 'pause routine',
  does: 'Let nothing out but safety information, until "resume" (the desk and the duty officer).',
  run: async (_rest, turn, desk) => await askToStop('routine', turn, desk),
};
