import type { PictureAnswers } from '../pictured.ts';
import type { WordingRule } from './codes.ts';

/** DAT-6: every picture is the council's own, or somebody has said who permits its use. */
export const dat6: WordingRule = {
  id: 'DAT-6',
  settings: {},
  check: (draft) =>
    draft.media.flatMap(({ origin, type }, media) => {
      const code = faultOf(origin);
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

function faultOf(
  origin: PictureAnswers['origin'],
): 'origin-unanswered' | 'permission-from-whom' | 'not-cleared' | undefined {
  if (origin === undefined) return 'origin-unanswered';
  if (origin.whose === 'not-cleared') return 'not-cleared';
  return origin.whose === 'permitted' && origin.from === undefined ? 'permission-from-whom' : undefined;
}
