import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { consentPage, type ConsentPage } from './consent.ts';
import {
  answerCall,
  bodyOf,
  createChangeFaults,
  createFaults,
  send,
  type Answer,
  type PeerPost,
  type PlayedNetwork,
  type VendorErrors,
} from './faults.ts';
import type { FilmBytes } from './film-bytes.ts';
import { xMedia, type XFilm, type XFilmFaults } from './x-media.ts';

/** One account of X with an app that may speak for it both ways. */
export const xAccount = {
  appKey: 'peer-app-key',
  appSecret: 'peer-app-secret',
  accessToken: '2244994945-peer-access',
  accessSecret: 'peer-access-secret',
  clientId: 'peer-client',
  clientSecret: 'peer-client-secret',
  refreshToken: 'peer-refresh-0',
  userId: '2244994945',
} as const;

/** One of several accounts that the same app speaks for, by OAuth 1.0a; each has its own window and timeline. */
export const oneOfMany = (n: number) => ({
  ...xAccount,
  accessToken: `${xAccount.accessToken}-${String(n)}`,
  userId: `${xAccount.userId}${String(n).padStart(4, '0')}`,
});

/** A request to post, as it came in. */
export interface Arrived {
  readonly text: string;
  /** when its first bytes were read, by this process's monotonic clock */
  readonly at: number;
}

export interface XPeer extends PlayedNetwork {
  /** every request to post, whatever became of it */
  readonly arrived: readonly Arrived[];
  /** refresh tokens that were given out, the newest last; only the newest works */
  readonly refreshTokens: readonly string[];
  readonly page: ConsentPage;
  /** the film of each post that has one, by the post's id, as it was when the post was made */
  readonly films: ReadonlyMap<string, XFilm>;
  readonly filmFaults: XFilmFaults;
  /** each piece of a film that came, by its number */
  readonly pieces: readonly number[];
  readonly filmBytes: FilmBytes;
  /** how many uploads of films were begun, and how many of them, or anew, at the first byte */
  readonly uploadsBegun: () => number;
  readonly fromZero: () => number;
  /** ids of posts that X does not show to whoever asks for them */
  readonly hidden: Set<string>;
}

export interface XPeerOptions {
  readonly clock?: () => number;
  /** X refuses the words of a post that stands; without that a second post is seen as one */
  readonly refusesDuplicates?: boolean;
  /** posts in a window of a quarter of an hour */
  readonly limit?: number;
  /** how long an access token of OAuth 2 lives, in seconds */
  readonly tokenLife?: number;
  /** how many accounts there are beside the one: `oneOfMany(0)` and so on */
  readonly many?: number;
  /** an account that may post no film, and is told so many minutes */
  readonly longestFilm?: number;
  /** how long a post takes, in milliseconds */
  readonly takes?: number;
  /** by which error of OAuth 2 it gives no tokens to the app */
  readonly refusesApp?: string;
  /** waited for when a refresh token is spent and nobody has the new one yet */
  readonly onGrant?: () => Promise<void>;
  /** is told of each request to post when it has been read */
  readonly onPost?: (arrived: readonly Arrived[]) => void;
}

/** What the peer keeps of an account. */
interface Held {
  readonly userId: string;
  used: { from: number; posts: number };
}

const windowLength = 900_000;
const host = 'api.x.com';

const posting = z
  .strictObject({
    text: z.string(),
    media: z.strictObject({ media_ids: z.array(z.string()).min(1).max(4) }).optional(),
    reply: z.strictObject({ in_reply_to_tweet_id: z.string() }).optional(),
    quote_tweet_id: z.string().optional(),
  })
  .refine((wanted) => wanted.media === undefined || wanted.quote_tweet_id === undefined);

/** Plays api.x.com: signatures and tokens are verified, a rate window is kept, and posting twice posts twice. */
export function playX(options: XPeerOptions = {}): XPeer {
  const { clock = Date.now, refusesDuplicates = true, limit = 100, tokenLife = 7_200 } = options;
  const { many = 0, takes = 0, onPost, onGrant, longestFilm } = options;
  const faults = createFaults();
  const hidden = new Set<string>();
  const changes = createChangeFaults();
  const posts: PeerPost[] = [];
  const requests: string[] = [];
  const nonces = new Set<string>();
  const accessTokens = new Map<string, number>();
  const refreshTokens: string[] = [xAccount.refreshToken];
  let lastId = 1_790_000_000_000_000_000n;
  const page = consentPage('https://x.com/i/oauth2/authorize', xAccount.clientId, true);
  const arrived: Arrived[] = [];
  const accountOf = (userId: string): Held => ({ userId, used: { from: 0, posts: 0 } });
  const main = accountOf(xAccount.userId);
  const held = new Map<string, Held>([[xAccount.accessToken, main]]);
  for (let n = 0; n < many; n += 1) held.set(oneOfMany(n).accessToken, accountOf(oneOfMany(n).userId));
  /** whose timeline each post stands on, by its id */
  const standsOn = new Map<string, string>();

  const problem = (status: number, title: string, detail: string, headers = {}): Answer => ({
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { title, detail, type: 'about:blank', status },
  });
  const media = xMedia(clock, problem);
  const films = new Map<string, XFilm>();
  const unauthorized = (): Answer => problem(401, 'Unauthorized', 'Unauthorized');
  const rateHeaders = ({ used }: Held): Record<string, string> => ({
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(Math.max(0, limit - used.posts)),
    'x-rate-limit-reset': String(Math.ceil((used.from + windowLength) / 1000)),
  });
  const tooMany = (headers: Record<string, string>): Answer =>
    problem(429, 'Too Many Requests', 'Too Many Requests', headers);
  const duplicate = (): Answer =>
    problem(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.');

  /** Whose request it is; undefined for one that nobody has signed. */
  function authorized(request: IncomingMessage, address: URL): Held | undefined {
    const header = request.headers.authorization ?? '';
    if (header.startsWith('Bearer ')) {
      const until = accessTokens.get(header.slice('Bearer '.length));
      return until !== undefined && until > clock() ? main : undefined;
    }
    if (!header.startsWith('OAuth ')) return undefined;
    const given = new Map<string, string>();
    for (const [, name = '', value = ''] of header.matchAll(/(\w+)="([^"]*)"/g)) {
      given.set(name, decodeURIComponent(value));
    }
    const nonce = given.get('oauth_nonce') ?? '';
    const age = Math.abs(Date.now() / 1000 - Number(given.get('oauth_timestamp')));
    if (nonce === '' || nonces.has(nonce) || !(age < 300)) return undefined;
    if (given.get('oauth_signature_method') !== 'HMAC-SHA1') return undefined;
    if (given.get('oauth_consumer_key') !== xAccount.appKey) return undefined;
    const whose = held.get(given.get('oauth_token') ?? '');
    if (whose === undefined) return undefined;
    nonces.add(nonce);
    const fields = [...given].filter(([name]) => name !== 'oauth_signature');
    const pairs = [...fields, ...address.searchParams]
      .map(([name, value]) => [encoded(name), encoded(value)] as const)
      .toSorted(([a, v], [b, w]) => (a < b ? -1 : a > b ? 1 : v < w ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    const base = [request.method ?? '', `https://${host}${address.pathname}`, pairs].map(encoded).join('&');
    const key = `${encoded(xAccount.appSecret)}&${encoded(xAccount.accessSecret)}`;
    const signature = createHmac('sha1', key).update(base).digest('base64');
    return signature === given.get('oauth_signature') ? whose : undefined;
  }

  const nextId = (): string => {
    lastId += 4_194_304n;
    return String(lastId);
  };

  function commit(wanted: z.infer<typeof posting>, whose: Held): Answer {
    const id = nextId();
    const shows = media.shown(wanted.media?.media_ids ?? []);
    whose.used.posts += 1;
    standsOn.set(id, whose.userId);
    if (shows?.film !== undefined) films.set(id, shows.film);
    posts.push({
      id,
      text: wanted.text,
      at: clock(),
      pictures: shows?.pictures ?? [],
      ...(wanted.reply === undefined ? {} : { replyTo: wanted.reply.in_reply_to_tweet_id }),
      ...(wanted.quote_tweet_id === undefined ? {} : { quote: wanted.quote_tweet_id }),
    });
    return {
      status: 201,
      headers: rateHeaders(whose),
      body: { data: { id, text: shown(wanted.text, 0).text, edit_history_tweet_ids: [id] } },
    };
  }

  async function post(request: IncomingMessage, response: ServerResponse, whose: Held): Promise<void> {
    const at = performance.now();
    const read = posting.safeParse(JSON.parse(String(await bodyOf(request))));
    if (!read.success)
      return send(response, problem(400, 'Invalid Request', 'One or more parameters are invalid.'));
    const wanted = read.data;
    arrived.push({ text: wanted.text, at });
    onPost?.(arrived);
    if (takes > 0) await pause(takes);
    if (clock() >= whose.used.from + windowLength) whose.used = { from: clock(), posts: 0 };
    if (whose.used.posts >= limit) return send(response, tooMany(rateHeaders(whose)));
    const answersTo = wanted.reply?.in_reply_to_tweet_id;
    if (answersTo !== undefined && !posts.some((each) => each.id === answersTo)) {
      return send(response, problem(400, 'Invalid Request', 'The post to answer does not exist.'));
    }
    const shows = media.shown(wanted.media?.media_ids ?? []);
    if (shows === undefined)
      return send(response, problem(400, 'Invalid Request', 'Your media IDs are invalid.'));
    if (shows.film !== undefined && longestFilm !== undefined) {
      const detail = `This user is not allowed to post a video longer than ${String(longestFilm)} minutes.`;
      return send(response, problem(403, 'Forbidden', detail));
    }
    if (refusesDuplicates && posts.some((each) => each.text === wanted.text))
      return send(response, duplicate());
    answerCall(faults, response, wanted.text, () => commit(wanted, whose), errors);
  }

  const errors: VendorErrors = {
    broken: (status) => problem(status, 'Service Unavailable', 'Service Unavailable'),
    busy: (withReset) =>
      tooMany(
        withReset
          ? {
              'x-rate-limit-limit': '100',
              'x-rate-limit-remaining': '0',
              'x-rate-limit-reset': String(Math.ceil(clock() / 1000) + 40),
            }
          : {},
      ),
    deadToken: unauthorized,
    oldToken: () => {
      accessTokens.clear();
      return unauthorized();
    },
    duplicate,
    bad: () => problem(400, 'Invalid Request', 'One or more parameters to your request was invalid.'),
  };

  function drop(id: string): Answer {
    const at = posts.findIndex((each) => each.id === id);
    if (at >= 0) posts.splice(at, 1);
    return { status: 200, body: { data: { deleted: true } } };
  }

  async function grant(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URLSearchParams(String(await bodyOf(request)));
    const basic = `Basic ${Buffer.from(`${xAccount.clientId}:${xAccount.clientSecret}`).toString('base64')}`;
    const fresh = asked.get('grant_type') === 'authorization_code' ? page.spend(asked) : undefined;
    const good =
      request.headers.authorization === basic &&
      (fresh !== undefined ||
        (asked.get('grant_type') === 'refresh_token' && asked.get('refresh_token') === refreshTokens.at(-1)));
    if (options.refusesApp !== undefined)
      return send(response, { status: 400, body: { error: options.refusesApp } });
    if (!good) {
      const body = { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' };
      return send(response, { status: 400, body });
    }
    const access = `peer-access-${randomUUID()}`;
    const refresh = `peer-refresh-${String(refreshTokens.length)}`;
    accessTokens.set(access, clock() + tokenLife * 1000);
    refreshTokens.push(refresh);
    await onGrant?.();
    return send(response, {
      status: 200,
      body: {
        token_type: 'bearer',
        expires_in: tokenLife,
        access_token: access,
        refresh_token: refresh,
        scope: fresh?.scope ?? 'tweet.read tweet.write users.read media.write offline.access',
      },
    });
  }

  const timeline = (address: URL, whose: Held): Answer => {
    const since = Date.parse(address.searchParams.get('start_time') ?? '1970-01-01T00:00:00Z');
    const most = Number(address.searchParams.get('max_results') ?? '10');
    const from = Number(address.searchParams.get('pagination_token') ?? '0');
    const without = address.searchParams.get('exclude')?.split(',') ?? [];
    const all = posts
      .filter((each) => standsOn.get(each.id) === whose.userId)
      .filter((each) => each.at >= since && !(without.includes('replies') && each.replyTo !== undefined))
      .toReversed();
    const page = all.slice(from, from + most);
    const next = from + most < all.length ? { next_token: String(from + most) } : {};
    return {
      status: 200,
      body: {
        ...(page.length === 0 ? {} : { data: page.map((each) => asTold(each, films.has(each.id))) }),
        meta: { result_count: page.length, ...next },
      },
    };
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', `https://${host}`);
    const path = address.pathname;
    const method = request.method ?? '';
    requests.push(`${method} ${address.href}`);
    if (method === 'POST' && path === '/2/oauth2/token') return await grant(request, response);
    const whose = authorized(request, address);
    if (whose === undefined) return send(response, unauthorized());
    if (method === 'POST' && path === '/2/tweets') return await post(request, response, whose);
    if (method === 'POST' && path.startsWith('/2/media/')) return await media.post(request, response, path);
    if (method === 'GET' && path === '/2/media/upload' && address.searchParams.get('command') === 'STATUS')
      return send(response, media.status(address.searchParams.get('media_id') ?? ''));
    if (method === 'GET' && path === '/2/users/me') {
      const data = {
        id: whose.userId,
        name: 'Sefton Council',
        username: 'SeftonCouncil',
        public_metrics: { followers_count: 31_000, following_count: 1, tweet_count: 1, listed_count: 1 },
      };
      return send(response, { status: 200, body: { data } });
    }
    if (method === 'GET' && path === `/2/users/${whose.userId}/tweets`)
      return send(response, timeline(address, whose));
    const [, id = ''] = /^\/2\/tweets\/(\d+)$/.exec(path) ?? [];
    const found = posts.find((each) => each.id === id);
    // A post that is not there, or not shown, is no refusal to whoever reads it: X says so beside no post.
    if (method === 'GET' && (found === undefined || hidden.has(id)))
      return send(
        response,
        unread(found === undefined ? 'resource-not-found' : 'not-authorized-for-resource'),
      );
    if (found === undefined) return send(response, problem(404, 'Not Found', 'Could not find it.'));
    if (method === 'DELETE') return answerCall(changes.remove, response, found.text, () => drop(id), errors);
    const counts = { like_count: 4, reply_count: 3, retweet_count: 2, quote_count: 1, impression_count: 500 };
    return send(response, {
      status: 200,
      body: { data: { ...asTold(found, films.has(found.id)), public_metrics: counts } },
    });
  }

  return {
    hosts: {
      [host]: (request, response) => {
        void answer(request, response).catch((fault: unknown) =>
          response.destroy(fault instanceof Error ? fault : undefined),
        );
      },
    },
    faults,
    changes,
    drop,
    posts: () => [...posts],
    byHand: (text) => {
      const id = nextId();
      standsOn.set(id, xAccount.userId);
      posts.push({ id, text, at: clock(), pictures: [] });
      return id;
    },
    requests,
    arrived,
    refreshTokens,
    page,
    films,
    filmFaults: media.faults,
    pieces: media.pieces,
    filmBytes: media.bytes,
    uploadsBegun: media.begun,
    fromZero: media.fromZero,
    hidden,
  };
}

const unread = (why: string) => ({
  status: 200,
  body: { errors: [{ title: 'Error', type: `https://api.twitter.com/2/problems/${why}` }] },
});

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** As X gives a text back: marks escaped, links behind short ones, a link of its own for pictures. */
function shown(text: string, pictures: number) {
  const urls: { start: number; end: number; url: string; expanded_url: string; media_key?: string }[] = [];
  let out = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  out = out.replace(/(?:https?:\/\/|\b(?:www\.)?[a-z-]+\.(?:gov|org|co)\.uk)\S*[^\s.,;:!?)]/g, (link) => {
    const url = `https://t.co/p${String(urls.length)}`;
    const full = link.replaceAll('&amp;', '&');
    urls.push({ start: 0, end: 0, url, expanded_url: /^https?:/.test(full) ? full : `http://${full}` });
    return url;
  });
  if (pictures > 0) {
    const url = 'https://t.co/picture';
    for (let n = 0; n < pictures; n += 1) {
      urls.push({
        start: 0,
        end: 0,
        url,
        expanded_url: 'https://x.com/a/status/1/photo/1',
        media_key: `3_${String(n)}`,
      });
    }
    out = `${out} ${url}`.trim();
  }
  return { text: out, ...(urls.length === 0 ? {} : { entities: { urls } }) };
}

function asTold(post: PeerPost, film: boolean) {
  const references = [
    ...(post.replyTo === undefined ? [] : [{ type: 'replied_to', id: post.replyTo }]),
    ...(post.quote === undefined ? [] : [{ type: 'quoted', id: post.quote }]),
  ];
  const shows = film ? 1 : post.pictures.length;
  const { text, ...entities } = shown(post.text, shows);
  return {
    id: post.id,
    text: post.quote === undefined ? text : `${text} https://x.com/a/status/${post.quote}`,
    ...entities,
    created_at: new Date(Math.floor(post.at / 1000) * 1000).toISOString(),
    edit_history_tweet_ids: [post.id],
    ...(references.length === 0 ? {} : { referenced_tweets: references }),
    ...(shows === 0
      ? {}
      : { attachments: { media_keys: Array.from({ length: shows }, (_, n) => `3_${String(n)}`) } }),
  };
}
