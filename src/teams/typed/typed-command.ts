import type { CommandName } from '../../words/commands.ts';
import type { Desk } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** A command that somebody types; `words/commands.ts` has how, and what it does. */
export interface TypedCommand {
  /** the first word, such as `propose` */
  readonly name: CommandName;
  readonly run: (rest: string, turn: Turn, desk: Desk) => Promise<Reply>;
}
