import type { Server } from 'restify';
import type { RehearsalParts } from './parts.ts';

/** The page itself. */
export function mountPage(server: Server, parts: RehearsalParts): void {
  server.get('/rehearsal', async (_request, response) => {
    response.sendRaw(200, parts.players.map((each) => each.name).join('\n'), { 'Content-Type': 'text/plain' });
    await Promise.resolve();
  });
}
