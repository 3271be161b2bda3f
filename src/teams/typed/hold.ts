import { nearest } from '../../protocol/faults.ts';
import { holdEverything } from '../hold-everything.ts';
import { giveByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Stops one post, or everything but safety information. */
export const hold: TypedCommand = {
  name: 'hold',
  usage: 'hold 142, or hold all',
  does: 'Stop a post that is not public yet. "hold all" stops everything (the desk and the duty officer).',
  run: async (rest, turn, desk) => {
    const what = rest.trim();
    if (/^(all|everything)\b/iu.test(what)) return await holdEverything(turn, desk);
    // A slip of the thumb in a hurry: "hold evrything".
    if (nearest(what, ['all', 'everything']) !== undefined) {
      return { show: 'nearest', typed: `hold ${what}`, nearest: 'hold all' };
    }
    return await giveByNumber(rest, turn, desk, 'hold');
  },
};
