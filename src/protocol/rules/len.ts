import type { NetworkName, Protocol } from '../protocol.ts';
import { weigh, youtubeDescription } from '../text/length.ts';
import { threadNetworks, threadOf } from '../text/thread.ts';
import type { WordingFinding, WordingRule } from './codes.ts';

/**
 * LEN: a text is longer than its network takes, by that network's own count, as it would go out: with its links
 * tagged, with what is written below it, and each post of a thread by itself. A thread has no more posts than the
 * protocol allows.
 */
export const len: WordingRule = {
  id: 'LEN',
  settings: {
    x: 280,
    bluesky: 300,
    facebook: 63_206,
    instagram: 2200,
    youtube: youtubeDescription.most - youtubeDescription.forLink,
  },
  check: (draft, protocol, settings) =>
    draft.texts.flatMap(
      ({ account, network, text, parts = [text], below = 0 }): readonly WordingFinding[] => {
        const limit = settings[network];
        if (limit === undefined) return [];
        const most = protocol.threads?.most;
        if (most !== undefined && parts.length > most) {
          const spot = { in: 'text' as const, account, from: 0, to: text.length };
          const facts = { network, account, parts: parts.length, most };
          return [{ code: 'thread-too-long', facts, spots: [spot] }];
        }
        const length = Math.max(...parts.map((part) => weigh(network, part))) + below;
        if (length <= limit) return [];
        const may =
          most !== undefined &&
          parts.length === 1 &&
          threadNetworks.includes(network) &&
          threadOf(network, text, limit).length <= most;
        return [
          {
            code: 'too-long',
            facts: {
              network,
              account,
              length,
              limit,
              over: length - limit,
              ...(may ? { thread: 'possible' } : {}),
              ...(below === 0 ? {} : { below }),
            },
            spots: [
              {
                in: 'text' as const,
                account,
                from: lastFitting(network, text, limit - below),
                to: text.length,
              },
            ],
          },
        ];
      },
    ),
};

/** Most of a text on a network by its own count: the protocol's setting, else the network's; undefined: no limit. */
export function longestOn(network: NetworkName, protocol: Pick<Protocol, 'rules'>): number | undefined {
  return protocol.rules['LEN']?.settings[network] ?? len.settings[network];
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
