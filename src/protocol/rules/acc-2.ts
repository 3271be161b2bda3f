import { mediaLimits } from '../media-limits.ts';
import type { Spot } from '../rule.ts';
import type { WordingFinding, WordingRule } from './codes.ts';

/** ACC-2: every video has captions, and such as the account shows: some show no file of captions. */
export const acc2: WordingRule = {
  id: 'ACC-2',
  settings: {},
  check: (draft) =>
    draft.media.flatMap(({ type, captions, seen }, media): readonly WordingFinding[] => {
      if (type !== 'video') return [];
      const spots: readonly Spot[] = [{ in: 'media', media, from: 0, to: 0 }];
      if (!captions) return [{ code: 'captions-missing', facts: { number: media + 1 }, spots }];
      if (seen !== false) return [];
      const blind = new Set(
        draft.texts
          .map(({ network }) => network)
          .filter((network) => mediaLimits[network].videos?.captionFiles === false),
      );
      return [...blind].map((network) => ({
        code: 'captions-not-shown',
        facts: { network, number: media + 1 },
        spots,
      }));
    }),
};
