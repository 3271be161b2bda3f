import { askToStop } from '../stop-everything.ts';
import { hold } from './hold.ts';
import type { TypedCommand } from './typed-command.ts';

/** Stops every account, after one confirmation. With a number somebody means that post. */
export const stop: TypedCommand = {
  name: 'stop',
  usage: 'stop everything',
  does: 'Let nothing out at all, until "resume" (the desk and the duty officer).',
  run: async (rest, turn, desk) =>
    /^#?\d/u.test(rest.trim()) ? await hold.run(rest, turn, desk) : await askToStop('all', turn, desk),
};
