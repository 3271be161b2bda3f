import type { Server } from 'node:http';
import type { Millis } from '../core/time.ts';

/** How often connections are looked at that were kept after their answer. */
const lookEvery = 50;

/**
 * Takes no new connection, lets everybody who is being answered have their answer, and ends every connection that
 * rests. Who is not answered within that time is cut off. Resolves when no connection is left.
 */
export async function endAnswering(server: Server, within: Millis): Promise<void> {
  const ended = Promise.withResolvers<void>();
  server.close(() => ended.resolve());
  // A kept connection would stay open after its last answer until its own time is over.
  const looking = setInterval(() => server.closeIdleConnections(), lookEvery);
  const late = setTimeout(() => server.closeAllConnections(), within);
  await ended.promise;
  clearInterval(looking);
  clearTimeout(late);
}
