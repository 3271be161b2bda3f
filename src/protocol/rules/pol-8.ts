import type { WordingRule } from './codes.ts';
import { isNotice } from './notices.ts';
import { promotedIn } from './promoted.ts';
import { weighed } from './weighed.ts';

/** POL-8: praise of, or credit to, one councillor. Naming one in office or quoting one on a decision passes. */
export const pol8: WordingRule = {
  id: 'POL-8',
  settings: {},
  check: (draft, protocol) => {
    const found = weighed('promotes', draft, protocol, LIKELY);
    if (found?.subject === undefined || isNotice(draft.occasion, found.piece)) return [];
    const { piece, subject, sentence } = found;
    const mention = promotedIn(piece.text, protocol).find(({ from }) => from === subject.from);
    if (mention === undefined) return [];
    return [
      {
        code: 'promotes-councillor',
        facts: { councillor: mention.name },
        spots: [piece.spot(sentence.from, sentence.to)],
      },
    ];
  },
};

// Of ten findings nine should be right: read off posts that were held back when the weights were learned.
const LIKELY = 0.55;
