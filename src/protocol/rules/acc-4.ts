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
      const seen = new Set<string>();
      for (const each of found) {
        const key = sameEmojiKey(each.emoji);
        const again = found.filter((other) => sameEmojiKey(other.emoji) === key);
        if (again.length > 1 && !seen.has(key)) {
          findings.push({
            code: 'emoji-repeated',
            facts: { emoji: each.emoji, count: again.length },
            spots: again.slice(1).map(spotOf),
          });
        }
        seen.add(key);
      }
      return findings;
    }),
};
