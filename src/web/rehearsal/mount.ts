import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { jsonBody } from '../body.ts';
import { mayCome } from '../same-origin.ts';
import { act, acted } from './act.ts';
import { createChats } from './chats.ts';
import { conversationOf, mountConnector } from './connector.ts';
import { mountPage } from './page.ts';
import type { RehearsalParts } from './parts.ts';
import { mountTimelines } from './timelines.ts';

const asked = z.object({ person: z.string(), after: z.coerce.number().catch(0) });
const body = jsonBody({ bytes: 256 * 1024, within: 10_000 });

/**
 * The page `/rehearsal`, on which one person can act as everybody of the sample protocol, and what stands behind it.
 * It exists in a rehearsal only, and only this machine's own pages may call it.
 */
export function mountRehearsal(server: Server, parts: RehearsalParts): void {
  const chats = createChats(parts.randomId);
  mountTimelines(server, parts);
  mountConnector(server, parts, chats);
  mountPage(server, parts);
  const ours = (request: Request): boolean => mayCome(request, { port: parts.port(), callers: 'own-pages' });
  const say = (response: Response, status: number, answer: unknown): void => {
    response.sendRaw(status, JSON.stringify(answer), {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
    });
  };

  server.get('/rehearsal/chat', async (request, response) => {
    if (!ours(request)) return say(response, 403, {});
    const query = asked.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
    if (!query.success) return say(response, 400, {});
    const conversation = conversationOf(query.data.person);
    say(response, 200, {
      messages: chats.messages(conversation, query.data.after),
      last: chats.last(conversation),
    });
    await Promise.resolve();
  });

  server.get('/rehearsal/published', async (request, response) => {
    if (!ours(request)) return say(response, 403, {});
    const accounts = Object.values(parts.protocol().accounts).filter(
      (account) => account.network !== 'website',
    );
    const timelines = await Promise.all(
      accounts.map(async ({ id, name, network }) => ({
        id,
        name,
        network,
        entries: await parts.timelines.entries(id, 0),
      })),
    );
    say(response, 200, { timelines });
  });

  server.post('/rehearsal/act', body, async (request, response) => {
    if (!ours(request)) return say(response, 403, {});
    const given = acted.safeParse(request.body);
    const player = given.success
      ? parts.players.find((each) => each.person === given.data.person)
      : undefined;
    if (!given.success || player === undefined) return say(response, 400, {});
    const conversation = conversationOf(player.person);
    if (given.data.does === 'say') {
      chats.add(conversation, { from: 'person', at: parts.clock(), text: given.data.text });
    }
    const answer = await act(given.data, player, parts);
    if (given.data.does === 'press' && answer.card !== undefined) {
      chats.replace(conversation, given.data.message, { card: answer.card });
    }
    say(response, 200, answer);
  });
}
