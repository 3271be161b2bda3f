import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';

/** Lets a server of the tests be reached by this machine alone, at the port that is given or else at a free one. */
export async function listening(
  server: Server,
  port = 0,
): Promise<{ readonly port: number; readonly url: string }> {
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server of the tests has no port');
  return { port: address.port, url: `http://127.0.0.1:${String(address.port)}` };
}

/** Ends it, with every connection that is still open. */
export async function ended(server: Pick<HttpServer, 'close' | 'closeAllConnections'>): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A port that nobody listens on just now; who is told it beforehand can take it. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
