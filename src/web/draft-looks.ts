import type { Server } from 'restify';
import { z } from 'zod';
import { sha256 } from '../core/json.ts';
import type { Millis } from '../core/time.ts';
import { shownOnCards } from './security.ts';
import { cardsUntil, signedPath, signer } from './signed.ts';

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

/** So many drawn looks are kept, so that everybody who is asked shares one drawing. */
const mostKept = 60;
/** Of so many looks the mark is known: the cards of everybody who sees a post ask for the same ones. */
const mostKnown = 1_000;
const inPath = signedPath.extend({ post: z.string(), plan: z.string(), account: z.string() });

/** What posts will look like, at addresses that are signed. */
export function draftLooks({ key, draw, clock, publicUrl }: DraftLooksParts): DraftLooks {
  const signed = signer(key, 'draft-look');
  const named = ({ post, plan, account }: LookOf): readonly string[] => [post, plan, account];
  /** drawings, the one that was asked for last at the end; those under way are among them, so that all share them */
  const kept = new Map<string, Promise<Uint8Array | undefined>>();
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: a card asks for a look of every account at once, and each takes a core to draw. */
  async function inTurn(of: LookOf): Promise<Uint8Array | undefined> {
    const mine = last.then(async () => await draw(of));
    last = mine.catch(() => undefined);
    return await mine;
  }

  async function drawn(of: LookOf): Promise<Uint8Array | undefined> {
    const name = named(of).join('|');
    const look = kept.get(name) ?? inTurn(of);
    kept.delete(name);
    kept.set(name, look);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    const forget = (): void => {
      if (kept.get(name) === look) kept.delete(name);
    };
    try {
      const bytes = await look;
      // The plan may be there later.
      if (bytes === undefined) forget();
      return bytes;
    } catch (fault) {
      forget();
      throw fault;
    }
  }

  const known = new Map<string, string>();
  function pathOf(of: LookOf, until: Millis): string {
    const tail = `${of.post}/${of.plan}/${of.account}`;
    const name = `${tail}/${until}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const path = `${until}/${signed.mark(named(of), until)}/${tail}`;
    const [oldest] = known.keys();
    if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
    known.set(name, path);
    return path;
  }

  return {
    address: (of, now) => `${publicUrl()}/draft-look/${pathOf(of, cardsUntil(now))}`,
    mount: (server) => {
      server.get('/draft-look/:until/:mark/:post/:plan/:account', async (request, response) => {
        const asked = inPath.safeParse(request.params);
        if (asked.success && signed.holds(named(asked.data), asked.data, clock())) {
          const look = await drawn(asked.data);
          if (look !== undefined) {
            // By its bytes: the same plan may be drawn in another way once Crier is a newer one.
            const tag = `"${sha256(look)}"`;
            const headers = { ...shownOnCards, ETag: tag, 'Cache-Control': 'private, max-age=3600' };
            if (request.headers['if-none-match'] === tag) {
              response.sendRaw(304, '', headers);
              return;
            }
            response.sendRaw(200, Buffer.from(look), { ...headers, 'Content-Type': 'image/png' });
            return;
          }
        }
        response.sendRaw(404, '', { 'Cache-Control': 'no-store', 'Content-Length': '0' });
      });
    },
  };
}
