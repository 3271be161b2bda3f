import { z } from 'zod';
import { answerPost, createFaults, send, type Answer, type PeerPost } from './faults.ts';
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

export interface FacebookPeerOptions {
  readonly clock?: () => number;
  /** Facebook refuses the words of the post before; without that a second post is seen as one */
  readonly refusesDuplicates?: boolean;
}

/** Plays a Page of Facebook: the proof of the secret is verified, and posting twice posts twice. */
export function playFacebook(options: FacebookPeerOptions = {}): GraphPeer {
  const { clock = Date.now, refusesDuplicates = true } = options;
  const { pageId } = metaAccount;
  const faults = createFaults();
  const token = graphToken();
  const errors = graphErrors(token);
  const posts: PeerPost[] = [];
  const photos = new Map<string, { alt: string; bytes: number }>();
  const requests: string[] = [];
  const scheduled: { readonly id: string; readonly text: string; readonly at: number }[] = [];
  let ids = 0;

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
    answerPost(faults, response, fields.get('message') ?? '', () => commit(fields, attached), errors);
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
          id: each.id,
          ...(each.text === '' ? {} : { message: each.text }),
          created_time: graphTime(each.at),
          ...attachmentsOf(each),
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
      photos.set(id, { alt: fields.get('alt_text_custom') ?? '', bytes: file });
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
    const at = posts.findIndex((each) => each.id === path);
    const found = posts[at];
    if (found === undefined) {
      const more = { error_subcode: 33 };
      return send(response, graphError(400, 100, 'Unsupported request. The object does not exist', more));
    }
    if (method === 'DELETE') posts.splice(at, 1);
    if (method === 'POST') posts[at] = { ...found, text: fields.get('message') ?? '' };
    if (method !== 'GET') return send(response, { status: 200, body: { success: true } });
    const summary = (total_count: number) => ({ data: [], summary: { total_count } });
    return send(response, {
      status: 200,
      body: { id: path, shares: { count: 2 }, reactions: summary(5), comments: summary(3) },
    });
  }

  return {
    hosts: { [graphHost]: graphDoor(requests, token, answer) },
    faults,
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
}

function attachmentsOf({ pictures, link }: PeerPost) {
  if (pictures.length === 1) return { attachments: { data: [{ media_type: 'photo' }] } };
  if (pictures.length > 1) {
    const subattachments = { data: pictures.map(() => ({ media_type: 'photo' })) };
    return { attachments: { data: [{ media_type: 'album', subattachments }] } };
  }
  return link === undefined ? {} : { attachments: { data: [{ media_type: 'link' }] } };
}
