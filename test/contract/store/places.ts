import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CosmosClient } from '@azure/cosmos';
import { createHttpServer } from '@vercel/cosmosdb-server';
import type { KindDeclaration, NewDocument, Store } from '../../../src/core/store.ts';
import { openCosmos } from '../../../src/store/cosmos.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { kinds } from './kinds.ts';
import { ended, listening } from '../../peers/listening.ts';

/** A place where a store can be opened, closed and opened again. */
export interface Place {
  open(options?: { kinds?: readonly KindDeclaration[]; council?: string }): Promise<Store>;
  leave(): Promise<void>;
}

export interface PlaceMaker {
  readonly name: string;
  make(): Promise<Place>;
}

const sqlite: PlaceMaker = {
  name: 'SQLite',
  async make() {
    const folder = await mkdtemp(join(tmpdir(), 'crier-store-'));
    const opened: Store[] = [];
    return {
      async open(options = {}) {
        const store = await openSqlite({ folder, kinds, council: 'marlow', ...options });
        opened.push(store);
        return store;
      },
      async leave() {
        for (const store of opened) await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
};

const localKey = Buffer.from('any key does on a local server').toString('base64');

/** What a client needs to know to reach a server on loopback. */
export const local = {
  key: localKey,
  // The server of the tests shares a busy machine with them: it may take its time.
  clientOptions: { connectionPolicy: { enableEndpointDiscovery: false, requestTimeout: 60_000 } },
};

/** Starts the Cosmos server of the tests. */
export async function startCosmosServer(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const server: Server = createHttpServer({ keepAlive: true });
  const { url } = await listening(server);
  return {
    endpoint: url,
    async stop() {
      await ended(server);
    },
  };
}

const cosmosServer: PlaceMaker = {
  name: 'Cosmos DB (local server)',
  async make() {
    const { endpoint, stop } = await startCosmosServer();
    const opened: Store[] = [];
    return {
      async open(options = {}) {
        const names = { database: 'crier', container: 'aggregates' };
        const store = await openCosmos({
          endpoint,
          ...local,
          ...names,
          kinds,
          council: 'marlow',
          ...options,
        });
        opened.push(store);
        return store;
      },
      async leave() {
        for (const store of opened) await store.close();
        await stop();
      },
    };
  },
};

/** A container of its own in a real account, removed afterwards. */
function cosmosAccount(endpoint: string, key: string): PlaceMaker {
  return {
    name: 'Cosmos DB (account)',
    async make() {
      const names = { database: 'crier-contract', container: `t-${randomUUID()}` };
      const opened: Store[] = [];
      return {
        async open(options = {}) {
          const store = await openCosmos({ endpoint, key, ...names, kinds, council: 'marlow', ...options });
          opened.push(store);
          return store;
        },
        async leave() {
          for (const store of opened) await store.close();
          const client = new CosmosClient({ endpoint, key });
          await client.database(names.database).container(names.container).delete();
          client.dispose();
        },
      };
    },
  };
}

const { CRIER_TEST_COSMOS_ENDPOINT: endpoint, CRIER_TEST_COSMOS_KEY: key } = process.env;

/** Every place the contract is held to; a real account joins where the environment names one. */
export const places: readonly PlaceMaker[] = [
  sqlite,
  cosmosServer,
  ...(endpoint === undefined || key === undefined ? [] : [cosmosAccount(endpoint, key)]),
];

/** A post with what a test does not care about filled in. */
export function post(id: string, given: Partial<NewDocument> = {}): NewDocument {
  return { kind: 'post', id, form: 1, index: {}, words: [], body: { text: id }, ...given };
}
