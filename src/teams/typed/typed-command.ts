import type { Desk } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** A command that somebody types. Help text and manifest are drawn from these. */
export interface TypedCommand {
  /** the first word, such as `propose` */
  readonly name: string;
  /** how it is typed, such as `propose [department:] text` */
  readonly usage: string;
  /** what it does, in a short sentence */
  readonly does: string;
  readonly run: (rest: string, turn: Turn, desk: Desk) => Promise<Reply>;
}
