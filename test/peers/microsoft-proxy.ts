import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import { createAuthority } from './authority.ts';
import { ended, listening } from './listening.ts';

export type HostHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** A council's outbound proxy on loopback, behind which vendors' hosts are played under their own names. */
export interface PlayedHosts {
  /** for the process under test, beside its own variables */
  readonly environment: Readonly<Record<string, string>>;
  /** hosts that were connected to, as `host:port`, each as often as it was */
  readonly connected: readonly string[];
  /** hosts that were asked for and are not played; a good run has none */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/**
 * Plays hosts behind a loopback CONNECT proxy that ends TLS with a certificate authority made for this run.
 * @param hosts host names, such as `smba.trafficmanager.net`, and what answers for them
 */
export async function playHosts(hosts: Readonly<Record<string, HostHandler>>): Promise<PlayedHosts> {
  const authority = createAuthority();
  const contexts = new Map<string, SecureContext>();
  const contextOf = (host: string): SecureContext => {
    const kept = contexts.get(host);
    if (kept !== undefined) return kept;
    const made = createSecureContext(authority.issue(host));
    contexts.set(host, made);
    return made;
  };

  const folder = await mkdtemp(join(tmpdir(), 'crier-authority-'));
  const authorityFile = join(folder, 'authority.pem');
  await writeFile(authorityFile, authority.certificate);

  const connected: string[] = [];
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  // Speaks HTTP on connections whose TLS the proxy has ended; never listens itself.
  const inside = createServer((request, response) => {
    const host = request.headers.host?.split(':')[0] ?? '';
    const answer = hosts[host];
    if (answer !== undefined) {
      answer(request, response);
      return;
    }
    response.writeHead(502);
    response.end();
  });
  const proxy = createServer((_request, response) => {
    // Nothing may leave without TLS.
    response.writeHead(502);
    response.end();
  });
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const [host = '', port = ''] = (request.url ?? '').split(':');
    if (hosts[host] === undefined || port !== '443') {
      refused.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    connected.push(`${host}:${port}`);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const secure = new TLSSocket(socket, { isServer: true, secureContext: contextOf(host) });
    secure.on('error', () => secure.destroy());
    inside.emit('connection', secure);
  });
  const { url: proxyUrl } = await listening(proxy);

  return {
    environment: {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: proxyUrl,
      HTTP_PROXY: proxyUrl,
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: authorityFile,
    },
    connected,
    refused,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      inside.closeAllConnections();
      await ended(proxy);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
