import { existsSync } from 'node:fs';
import type { Config, StoreConfig } from './config.ts';
import type { Store } from './core/store.ts';
import { isSealedBy } from './core/audit.ts';
import { aggregateKinds, councilOf, kinds } from './kinds.ts';
import type { Protocol } from './protocol/protocol.ts';
import { isReached } from './store/reached.ts';
import { openSqlite, sqliteFile } from './store/sqlite.ts';
import type { Written } from './store/sqlite-writes.ts';
import { sayNoStore, sayOtherKey, sayStoreFault } from './words/start.ts';

/**
 * Opens the store that the settings name, to write in. SQLite has one owner: a second one is refused by name.
 * @throws when it is another council's, another process has it, or it can not be reached
 */
export async function openStore(
  config: Config,
  protocol: Protocol,
  pid: number,
  written?: Written,
): Promise<Store> {
  switch (config.store.kind) {
    case 'sqlite':
      return await openSqlite({
        folder: config.data,
        kinds,
        council: councilOf(protocol),
        pid,
        ...(written === undefined ? {} : { written }),
      });
    case 'cosmos':
      return await openSharedStore(config.store, protocol);
  }
}

/**
 * Opens the container that the settings name.
 * @throws with words for whoever starts Crier; nothing of the client's goes into them where it names no setting
 */
export async function openSharedStore(
  settings: Extract<StoreConfig, { readonly kind: 'cosmos' }>,
  protocol: Protocol,
): Promise<Store> {
  const { endpoint, key, database, container } = settings;
  const { host } = new URL(endpoint);
  if (!(await isReached(endpoint))) throw new Error(sayStoreFault('not-reached', host));
  // The client of Cosmos DB takes seconds to load, and most councils do without it.
  const { openCosmos } = await import('./store/cosmos.ts');
  const { cosmosFault } = await import('./store/cosmos-calls.ts');
  try {
    return await openCosmos({ endpoint, key, database, container, kinds, council: councilOf(protocol) });
  } catch (fault) {
    const why = cosmosFault(fault);
    throw why === undefined ? fault : new Error(sayStoreFault(why, host));
  }
}

/**
 * Opens the store for a tool to write in, which has nothing to do where there is none: it makes no folder of its own.
 * @throws as `openStore`, and when nothing was ever kept there
 */
export async function openExistingStore(config: Config, protocol: Protocol, pid: number): Promise<Store> {
  if (config.store.kind === 'sqlite' && !existsSync(sqliteFile(config.data))) {
    throw new Error(sayNoStore(config.data));
  }
  return await openStore(config, protocol, pid, 'here');
}

/**
 * Looks whether the records go on with this key.
 * @throws when they were written by another one, with the store closed
 */
export async function checkAuditKey(store: Store, auditKey: Uint8Array): Promise<void> {
  const names = aggregateKinds.map(({ kind }) => kind);
  if (await isSealedBy(store, names, auditKey)) return;
  await store.close();
  throw new Error(sayOtherKey());
}
