import { emojiIn, sameEmojiKey } from '../text/emoji.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { textPieces } from './pieces.ts';

/** ACC-4: few emoji and none twice, because a screen reader reads out the name of each. */
export const acc4: WordingRule = {
  id: 'ACC-4',
  settings: { emoji: 3 },
  check: (draft, _protocol, settings) =>
    textPieces(draft).flatMap((piece) => {
      const found = emojiIn(piece.written);
      const most = settings['emoji'] ?? 3;
      // emoji are found in the text as written, so the indices are those of the text already
      const place = piece.spot(0, 0);
      const spotOf = ({ from, to }: { from: number; to: number }) => ({ ...place, from, to });
      const findings: WordingFinding[] = [];
      if (found.length > most) {
        findings.push({
          code: 'too-many-emoji',
          facts: { count: found.length, most },
          spots: found.slice(most).map(spotOf),
        });
      }
      for (const same of Map.groupBy(found, ({ emoji }) => sameEmojiKey(emoji)).values()) {
        const [first, ...again] = same;
        if (first === undefined || again.length === 0) continue;
        findings.push({
          code: 'emoji-repeated',
          facts: { emoji: first.emoji, count: same.length },
          spots: again.map(spotOf),
        });
      }
      return findings;
    }),
};
