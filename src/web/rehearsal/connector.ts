import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { threadMark, withoutThread } from '../../core/conversation.ts';
import { jsonBody } from '../body.ts';
import { sayJson } from '../respond.ts';
import { mayCome } from '../same-origin.ts';
import type { Chats } from './chats.ts';
import type { HeldFiles } from './held-files.ts';
import type { RehearsalParts } from './parts.ts';

/** Where the rehearsal's connector stands below Crier's own address. */
export const connectorPath = '/rehearsal/connector';

/** Where somebody talks to Crier: in their own chat, or in the one Teams channel, in which everybody is. */
export const where = z.enum(['chat', 'channel']).catch('chat');
export type Where = z.infer<typeof where>;

/** The Teams channel of the rehearsal. */
export const channelId = '19:rehearsal@thread.tacv2';

/** The conversation, without a thread. */
export const conversationOf = (person: string, where: Where): string =>
  where === 'channel' ? channelId : `rehearsal-${person}`;

/** Where a file stands that came with a message, as the Bot Connector has it. */
export const attachmentPath = (id: string): string => `${connectorPath}/v3/attachments/${id}/views/original`;

const activity = z.object({
  text: z.string().optional(),
  attachments: z.array(z.object({ contentType: z.string(), content: z.unknown() })).optional(),
});
/** The page shows a Teams channel as one list, its threads in one another. */
const inPath = z.object({
  conversation: z.string().transform(withoutThread),
  activity: z.string().optional(),
});
const begun = z.object({
  channelData: z.object({ channel: z.object({ id: z.literal(channelId) }) }),
  activity: z.unknown(),
});
const fileInPath = z.object({ attachment: z.string() });
const body = jsonBody({ bytes: 512 * 1024, within: 10_000 });
const cardType = 'application/vnd.microsoft.card.adaptive';

/**
 * The part of the Bot Connector's interface that Crier calls, for the people whom the rehearsal's page plays: post,
 * reply, update, begin a thread, who is in a conversation, and what files came with a message, each of which it hands
 * over once.
 */
export function mountConnector(
  server: Server,
  parts: RehearsalParts,
  { chats, held }: { readonly chats: Chats; readonly held: HeldFiles },
): void {
  const { clock, port, players, protocol } = parts;
  const own = (request: Request): boolean => mayCome(request, { port: port(), callers: 'no-page' });
  const told = (given: unknown) => {
    const parsed = activity.safeParse(given);
    const card = parsed.data?.attachments?.find((each) => each.contentType === cardType)?.content;
    return {
      ...(parsed.data?.text === undefined || parsed.data.text === '' ? {} : { text: parsed.data.text }),
      ...(card === undefined ? {} : { card }),
    };
  };
  const post = async (request: Request, response: Response): Promise<void> => {
    const asked = inPath.safeParse(request.params);
    if (!own(request) || !asked.success) return sayJson(response, 403, {});
    const message = { from: 'crier' as const, at: clock(), ...told(request.body) };
    sayJson(response, 201, { id: chats.add(asked.data.conversation, message) });
    await Promise.resolve();
  };
  const members = (request: Request, response: Response): void => {
    if (!own(request)) return sayJson(response, 403, {});
    sayJson(
      response,
      200,
      players.map(({ person, name, userPrincipalName, objectId }) => ({
        id: objectId,
        aadObjectId: objectId,
        name: protocol().people[person]?.name ?? name,
        userPrincipalName,
        userRole: 'user',
        tenantId: 'rehearsal',
      })),
    );
  };

  server.post(`${connectorPath}/v3/conversations`, body, async (request, response) => {
    if (!own(request)) return sayJson(response, 403, {});
    const asked = begun.safeParse(request.body);
    if (!asked.success) return sayJson(response, 404, {});
    const message = { from: 'crier' as const, at: clock(), ...told(asked.data.activity) };
    const id = chats.add(channelId, message);
    sayJson(response, 201, { id: `${channelId}${threadMark}${id}`, activityId: id });
    await Promise.resolve();
  });
  server.post(`${connectorPath}/v3/conversations/:conversation/activities`, body, post);
  server.post(`${connectorPath}/v3/conversations/:conversation/activities/:activity`, body, post);
  server.put(
    `${connectorPath}/v3/conversations/:conversation/activities/:activity`,
    body,
    async (request, response) => {
      const asked = inPath.safeParse(request.params);
      if (!own(request) || !asked.success) return sayJson(response, 403, {});
      const { conversation, activity: id = '' } = asked.data;
      if (!chats.replace(conversation, id, told(request.body))) return sayJson(response, 404, {});
      sayJson(response, 200, { id });
      await Promise.resolve();
    },
  );
  server.get(attachmentPath(':attachment'), async (request, response) => {
    const asked = fileInPath.safeParse(request.params);
    if (!own(request) || !asked.success) return sayJson(response, 403, {});
    const file = held.take(asked.data.attachment);
    if (file === undefined) return sayJson(response, 404, {});
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.size),
      'Cache-Control': 'no-store',
    });
    try {
      await pipeline(Readable.from(file.stream(), { objectMode: false }), response);
    } catch (fault) {
      // Crier leaves off once it knows that it cannot take the file.
      if (!response.destroyed) throw fault;
    }
  });
  server.get(`${connectorPath}/v3/conversations/:conversation/members`, async (request, response) => {
    members(request, response);
    await Promise.resolve();
  });
  server.get(`${connectorPath}/v3/conversations/:conversation/pagedmembers`, async (request, response) => {
    if (!own(request)) return sayJson(response, 403, {});
    const list = players.map(({ name, userPrincipalName, objectId }) => ({
      id: objectId,
      aadObjectId: objectId,
      name,
      userPrincipalName,
      userRole: 'user',
    }));
    sayJson(response, 200, { members: list });
    await Promise.resolve();
  });
}
