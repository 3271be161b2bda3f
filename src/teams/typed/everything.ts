import { leftOver, readNumber } from './named-posts.ts';
import { nearest } from '../../protocol/faults.ts';
import { askHoldAllWords } from '../../words/several.ts';
import { holdEverything } from '../hold-everything.ts';
import { asksByNumber, giveByNumber } from './by-number.ts';
import { decideOnCard } from './on-card.ts';
import type { AskedFor, TypedCommand } from './typed-command.ts';
import { askToStop } from '../stopping/ask.ts';

/** The commands that stop what goes out, or let it go on: one post, several, or everything. */

/**
 * Reads `all`, `everything`, `all of the posts` at the beginning of what was typed after "hold", and what else was
 * written; undefined where nobody said that everything is meant.
 */
export function readEverything(rest: string): { readonly left: string } | undefined {
  const match =
    /^(?:all|everything)\b(?:\s+(?:of\s+)?(?:the\s+)?(?:posts|them|it)\b)?(?<after>[\s\S]*)$/iu.exec(
      rest.trim(),
    );
  return match?.groups === undefined ? undefined : { left: leftOver(match.groups['after'] ?? '') };
}

/** What is left over of words after "pause", "stop" or "resume", which are for everything in any case. */
export function besidesEverything(rest: string): string {
  const own = /^(?:(?:of\s+)?(?:the\s+)?(?:all|everything|routine|posts|posting|it|them|again)\b\s*)*/iu;
  return leftOver(rest.trim().replace(own, ''));
}

/** Stops one post, several, or everything but safety information. */
export const hold: TypedCommand = {
  name: 'hold',
  run: async (rest, turn, desk) => {
    const all = readEverything(rest);
    if (all !== undefined) {
      return all.left === ''
        ? await holdEverything(turn, desk)
        : { show: 'choice', ...askHoldAllWords(all.left) };
    }
    // A slip of the thumb in a hurry: "hold evrything".
    const [word = ''] = rest.trim().split(/\s+/u);
    if (nearest(word, ['all', 'everything']) !== undefined) {
      return { show: 'nearest', typed: `hold ${rest.trim()}`, nearest: 'hold all' };
    }
    return await giveByNumber(rest, turn, desk, 'hold');
  },
  asksFor: (rest) =>
    readEverything(rest) === undefined ? asksByNumber('hold')(rest) : { command: 'account.hold' },
};

/** Without the number of a post, everything is meant. */
const orHold =
  (everything: AskedFor) =>
  (rest: string): AskedFor =>
    readNumber(rest) === undefined ? everything : asksByNumber('hold')(rest);

/** Stops every account but for safety information, after one confirmation. With a number somebody means that post. */
export const pause: TypedCommand = {
  name: 'pause',
  run: async (rest, turn, desk) =>
    readNumber(rest) === undefined
      ? await askToStop('routine', turn, desk, besidesEverything(rest))
      : await hold.run(rest, turn, desk),
  asksFor: orHold({ command: 'account.stop', stop: 'routine' }),
};

/** Stops every account, after one confirmation. With a number somebody means that post. */
export const stop: TypedCommand = {
  name: 'stop',
  run: async (rest, turn, desk) =>
    readNumber(rest) === undefined
      ? await askToStop('all', turn, desk, besidesEverything(rest))
      : await hold.run(rest, turn, desk),
  asksFor: orHold({ command: 'account.stop', stop: 'all' }),
};

/** Lifts a pause or a stop, after one confirmation; with a number it shows that post, which a decision releases. What was held waits for decisions. */
export const resume: TypedCommand = {
  name: 'resume',
  run: async (rest, turn, desk) =>
    readNumber(rest) === undefined
      ? await askToStop('resume', turn, desk, besidesEverything(rest))
      : await decideOnCard(rest, turn, desk),
  asksFor: (rest) => (readNumber(rest) === undefined ? { command: 'account.resume' } : undefined),
};
