import { z } from 'zod';
import type { Known } from '../lazy.ts';
import type { Limits } from '../network.ts';

/** What X takes as a picture. */
export const pictureType = z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/** X without a paid tier: 280 by its weighted count, four pictures of 5 MB, alternative texts of 1,000. */
const xLimits: Limits = {
  text: 280,
  pictures: {
    least: 0,
    most: 4,
    bytes: 5 * 1024 * 1024,
    contentTypes: pictureType.options,
    alt: 1_000,
  },
};

/** What is known of X without its client. */
export const xKnown = {
  name: 'x',
  canLookUp: true,
  limits: xLimits,
  cannot: ['edit'],
  idIn: (link) =>
    /^https?:\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com\/[^?#]*\/status\/(\d+)/iu.exec(link)?.[1],
} satisfies Known;
