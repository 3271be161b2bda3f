import { nearest } from '../../protocol/faults.ts';
import { askHoldAllWords } from '../../words/several.ts';
import { holdEverything } from '../hold-everything.ts';
import { readEverything } from './everything.ts';
import { giveByNumber } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

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
};
