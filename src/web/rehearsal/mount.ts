import type { Request, Server } from 'restify';
import { z } from 'zod';
import { personKnown } from '../../people/known.ts';
import type { Millis } from '../../core/time.ts';
import { jsonBody } from '../body.ts';
import { sayJson } from '../respond.ts';
import { mayCome } from '../same-origin.ts';
import { correctedOnNetwork } from '../../words/corrections.ts';
import { networkName } from '../../words/names.ts';
import { sayDated, sayOn } from '../../words/times.ts';
import { act, acted } from './act.ts';
import { createChats } from './chats.ts';
import { connectorPath, conversationOf, mountConnector, where } from './connector.ts';
import { createHeldFiles } from './held-files.ts';
import { mountPage } from './page.ts';
import type { RehearsalParts, TimelineEntry } from './parts.ts';
import { mountSay } from './say.ts';
import { bringAgain } from './second-start.ts';
import { mountTimelines } from './timelines.ts';
import { waitingFor } from './waiting.ts';

const asked = z.object({ person: z.string(), in: where, after: z.coerce.number().catch(0) });
const body = jsonBody({ bytes: 256 * 1024, within: 10_000 });

/** An entry of a timeline with its times in words. */
function entrySaid(entry: TimelineEntry, now: Millis) {
  const { at, changedAt, removedAt, note } = entry;
  return {
    ...entry,
    said: sayDated(at, now),
    ...(note === undefined ? {} : { note: correctedOnNetwork(note) }),
    ...(changedAt === undefined ? {} : { changed: sayOn(changedAt, now) }),
    ...(removedAt === undefined ? {} : { removed: sayOn(removedAt, now) }),
  };
}

/**
 * The page `/rehearsal`, on which one person can act as everybody of the sample protocol, and what stands behind it.
 * It exists in a rehearsal only, and only this machine's own pages may call it.
 */
export function mountRehearsal(server: Server, parts: RehearsalParts): void {
  const chats = createChats(parts.randomId);
  mountTimelines(server, parts);
  const held = createHeldFiles(parts.randomId);
  mountConnector(server, parts, { chats, held });
  mountSay(server, parts, { chats, held, show: mountPage(server, parts) });
  const ours = (request: Request): boolean => mayCome(request, { port: parts.port(), callers: 'own-pages' });

  /** Somebody of the simulator has their chat there until they speak here; chats here end with the process. */
  const whereIsChat = async (
    person: string,
    last: number,
  ): Promise<'here' | 'in-simulator' | 'not-begun'> => {
    const chat = (await personKnown(parts.executor, person))?.chat;
    if (chat !== undefined && !chat.serviceUrl.endsWith(connectorPath)) return 'in-simulator';
    return chat?.serviceUrl === `${parts.origin()}${connectorPath}` && last > 0 ? 'here' : 'not-begun';
  };

  server.get('/rehearsal/chat', async (request, response) => {
    if (!ours(request)) return sayJson(response, 403, {});
    const query = asked.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
    if (!query.success) return sayJson(response, 400, {});
    const { person, after } = query.data;
    const conversation = conversationOf(person, query.data.in);
    if (!parts.players.some((each) => each.person === person)) return sayJson(response, 404, {});
    sayJson(response, 200, {
      messages: chats.messages(conversation, after).map((message) => ({
        ...message,
        said: sayDated(message.at, parts.clock()),
      })),
      last: chats.last(conversation),
      chat: query.data.in === 'channel' ? 'here' : await whereIsChat(person, chats.last(conversation)),
    });
    await Promise.resolve();
  });

  server.get('/rehearsal/waiting', async (request, response) => {
    if (!ours(request)) return sayJson(response, 403, {});
    const people = parts.players.map(({ person }) => person);
    sayJson(response, 200, { waiting: await waitingFor(people, parts.executor) });
  });

  server.get('/rehearsal/published', async (request, response) => {
    if (!ours(request)) return sayJson(response, 403, {});
    const accounts = Object.values(parts.protocol().accounts).filter(
      ({ network }) => network !== 'website' && network !== 'by-hand',
    );
    const timelines = await Promise.all(
      accounts.map(async ({ id, name, network }) => ({
        id,
        name,
        network: networkName(network),
        entries: (await parts.timelines.entries(id, 0)).map((entry) => entrySaid(entry, parts.clock())),
      })),
    );
    sayJson(response, 200, { timelines });
  });

  server.post('/rehearsal/act', body, async (request, response) => {
    if (!ours(request)) return sayJson(response, 403, {});
    const given = acted.safeParse(request.body);
    const player = given.success
      ? parts.players.find((each) => each.person === given.data.person)
      : undefined;
    if (!given.success || player === undefined) return sayJson(response, 400, {});
    const { data } = given;
    if (data.does === 'say') {
      const { name } = player;
      const said = { from: 'person', name, at: parts.clock(), text: data.text } as const;
      chats.add(conversationOf(player.person, data.in), said);
    }
    const isEmpty = chats.last(conversationOf(player.person, 'chat')) === 0;
    const answer = await act(data, player, parts);
    if (data.does === 'open' && isEmpty) await bringAgain(player.person, parts.executor);
    // In a Teams channel what answers a press is seen by nobody but whoever pressed.
    if (data.does === 'press' && data.in === 'chat' && answer.card !== undefined) {
      chats.replace(conversationOf(player.person, 'chat'), data.message, { card: answer.card });
    }
    sayJson(response, 200, answer);
  });
}
