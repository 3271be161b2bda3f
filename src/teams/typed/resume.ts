import { askToStop } from '../stopping/ask.ts';
import { besidesEverything } from './everything.ts';
import { readNumber } from './named-posts.ts';
import { decideOnCard } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lifts a pause or a stop, after one confirmation; with a number it shows that post, which a decision releases. What was held waits for decisions. */
export const resume: TypedCommand = {
  name: 'resume',
  run: async (rest, turn, desk) =>
    readNumber(rest) === undefined
      ? await askToStop('resume', turn, desk, besidesEverything(rest))
      : await decideOnCard(rest, turn, desk),
};
