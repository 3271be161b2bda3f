import { withoutAtEnd } from '../../protocol/text/at-end.ts';
import type { Desk } from '../desk.ts';
import { listFor } from '../lists.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { leftOver } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';

/** The commands that list all there is of something, whatever stands behind them. */

/** Words behind the command's that ask for nothing else than the whole list. */
const own = {
  calendar: /^(?:(?:for|of|the|this|coming|all|next weeks|four weeks|weeks|everything)\b\s*)*/iu,
  waiting: /^(?:(?:for|on|me|us|posts?)\b\s*)*/iu,
} as const;

/** Lists all there is, and says what of the words it could not heed: `calendar december`, `waiting for Tom`. */
async function wholeList(of: 'calendar' | 'waiting', rest: string, turn: Turn, desk: Desk): Promise<Reply> {
  const words = withoutAtEnd(rest, /[\s?!.]/u).trim();
  const left = leftOver(words.replace(own[of], ''));
  const list = await listFor(of, turn, desk);
  return { show: 'list', list: left === '' ? list : { ...list, unheeded: words } };
}

/** Lists what waits for the person, the most pressing first. */
export const waiting: TypedCommand = {
  name: 'waiting',
  run: async (rest, turn, desk) => await wholeList('waiting', rest, turn, desk),
};

/** Lists what goes out in the next four weeks, and leads to what went out in the hours before. */
export const calendar: TypedCommand = {
  name: 'calendar',
  run: async (rest, turn, desk) => await wholeList('calendar', rest, turn, desk),
};
