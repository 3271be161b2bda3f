import type { WordingRule } from './codes.ts';

/**
 * DAT-4: of every picture somebody has said who can be recognised in it, and for children there is the reference
 * of the form that was signed for them.
 */
export const dat4: WordingRule = {
  id: 'DAT-4',
  settings: {},
  check: (draft) =>
    draft.media.flatMap(({ recognised, type }, media) => {
      const code =
        recognised === undefined
          ? ('recognised-unanswered' as const)
          : recognised.who === 'children' && recognised.form === undefined
            ? ('consent-form-missing' as const)
            : undefined;
      if (code === undefined) return [];
      return [
        {
          code,
          facts: { number: media + 1, type },
          spots: [{ in: 'media' as const, media, from: 0, to: 0 }],
        },
      ];
    }),
};
