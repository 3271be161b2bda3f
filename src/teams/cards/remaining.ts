import twitter from 'twitter-text';
import type { NetworkName } from '../../protocol/protocol.ts';

/** @returns how much is left of what the network takes, by the network's own count; undefined where it has no limit that matters */
export function remaining(text: string, network: NetworkName): number | undefined {
  if (network === 'x') return 280 - twitter.parseTweet(text).weightedLength;
  if (network === 'bluesky') return 300 - [...new Intl.Segmenter('en').segment(text)].length;
  return undefined;
}
