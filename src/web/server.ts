import type { Request, RequestHandler, Response, Server } from 'restify';
import { seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { createLook } from './look.ts';
import { newsRoutes, type NewsParts } from './news-routes.ts';
import { caching, respond } from './respond.ts';
import { createServer } from './restify.ts';
import { contentSecurityPolicy, securityHeaders } from './security.ts';
import { pageTitles, titleOfStatus } from '../words/pages.ts';

/** How long a sender may take. What comes in a body is limited where it is read, by `jsonBody`. */
export interface WebLimits {
  /** for a request's headers to arrive */
  readonly headers: Millis;
  /** for a whole request to arrive */
  readonly request: Millis;
  /** for the store to say that it is there */
  readonly ready: Millis;
}

/** Longer than a slow phone needs, and short enough that nobody holds the server up. */
const usualLimits: WebLimits = { headers: seconds(10), request: seconds(30), ready: seconds(5) };

/** Puts routes of another part on the same server, such as `/api/messages`. */
export type Mount = (server: Server) => void;

export interface WebParts extends NewsParts {
  readonly log: Log;
  readonly limits?: Partial<WebLimits>;
  /** origins that may show `/embed` in a frame; the council's own website when absent */
  readonly framedBy?: readonly string[];
  /** resolves while the store answers */
  readonly ready: () => Promise<void>;
  readonly mounts?: readonly Mount[];
}

const html = 'text/html; charset=utf-8';

/**
 * Builds the web server: the news site, its feeds, frame and pictures, health, and whatever is mounted. It does
 * not listen yet. Every answer carries the security headers and a request id; no error says more than it must.
 */
export function createWebServer(parts: WebParts): Server {
  const { log, council } = parts;
  const limits = { ...usualLimits, ...parts.limits };
  const framedBy = parts.framedBy ?? [new URL(council.site).origin];
  const look = createLook(council);
  const phoneLink = council.phone.replace(/[^+0-9]/g, '');
  const server = createServer({ name: 'crier', ignoreTrailingSlash: true });
  // We speak nothing but HTTP. restify listens for upgrades and leaves them to nobody, so that a connection which asked
  // for one would stay open without an answer and outside every time limit.
  server.server.removeAllListeners('upgrade');
  server.server.headersTimeout = limits.headers;
  server.server.requestTimeout = limits.request;

  const always = securityHeaders(parts.publicUrl().startsWith('https:'));
  server.pre((request, response, next) => {
    const began = performance.now();
    response.removeHeader('Server');
    response.setHeader('X-Request-Id', request.id());
    for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
    response.once('close', () => {
      // The route's pattern, never the address: an address can carry what somebody typed.
      const route: unknown = request.getRoute()?.path;
      log.debug('answered', {
        id: request.id(),
        method: request.method,
        route: typeof route === 'string' ? route : 'none',
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - began),
      });
    });
    next();
  });

  async function errorPage(request: Request, response: Response, status: number): Promise<void> {
    const cache = caching.never;
    if (request.path().startsWith('/api/')) {
      const body = JSON.stringify({ error: titleOfStatus(status) });
      await respond(request, response, {
        status,
        contentType: 'application/json; charset=utf-8',
        body,
        cache,
      });
      return;
    }
    const title = titleOfStatus(status);
    const body = look.draw('error.njk', { status, title, requestId: request.id() });
    response.setHeader('Content-Security-Policy', contentSecurityPolicy());
    await respond(request, response, { status, contentType: html, body, cache });
  }

  async function failed(request: Request, response: Response, fault: unknown): Promise<void> {
    const status = statusOf(fault);
    if (status >= 500) log.fault('a request failed', fault, { id: request.id(), method: request.method });
    if (response.headersSent) return;
    try {
      await errorPage(request, response, status);
    } catch (second) {
      log.fault('the page for an error failed', second, { id: request.id() });
      if (!response.headersSent) response.sendRaw(500, '');
    }
  }
  server.on('restifyError', (request: Request, response: Response, fault: unknown, done: () => void) => {
    const answer = async (): Promise<void> => {
      await failed(request, response, fault);
      done();
    };
    void answer();
  });

  /** Answers GET and HEAD alike. */
  function read(path: string, handler: (request: Request, response: Response) => Promise<void>): void {
    const route: RequestHandler = async (request, response) => handler(request, response);
    server.get(path, route);
    server.head(path, route);
  }

  async function page(request: Request, response: Response, body: string): Promise<void> {
    await respond(request, response, { status: 200, contentType: html, body, cache: caching.page });
  }

  newsRoutes({ ...parts, look, framedBy, read, page, errorPage });

  const plain = [
    { path: '/contact', template: 'contact.njk', title: pageTitles.contact },
    { path: '/privacy', template: 'privacy.njk', title: pageTitles.privacy },
    { path: '/terms', template: 'terms.njk', title: pageTitles.terms },
    { path: '/accessibility', template: 'accessibility.njk', title: pageTitles.accessibility },
  ] as const;
  for (const { path, template, title } of plain) {
    read(path, (request, response) =>
      page(request, response, look.draw(template, { title, path, phoneLink })),
    );
  }

  for (const { path, contentType, body } of look.assets) {
    read(path, (request, response) =>
      respond(request, response, { status: 200, contentType, body, cache: caching.asset }),
    );
  }

  const text = 'text/plain; charset=utf-8';
  // Browsers ask for it by themselves. The council's own sign is not ours to draw.
  read('/favicon.ico', async (_request, response) => {
    response.sendRaw(204, '', { 'Cache-Control': caching.asset });
    await Promise.resolve();
  });
  read('/healthz', (request, response) =>
    respond(request, response, { status: 200, contentType: text, body: 'alive', cache: caching.never }),
  );
  read('/readyz', async (request, response) => {
    const ready = await answersWithin(parts.ready, limits.ready);
    if (ready !== true) log.fault('not ready', ready, { id: request.id() });
    const [status, body] = ready === true ? [200, 'ready'] : [503, 'not ready'];
    await respond(request, response, { status, contentType: text, body, cache: caching.never });
  });

  for (const mount of parts.mounts ?? []) mount(server);
  return server;
}

/** The status of what restify or a handler threw: its own where it has one, 500 for a fault. */
function statusOf(fault: unknown): number {
  if (fault instanceof Error && 'statusCode' in fault && typeof fault.statusCode === 'number') {
    return fault.statusCode >= 400 && fault.statusCode < 600 ? fault.statusCode : 500;
  }
  return 500;
}

/** @returns true when it resolved in time, else what it failed with */
async function answersWithin(asked: () => Promise<void>, within: Millis): Promise<unknown> {
  const late = Promise.withResolvers<unknown>();
  const timer = setTimeout(() => late.resolve(new Error('no answer in time')), within);
  try {
    return await Promise.race([asked().then(() => true), late.promise]);
  } catch (fault) {
    return fault ?? new Error('not ready');
  } finally {
    clearTimeout(timer);
  }
}
