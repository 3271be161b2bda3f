import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { consentPage, type ConsentPage } from './consent.ts';
import {
  answerCall,
  createChangeFaults,
  createFaults,
  type ChangeFaults,
  type Faults,
  type PlayedNetwork,
  type VendorErrors,
} from './faults.ts';
import { filmBytes, type FilmBytes } from './film-bytes.ts';
import type { HostHandler } from './microsoft-proxy.ts';
import { ended, listening } from './listening.ts';

/** Calls that a fault can be asked for. */
export type YoutubeCall =
  | 'token'
  | 'open'
  | 'put'
  | 'status'
  | 'captions'
  | 'thumbnail'
  | 'playlist-list'
  | 'playlist-insert'
  | 'videos-list'
  | 'videos-update'
  | 'videos-delete'
  | 'channels';

export interface YoutubeFault {
  readonly on: YoutubeCall;
  /** how many calls; 1 when absent */
  readonly times?: number;
  /** so many calls go well before it */
  readonly skip?: number;
  readonly answer:
    /** nothing is done */
    | {
        readonly status: number;
        readonly reason?: string;
        readonly headers?: Readonly<Record<string, string>>;
      }
    /** it is done, and answered with a failure all the same */
    | { readonly takenStatus: number }
    | 'reset'
    | 'reset-after-commit'
    /** the answer breaks off in the middle */
    | 'cut-off'
    /** done or not, nothing is ever answered */
    | 'hang'
    /** of an upload: so many of the bytes are taken, then the connection is cut */
    | { readonly cutAt: number }
    /** of an upload: only so many of the bytes are kept, and the answer says so */
    | { readonly keeps: number }
    /** of opening a session: the address that is given for it */
    | { readonly location: string };
}

export interface PeerVideo {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly categoryId: string;
  readonly tags?: readonly string[];
  /** of its words, as BCP 47 writes it */
  readonly defaultLanguage?: string;
  readonly privacyStatus: string;
  readonly publishAt?: string;
  readonly selfDeclaredMadeForKids: boolean;
  readonly publishedAt: string;
  readonly size: number;
  /** SHA-256 of what arrived, in base64url */
  readonly hash: string;
  readonly contentType: string;
  readonly captions: readonly { readonly language: string; readonly name: string; readonly text: string }[];
  readonly thumbnail?: string;
  readonly playlists: readonly string[];
  readonly removed: boolean;
  /** whether it was ever to be seen without captions */
  readonly seenWithoutCaptions: boolean;
}

interface Session {
  readonly id: string;
  readonly size: number;
  readonly contentType: string;
  readonly resource: z.infer<typeof resourceSchema>;
  received: number;
  hash: ReturnType<typeof createHash>;
  video?: string;
  gone: boolean;
}

export interface YoutubePeer {
  /** plays `youtube.googleapis.com` and `oauth2.googleapis.com` behind a proxy */
  readonly handler: HostHandler;
  /** every video that ever came to be, removed ones too */
  readonly videos: readonly PeerVideo[];
  readonly calls: readonly { readonly call: YoutubeCall; readonly at: number }[];
  readonly counted: (call: YoutubeCall) => number;
  readonly bytes: FilmBytes;
  /** uploads that began at byte 0, each session's first one included */
  readonly fromZero: () => number;
  readonly sessions: () => number;
  /** requests without a token that is good at that moment */
  readonly unauthorised: () => number;
  fail(fault: YoutubeFault): void;
  /** somebody changes a video in YouTube's own studio */
  change(
    id: string,
    to: Partial<Pick<PeerVideo, 'tags' | 'defaultLanguage' | 'privacyStatus' | 'publishAt'>>,
  ): void;
  /** every access token given so far stops working */
  expireTokens(): void;
  readonly page: ConsentPage;
  /** the refresh token is taken back */
  revoke(): void;
  /** the refresh token was given for a time alone: seconds that it still lives */
  limit(seconds: number): void;
  /** somebody uploads a video in YouTube's own studio; public, or let out by YouTube at that time */
  byHand(title: string, publishAt?: number): string;
  /** somebody deletes a video there */
  drop(id: string): void;
  /** every session is forgotten, with what it has */
  forgetSessions(): void;
  /** own server on loopback, for adapters that are told where Google is */
  listen(): Promise<{ readonly root: string; readonly token: string; close(): Promise<void> }>;
}

export interface YoutubePeerOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** the time that it says videos were published at */
  readonly clock?: () => number;
  /** faults of the call that lets the public see a video, as every network has them of a post */
  readonly postFaults?: Faults;
  /** the same of what puts a video's words right, or takes it down */
  readonly changeFaults?: ChangeFaults;
}

const resourceSchema = z.object({
  snippet: z.object({
    title: z.string(),
    description: z.string(),
    categoryId: z.string(),
    defaultLanguage: z.string().exactOptional(),
  }),
  status: z.object({ privacyStatus: z.string(), selfDeclaredMadeForKids: z.boolean() }),
});
const updateSchema = z.object({
  id: z.string(),
  snippet: z
    .object({
      title: z.string(),
      description: z.string(),
      categoryId: z.string(),
      tags: z.array(z.string()).exactOptional(),
      defaultLanguage: z.string().exactOptional(),
    })
    .optional(),
  status: z
    .object({
      privacyStatus: z.string(),
      publishAt: z.string().optional(),
      selfDeclaredMadeForKids: z.boolean(),
    })
    .optional(),
});
const captionSchema = z.object({
  snippet: z.object({ videoId: z.string(), language: z.string(), name: z.string() }),
});
const itemSchema = z.object({
  snippet: z.object({
    playlistId: z.string(),
    resourceId: z.object({ kind: z.literal('youtube#video'), videoId: z.string() }),
  }),
});

const uploadsPlaylist = 'UUpeer';

const apiError = (status: number, reason: string) => ({
  status,
  body: { error: { code: status, message: reason, errors: [{ reason }] } },
});
const vendorErrors: VendorErrors = {
  broken: (status) => apiError(status, 'backendError'),
  busy: (withReset) => ({
    ...apiError(429, 'rateLimitExceeded'),
    headers: withReset ? { 'retry-after': '40' } : {},
  }),
  deadToken: () => apiError(401, 'authError'),
  oldToken: () => apiError(401, 'authError'),
  duplicate: () => apiError(409, 'conflict'),
  bad: () => apiError(400, 'badRequest'),
};

/** YouTube as far as we speak to it: the interface, resumable uploads, and the token endpoint. */
export function youtubePeer({
  clientId,
  clientSecret,
  refreshToken,
  clock = Date.now,
  postFaults,
  changeFaults,
}: YoutubePeerOptions): YoutubePeer {
  const videos = new Map<string, PeerVideo>();
  const sessions = new Map<string, Session>();
  const calls: { call: YoutubeCall; at: number }[] = [];
  const faults: { fault: YoutubeFault; skip: number; left: number }[] = [];
  const bytes = filmBytes();
  const good = new Set<string>();
  let given = 0;
  let fromZero = 0;
  let opened = 0;
  let unauthorised = 0;
  let revoked = false;
  const page = consentPage('https://accounts.google.com/o/oauth2/v2/auth', clientId, true);
  let life: number | undefined;

  const answer = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
    if (response.headersSent || response.destroyed) return;
    const text = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, {
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=UTF-8' }),
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
  };
  const error = (response: ServerResponse, status: number, reason: string, headers = {}): void =>
    answer(response, status, { error: { code: status, message: reason, errors: [{ reason }] } }, headers);

  function faultFor(call: YoutubeCall): YoutubeFault['answer'] | undefined {
    const n = faults.findIndex(({ fault }) => fault.on === call);
    const found = faults[n];
    if (found === undefined) return undefined;
    if (found.skip > 0) {
      found.skip -= 1;
      return undefined;
    }
    found.left -= 1;
    if (found.left <= 0) faults.splice(n, 1);
    return found.fault.answer;
  }

  /** What an update of its words leaves out is taken away. */
  function forgetSnippet(id: string): void {
    const video = videos.get(id);
    if (video === undefined) return;
    const { tags: _tags, defaultLanguage: _language, ...kept } = video;
    videos.set(id, kept);
  }

  function put(id: string, change: Partial<PeerVideo>): void {
    const video = videos.get(id);
    if (video === undefined) throw new Error(`no video ${id}`);
    const next = { ...video, ...change };
    const seen = next.privacyStatus !== 'private' && next.captions.length === 0;
    videos.set(id, { ...next, seenWithoutCaptions: next.seenWithoutCaptions || seen });
  }

  function time(id: string, publishAt: string | undefined): void {
    const video = videos.get(id);
    if (video === undefined) return;
    const { publishAt: _before, ...untimed } = video;
    videos.set(id, publishAt === undefined ? untimed : { ...untimed, publishAt });
  }

  /** What has its time lets itself out, whoever asks for it then. */
  function letOut(): void {
    for (const video of videos.values()) {
      if (video.publishAt === undefined || Date.parse(video.publishAt) > clock()) continue;
      time(video.id, undefined);
      put(video.id, { privacyStatus: 'public' });
    }
  }

  /** Does what is asked, and gives the answer to be sent, unless a fault says otherwise. */
  function act(
    call: YoutubeCall,
    response: ServerResponse,
    work: () => { readonly status: number; readonly body?: unknown; readonly reason?: string },
  ): void {
    const fault = faultFor(call);
    if (fault === 'reset') return void response.socket?.destroy();
    if (typeof fault === 'object' && 'status' in fault) {
      return error(response, fault.status, fault.reason ?? 'backendError', fault.headers);
    }
    const done = work();
    if (fault === 'hang') return;
    if (fault === 'reset-after-commit') return void response.socket?.destroy();
    if (fault === 'cut-off') return cutOff(response);
    if (typeof fault === 'object' && 'takenStatus' in fault) {
      return error(response, fault.takenStatus, 'backendError');
    }
    if (done.reason !== undefined) return error(response, done.status, done.reason);
    answer(response, done.status, done.body);
  }

  function cutOff(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"id":"');
    setImmediate(() => response.socket?.destroy());
  }

  const live = (id: string): PeerVideo | undefined => {
    const video = videos.get(id);
    return video?.removed === true ? undefined : video;
  };

  function token(response: ServerResponse, body: Buffer): void {
    const form = new URLSearchParams(body.toString());
    act('token', response, () => {
      if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
        return { status: 401, body: { error: 'invalid_client' } };
      }
      const fresh = form.get('grant_type') === 'authorization_code' ? page.spend(form) : undefined;
      if (fresh !== undefined) {
        const access = `ya29.peer-${String((given += 1))}`;
        good.add(access);
        return {
          status: 200,
          body: { access_token: access, refresh_token: refreshToken, expires_in: 3_599, ...fresh },
        };
      }
      if (
        revoked ||
        form.get('grant_type') !== 'refresh_token' ||
        form.get('refresh_token') !== refreshToken
      ) {
        return { status: 400, body: { error: 'invalid_grant' } };
      }
      given += 1;
      const access = `ya29.peer-${String(given)}`;
      good.add(access);
      return {
        status: 200,
        body: {
          access_token: access,
          expires_in: 3_599,
          token_type: 'Bearer',
          ...(life === undefined ? {} : { refresh_token_expires_in: life }),
        },
      };
    });
  }

  function open(request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): void {
    const size = Number(request.headers['x-upload-content-length']);
    const contentType = String(request.headers['x-upload-content-type']);
    const resource = resourceSchema.safeParse(JSON.parse(body.toString()));
    if (url.searchParams.get('uploadType') !== 'resumable' || !resource.success || !(size > 0)) {
      return error(response, 400, 'badRequest');
    }
    if (resource.data.snippet.title.length > 100 || /[<>]/u.test(resource.data.snippet.title)) {
      return error(response, 400, 'invalidTitle');
    }
    const fault = faultFor('open');
    if (fault === 'reset') return void response.socket?.destroy();
    if (typeof fault === 'object' && 'status' in fault) {
      return error(response, fault.status, fault.reason ?? 'backendError', fault.headers);
    }
    opened += 1;
    const id = `session-${String(opened)}`;
    sessions.set(id, {
      id,
      size,
      contentType,
      resource: resource.data,
      received: 0,
      hash: createHash('sha256'),
      gone: false,
    });
    if (fault === 'reset-after-commit' || fault === 'hang') return void response.socket?.destroy();
    const secure = 'encrypted' in request.socket;
    const base = `${secure ? 'https' : 'http'}://${request.headers.host ?? ''}`;
    answer(response, 200, undefined, {
      location:
        typeof fault === 'object' && 'location' in fault
          ? fault.location
          : `${base}/upload/youtube/v3/videos?uploadType=resumable&upload_id=${id}`,
    });
  }

  function complete(session: Session): string {
    if (session.video !== undefined) return session.video;
    const id = `video${String(videos.size + 1).padStart(6, '0')}`;
    const { snippet, status } = session.resource;
    videos.set(id, {
      id,
      ...snippet,
      ...status,
      publishedAt: new Date(clock()).toISOString(),
      size: session.size,
      hash: session.hash.digest('base64url'),
      contentType: session.contentType,
      captions: [],
      playlists: [],
      removed: false,
      seenWithoutCaptions: status.privacyStatus !== 'private',
    });
    session.video = id;
    return id;
  }

  function toldOf(session: Session, response: ServerResponse): void {
    if (session.received === session.size) {
      return answer(response, 201, { kind: 'youtube#video', id: complete(session) });
    }
    const headers = session.received === 0 ? {} : { range: `bytes=0-${String(session.received - 1)}` };
    answer(response, 308, undefined, headers);
  }

  function upload(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const session = sessions.get(url.searchParams.get('upload_id') ?? '');
    const range = /^bytes (?:\*|(\d+)-(\d+))\/(\d+)$/u.exec(request.headers['content-range'] ?? '');
    if (range === null) return error(response, 400, 'badContent');
    const call = range[1] === undefined ? 'status' : 'put';
    calls.push({ call, at: clock() });
    if (session === undefined || session.gone) {
      request.resume();
      return error(response, 404, 'notFound');
    }
    const fault = faultFor(call);
    if (typeof fault === 'object' && 'status' in fault) {
      request.resume();
      return error(response, fault.status, fault.reason ?? 'backendError', fault.headers);
    }
    if (fault === 'reset') return void response.socket?.destroy();
    if (call === 'status') {
      request.resume();
      if (fault === 'hang') return;
      if (fault === 'reset-after-commit') return void response.socket?.destroy();
      if (fault === 'cut-off') return cutOff(response);
      return toldOf(session, response);
    }
    if (request.headers['content-length'] === undefined) return error(response, 411, 'lengthRequired');
    const from = Number(range[1]);
    if (from === 0) fromZero += 1;
    if (Number(range[3]) !== session.size) return error(response, 400, 'badContent');
    if (from !== session.received) {
      request.resume();
      // What it has already it does not take again, and a gap it cannot take.
      request.on('end', () => toldOf(session, response));
      return;
    }
    let taken = 0;
    const most =
      typeof fault === 'object' && 'cutAt' in fault
        ? fault.cutAt
        : typeof fault === 'object' && 'keeps' in fault
          ? fault.keeps
          : Number.MAX_SAFE_INTEGER;
    request.on('data', (chunk: Buffer) => {
      const kept = chunk.subarray(0, Math.max(0, most - taken));
      taken += kept.length;
      session.received += kept.length;
      session.hash.update(kept);
      bytes.came(kept.length);
      if (typeof fault === 'object' && 'cutAt' in fault && taken >= most) response.socket?.destroy();
    });
    request.on('end', () => {
      if (session.received === session.size) complete(session);
      if (fault === 'hang') return;
      if (fault === 'reset-after-commit') return void response.socket?.destroy();
      if (fault === 'cut-off') return cutOff(response);
      if (typeof fault === 'object' && 'takenStatus' in fault) {
        return error(response, fault.takenStatus, 'backendError');
      }
      toldOf(session, response);
    });
  }

  /** Takes a multipart/related body apart: its JSON and its bytes. */
  function related(
    request: IncomingMessage,
    body: Buffer,
  ): { readonly json: unknown; readonly media: string } {
    const boundary = /boundary="?([^";]+)"?/u.exec(request.headers['content-type'] ?? '')?.[1] ?? '';
    const [, first = '', second = ''] = body.toString('utf8').split(`--${boundary}`);
    const text = (part: string) => part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/u, '');
    return { json: JSON.parse(text(first)), media: text(second) };
  }

  function route(request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): void {
    const { method } = request;
    const path = url.pathname;
    const param = (name: string) => url.searchParams.get(name) ?? '';
    const on = (call: YoutubeCall, work: Parameters<typeof act>[2]): void => {
      calls.push({ call, at: clock() });
      act(call, response, work);
    };
    if (path === '/upload/youtube/v3/videos' && method === 'POST') {
      calls.push({ call: 'open', at: clock() });
      return open(request, response, url, body);
    }
    if (path === '/upload/youtube/v3/captions' && method === 'POST') {
      return on('captions', () => {
        const { json, media } = related(request, body);
        const { snippet } = captionSchema.parse(json);
        const video = live(snippet.videoId);
        if (video === undefined) return { status: 404, reason: 'videoNotFound' };
        const there = video.captions.some(
          ({ language, name }) => language === snippet.language && name === snippet.name,
        );
        if (there) return { status: 409, reason: 'captionExists' };
        put(video.id, {
          captions: [...video.captions, { language: snippet.language, name: snippet.name, text: media }],
        });
        return { status: 200, body: { id: `caption-${video.id}` } };
      });
    }
    if (path === '/upload/youtube/v3/thumbnails/set' && method === 'POST') {
      return on('thumbnail', () => {
        const video = live(param('videoId'));
        if (video === undefined) return { status: 404, reason: 'videoNotFound' };
        put(video.id, { thumbnail: createHash('sha256').update(body).digest('base64url') });
        return { status: 200, body: { items: [] } };
      });
    }
    if (path === '/youtube/v3/playlistItems' && method === 'GET') {
      return on('playlist-list', () => {
        const list = param('playlistId');
        const wanted = url.searchParams.get('videoId');
        const items = [...videos.values()]
          .filter((video) => !video.removed)
          .filter((video) => list === uploadsPlaylist || video.playlists.includes(list))
          .filter((video) => wanted === null || video.id === wanted)
          .reverse()
          .map((video) => ({
            id: `item-${video.id}`,
            snippet: {
              title: video.title,
              description: video.description,
              publishedAt: video.publishedAt,
              resourceId: { kind: 'youtube#video', videoId: video.id },
            },
            contentDetails: {
              videoId: video.id,
              ...(video.privacyStatus === 'private' ? {} : { videoPublishedAt: video.publishedAt }),
            },
            status: { privacyStatus: video.privacyStatus },
          }));
        return { status: 200, body: { items } };
      });
    }
    if (path === '/youtube/v3/playlistItems' && method === 'POST') {
      return on('playlist-insert', () => {
        const { snippet } = itemSchema.parse(JSON.parse(body.toString()));
        const video = live(snippet.resourceId.videoId);
        if (video === undefined) return { status: 404, reason: 'videoNotFound' };
        put(video.id, { playlists: [...video.playlists, snippet.playlistId] });
        return { status: 200, body: { id: `item-${video.id}` } };
      });
    }
    if (path === '/youtube/v3/videos' && method === 'GET') {
      return on('videos-list', () => {
        const items = url.searchParams
          .getAll('id')
          .map(live)
          .filter((video) => video !== undefined)
          .map((video) => ({
            id: video.id,
            snippet: {
              title: video.title,
              description: video.description,
              categoryId: video.categoryId,
              ...(video.tags === undefined ? {} : { tags: video.tags }),
              ...(video.defaultLanguage === undefined ? {} : { defaultLanguage: video.defaultLanguage }),
            },
            status: {
              privacyStatus: video.privacyStatus,
              ...(video.publishAt === undefined ? {} : { publishAt: video.publishAt }),
            },
            statistics: { viewCount: '1204', likeCount: '17', commentCount: '3' },
          }));
        return { status: 200, body: { items } };
      });
    }
    if (path === '/youtube/v3/videos' && method === 'PUT') {
      const { id, snippet, status } = updateSchema.parse(JSON.parse(body.toString()));
      const update = () => {
        if (live(id) === undefined) return { status: 404, reason: 'videoNotFound' };
        // A time goes with a private video alone; what an update leaves out is taken away.
        if (status?.publishAt !== undefined && status.privacyStatus !== 'private') {
          return { status: 400, reason: 'invalidPublishAt' };
        }
        if (status !== undefined) time(id, status.publishAt);
        if (snippet !== undefined) forgetSnippet(id);
        put(id, {
          ...snippet,
          ...(status === undefined
            ? {}
            : {
                privacyStatus: status.privacyStatus,
                selfDeclaredMadeForKids: status.selfDeclaredMadeForKids,
              }),
        });
        return { status: 200, body: { id } };
      };
      const through = status === undefined ? changeFaults?.edit : postFaults;
      if (through === undefined) return on('videos-update', update);
      calls.push({ call: 'videos-update', at: clock() });
      const words = wordsOf((status === undefined ? snippet : live(id))?.description ?? '');
      return answerCall(through, response, words, () => ({ body: undefined, ...update() }), vendorErrors);
    }
    if (path === '/youtube/v3/videos' && method === 'DELETE') {
      const remove = () => {
        const video = live(param('id'));
        if (video === undefined) return { status: 404, reason: 'videoNotFound' };
        put(video.id, { removed: true });
        return { status: 204 };
      };
      const stands = live(param('id'));
      if (changeFaults === undefined || stands === undefined) return on('videos-delete', remove);
      calls.push({ call: 'videos-delete', at: clock() });
      const words = wordsOf(stands.description);
      const removed = () => ({ body: undefined, ...remove() });
      return answerCall(changeFaults.remove, response, words, removed, vendorErrors);
    }
    if (path === '/youtube/v3/channels' && method === 'GET') {
      return on('channels', () => ({
        status: 200,
        body: {
          items: [
            {
              snippet: { title: 'Sefton Council' },
              statistics: { subscriberCount: '1530' },
              contentDetails: { relatedPlaylists: { uploads: uploadsPlaylist } },
            },
          ],
        },
      }));
    }
    error(response, 404, 'notFound');
  }

  const handler: HostHandler = (request, response) => {
    letOut();
    const url = new URL(request.url ?? '/', 'http://youtube.googleapis.com');
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    const isToken = url.pathname === '/token' && request.method === 'POST';
    if (!isToken && !good.has((request.headers.authorization ?? '').replace(/^Bearer /u, ''))) {
      unauthorised += 1;
      request.resume();
      return error(response, 401, 'authError');
    }
    if (url.pathname === '/upload/youtube/v3/videos' && request.method === 'PUT') {
      return upload(request, response, url);
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      try {
        if (isToken) {
          calls.push({ call: 'token', at: clock() });
          token(response, body);
        } else {
          route(request, response, url, body);
        }
      } catch {
        error(response, 400, 'badRequest');
      }
    });
  };

  return {
    handler,
    get videos() {
      letOut();
      return [...videos.values()];
    },
    calls,
    counted: (call) => calls.filter((each) => each.call === call).length,
    bytes,
    fromZero: () => fromZero,
    sessions: () => opened,
    unauthorised: () => unauthorised,
    page,
    fail: (fault) => void faults.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    change: (id, to) => put(id, to),
    expireTokens: () => good.clear(),
    revoke: () => {
      revoked = true;
      good.clear();
    },
    limit: (seconds) => {
      life = seconds;
      good.clear();
    },
    byHand: (title, publishAt) => {
      const id = `studio${String(videos.size + 1).padStart(5, '0')}`;
      videos.set(id, {
        id,
        title,
        description: '',
        categoryId: '22',
        privacyStatus: publishAt === undefined ? 'public' : 'private',
        ...(publishAt === undefined ? {} : { publishAt: new Date(publishAt).toISOString() }),
        selfDeclaredMadeForKids: false,
        publishedAt: new Date(clock()).toISOString(),
        size: 1,
        hash: '',
        contentType: 'video/mp4',
        captions: [],
        playlists: [],
        removed: false,
        seenWithoutCaptions: false,
      });
      return id;
    },
    drop: (id) => put(id, { removed: true }),
    forgetSessions: () => {
      for (const session of sessions.values()) session.gone = true;
    },
    listen: async () => {
      const server = createServer(handler);
      const { url: root } = await listening(server);
      return {
        root,
        token: `${root}/token`,
        close: async () => await ended(server),
      };
    },
  };
}

/** Whoever watches knows a post by its words, without the paragraphs below them. */
const wordsOf = (description: string): string => description.split('\n\n')[0] ?? '';

/** YouTube as every network is played: what stands is what the public sees. */
export function playYoutube(options: YoutubePeerOptions): PlayedNetwork & { readonly peer: YoutubePeer } {
  const faults = createFaults();
  const changes = createChangeFaults();
  const peer = youtubePeer({ ...options, postFaults: faults, changeFaults: changes });
  const requests: string[] = [];
  const handler: HostHandler = (request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    peer.handler(request, response);
  };
  return {
    peer,
    faults,
    changes,
    drop: (id) => peer.drop(id),
    requests,
    byHand: (text) => peer.byHand(text),
    plan: (text, at) => peer.byHand(text, at),
    hosts: { 'youtube.googleapis.com': handler, 'oauth2.googleapis.com': handler },
    posts: () =>
      peer.videos
        .filter((video) => !video.removed && video.privacyStatus === 'public')
        .map(({ id, description, publishedAt }) => ({
          id,
          text: description,
          at: Date.parse(publishedAt),
          pictures: [],
        })),
  };
}
