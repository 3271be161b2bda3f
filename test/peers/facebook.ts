import { createHash } from 'node:crypto';
import { z } from 'zod';
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

/** Whether a path is about a video of a Page's, whose ids say nothing of the Page. */
export const isPageVideo = (path: string): boolean => /^555\d{6}(?:[/?]|$)/u.test(path);

export interface FacebookPeerOptions {
  readonly clock?: () => number;
  /** Facebook refuses the words of the post before; without that a second post is seen as one */
  readonly refusesDuplicates?: boolean;
  /** how much of a video is wanted in one piece */
  readonly pieceSize?: number;
}

/** A video as Facebook keeps it: it has its id before a byte of it has come. */
export interface PageVideo {
  readonly id: string;
  readonly session: string;
  readonly size: number;
  bytes: Buffer;
  hash: string;
  description: string;
  title: string;
  still: number;
  captions: { readonly name: string; readonly text: string }[];
  stands: 'coming' | 'working' | 'ready' | 'bad' | 'published' | 'removed';
  /** somebody could have seen it while it had no captions, or could not be played */
  seenTooEarly: boolean;
}

export interface FacebookPeer extends GraphPeer {
  readonly videos: readonly PageVideo[];
  /** each piece that came, as where it began */
  readonly pieces: readonly number[];
  /** the pieces that come next get no answer, taken or not */
  loses: { readonly pieces: number; readonly taken: boolean };
  /** no video that comes from now on can be read */
  spoils: boolean;
}

/** Plays a Page of Facebook: the proof of the secret is verified, and posting twice posts twice. */
export function playFacebook(options: FacebookPeerOptions = {}): FacebookPeer {
  const { clock = Date.now, refusesDuplicates = true, pieceSize = 100_000 } = options;
  const { pageId } = metaAccount;
  const faults = createFaults();
  const changes = createChangeFaults();
  const token = graphToken();
  const errors = graphErrors(token, 80_001);
  const posts: PeerPost[] = [];
  const photos = new Map<string, { alt: string; bytes: number }>();
  const requests: string[] = [];
  const scheduled: { readonly id: string; readonly text: string; readonly at: number }[] = [];
  const videos: PageVideo[] = [];
  const pieces: number[] = [];
  let ids = 0;

  /** The three phases of an upload; what comes in the wrong place is told where it goes on. */
  function upload({ fields, file, response }: GraphCall): void {
    const phase = fields.get('upload_phase');
    if (phase === 'start') {
      ids += 1;
      const id = String(555_000_000 + ids);
      const size = Number(fields.get('file_size'));
      if (!Number.isInteger(size) || size <= 0) return send(response, badParameter());
      const session = String(666_000_000 + ids);
      const [bytes, stands] = [Buffer.alloc(0), 'coming'] as const;
      const words = { description: '', title: '', hash: '', still: 0, captions: [], seenTooEarly: false };
      videos.push({ id, session, size, bytes, stands, ...words });
      const body = { video_id: id, upload_session_id: session, ...wanted(0, size) };
      return send(response, { status: 200, body });
    }
    const video = videos.find((each) => each.session === fields.get('upload_session_id'));
    if (video?.stands !== 'coming') return send(response, badParameter());
    if (phase === 'transfer') return transfer(video, fields, file, response);
    if (phase !== 'finish' || video.bytes.length < video.size || fields.get('published') !== 'false') {
      return send(response, badParameter());
    }
    video.description = fields.get('description') ?? '';
    video.title = fields.get('title') ?? '';
    video.still = file?.bytes.length ?? 0;
    video.hash = createHash('sha256').update(video.bytes).digest('base64url');
    video.stands = peer.spoils ? 'bad' : 'working';
    send(response, { status: 200, body: { success: true } });
  }

  const wanted = (from: number, size: number) => ({
    start_offset: String(from),
    end_offset: String(Math.min(from + pieceSize, size)),
  });

  function transfer(
    video: PageVideo,
    fields: GraphCall['fields'],
    file: GraphCall['file'],
    response: GraphCall['response'],
  ): void {
    if (fields.get('start_offset') !== String(video.bytes.length)) {
      const error_data = wanted(video.bytes.length, video.size);
      return send(response, graphError(400, 6000, 'Wrong offset', { error_subcode: 1363037, error_data }));
    }
    const lost = peer.loses.pieces > 0;
    if (file === undefined || file.bytes.length > pieceSize) return send(response, badParameter());
    if (!lost || peer.loses.taken) {
      pieces.push(video.bytes.length);
      video.bytes = Buffer.concat([video.bytes, file.bytes]);
    }
    if (lost) {
      peer.loses = { ...peer.loses, pieces: peer.loses.pieces - 1 };
      response.socket?.destroy();
      return;
    }
    send(response, { status: 200, body: wanted(video.bytes.length, video.size) });
  }

  /** Everything that is asked of one video. */
  function ofVideo(video: PageVideo, rest: string, { method, fields, file, response }: GraphCall): void {
    if (rest === '/captions' && method === 'POST') {
      const right = /^[^.]+\.[a-z]{2}_[A-Z]{2}\.srt$/u.test(file?.name ?? '');
      if (file === undefined || !right) return send(response, badParameter());
      video.captions.push({ name: file.name, text: file.bytes.toString('utf8') });
      return send(response, success);
    }
    if (method === 'DELETE')
      return answerCall(changes.remove, response, video.description, () => drop(video.id), errors);
    if (method === 'GET') {
      const state = { coming: 'uploading', working: 'processing', bad: 'error', published: 'ready' };
      const video_status = { ...state, ready: 'ready', removed: 'expired' }[video.stands];
      const uploading_phase = { status: video.stands === 'coming' ? 'in_progress' : 'complete' };
      const published = video.stands === 'published';
      const status = { video_status, uploading_phase };
      send(response, { status: 200, body: { id: video.id, published, status, post_id: video.id } });
      // It is worked on until the second look.
      if (video.stands === 'working') video.stands = 'ready';
      return;
    }
    if (fields.get('published') === 'true') {
      answerCall(faults, response, video.description, () => publishVideo(video), errors);
      return;
    }
    const text = fields.get('description') ?? '';
    answerCall(
      changes.edit,
      response,
      text,
      () => {
        video.description = text;
        video.title = fields.get('name') ?? video.title;
        return putAs(video.id, text);
      },
      errors,
    );
  }

  const success: Answer = { status: 200, body: { success: true } };

  /** Other words for what stands. */
  function putAs(id: string, text: string): Answer {
    const at = posts.findIndex((each) => each.id === id);
    const post = posts[at];
    if (post !== undefined) posts[at] = { ...post, text };
    return success;
  }

  function drop(id: string): Answer {
    const video = videos.find((each) => each.id === id);
    if (video !== undefined) video.stands = 'removed';
    const at = posts.findIndex((each) => each.id === id);
    if (at >= 0) posts.splice(at, 1);
    return success;
  }

  /** To publish what is public changes nothing. */
  function publishVideo(video: PageVideo): Answer {
    if (video.stands !== 'published') {
      video.seenTooEarly = video.stands !== 'ready' || video.captions.length === 0;
      video.stands = 'published';
      posts.push({ id: video.id, text: video.description, at: clock(), pictures: [] });
    }
    return { status: 200, body: { success: true } };
  }

  function commit(fields: GraphCall['fields'], attached: readonly string[]): Answer {
    ids += 1;
    const id = `${pageId}_${String(900_000 + ids)}`;
    const link = fields.get('link');
    posts.push({
      id,
      text: fields.get('message') ?? '',
      at: clock(),
      pictures: attached.map((each) => photos.get(each) ?? { alt: '', bytes: 0 }),
      ...(link === undefined ? {} : { link }),
    });
    return { status: 200, body: { id } };
  }

  function feed({ fields, response }: GraphCall): void {
    const attached = z
      .array(z.object({ media_fbid: z.string() }))
      .parse(JSON.parse(fields.get('attached_media') ?? '[]'))
      .map((each) => each.media_fbid);
    if (attached.some((each) => !photos.has(each))) return send(response, badParameter());
    if (attached.length > 0 && fields.has('link')) return send(response, badParameter());
    if (refusesDuplicates && posts.at(-1)?.text === fields.get('message')) {
      return send(response, errors.duplicate());
    }
    answerCall(faults, response, fields.get('message') ?? '', () => commit(fields, attached), errors);
  }

  function list({ fields }: GraphCall): Answer {
    const since = Number(fields.get('since') ?? '0') * 1000;
    const most = Number(fields.get('limit') ?? '25');
    const after = Number(fields.get('after') ?? '0');
    const all = posts.filter((each) => each.at >= since).toReversed();
    const page = all.slice(after, after + most);
    const next = new URL(`https://${graphHost}/v26.0/${pageId}/posts`);
    next.searchParams.set('access_token', metaAccount.pageToken);
    next.searchParams.set('after', String(after + most));
    return {
      status: 200,
      body: {
        data: page.map((each) => ({
          id: isVideo(each) ? `${pageId}_${each.id}` : each.id,
          ...(each.text === '' ? {} : { message: each.text }),
          created_time: graphTime(each.at),
          ...(isVideo(each)
            ? { attachments: { data: [{ media_type: 'video', target: { id: each.id } }] } }
            : attachmentsOf(each)),
        })),
        paging: after + most < all.length ? { next: next.href } : {},
      },
    };
  }

  function answer(call: GraphCall): void {
    const { method, path, fields, file, response } = call;
    if (method === 'POST' && path === `${pageId}/photos`) {
      if (fields.get('published') !== 'false' || file === undefined) return send(response, badParameter());
      const id = String(700_000 + photos.size);
      photos.set(id, { alt: fields.get('alt_text_custom') ?? '', bytes: file.bytes.length });
      return send(response, { status: 200, body: { id } });
    }
    if (method === 'POST' && path === `${pageId}/feed`) return feed(call);
    if (method === 'GET' && [`${pageId}/posts`, `${pageId}/published_posts`].includes(path))
      return send(response, list(call));
    if (method === 'GET' && path === `${pageId}/scheduled_posts`) {
      const data = scheduled.map(({ id, text, at }) => ({
        id,
        message: text,
        scheduled_publish_time: Math.floor(at / 1000),
      }));
      return send(response, { status: 200, body: { data } });
    }
    if (method === 'GET' && path.endsWith('/insights')) {
      return send(response, graphInsights({ post_media_view: 700 }, fields));
    }
    if (method === 'GET' && path === pageId) {
      return send(response, {
        status: 200,
        body: { id: pageId, name: 'Sefton Council', followers_count: 42_000 },
      });
    }
    if (method === 'POST' && path === `${pageId}/videos`) return upload(call);
    const [, id = '', rest = ''] = /^(\d+)(\/captions)?$/u.exec(path) ?? [];
    const video = videos.find((each) => each.id === id && each.stands !== 'removed');
    if (video !== undefined) return ofVideo(video, rest, call);
    const [, around] = path.split('_');
    const found = posts.find((each) => each.id === path || (isVideo(each) && each.id === around));
    if (found === undefined) {
      const more = { error_subcode: 33 };
      return send(response, graphError(400, 100, 'Unsupported request. The object does not exist', more));
    }
    if (method === 'DELETE')
      return answerCall(changes.remove, response, found.text, () => drop(found.id), errors);
    if (method === 'POST') {
      const text = fields.get('message') ?? '';
      return answerCall(changes.edit, response, text, () => putAs(found.id, text), errors);
    }
    const summary = (total_count: number) => ({ data: [], summary: { total_count } });
    return send(response, {
      status: 200,
      body: { id: path, shares: { count: 2 }, reactions: summary(5), comments: summary(3) },
    });
  }

  const isVideo = ({ id }: PeerPost): boolean => videos.some((each) => each.id === id);

  const peer: FacebookPeer = {
    videos,
    pieces,
    loses: { pieces: 0, taken: false },
    spoils: false,
    hosts: { [graphHost]: graphDoor(requests, token, answer) },
    faults,
    changes,
    drop,
    posts: () => [...posts],
    byHand: (text) => {
      ids += 1;
      const id = `${pageId}_${String(900_000 + ids)}`;
      posts.push({ id, text, at: clock(), pictures: [] });
      return id;
    },
    plan: (text, at) => {
      ids += 1;
      const id = `${pageId}_${String(900_000 + ids)}`;
      scheduled.push({ id, text, at });
      return id;
    },
    token,
    requests,
    keptToken: async () => await Promise.resolve(token.now()),
  };
  return peer;
}

function attachmentsOf({ pictures, link }: PeerPost) {
  if (pictures.length === 1) return { attachments: { data: [{ media_type: 'photo' }] } };
  if (pictures.length > 1) {
    const subattachments = { data: pictures.map(() => ({ media_type: 'photo' })) };
    return { attachments: { data: [{ media_type: 'album', subattachments }] } };
  }
  return link === undefined ? {} : { attachments: { data: [{ media_type: 'link' }] } };
}
