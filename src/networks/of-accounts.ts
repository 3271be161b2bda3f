import type { AccountEntry, Protocol } from '../protocol/protocol.ts';
import type { Network } from './network.ts';

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
