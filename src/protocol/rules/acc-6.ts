import { easeAmongOthers, readSentences, readingEase, wordsIn } from '../text/reading.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { textPieces } from './pieces.ts';

/** ACC-6: short sentences, and words that most people read easily (Flesch reading ease). */
export const acc6: WordingRule = {
  id: 'ACC-6',
  settings: { sentenceWords: 25, readingEase: 30 },
  check: (draft, _protocol, settings) =>
    textPieces(draft).flatMap((piece) => {
      const most = settings['sentenceWords'] ?? 25;
      const least = settings['readingEase'] ?? 30;
      const findings: WordingFinding[] = readSentences(piece.text)
        .filter((sentence) => sentence.words > most)
        .map(({ from, to, words }) => ({
          code: 'sentence-too-long',
          facts: { words, most },
          spots: [piece.spot(from, to)],
        }));
      const ease = readingEase(piece.text);
      // a short text has to be harder than a long one before its figure says so
      if (ease !== undefined && easeAmongOthers(ease, wordsIn(piece.text).length) < least) {
        findings.push({
          code: 'hard-to-read',
          facts: { ease: Math.round(ease), least },
          spots: [piece.spot(0, piece.text.length)],
        });
      }
      return findings;
    }),
};
