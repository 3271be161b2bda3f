import { youtubeDescription } from '../../protocol/text/length.ts';
import type { Known } from '../lazy.ts';
import type { Limits } from '../network.ts';

/**
 * YouTube takes one video with its words; a picture beside it is the thumbnail (2 MB, JPEG or PNG). The text is the
 * description, of whose 5,000 bytes some are kept for the link to the council's page.
 */
const youtubeLimits: Limits = {
  text: youtubeDescription.most - youtubeDescription.forLink,
  pictures: {
    least: 0,
    most: 1,
    bytes: 2 * 1024 * 1024,
    contentTypes: ['image/jpeg', 'image/png'],
    alt: 0,
  },
};

/** What is known of YouTube without its client. */
export const youtubeKnown = {
  name: 'youtube',
  canLookUp: true,
  limits: youtubeLimits,
  cannot: ['text-alone', 'thread', 'quote'],
} satisfies Known;
