import type { AccountEntry, Protocol, NetworkName } from '../protocol/protocol.ts';
import type { Network, PublishOutcome } from './network.ts';

/** @returns the adapter of an account. It keeps its session, so each account has one for the life of the process. */
export function networksOf(
  protocol: Protocol,
  make: Readonly<Record<'website' | 'by-hand', Network>> & {
    readonly of: (account: AccountEntry) => Network;
  },
): (id: string) => Network | undefined {
  const made = new Map<string, Network>();
  return (id) => {
    const account = protocol.accounts[id];
    if (account === undefined) return undefined;
    const { network } = account;
    const adapter =
      made.get(id) ?? (network === 'website' || network === 'by-hand' ? make[network] : make.of(account));
    made.set(id, adapter);
    return adapter;
  };
}

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
