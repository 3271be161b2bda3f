import type { WordingRule } from './codes.ts';

/** ACC-2: every video has captions. */
export const acc2: WordingRule = {
  id: 'ACC-2',
  settings: {},
  check: (draft) =>
    draft.media.flatMap(({ type, captions }, media) =>
      type === 'video' && !captions
        ? [
            {
              code: 'captions-missing',
              facts: { number: media + 1 },
              spots: [{ in: 'media' as const, media, from: 0, to: 0 }],
            },
          ]
        : [],
    ),
};
