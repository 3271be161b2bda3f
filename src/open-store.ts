import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Config, StoreConfig } from './config.ts';
import type { Store } from './core/store.ts';
import { everyDocument } from './core/anchors.ts';
import { isSealedBy } from './core/audit.ts';
import { aggregateKinds, councilOf, firstUseKind, kinds, metKinds } from './kinds.ts';
import type { Protocol } from './protocol/protocol.ts';
import { isReached } from './store/reached.ts';
import { openSqlite, sqliteFile } from './store/sqlite.ts';
import type { Written } from './store/sqlite-writes.ts';
import { sayNoStore, sayOtherKey, sayOtherMode, sayStoreFault, type KeptIn } from './words/start.ts';

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

/** Whose hands a store is in: everybody's of the council by Teams, or those of one person who plays them all. */
type Mode = Config['mode'];

/** For what a store is to be used, and where it is. */
type Use = Pick<Config, 'mode' | 'data' | 'store'>;

/**
 * Looks whether what is kept may be gone on with: what a rehearsal wrote never goes out for the public, nor does a
 * rehearsal act on real people's posts; and the records go on with this key. Nothing is written.
 * @throws when it is the other's, or was written by another key, with the store closed
 */
export async function checkOurs(store: Store, auditKey: Uint8Array, use: Use): Promise<void> {
  const used = (await notedMode(store)) ?? (await shownMode(store));
  if (used !== undefined && used !== use.mode) await refuse(store, sayOtherMode(used, placeOf(use)));
  const names = aggregateKinds.map(({ kind }) => kind);
  if (!(await isSealedBy(store, names, auditKey))) await refuse(store, sayOtherKey());
}

/**
 * Notes in the store for what it is used, from now on. Not before Crier is up: a start that fails leaves a folder as free
 * as it was. Of several that come up at once one is first, and holds for the others.
 * @throws when one that is up by now uses it for something else, with the store closed
 */
export async function noteUse(store: Store, use: Use): Promise<void> {
  const { mode } = use;
  const note = { ...firstUse, form: firstUseKind.form, index: {}, words: [], body: { mode } };
  const noted = (await notedMode(store)) ?? ((await store.create(note)).put ? mode : await notedMode(store));
  if (noted !== undefined && noted !== mode) await refuse(store, sayOtherMode(noted, placeOf(use)));
}

async function refuse(store: Store, why: string): Promise<never> {
  await store.close();
  throw new Error(why);
}

const placeOf = ({ store, data }: Use): KeptIn =>
  store.kind === 'sqlite' ? { folder: data } : { database: store.database };

const firstUse = { kind: firstUseKind.kind, id: 'store' };
const firstUseForm = z.object({ mode: z.enum(['rehearsal', 'production']) });

async function notedMode(store: Store): Promise<Mode | undefined> {
  const document = await store.get(firstUse.kind, firstUse.id);
  return document === undefined ? undefined : firstUseForm.parse(document.body).mode;
}

const address = z.object({ serviceUrl: z.url() });
const metAt = z.object({ state: z.union([address, z.object({ chat: address })]) });

/**
 * What a store of an earlier release shows of its use: a rehearsal meets people without https, on its own machine, and
 * Teams never does. Where Teams was met as well it is in use, and stays so; undefined where nobody was met.
 */
async function shownMode(store: Store): Promise<Mode | undefined> {
  let shown: Mode | undefined;
  for (const { kind } of metKinds) {
    for await (const { body } of everyDocument(store, kind)) {
      const met = metAt.safeParse(body);
      if (!met.success) continue;
      const { serviceUrl } = 'chat' in met.data.state ? met.data.state.chat : met.data.state;
      if (new URL(serviceUrl).protocol === 'https:') return 'production';
      shown = 'rehearsal';
    }
  }
  return shown;
}
