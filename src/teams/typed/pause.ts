import { askToStop } from '../stopping/ask.ts';
import { besidesEverything } from './everything.ts';
import { hold } from './hold.ts';
import { readNumber } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';

/** Stops every account but for safety information, after one confirmation. With a number somebody means that post. */
export const pause: TypedCommand = {
  name: 'pause',
  run: async (rest, turn, desk) =>
    readNumber(rest) === undefined
      ? await askToStop('routine', turn, desk, besidesEverything(rest))
      : await hold.run(rest, turn, desk),
};
