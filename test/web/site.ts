import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'restify';
import { createExecutor } from '../../src/core/execute.ts';
import type { Executor } from '../../src/core/execute.ts';
import { auditKinds } from '../../src/core/audit.ts';
import type { Network, PlanPart, PublicationKey, PublishOutcome } from '../../src/networks/network.ts';
import { pageAggregate, pageKind } from '../../src/networks/website/page.ts';
import { readPages, type Pages } from '../../src/networks/website/pages.ts';
import { websiteNetwork } from '../../src/networks/website/website.ts';
import { createLog } from '../../src/logging.ts';
import type { Council } from '../../src/protocol/protocol.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createWebServer, type WebParts } from '../../src/web/server.ts';

export const council: Council = {
  name: 'Sefton Council',
  short: 'Sefton',
  site: 'https://www.sefton.gov.uk',
  email: 'news@sefton.example',
  phone: '0151 496 0000',
  address: 'Magdalen House, Trinity Road, Bootle L20 3NJ',
};

export const publicUrl = 'https://news.sefton.example';

/** 24 November 2026, 10:03 in London. */
export const morning = Date.UTC(2026, 10, 24, 10, 3);

export const hash = (letter: string): string => letter.repeat(43);

export function part(over: Partial<PlanPart> = {}): PlanPart {
  return {
    account: 'news-site',
    network: 'website',
    part: 0,
    headline: 'Liverpool Road closed',
    summary: 'Closed at Moor Lane until 4pm.',
    text: 'Liverpool Road in Crosby is closed at Moor Lane.\n\nPlease use the A565.',
    media: [],
    from: 'Highways',
    ...over,
  };
}

export const keyOf = (number: number): PublicationKey => ({
  id: `pub-${number}`,
  post: `post-${number}`,
  number,
});

/** The news site on a loopback port over a real store, with a clock that stands where it was put. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  readonly server: Server;
  readonly network: Network;
  readonly pages: Pages;
  readonly executor: Executor;
  readonly pictures: Map<string, Uint8Array>;
  /** what was logged */
  readonly lines: readonly string[];
  /** sets the time */
  at(now: number): void;
  publish(number: number, over?: Partial<PlanPart>): Promise<PublishOutcome>;
  get(path: string, init?: RequestInit): Promise<Response>;
}

export async function openSite(over: Partial<WebParts> = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-site-'));
  let now = morning;
  let random = 0;
  const store = await openSqlite({
    folder,
    kinds: [pageKind, ...Object.values(auditKinds)],
    council: 'sefton',
    written: 'here',
  });
  const executor = createExecutor({
    store,
    aggregates: [pageAggregate<{ version: string }>()],
    clock: () => now,
    protocol: () => ({ version: 'test' }),
    auditKey: new Uint8Array(32),
    randomId: () => `random-${(random += 1)}`,
  });
  const pages = readPages(store);
  const lines: string[] = [];
  const pictures = new Map<string, Uint8Array>();
  const network = websiteNetwork({
    execute: (call) => executor.execute(call),
    pages,
    publicUrl: () => publicUrl,
  });
  const server = createWebServer({
    log: createLog({ level: 'debug', write: (line) => lines.push(line) }),
    clock: () => now,
    news: pages,
    media: {
      read: async (key) => pictures.get(key),
      open: async (key, { from = 0, to }) => {
        const bytes = pictures.get(key);
        if (bytes === undefined) return undefined;
        const pieces = (async function* () {
          yield await Promise.resolve(bytes.subarray(from, to));
        })();
        return { size: bytes.length, bytes: pieces };
      },
    },
    council,
    publicUrl: () => publicUrl,
    ready: () => store.ready(),
    ...over,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    server,
    network,
    pages,
    executor,
    pictures,
    lines,
    at: (instant) => {
      now = instant;
    },
    publish: (number, changes) => network.publish(part(changes), keyOf(number), new AbortController().signal),
    get: (path, init) => fetch(`${url}${path}`, { redirect: 'manual', ...init }),
    async [Symbol.asyncDispose]() {
      server.server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await closed;
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
