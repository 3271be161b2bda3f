import type { Request, RequestHandler, Response, Server } from 'restify';
import { z } from 'zod';
import { seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import type { Council } from '../protocol/protocol.ts';
import { atomFeed, jsonFeed, rssFeed } from './feeds.ts';
import { itemView, type ItemView } from './item.ts';
import { createLook } from './look.ts';
import { lengthsOf, sendParts, sentAs, type MediaReader } from './media.ts';
import type { NewsPage, NewsReader } from './news.ts';
import { caching, respond } from './respond.ts';
import { createServer } from './restify.ts';
import { contentSecurityPolicy, securityHeaders } from './security.ts';
import { movedWords, pageTitles, titleOfStatus } from '../words/pages.ts';
import { sayForYears } from '../words/times.ts';

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
export const usualLimits: WebLimits = { headers: seconds(10), request: seconds(30), ready: seconds(5) };

/** Puts routes of another part on the same server, such as `/api/messages`. */
export type Mount = (server: Server) => void;

export interface WebParts {
  readonly log: Log;
  readonly clock: () => Millis;
  readonly limits?: Partial<WebLimits>;
  readonly news: NewsReader;
  readonly media: MediaReader;
  /** the council of the protocol in force */
  readonly council: Council;
  /** where the public reaches the site, without a slash at the end; https adds HSTS */
  readonly publicUrl: () => string;
  /** origins that may show `/embed` in a frame; the council's own website when absent */
  readonly framedBy?: readonly string[];
  /** resolves while the store answers */
  readonly ready: () => Promise<void>;
  readonly mounts?: readonly Mount[];
}

/** How many stories a page of the news, the front page, the feeds and the frame show. */
const shown = { news: 20, home: 10, feed: 30, embed: 5 } as const;

const html = 'text/html; charset=utf-8';

const addressInPath = z.object({ address: z.string() });
const hashInPath = z.object({ hash: z.string() });

/**
 * Builds the web server: the news site, its feeds, frame and pictures, health, and whatever is mounted. It does
 * not listen yet. Every answer carries the security headers and a request id; no error says more than it must.
 */
export function createWebServer(parts: WebParts): Server {
  const { log, clock, news, media, council, publicUrl: home } = parts;
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

  const always = securityHeaders(home().startsWith('https:'));
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

  const views = (pages: readonly NewsPage[], now: Millis): readonly ItemView[] =>
    pages.map((page) => itemView(page, home(), now));

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

  read('/', async (request, response) => {
    const now = clock();
    const items = views(await news.current(now, shown.home), now);
    await page(request, response, look.draw('home.njk', { title: pageTitles.latest, items }));
  });

  read('/news', async (request, response) => {
    const now = clock();
    const stretch = stretchOf(new URLSearchParams(request.getQuery()));
    if (stretch === undefined) return errorPage(request, response, 400);
    const { pages, before, after } = await news.slice(stretch, shown.news);
    const newest = pages[0];
    const oldest = pages.at(-1);
    const older = after !== undefined;
    const body = look.draw('news.njk', {
      title: older ? pageTitles.older : pageTitles.news,
      section: 'news',
      path: '/news',
      items: views(pages, now),
      older,
      range:
        older && newest !== undefined && oldest !== undefined
          ? `From ${sayForYears(newest.publishedAt)} back to ${sayForYears(oldest.publishedAt)}.`
          : '',
      ...(after === undefined ? {} : { newerPath: `/news?after=${new Date(after).toISOString()}` }),
      ...(before === undefined ? {} : { olderPath: `/news?before=${new Date(before).toISOString()}` }),
    });
    await page(request, response, body);
  });

  const feeds = [
    { path: '/news/feed.json', contentType: 'application/feed+json; charset=utf-8', make: jsonFeed },
    { path: '/news/atom.xml', contentType: 'application/atom+xml; charset=utf-8', make: atomFeed },
    { path: '/news/rss.xml', contentType: 'application/rss+xml; charset=utf-8', make: rssFeed },
  ];
  for (const { path, contentType, make } of feeds) {
    read(path, async (request, response) => {
      const { pages } = await news.slice('newest', shown.feed);
      const items = views(pages, clock());
      const lengths = await lengthsOf(
        items.flatMap(({ videos }) => videos.map(({ hash }) => hash)),
        media,
      );
      await respond(request, response, {
        status: 200,
        contentType,
        body: make(look, { council, home: home(), items, lengths }),
        cache: caching.page,
        // Feeds are for everybody's programs, also those that run in a page of another site.
        headers: { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' },
      });
    });
  }

  read('/news/:address', async (request, response) => {
    const { address } = addressInPath.parse(request.params);
    const found = await news.find(address);
    if (found === undefined) return errorPage(request, response, 404);
    if (found.is === 'removed') return errorPage(request, response, 410);
    if (found.address !== address) {
      const headers = { Location: `/news/${found.address}` };
      const body = movedWords;
      return respond(request, response, {
        status: 302,
        contentType: 'text/plain',
        body,
        cache: caching.page,
        headers,
      });
    }
    const item = itemView(found, home(), clock());
    const crumbs = [
      { text: 'Home', href: '/' },
      { text: 'News', href: '/news' },
    ];
    if (item.videos.length > 0) {
      response.setHeader('Content-Security-Policy', contentSecurityPolicy({ media: true }));
    }
    await page(
      request,
      response,
      look.draw('page.njk', { title: item.headline, section: 'news', crumbs, item }),
    );
  });

  read('/embed', async (request, response) => {
    const now = clock();
    const items = views(await news.current(now, shown.embed), now);
    response.setHeader('Content-Security-Policy', contentSecurityPolicy({ framedBy }));
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.removeHeader('X-Frame-Options');
    await page(request, response, look.draw('embed.njk', { items }));
  });

  read('/embed/how', async (request, response) => {
    const snippet = `<iframe src="${home()}/embed" title="Latest news from ${attribute(council.name)}" width="100%" height="560" loading="lazy"></iframe>`;
    response.setHeader('Content-Security-Policy', contentSecurityPolicy({ script: true, frame: true }));
    await page(request, response, look.draw('embed-how.njk', { title: pageTitles.embed, snippet, framedBy }));
  });

  read('/media/:hash', async (request, response) => {
    const { hash } = hashInPath.parse(request.params);
    const medium = /^[A-Za-z0-9_-]{1,100}$/.test(hash) ? await news.medium(hash) : undefined;
    // Bytes of a page that was taken down stay as evidence, but not for the public.
    const how = medium === undefined ? undefined : sentAs(medium.contentType);
    if (medium === undefined || how === undefined) return errorPage(request, response, 404);
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    const { contentType } = medium;
    if (how === 'in-parts') {
      const sent = await sendParts(request, response, { hash, contentType, cache: caching.picture }, media);
      return sent ? undefined : errorPage(request, response, 404);
    }
    const bytes = await media.read(medium.hash);
    if (bytes === undefined) return errorPage(request, response, 404);
    await respond(request, response, {
      status: 200,
      contentType: contentType === 'text/vtt' ? 'text/vtt; charset=utf-8' : contentType,
      body: bytes,
      cache: caching.picture,
    });
  });

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

/** @returns which stretch of the news was asked for; undefined for times that are none */
function stretchOf(query: URLSearchParams): 'newest' | { before: Millis } | { after: Millis } | undefined {
  const before = query.get('before');
  const after = query.get('after');
  if (before === null && after === null) return 'newest';
  const at = Date.parse(before ?? after ?? '');
  if (Number.isNaN(at)) return undefined;
  return before === null ? { after: at } : { before: at };
}

const attribute = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

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
