import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
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
import {
  hashOf,
  playVideoService,
  videoHost,
  type BlueskyFilm,
  type BlueskyFilmFaults,
} from './bluesky-video.ts';

/** An account on a server of Bluesky's. */
export const blueskyAccount = {
  handle: 'council.bsky.social',
  appPassword: 'peer-appl-pass-word',
  did: 'did:plc:peerpeerpeerpeerpeerpeer',
} as const;

export interface BlueskyPeer extends PlayedNetwork {
  /** how often a record became another one; putting the same again is no change */
  readonly rewritten: () => number;
  /** the records as they stand, by key */
  readonly records: ReadonlyMap<string, unknown>;
  /** the film of each record that shows one, by the record's address */
  readonly films: () => ReadonlyMap<string, BlueskyFilm>;
  readonly filmFaults: BlueskyFilmFaults;
  /** each piece of a film that came, by its number */
  readonly pieces: readonly number[];
  readonly filmBytes: FilmBytes;
  /** how many uploads of films were begun, and how many of them, or anew, at the first byte */
  readonly uploadsBegun: () => number;
  readonly fromZero: () => number;
  /** the service of films knows nothing of what came before */
  readonly forgetUploads: () => void;
  /** what no record shows is cleared away, as after a day */
  readonly clearBlobs: () => void;
}

export interface BlueskyPeerOptions {
  readonly clock?: () => number;
  /** in how large pieces a film is wanted */
  readonly pieceSize?: number;
}

const host = 'bsky.social';
const collection = 'app.bsky.feed.post';

const image = z.looseObject({
  alt: z.string(),
  image: z.looseObject({ size: z.number(), ref: z.object({ $link: z.string() }) }),
});
/** A link's card; its picture is of a million bytes at most, by the lexicon. */
const external = z.strictObject({
  uri: z.url({ protocol: /^https?$/ }),
  title: z.string(),
  description: z.string(),
  thumb: z
    .looseObject({
      mimeType: z.string().startsWith('image/'),
      size: z.number().max(1_000_000),
      ref: z.object({ $link: z.string() }),
    })
    .optional(),
});
const film = z.strictObject({
  $type: z.literal('app.bsky.embed.video'),
  video: z.looseObject({
    mimeType: z.literal('video/mp4'),
    size: z.number().max(300_000_000),
    ref: z.object({ $link: z.string() }),
  }),
  alt: z.string().min(1).optional(),
  aspectRatio: z.strictObject({ width: z.int().min(1), height: z.int().min(1) }).optional(),
  captions: z
    .array(
      z.strictObject({
        $type: z.literal('app.bsky.embed.video#caption').optional(),
        lang: z.string().regex(/^[a-z]{2}(?:-[A-Z]{2})?$/u),
        file: z.looseObject({
          mimeType: z.literal('text/vtt'),
          size: z.number().max(20_000),
          ref: z.object({ $link: z.string() }),
        }),
      }),
    )
    .min(1)
    .max(20)
    .optional(),
});
const strong = z.object({ uri: z.string(), cid: z.string() });
const record = z.looseObject({
  $type: z.literal(collection),
  text: z.string(),
  createdAt: z.iso.datetime(),
  embed: z
    .discriminatedUnion('$type', [
      z.strictObject({ $type: z.literal('app.bsky.embed.images'), images: z.array(image).max(4) }),
      z.strictObject({ $type: z.literal('app.bsky.embed.external'), external }),
      film,
    ])
    .optional(),
  reply: z.object({ root: strong, parent: strong }).optional(),
});
const putting = z.object({
  repo: z.string(),
  collection: z.literal(collection),
  rkey: z.string().regex(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/),
  record,
});

type Embed = z.infer<typeof record>['embed'];

const imagesOf = (embed: Embed) => (embed?.$type === 'app.bsky.embed.images' ? embed.images : []);

/** The files that a record shows, which have to be brought before it. */
function blobsOf({ embed }: z.infer<typeof record>): readonly string[] {
  const thumb = embed?.$type === 'app.bsky.embed.external' ? embed.external.thumb : undefined;
  if (embed?.$type === 'app.bsky.embed.video') {
    const { video, captions = [] } = embed;
    return [video.ref.$link, ...captions.map(({ file }) => file.ref.$link)];
  }
  return [
    ...imagesOf(embed).map((each) => each.image.ref.$link),
    ...(thumb === undefined ? [] : [thumb.ref.$link]),
  ];
}

/** A content address as the network writes it: version 1, SHA-256, in base 32. */
function cidOf(bytes: string | Uint8Array, codec: number): string {
  const hash = createHash('sha256').update(bytes).digest();
  const all = Buffer.concat([Buffer.from([1, codec, 0x12, 0x20]), hash]);
  let bits = '';
  for (const byte of all) bits += byte.toString(2).padStart(8, '0');
  const letters = bits.match(/.{1,5}/g) ?? [];
  return `b${letters.map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')}`;
}

/** Plays an account's server: records under keys, so that putting the same twice makes one. */
export function playBluesky({ clock = Date.now, pieceSize = 100_000 }: BlueskyPeerOptions = {}): BlueskyPeer {
  const { did, handle, appPassword } = blueskyAccount;
  const faults = createFaults();
  const changes = createChangeFaults();
  const records = new Map<string, z.infer<typeof record>>();
  const times = new Map<string, number>();
  const blobs = new Map<string, Buffer>();
  /** tokens that let the service of films bring a file, and when each ends */
  const lent = new Map<string, number>();
  const requests: string[] = [];
  let rewritten = 0;
  let access = '';
  let refresh = '';

  const problem = (status: number, error: string, message: string, headers = {}): Answer => ({
    status,
    headers,
    body: { error, message },
  });
  // The client reads when a token ends; nothing here is signed.
  const token = () =>
    `e30.${Buffer.from(JSON.stringify({ sub: did, id: randomUUID() })).toString('base64url')}.peer`;
  const uriOf = (rkey: string) => `at://${did}/${collection}/${rkey}`;
  const cid = (value: unknown) => cidOf(JSON.stringify(value), 0x71);

  function keepBlob(bytes: Buffer, mimeType: string) {
    const link = cidOf(bytes, 0x55);
    blobs.set(link, bytes);
    return { $type: 'blob', ref: { $link: link }, mimeType, size: bytes.length };
  }

  const service = playVideoService(
    clock,
    {
      until: (given) => {
        const until = lent.get(given);
        return until !== undefined && until > clock() ? until : undefined;
      },
      put: keepBlob,
    },
    requests,
    pieceSize,
  );

  /** A token that is good for one method at this server alone, and for an hour at most. */
  function lend({ searchParams }: URL): Answer {
    const until = Number(searchParams.get('exp')) * 1000;
    const right =
      searchParams.get('aud') === `did:web:${host}` &&
      searchParams.get('lxm') === 'com.atproto.repo.uploadBlob' &&
      until > clock() &&
      until <= clock() + 3_600_000;
    if (!right) return problem(400, 'BadExpiration', 'can not request a token like this');
    const given = token();
    lent.set(given, until);
    return { status: 200, body: { token: given } };
  }

  function filmOf(value: z.infer<typeof record>): BlueskyFilm | undefined {
    if (value.embed?.$type !== 'app.bsky.embed.video') return undefined;
    const { video, alt, aspectRatio: shape, captions = [] } = value.embed;
    const bytesOf = (link: string): Buffer => blobs.get(link) ?? Buffer.alloc(0);
    return {
      hash: hashOf(bytesOf(video.ref.$link)),
      size: video.size,
      alt,
      shape,
      captions: captions.map(({ lang, file }) => ({
        language: lang,
        text: String(bytesOf(file.ref.$link)),
      })),
    };
  }

  function session(): Answer {
    access = token();
    refresh = token();
    return {
      status: 200,
      body: { accessJwt: access, refreshJwt: refresh, handle, did, active: true },
    };
  }

  function commit(rkey: string, value: z.infer<typeof record>): Answer {
    const before = records.get(rkey);
    if (before !== undefined && cid(before) !== cid(value)) rewritten += 1;
    records.set(rkey, value);
    if (!times.has(rkey)) times.set(rkey, clock());
    return { status: 200, body: { uri: uriOf(rkey), cid: cid(value), validationStatus: 'valid' } };
  }

  async function put(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = putting.safeParse(JSON.parse(String(await bodyOf(request))));
    if (!read.success) return send(response, problem(400, 'InvalidRequest', 'Invalid record'));
    const { rkey, record: value } = read.data;
    const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(value.text)].length;
    const lost = value.embed?.$type === 'app.bsky.embed.video' && service.faults.forgets === 'films';
    const unknown = lost || blobsOf(value).some((link) => !blobs.has(link));
    if (graphemes > 300) return send(response, problem(400, 'InvalidRequest', 'Invalid record'));
    if (unknown) return send(response, problem(400, 'BlobNotFound', 'Could not find blob'));
    answerCall(faults, response, value.text, () => commit(rkey, value), errors);
  }

  const errors: VendorErrors = {
    broken: (status) => problem(status, 'InternalServerError', 'Internal Server Error'),
    busy: (withReset) =>
      problem(
        429,
        'RateLimitExceeded',
        'Rate Limit Exceeded',
        withReset
          ? { 'ratelimit-reset': String(Math.ceil(clock() / 1000) + 40), 'ratelimit-remaining': '0' }
          : {},
      ),
    deadToken: () => {
      access = '';
      refresh = '';
      return problem(401, 'AuthenticationRequired', 'Authentication Required');
    },
    oldToken: () => {
      access = '';
      return problem(400, 'ExpiredToken', 'Token has expired');
    },
    duplicate: () => problem(400, 'InvalidSwap', 'Record was at another state'),
    bad: () => problem(400, 'InvalidRequest', 'Invalid request'),
  };

  /** Deleting what is not there is a success. */
  function drop(rkey: string): Answer {
    records.delete(rkey);
    return { status: 200, body: {} };
  }

  const posts = (): PeerPost[] =>
    [...records]
      .map(([rkey, value]): PeerPost => {
        const answersTo = value.reply?.parent.uri;
        return {
          id: uriOf(rkey),
          text: value.text,
          at: times.get(rkey) ?? 0,
          pictures: imagesOf(value.embed).map((each) => ({ alt: each.alt, bytes: each.image.size })),
          ...(answersTo === undefined ? {} : { replyTo: answersTo }),
        };
      })
      .toSorted((a, b) => a.at - b.at);

  const viewOf = (rkey: string, value: z.infer<typeof record>) => ({
    uri: uriOf(rkey),
    cid: cid(value),
    author: { did, handle },
    record: value,
    likeCount: 7,
    replyCount: 1,
    repostCount: 2,
    quoteCount: 1,
    indexedAt: new Date(times.get(rkey) ?? 0).toISOString(),
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', `https://${host}`);
    const method = address.pathname.replace('/xrpc/', '');
    requests.push(`${request.method ?? ''} ${address.href}`);
    const bearer = (request.headers.authorization ?? '').replace('Bearer ', '');
    if (method === 'com.atproto.server.createSession') {
      const asked = z
        .object({ identifier: z.string(), password: z.string() })
        .parse(JSON.parse(String(await bodyOf(request))));
      const good = asked.identifier === handle && asked.password === appPassword;
      return send(
        response,
        good ? session() : problem(401, 'AuthenticationRequired', 'Invalid identifier or password'),
      );
    }
    if (method === 'com.atproto.server.refreshSession') {
      const good = refresh !== '' && bearer === refresh;
      return send(response, good ? session() : problem(400, 'ExpiredToken', 'Token has been revoked'));
    }
    if (access === '' || bearer !== access) {
      return send(response, problem(400, 'ExpiredToken', 'Token has expired'));
    }
    const rkey = address.searchParams.get('rkey') ?? '';
    switch (method) {
      case 'com.atproto.server.getSession':
        return send(response, { status: 200, body: { handle, did, active: true } });
      case 'com.atproto.server.getServiceAuth':
        return send(response, lend(address));
      case 'com.atproto.repo.uploadBlob': {
        const blob = keepBlob(await bodyOf(request), request.headers['content-type'] ?? '');
        return send(response, { status: 200, body: { blob } });
      }
      case 'com.atproto.repo.putRecord':
        return await put(request, response);
      case 'com.atproto.repo.getRecord': {
        const value = records.get(rkey);
        if (value === undefined) {
          return send(response, problem(400, 'RecordNotFound', `Could not locate record: ${uriOf(rkey)}`));
        }
        return send(response, { status: 200, body: { uri: uriOf(rkey), cid: cid(value), value } });
      }
      case 'com.atproto.repo.listRecords': {
        const most = Number(address.searchParams.get('limit') ?? '50');
        const newest = [...records].toSorted(([a], [b]) => (a < b ? 1 : -1)).slice(0, most);
        const listed = newest.map(([key, value]) => ({ uri: uriOf(key), cid: cid(value), value }));
        return send(response, { status: 200, body: { records: listed } });
      }
      case 'com.atproto.repo.deleteRecord': {
        const asked = z.object({ rkey: z.string() }).parse(JSON.parse(String(await bodyOf(request))));
        const text = records.get(asked.rkey)?.text ?? '';
        return answerCall(changes.remove, response, text, () => drop(asked.rkey), errors);
      }
      case 'app.bsky.actor.getProfile':
        return send(response, { status: 200, body: { did, handle, followersCount: 1_200 } });
      case 'app.bsky.feed.getPosts': {
        const wanted = address.searchParams.getAll('uris');
        const found = [...records].filter(([key]) => wanted.includes(uriOf(key)));
        return send(response, {
          status: 200,
          body: { posts: found.map(([key, value]) => viewOf(key, value)) },
        });
      }
      case 'app.bsky.feed.getAuthorFeed': {
        const feed = [...records].map(([key, value]) => ({ post: viewOf(key, value) }));
        return send(response, { status: 200, body: { feed: feed.toReversed() } });
      }
      default:
        return send(response, problem(501, 'MethodNotImplemented', 'Method Not Implemented'));
    }
  }

  return {
    hosts: {
      [host]: (request, response) => {
        void answer(request, response).catch(() => response.destroy());
      },
      [videoHost]: service.handle,
    },
    faults,
    changes,
    drop: (id) => void drop(id.split('/').at(-1) ?? ''),
    posts,
    byHand: (text) => {
      // The network's own keys are times, in letters that sort as they do.
      const key = clock()
        .toString(32)
        .replace(/./g, (digit) => '234567abcdefghijklmnopqrstuvwxyz'[Number.parseInt(digit, 32)] ?? '')
        .padStart(13, '3');
      commit(key, { $type: collection, text, createdAt: new Date(clock()).toISOString() });
      return uriOf(key);
    },
    requests,
    rewritten: () => rewritten,
    records,
    films: () =>
      new Map(
        [...records].flatMap(([rkey, value]) => {
          const shown = filmOf(value);
          return shown === undefined ? [] : [[uriOf(rkey), shown] as const];
        }),
      ),
    filmFaults: service.faults,
    pieces: service.pieces,
    filmBytes: service.bytes,
    uploadsBegun: service.begun,
    fromZero: service.fromZero,
    forgetUploads: service.forget,
    clearBlobs: () => {
      const shown = new Set([...records.values()].flatMap(blobsOf));
      for (const link of blobs.keys()) if (!shown.has(link)) blobs.delete(link);
    },
  };
}
