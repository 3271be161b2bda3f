import type { Request, Response } from 'restify';
import { z } from 'zod';
import type { Millis } from '../core/time.ts';
import type { Council } from '../protocol/protocol.ts';
import { frameTitle, movedWords, pageTitles } from '../words/pages.ts';
import { sayForYears } from '../words/times.ts';
import { atomFeed, jsonFeed, rssFeed } from './feeds.ts';
import { itemView, type ItemView } from './item.ts';
import type { Look } from './look.ts';
import { lengthsOf, sendParts, sentAs, type MediaReader } from './media.ts';
import type { NewsPage, NewsReader } from './news.ts';
import { caching, respond } from './respond.ts';
import { contentSecurityPolicy } from './security.ts';

/** What the news site is drawn from. */
export interface NewsParts {
  readonly clock: () => Millis;
  readonly news: NewsReader;
  readonly media: MediaReader;
  /** the council of the protocol in force */
  readonly council: Council;
  /** where the public reaches the site, without a slash at the end; over https it says so for good (HSTS) */
  readonly publicUrl: () => string;
}

/** What the server does for each route. */
interface Serving {
  readonly look: Look;
  readonly framedBy: readonly string[];
  readonly read: (path: string, handler: (request: Request, response: Response) => Promise<void>) => void;
  readonly page: (request: Request, response: Response, body: string) => Promise<void>;
  readonly errorPage: (request: Request, response: Response, status: number) => Promise<void>;
}

/** How many stories a page of the news, the front page, the feeds and the frame show. */
const shown = { news: 20, home: 10, feed: 30, embed: 5 } as const;

const addressInPath = z.object({ address: z.string() });
const hashInPath = z.object({ hash: z.string() });

/** The news site: its front page, the news, each page of it with its pictures, the feeds and the frame. */
export function newsRoutes(parts: NewsParts & Serving): void {
  const { clock, news, media, council, publicUrl: home, look, framedBy, read, page, errorPage } = parts;

  const views = (pages: readonly NewsPage[], now: Millis): readonly ItemView[] =>
    pages.map((page) => itemView(page, home(), now));

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
      { text: pageTitles.home, href: '/' },
      { text: pageTitles.news, href: '/news' },
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
    const snippet = `<iframe src="${home()}/embed" title="${attribute(frameTitle(council.name))}" width="100%" height="560" loading="lazy"></iframe>`;
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
