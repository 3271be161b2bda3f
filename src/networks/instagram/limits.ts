import type { Known } from '../lazy.ts';
import type { Limits } from '../network.ts';

/** Instagram's own bounds: JPEG alone, upright 4:5 to wide 1.91:1. */
const instagramLimits: Limits = {
  text: 2_200,
  pictures: {
    least: 1,
    most: 10,
    bytes: 8 * 1024 * 1024,
    contentTypes: ['image/jpeg'],
    alt: 1_000,
    shape: { narrowest: 0.8, widest: 1.91 },
  },
};

/** What is known of an Instagram account without its adapter. */
export const instagramKnown = {
  name: 'instagram',
  canLookUp: true,
  limits: instagramLimits,
  cannot: ['edit', 'thread', 'quote', 'link', 'text-alone'],
} satisfies Known;
