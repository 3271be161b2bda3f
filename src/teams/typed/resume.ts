import { askToStop } from '../stop-everything.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lifts a pause or a stop, after one confirmation; what was held waits for decisions. */
export const resume: TypedCommand = {
  name: 'resume',
  usage: 'resume',
  does: 'Let posts go out again after a pause or a stop. What was held waits for a decision.',
  run: async (_rest, turn, desk) => await askToStop('resume', turn, desk),
};
