import { hashtagsIn, isCamelCase } from '../text/hashtags.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { textPieces } from './pieces.ts';

/** ACC-3: hashtags in CamelCase, so that screen readers read words; few; at the end. */
export const acc3: WordingRule = {
  id: 'ACC-3',
  settings: { hashtags: 2 },
  check: (draft, _protocol, settings) =>
    textPieces(draft).flatMap((piece) => {
      const tags = hashtagsIn(piece.text);
      const most = settings['hashtags'] ?? 2;
      const findings: WordingFinding[] = [];
      for (const tag of tags) {
        const spots = [piece.spot(tag.from, tag.to)];
        if (!isCamelCase(tag.tag))
          findings.push({ code: 'hashtag-not-camel-case', facts: { tag: tag.tag }, spots });
        if (!tag.atEnd) findings.push({ code: 'hashtag-not-at-end', facts: { tag: tag.tag }, spots });
      }
      if (tags.length > most) {
        const spots = tags.slice(most).map((tag) => piece.spot(tag.from, tag.to));
        findings.push({ code: 'too-many-hashtags', facts: { count: tags.length, most }, spots });
      }
      return findings;
    }),
};
