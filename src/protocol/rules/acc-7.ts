import { linksIn } from '../text/links.ts';
import type { WordingRule } from './codes.ts';
import { textPieces } from './pieces.ts';

/** ACC-7: one link, so that there is one clear thing to do. */
export const acc7: WordingRule = {
  id: 'ACC-7',
  settings: { links: 1 },
  check: (draft, _protocol, settings) =>
    textPieces(draft).flatMap((piece) => {
      const links = linksIn(piece.text);
      const most = settings['links'] ?? 1;
      if (links.length <= most) return [];
      return [
        {
          code: 'too-many-links',
          facts: { count: links.length, most },
          spots: links.slice(most).map((l) => piece.spot(l.from, l.to)),
        },
      ];
    }),
};
