import type { Known } from '../lazy.ts';
import type { Limits } from '../network.ts';

/** Facebook's own bounds of a Page's post. */
const facebookLimits: Limits = {
  text: 63_206,
  pictures: {
    least: 0,
    most: 10,
    bytes: 10 * 1024 * 1024,
    contentTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
    alt: 1_000,
  },
};

/** What is known of a Facebook Page without its adapter. */
export const facebookKnown = {
  name: 'facebook',
  canLookUp: true,
  limits: facebookLimits,
  cannot: ['thread', 'quote'],
} satisfies Known;
