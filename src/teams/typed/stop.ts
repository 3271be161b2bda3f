import { askToStop } from '../stopping/ask.ts';
import { besidesEverything } from './everything.ts';
import { hold } from './hold.ts';
import { readNumber } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';

/** Stops every account, after one confirmation. With a number somebody means that post. */
export const stop: TypedCommand = {
  name: 'stop',
  run: async (rest, turn, desk) =>
    readNumber(rest) === undefined
      ? await askToStop('all', turn, desk, besidesEverything(rest))
      : await hold.run(rest, turn, desk),
};
