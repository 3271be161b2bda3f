import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import { seconds, type Millis } from '../core/time.ts';

/** How often connections are looked at while a stop goes on. */
const lookEvery = 50;

/**
 * How long a kept connection must have been quiet before a stop ends it. What its caller sent just before it could
 * know of the stop is here by then, and is answered.
 */
const quietFor = 250;

/** How long somebody whose connection has been ended may take to end it on their side. */
const leaveWithin = seconds(1);

/** A connection, as a stop sees it. */
interface Kept {
  /** what has come over it when it was last looked at, in bytes */
  read: number;
  /** since when nothing has come and nothing was being answered, by the monotonic clock */
  quietSince: number;
  /** when our side of it was ended */
  endedAt?: number;
}

/** Keeps an eye on who is being answered. */
export interface Answering {
  /**
   * Ends a server without cutting off anybody who asked. From now on each answer says that it is the connection's last
   * (RFC 9112, 9.6), and nobody new comes in once those who had already come are seen. A kept connection is ended when it
   * has been quiet for a moment, and by our side alone: closed at once, it would be reset under a request that is
   * already on its way. Who is not answered within that time is cut off. Resolves when no connection is left.
   */
  end(within: Millis): Promise<void>;
}

/** Begins to watch a server that does not listen yet. */
export function watchAnswering(server: Server): Answering {
  const connections = new Map<Socket, Kept>();
  const open = new Map<ServerResponse, Socket>();
  let ending = false;

  server.on('connection', (socket) => {
    connections.set(socket, { read: 0, quietSince: performance.now() });
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (ending) response.shouldKeepAlive = false;
    open.set(response, request.socket);
    response.once('close', () => open.delete(response));
  });

  function look(): void {
    const now = performance.now();
    const busy = new Set(open.values());
    for (const [socket, kept] of connections) {
      if (kept.endedAt !== undefined) {
        if (now - kept.endedAt >= leaveWithin) socket.destroy();
      } else if (busy.has(socket) || socket.bytesRead !== kept.read) {
        kept.read = socket.bytesRead;
        kept.quietSince = now;
      } else if (now - kept.quietSince >= quietFor) {
        kept.endedAt = now;
        socket.end();
      }
    }
  }

  return {
    end: async (within) => {
      ending = true;
      for (const response of open.keys()) if (!response.headersSent) response.shouldKeepAlive = false;
      const now = performance.now();
      for (const kept of connections.values()) kept.quietSince = now;
      const looking = setInterval(look, lookEvery);
      const late = setTimeout(() => server.closeAllConnections(), within);
      const ended = Promise.withResolvers<void>();
      // Just after the event loop took in whoever was waiting to be let in. `server.close()` itself would close every
      // kept connection at once.
      setImmediate(() => Listener.prototype.close.call(server, () => ended.resolve()));
      await ended.promise;
      clearInterval(looking);
      clearTimeout(late);
    },
  };
}
