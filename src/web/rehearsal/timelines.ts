import { crier } from '../../core/context.ts';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import { jsonBody } from '../body.ts';
import { sayJson } from '../respond.ts';
import { mayCome } from '../same-origin.ts';
import type { RehearsalParts } from './parts.ts';

const inPath = z.object({ account: z.string(), id: z.string().optional() });
const since = z.object({ since: z.coerce.number().optional() });
const posted = z.object({
  text: z.string(),
  title: z.string().exactOptional(),
  media: z.array(z.object({ hash: z.string(), contentType: z.string(), alt: z.string() })),
  replyTo: z.string().exactOptional(),
  quote: z.string().exactOptional(),
});
const changed = posted.pick({ text: true, title: true }).extend({ note: z.string().exactOptional() });
const body = jsonBody({ bytes: 512 * 1024, within: 10_000 });

/**
 * The timelines of rehearsal accounts, spoken to as a social network would be: posting the same twice makes two.
 * Only this process, which no browser is, may call.
 */
export function mountTimelines(server: Server, parts: RehearsalParts): void {
  const { executor, timelines, randomId, port } = parts;
  const own = (request: Request): boolean => mayCome(request, { port: port(), callers: 'no-page' });
  const urlOf = (id: string): string => `${parts.origin()}/rehearsal#${id}`;

  server.get('/rehearsal/timelines/:account', async (request, response) => {
    const asked = inPath.safeParse(request.params);
    if (!own(request) || !asked.success) return sayJson(response, 403);
    const query = since.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
    const entries = await timelines.entries(asked.data.account, query.data?.since ?? 0);
    sayJson(
      response,
      200,
      entries
        .filter((entry) => entry.removedAt === undefined)
        .map(({ id, text, at }) => ({ id, url: urlOf(id), text, at })),
    );
  });

  server.post('/rehearsal/timelines/:account', body, async (request, response) => {
    const asked = inPath.safeParse(request.params);
    const given = posted.safeParse(request.body);
    if (!own(request)) return sayJson(response, 403);
    if (!asked.success || !given.success) return sayJson(response, 400);
    const id = `entry-${randomId()}`;
    const params = { account: asked.data.account, ...given.data };
    await executor.execute({ command: 'timeline-entry.post', id, params, actor: crier });
    sayJson(response, 201, { id, url: urlOf(id) });
  });

  server.put('/rehearsal/timelines/:account/:id', body, async (request, response) => {
    const asked = inPath.safeParse(request.params);
    const given = changed.safeParse(request.body);
    if (!own(request)) return sayJson(response, 403);
    if (asked.data?.id === undefined || !given.success) return sayJson(response, 400);
    const call = { command: 'timeline-entry.change', id: asked.data.id, params: given.data, actor: crier };
    sayJson(response, (await executor.execute(call)).done ? 204 : 404);
  });

  server.del('/rehearsal/timelines/:account/:id', async (request, response) => {
    const asked = inPath.safeParse(request.params);
    if (!own(request)) return sayJson(response, 403);
    if (asked.data?.id === undefined) return sayJson(response, 400);
    const call = { command: 'timeline-entry.remove', id: asked.data.id, params: {}, actor: crier };
    sayJson(response, (await executor.execute(call)).done ? 204 : 404);
  });
}
