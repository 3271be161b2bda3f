import { createRequire } from 'node:module';
import type twitterText from 'twitter-text';
import { z } from 'zod';
import type { NetworkName } from '../protocol.ts';
import { linksIn } from './links.ts';
import { graphemesOf } from './graphemes.ts';

const weigher = z.custom<(typeof twitterText)['parseTweet']>((loaded) => typeof loaded === 'function');
let forX: z.infer<typeof weigher> | undefined;

/**
 * Characters that X counts as one each (ranges of weight 100 in twitter-text's configuration 3), without those that
 * may be drawn as emoji.
 */
const plain = /^[\n -~\u00A0-\u00A8\u00AA-\u00AD\u00AF-\u10FF\u2000-\u200C\u2010-\u201F\u2032-\u2037]*$/u;
/** What may be a link: a full stop in the middle of something. */
const mayLink = /[^\s.]\.[^\s.]/u;

/**
 * What looks like the name of a host and is longer than one can be (253 characters, RFC 1035): X's count reads it from
 * each of its full stops to its end, which takes seconds for a long one.
 */
const noHost = /(?<![^\s/])[^\s/?#]{300,}/gu;

/**
 * X's own count. A text of plain letters in which nothing can be a link weighs its length; for others the count is
 * loaded when the first of them is weighed: its tables are large, and no start needs them. The rest of the package,
 * which draws links, would be as much again.
 */
function weighedByX(text: string): number {
  const composed = text.normalize('NFC');
  if (plain.test(composed) && !mayLink.test(composed)) return composed.length;
  forX ??= weigher.parse(createRequire(import.meta.url)('twitter-text/dist/parseTweet.js'));
  return forX(text.replace(noHost, (stretch) => stretch.replaceAll('.', ' '))).weightedLength;
}

/**
 * A text's length by the network's own count. X: twitter-text's weighted length (a link 23, an emoji 2, characters
 * outside the light ranges 2). Bluesky: graphemes, with links in the shortened form in which they are posted. YouTube:
 * bytes of UTF-8 (YouTube Data API, videos: snippet.description). The others count UTF-16 units.
 */
export function weigh(network: NetworkName, text: string): number {
  if (network === 'x') return weighedByX(text);
  if (network === 'bluesky') return weighedByBluesky(withShortLinks(text));
  if (network === 'youtube') return Buffer.byteLength(text);
  return text.length;
}

/** Bytes of UTF-8 that Bluesky takes for each of its graphemes: 3,000 beside 300 (lexicon app.bsky.feed.post: text). */
const bytesForGrapheme = 10;

/** Of long emoji fewer fit than there are signs for: then its bytes are what counts. */
const weighedByBluesky = (text: string): number =>
  Math.max(graphemes(text), Math.ceil(Buffer.byteLength(text) / bytesForGrapheme));

/** What YouTube takes of a description, in bytes, and what of it is kept for what Crier writes below the text. */
export const youtubeDescription = {
  most: 5_000,
  /** the link to the council's page, with the empty line above it */
  forLink: 200,
  /** the empty line above the sentence of a correction, and its words but for what was wrong */
  forCorrected: 20,
} as const;

/** What stands below a corrected text and counts with it, by the network's own count; `what`: what was wrong. */
export const belowCorrected = (network: NetworkName, what: string): number =>
  network === 'youtube' ? weigh(network, what) + youtubeDescription.forCorrected : 0;

/** Signs that no other joins, nor they one: as many as there are, so many graphemes. */
const joinsNothing = /^[\n -~\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF]*$/u;

/** What a reader takes for one sign each. A thread is weighed part by part, and to take a text apart costs much. */
function graphemes(text: string): number {
  return joinsNothing.test(text) ? text.length : [...graphemesOf(text)].length;
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

/** A link as Bluesky shows it: the host and the beginning of the path, without scheme, `www` and campaign tags. */
export function shortLink(link: string): string {
  const [, host = '', behind = ''] = /^(?:https?:\/\/)?(?:www\.)?([^/?#]*)(.*)$/i.exec(link) ?? [];
  const path = withoutCampaign(behind);
  return path.length > SHOWN_PATH ? `${host}${path.slice(0, SHOWN_PATH - 2)}...` : `${host}${path}`;
}

/** What stands behind the host, without `utm_` tags: they are for the council's statistics, not for readers. */
function withoutCampaign(behind: string): string {
  if (!behind.includes('utm_')) return behind;
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(behind) ?? [];
  const kept = query.split('&').filter((each) => each !== '' && !each.startsWith('utm_'));
  return `${path === '/' && kept.length === 0 ? '' : path}${kept.length === 0 ? '' : `?${kept.join('&')}`}${fragment}`;
}
