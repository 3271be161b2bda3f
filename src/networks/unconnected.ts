import type { NetworkName } from '../protocol/protocol.ts';
import type { Network, PublishOutcome } from './network.ts';

/** An account that nobody has connected: whatever should go there is refused, and said so on the post's card. */
export function unconnected(network: NetworkName): Network {
  const refused: PublishOutcome = { outcome: 'refused', reason: 'not-connected' };
  return {
    name: network,
    canLookUp: true,
    publish: async () => await Promise.resolve(refused),
    prepare: async () => await Promise.resolve(refused),
    find: async () => await Promise.resolve({ found: false }),
    remove: async () => await Promise.resolve(refused),
    stands: async () => await Promise.resolve('unseen'),
  };
}
