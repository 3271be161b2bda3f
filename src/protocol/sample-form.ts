import { z } from 'zod';
import { origin, recognised } from './pictured.ts';
import type { Election } from './protocol.ts';
import type { CheckedDraft } from './rule.ts';
import { ordinarily } from './rule.ts';
import { networkNames } from './protocol.ts';

/** One line of a file of labelled posts: where it would go, what it says, and the rules that it is expected to breach. */
export const postRow = z.object({
  id: z.string(),
  accounts: z.array(z.enum(networkNames)),
  text: z.string(),
  media: z
    .array(
      z.object({
        type: z.enum(['image', 'video']),
        alt: z.string().nullish(),
        captions: z.boolean().nullish(),
        // A row that says nothing of these is about the wording: its pictures are answered for.
        recognised: recognised.nullable().default({ who: 'nobody' }),
        origin: origin.nullable().default({ whose: 'ours' }),
      }),
    )
    .default([]),
  preElection: z.boolean().default(false),
  expect: z.array(z.string()).optional(),
});

export type PostRow = z.infer<typeof postRow>;

/** Where a row says that it falls in a pre-election period, whatever the protocol's own dates are. */
const someElection: Election = {
  name: 'the elections',
  begins: '2027-03-31',
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  pollingDay: '2027-05-06',
  candidates: [],
};

/** The row as the rules look at it. */
export function checkedDraft({ accounts, text, media, preElection }: PostRow): CheckedDraft {
  return {
    occasion: { ...ordinarily, elections: preElection ? [someElection] : [], notice: 'by-its-words' },
    texts: accounts.map((network) => ({ account: network, network, text })),
    media: media.map((medium) => ({
      type: medium.type,
      alt: medium.alt ?? '',
      captions: medium.captions ?? false,
      ...(medium.recognised === null ? {} : { recognised: medium.recognised }),
      ...(medium.origin === null ? {} : { origin: medium.origin }),
    })),
  };
}
