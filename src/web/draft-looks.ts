import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Server } from 'restify';
import { z } from 'zod';
import { days, type Millis } from '../core/time.ts';
import { shownOnCards } from './security.ts';

/** Which look: what an account would show of a post's plan. */
export interface LookOf {
  readonly post: string;
  /** the plan's hash: of another plan there is another look */
  readonly plan: string;
  readonly account: string;
}

/** Addresses of pictures of what a post will look like, for the cards of those who may see it. */
export interface DraftLooks {
  /** @returns an address that works from now for one to two weeks; the same one for a whole week */
  readonly address: (of: LookOf, now: Millis) => string;
  readonly mount: (server: Server) => void;
}

export interface DraftLooksParts {
  /** 32 bytes that no visitor knows */
  readonly key: Uint8Array;
  /** @returns a PNG; undefined when the post has no such plan any more */
  readonly draw: (of: LookOf) => Promise<Uint8Array | undefined>;
  readonly clock: () => Millis;
  readonly publicUrl: () => string;
}

const week = days(7);
/** So many drawn looks are kept, so that everybody who is asked shares one drawing. */
const mostKept = 60;
/** Of so many looks the mark is known: the cards of everybody who sees a post ask for the same ones. */
const mostKnown = 1_000;
const inPath = z.object({
  until: z.string().regex(/^\d{1,15}$/u),
  mark: z.string(),
  post: z.string(),
  plan: z.string(),
  account: z.string(),
});

/** As with pictures of drafts: whoever has the address can see it, so it cannot be guessed and runs out. */
export function draftLooks({ key, draw, clock, publicUrl }: DraftLooksParts): DraftLooks {
  const kept = new Map<string, Uint8Array>();
  // Made once: a card asks for one mark for each account, and bytes are made a key for each.
  const secret = createSecretKey(key);
  const markOf = ({ post, plan, account }: LookOf, until: Millis): string =>
    createHmac('sha256', secret).update(`draft-look|${post}|${plan}|${account}|${until}`).digest('base64url');

  async function drawn(of: LookOf): Promise<Uint8Array | undefined> {
    const name = `${of.post}|${of.plan}|${of.account}`;
    const before = kept.get(name);
    if (before !== undefined) return before;
    const look = await draw(of);
    const [oldest] = kept.keys();
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    if (look !== undefined) kept.set(name, look);
    return look;
  }

  const known = new Map<string, string>();
  function pathOf(of: LookOf, until: Millis): string {
    const tail = `${of.post}/${of.plan}/${of.account}`;
    const name = `${tail}/${until}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const path = `${until}/${markOf(of, until)}/${tail}`;
    const [oldest] = known.keys();
    if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
    known.set(name, path);
    return path;
  }

  return {
    address: (of, now) => `${publicUrl()}/draft-look/${pathOf(of, Math.ceil(now / week) * week + week)}`,
    mount: (server) => {
      server.get('/draft-look/:until/:mark/:post/:plan/:account', async (request, response) => {
        const asked = inPath.safeParse(request.params);
        const until = asked.success ? Number(asked.data.until) : 0;
        if (asked.success && until > clock() && same(asked.data.mark, markOf(asked.data, until))) {
          const tag = `"${asked.data.plan}-${asked.data.account}"`;
          const headers = { ...shownOnCards, ETag: tag, 'Cache-Control': 'private, max-age=3600' };
          const look = await drawn(asked.data);
          if (look !== undefined && request.headers['if-none-match'] === tag) {
            response.sendRaw(304, '', headers);
            return;
          }
          if (look !== undefined) {
            response.sendRaw(200, Buffer.from(look), { ...headers, 'Content-Type': 'image/png' });
            return;
          }
        }
        response.sendRaw(404, '', { 'Cache-Control': 'no-store', 'Content-Length': '0' });
      });
    },
  };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
