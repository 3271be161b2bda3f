import { onceLoaded } from '../core/once-loaded.ts';
import type { Network } from './network.ts';

/** What is known of a network without its vendor's client. */
export type Known = Pick<Network, 'name' | 'canLookUp' | 'limits' | 'cannot' | 'idIn'>;

/**
 * An adapter whose file, and with it the vendor's client, is loaded when the account is first used: most of a
 * council's networks rest most of the time, and each client costs a start and the memory of a whole process.
 * First uses at the same moment share one load.
 *
 * @param load gives an adapter that can do whatever `known` does not rule out; whoever calls it when it cannot has
 * found a fault
 */
export function lazily(known: Known, load: () => Promise<Network>): Network {
  const loaded = onceLoaded(load);
  return {
    ...known,
    publish: async (part, key, signal) => await (await loaded()).publish(part, key, signal),
    prepare: async (part, key, signal) => await (await loaded()).prepare?.(part, key, signal),
    unseen: async (key, signal) => await (await loaded()).unseen?.(key, signal),
    find: async (part, key, since, signal) => await (await loaded()).find(part, key, since, signal),
    remove: async (remote, key, signal) => await (await loaded()).remove(remote, key, signal),
    stands: async (remote, key, signal) => await (await loaded()).stands(remote, key, signal),
    ...(known.cannot?.includes('edit') === true
      ? {}
      : {
          edit: async (remote, part, key, note, signal) => {
            const { edit } = await loaded();
            if (edit === undefined) throw new Error(`${known.name} can not edit, and does not say so`);
            return await edit(remote, part, key, note, signal);
          },
        }),
    account: async (signal) => {
      const { account } = await loaded();
      if (account === undefined) throw new Error(`${known.name} does not read its account`);
      return await account(signal);
    },
    recent: async (since, signal) => await (await loaded()).recent?.(since, signal),
    measure: async (remote, signal) => await (await loaded()).measure?.(remote, signal),
  };
}
