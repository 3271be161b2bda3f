import { createRequire } from 'node:module';
import type twitterText from 'twitter-text';
import { z } from 'zod';
import type { NetworkName } from '../protocol.ts';
import { linksIn } from './links.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const weigher = z.custom<Pick<typeof twitterText, 'parseTweet'>>(
  (loaded) =>
    z.object({ parseTweet: z.custom((value) => typeof value === 'function') }).safeParse(loaded).success,
);
let forX: z.infer<typeof weigher> | undefined;

/** X's own count, loaded with the first text that is weighed for X: its tables are large, and no start needs them. */
function weighedByX(text: string): number {
  forX ??= weigher.parse(createRequire(import.meta.url)('twitter-text'));
  return forX.parseTweet(text).weightedLength;
}

/**
 * A text's length by the network's own count. X: twitter-text's weighted length (a link 23, an emoji 2, characters
 * outside the light ranges 2). Bluesky: graphemes, with links in the shortened form in which they are posted.
 * The others count UTF-16 units.
 */
export function weigh(network: NetworkName, text: string): number {
  if (network === 'x') return weighedByX(text);
  if (network === 'bluesky') return [...segmenter.segment(withShortLinks(text))].length;
  return text.length;
}

// Bluesky carries the address beside the text, so that the text shows the host and the beginning of the path only.
const SHOWN_PATH = 15;

function withShortLinks(text: string): string {
  let out = '';
  let at = 0;
  for (const link of linksIn(text)) {
    out += text.slice(at, link.from) + shortLink(text.slice(link.from, link.to));
    at = link.to;
  }
  return out + text.slice(at);
}

/** A link as Bluesky shows it: the host and the beginning of the path, without scheme and `www`. */
export function shortLink(link: string): string {
  const [, host = '', path = ''] = /^(?:https?:\/\/)?(?:www\.)?([^/?#]*)(.*)$/i.exec(link) ?? [];
  return path.length > SHOWN_PATH ? `${host}${path.slice(0, SHOWN_PATH - 2)}...` : `${host}${path}`;
}
