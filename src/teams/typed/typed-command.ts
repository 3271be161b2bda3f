import type { Stopped } from '../../dispatch/account.ts';
import type { CommandName } from '../../words/commands.ts';
import type { Desk } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** What somebody wants done, as far as their words, or the button that they pressed, say it. */
export interface AskedFor {
  readonly command: string;
  readonly numbers?: readonly number[];
  /** the post's id */
  readonly post?: string;
  readonly stop?: Stopped;
}

/** A command that somebody types; `words/commands.ts` has how, and what it does. */
export interface TypedCommand {
  /** the first word, such as `propose` */
  readonly name: CommandName;
  readonly run: (rest: string, turn: Turn, desk: Desk) => Promise<Reply>;
  /** what is not done where it breaks off; absent where it only shows something, or opens a form */
  readonly asksFor?: (rest: string) => AskedFor | undefined;
}
