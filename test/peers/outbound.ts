import { readFile } from 'node:fs/promises';
import { setGlobalProxyFromEnv } from 'node:http';
import { setDefaultCACertificates } from 'node:tls';
import { playHosts, type HostHandler } from './microsoft-proxy.ts';
import { freePort } from './listening.ts';

/** The way out of this process: through a proxy, behind which vendors' hosts are played under their own names. */
export interface Outbound {
  /** from now on nothing is reached: nobody listens, or there is no such name */
  readonly cut: (how: 'refused' | 'name not found') => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

/** A name that no resolver is asked for: a part of it is longer than names may be. */
const noSuchName = `${'x'.repeat(64)}.invalid`;

/** Sends every client of this process to hosts that are played; those of addresses on loopback go straight there. */
export async function throughProxy(hosts: Readonly<Record<string, HostHandler>>): Promise<Outbound> {
  const played = await playHosts(hosts);
  const authority = await readFile(played.environment['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8');
  setDefaultCACertificates([authority]);
  const deaf = await nobodyListens();
  let restore = route(played.environment['HTTPS_PROXY'] ?? '');
  const become = (proxy: string): void => {
    restore();
    restore = route(proxy);
  };
  return {
    cut: (how) => become(how === 'refused' ? deaf : `http://${noSuchName}:80`),
    mend: () => become(played.environment['HTTPS_PROXY'] ?? ''),
    close: async () => {
      restore();
      await played.close();
    },
  };
}

const route = (proxy: string): (() => void) =>
  setGlobalProxyFromEnv({ HTTPS_PROXY: proxy, NO_PROXY: '127.0.0.1,localhost' });

/** An address on which nobody listens any more. */
async function nobodyListens(): Promise<string> {
  return `http://127.0.0.1:${String(await freePort())}`;
}
