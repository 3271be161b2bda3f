import type { NetworkName, Protocol } from '../../protocol/protocol.ts';
import { len } from '../../protocol/rules/len.ts';
import { weigh } from '../../protocol/text/length.ts';

/** Above this, what is left is of no interest until it runs short. */
const roomy = 3_000;
const short = 300;

/**
 * How much is left of what the network takes, by its own count and the limit that the LEN rule blocks at.
 * Undefined where it has no limit, or so high a one that nobody is near it.
 */
export function remaining(text: string, network: NetworkName, protocol: Protocol): number | undefined {
  const limit = protocol.rules['LEN']?.settings[network] ?? len.settings[network];
  if (limit === undefined) return undefined;
  const left = limit - weigh(network, text);
  return limit > roomy && left > short ? undefined : left;
}
