import { askToStop } from '../stop-everything.ts';
import { besidesEverything } from './everything.ts';
import { hold } from './hold.ts';
import { readNumber } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';

/** Stops every account, after one confirmation. With a number somebody means that post. */
export const stop: TypedCommand = {
  name: 'stop',
  usage: 'stop everything',
  does: 'Let nothing out at all, until "resume" (the desk and the duty officer).',
  run: async (rest, turn, desk) =>
    readNumber(rest) === undefined
      ? await askToStop('all', turn, desk, besidesEverything(rest))
      : await hold.run(rest, turn, desk),
};
