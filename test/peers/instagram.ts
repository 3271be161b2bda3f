import { createHash } from 'node:crypto';
import { answerCall, createChangeFaults, createFaults, send, type Answer, type PeerPost } from './faults.ts';
import {
  graphDoor,
  graphError,
  graphErrors,
  graphHost,
  graphInsights,
  graphTime,
  graphToken,
  badParameter,
  type GraphPeer,
  metaAccount,
  type GraphCall,
} from './graph.ts';

export interface InstagramPeerOptions {
  readonly clock?: () => number;
  /** fetches a picture from where it stands, as Instagram does; gives its size */
  readonly fetchPicture?: (address: string) => Promise<number>;
  /** fetches a video from where it stands; gives its bytes */
  readonly fetchVideo?: (address: string) => Promise<Uint8Array>;
  /** how many looks it takes until a container is filled */
  readonly looks?: number;
  /** whether a container with a video counts as a day old when it is made */
  readonly expires?: () => boolean;
}

/** A reel as Instagram keeps it. */
export interface PeerReel {
  readonly hash: string;
  readonly size: number;
  /** bytes of its still */
  readonly still: number;
}

export interface InstagramPeer extends GraphPeer {
  /** addresses that pictures were to be fetched from */
  readonly addresses: readonly string[];
  /** those that are published, by the post's id */
  readonly reels: ReadonlyMap<string, PeerReel>;
}

interface Container {
  state: 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED';
  readonly caption: string;
  readonly pictures: readonly { readonly alt: string; readonly bytes: number }[];
  readonly reel?: PeerReel;
  looks: number;
}

/** Plays an Instagram account: containers fill by themselves, and publishing one twice makes two posts. */
export function playInstagram(options: InstagramPeerOptions = {}): InstagramPeer {
  const { clock = Date.now, fetchPicture = async () => await Promise.resolve(1_000) } = options;
  const {
    fetchVideo = async () => await Promise.resolve(new Uint8Array(1_000)),
    looks = 1,
    expires = () => false,
  } = options;
  const { userId } = metaAccount;
  const faults = createFaults();
  const changes = createChangeFaults();
  const token = graphToken();
  const errors = graphErrors(token, 80_002);
  const posts: PeerPost[] = [];
  const containers = new Map<string, Container>();
  const requests: string[] = [];
  const addresses: string[] = [];
  const reels = new Map<string, PeerReel>();
  let ids = 0;

  async function create({ fields, response }: GraphCall): Promise<void> {
    ids += 1;
    const id = String(17_900_000 + ids);
    const caption = fields.get('caption') ?? '';
    const children = fields.get('children')?.split(',');
    if (children !== undefined) {
      const kept = children.map((each) => containers.get(each));
      const ready = kept.every((each) => each?.state === 'FINISHED') && kept.length >= 2 && kept.length <= 10;
      if (!ready || fields.get('media_type') !== 'CAROUSEL') return send(response, badParameter());
      containers.set(id, {
        state: 'IN_PROGRESS',
        caption,
        pictures: kept.flatMap((each) => each?.pictures ?? []),
        looks,
      });
      return send(response, { status: 200, body: { id } });
    }
    if (fields.get('media_type') === 'REELS') {
      if (fields.has('image_url') || fields.has('alt_text')) return send(response, badParameter());
      const reel = await reelOf(fields);
      const state = reel === undefined ? 'ERROR' : expires() ? 'EXPIRED' : 'IN_PROGRESS';
      containers.set(id, { state, caption, pictures: [], looks, ...(reel === undefined ? {} : { reel }) });
      return send(response, { status: 200, body: { id } });
    }
    const address = fields.get('image_url') ?? '';
    addresses.push(address);
    const alt = fields.get('alt_text') ?? '';
    let bytes = 0;
    let fetched = true;
    try {
      bytes = await fetchPicture(address);
    } catch {
      fetched = false;
    }
    const state = fetched ? 'IN_PROGRESS' : 'ERROR';
    containers.set(id, { state, caption, pictures: [{ alt, bytes }], looks });
    return send(response, { status: 200, body: { id } });
  }

  async function reelOf(fields: GraphCall['fields']): Promise<PeerReel | undefined> {
    const [video = '', cover] = [fields.get('video_url'), fields.get('cover_url')];
    addresses.push(video, ...(cover === undefined ? [] : [cover]));
    try {
      const bytes = await fetchVideo(video);
      const hash = createHash('sha256').update(bytes).digest('base64url');
      return { hash, size: bytes.length, still: cover === undefined ? 0 : await fetchPicture(cover) };
    } catch {
      return undefined;
    }
  }

  function commit(container: Container): Answer {
    ids += 1;
    const id = String(18_000_000 + ids);
    container.state = 'PUBLISHED';
    posts.push({ id, text: container.caption, at: clock(), pictures: container.pictures });
    if (container.reel !== undefined) reels.set(id, container.reel);
    return { status: 200, body: { id } };
  }

  function drop(id: string): Answer {
    const at = posts.findIndex((each) => each.id === id);
    if (at >= 0) posts.splice(at, 1);
    return { status: 200, body: { success: true } };
  }

  const permalinkOf = (id: string) => `https://www.instagram.com/p/${id}/`;

  function list({ fields }: GraphCall): Answer {
    const most = Number(fields.get('limit') ?? '25');
    const after = Number(fields.get('after') ?? '0');
    const all = posts.toReversed();
    const page = all.slice(after, after + most);
    const next = new URL(`https://${graphHost}/v26.0/${userId}/media`);
    next.searchParams.set('access_token', metaAccount.pageToken);
    next.searchParams.set('after', String(after + most));
    return {
      status: 200,
      body: {
        data: page.map((each) => ({
          id: each.id,
          ...(each.text === '' ? {} : { caption: each.text }),
          timestamp: graphTime(each.at),
          permalink: permalinkOf(each.id),
          media_type: reels.has(each.id) ? 'VIDEO' : each.pictures.length > 1 ? 'CAROUSEL_ALBUM' : 'IMAGE',
          ...(each.pictures.length > 1
            ? { children: { data: each.pictures.map((_, n) => ({ id: `${each.id}${String(n)}` })) } }
            : {}),
        })),
        paging: after + most < all.length ? { next: next.href } : {},
      },
    };
  }

  async function answer(call: GraphCall): Promise<void> {
    const { method, path, fields, response } = call;
    if (method === 'POST' && path === `${userId}/media`) return await create(call);
    if (method === 'GET' && path === `${userId}/media`) return send(response, list(call));
    if (method === 'POST' && path === `${userId}/media_publish`) {
      const container = containers.get(fields.get('creation_id') ?? '');
      if (container === undefined) return send(response, badParameter());
      if (container.state === 'IN_PROGRESS')
        return send(response, graphError(400, 9007, 'Media ID is not available'));
      return answerCall(faults, response, container.caption, () => commit(container), errors);
    }
    if (method === 'GET' && path === userId) {
      return send(response, {
        status: 200,
        body: { id: userId, username: 'seftoncouncil', followers_count: 9_000 },
      });
    }
    if (method === 'GET' && path === `${userId}/content_publishing_limit`) {
      const config = { quota_total: 100, quota_duration: 86_400 };
      return send(response, { status: 200, body: { data: [{ quota_usage: posts.length, config }] } });
    }
    if (method === 'GET' && path.endsWith('/insights')) {
      return send(response, graphInsights({ views: 800, shares: 4 }, fields));
    }
    const container = containers.get(path);
    if (container !== undefined && method === 'GET') {
      send(response, { status: 200, body: { status_code: container.state, id: path } });
      // A picture takes until the second look.
      container.looks -= 1;
      if (container.state === 'IN_PROGRESS' && container.looks <= 0) container.state = 'FINISHED';
      return;
    }
    const found = posts.find((each) => each.id === path);
    if (found === undefined) {
      const more = { error_subcode: 33 };
      return send(response, graphError(400, 100, 'Unsupported request. The object does not exist', more));
    }
    if (method === 'DELETE')
      return answerCall(changes.remove, response, found.text, () => drop(found.id), errors);
    const body = { id: path, permalink: permalinkOf(path), like_count: 6, comments_count: 2 };
    return send(response, { status: 200, body });
  }

  return {
    hosts: {
      [graphHost]: graphDoor(requests, token, (call) => {
        void answer(call).catch(() => call.response.destroy());
      }),
    },
    faults,
    changes,
    drop,
    posts: () => [...posts],
    byHand: (text) => {
      ids += 1;
      const id = String(18_000_000 + ids);
      posts.push({ id, text, at: clock(), pictures: [{ alt: '', bytes: 1 }] });
      return id;
    },
    token,
    requests,
    keptToken: async () => await Promise.resolve(token.now()),
    addresses,
    reels,
  };
}
