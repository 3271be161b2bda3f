import { existsSync } from 'node:fs';
import type { Config } from './config.ts';
import type { Store } from './core/store.ts';
import { isSealedBy } from './core/audit.ts';
import { aggregateKinds, councilOf, kinds } from './kinds.ts';
import type { Protocol } from './protocol/protocol.ts';
import { openSqlite, sqliteFile } from './store/sqlite.ts';
import type { Written } from './store/sqlite-writes.ts';
import { sayNoStore, sayOtherKey } from './words/start.ts';

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
  const council = councilOf(protocol);
  switch (config.store.kind) {
    case 'sqlite':
      return await openSqlite({
        folder: config.data,
        kinds,
        council,
        pid,
        ...(written === undefined ? {} : { written }),
      });
    case 'cosmos': {
      // The client of Cosmos DB takes seconds to load, and most councils do without it.
      const { openCosmos } = await import('./store/cosmos.ts');
      const { endpoint, key, database, container } = config.store;
      return await openCosmos({ endpoint, key, database, container, kinds, council });
    }
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
