import type { NetworkName } from '../protocol.ts';
import { weigh } from '../text/length.ts';
import type { WordingRule } from './codes.ts';

/** LEN: a text is longer than its network takes, by that network's own count. */
export const len: WordingRule = {
  id: 'LEN',
  settings: { x: 280, bluesky: 300, facebook: 63_206, instagram: 2200, youtube: 5000 },
  check: (draft, _protocol, settings) =>
    draft.texts.flatMap(({ account, network, text }) => {
      const limit = limitOf(network, settings);
      const length = weigh(network, text);
      if (limit === undefined || length <= limit) return [];
      return [
        {
          code: 'too-long',
          facts: { network, account, length, limit, over: length - limit },
          spots: [{ in: 'text' as const, account, from: lastFitting(network, text, limit), to: text.length }],
        },
      ];
    }),
};

/** A network without a setting has no limit of its own. */
function limitOf(network: NetworkName, settings: Readonly<Record<string, number>>): number | undefined {
  return settings[network];
}

/** How much of the text, in UTF-16 units, still fits. */
function lastFitting(network: NetworkName, text: string, limit: number): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (weigh(network, text.slice(0, middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
