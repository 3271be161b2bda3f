import type { Known } from '../lazy.ts';
import type { Limits } from '../network.ts';

/** Bluesky's own bounds: graphemes, and the size that its lexicon allows a picture. */
const blueskyLimits: Limits = {
  text: 300,
  pictures: {
    least: 0,
    most: 4,
    bytes: 2_000_000,
    contentTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    alt: 2_000,
  },
};

/** What is known of Bluesky without its client. */
export const blueskyKnown = {
  name: 'bluesky',
  canLookUp: true,
  limits: blueskyLimits,
  cannot: ['edit', 'quote'],
  idIn: (link) => /^https?:\/\/bsky\.app\/profile\/[^/?#]+\/post\/([a-z0-9]+)/iu.exec(link)?.[1],
} satisfies Known;
