import { z } from 'zod';
import type { CheckedDraft } from './rule.ts';

/** One line of a file of labelled posts: where it would go, what it says, and the rules that it is expected to breach. */
export const postRow = z.object({
  id: z.string(),
  accounts: z.array(z.enum(['x', 'facebook', 'instagram', 'bluesky', 'youtube', 'website', 'by-hand'])),
  text: z.string(),
  media: z
    .array(
      z.object({
        type: z.enum(['image', 'video']),
        alt: z.string().nullish(),
        captions: z.boolean().nullish(),
      }),
    )
    .default([]),
  expect: z.array(z.string()).optional(),
});

export type PostRow = z.infer<typeof postRow>;

/** The row as the rules look at it. */
export function checkedDraft({ accounts, text, media }: PostRow): CheckedDraft {
  return {
    texts: accounts.map((network) => ({ account: network, network, text })),
    media: media.map(({ type, alt, captions }) => ({ type, alt: alt ?? '', captions: captions ?? false })),
  };
}
