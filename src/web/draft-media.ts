import type { RequestHandler, Server } from 'restify';
import { z } from 'zod';
import { hours, type Millis } from '../core/time.ts';
import { sendParts, sentAs, type MediaReader } from './media.ts';
import { shownOnCards } from './security.ts';
import { cardsUntil, signedPath, signer } from './signed.ts';

/** Addresses of pictures for the cards of posts that are not public: signed, and only for some days. */
export interface DraftMedia {
  /** @returns an address that works from now for one to two weeks; the same one for a whole week */
  readonly address: (hash: string, now: Millis) => string;
  /** @returns an address that works for an hour from now: a network fetches what it was given then and there */
  readonly shortly: (hash: string, now: Millis) => string;
  readonly mount: (server: Server) => void;
}

export interface DraftMediaParts {
  /** 32 bytes that no visitor knows */
  readonly key: Uint8Array;
  readonly media: MediaReader;
  /** what a picture or a video is by its first bytes; undefined for what is neither */
  readonly contentTypeOf: (first: Uint8Array) => string | undefined;
  readonly clock: () => Millis;
  readonly publicUrl: () => string;
}

const inPath = signedPath.extend({ hash: z.string() });

/** The pictures and videos of drafts, at addresses that are signed. */
export function draftMedia({ key, media, contentTypeOf, clock, publicUrl }: DraftMediaParts): DraftMedia {
  const signed = signer(key, 'draft-media');
  /** The first bytes tell it, however long the rest is. */
  async function typeOf(hash: string): Promise<string | undefined> {
    const head = await media.open(hash, { to: 64 });
    if (head === undefined) return undefined;
    const pieces: Uint8Array[] = [];
    for await (const piece of head.bytes) pieces.push(piece);
    return contentTypeOf(Buffer.concat(pieces));
  }
  const addressUntil = (hash: string, until: Millis): string =>
    `${publicUrl()}/draft-media/${until}/${signed.mark([hash], until)}/${hash}`;
  return {
    address: (hash, now) => addressUntil(hash, cardsUntil(now)),
    shortly: (hash, now) => addressUntil(hash, now + hours(1)),
    mount: (server) => {
      const path = '/draft-media/:until/:mark/:hash';
      const answer: RequestHandler = async (request, response) => {
        const asked = inPath.safeParse(request.params);
        const known = asked.success && signed.holds([asked.data.hash], asked.data, clock());
        const hash = known ? asked.data.hash : '';
        const contentType = known ? await typeOf(hash) : undefined;
        if (contentType !== undefined) {
          for (const [name, value] of Object.entries(shownOnCards)) response.setHeader(name, value);
          const cache = 'private, max-age=3600';
          if (sentAs(contentType) === 'in-parts') {
            if (await sendParts(request, response, { hash, contentType, cache }, media)) return;
          } else {
            const bytes = await media.read(hash);
            if (bytes !== undefined) {
              response.sendRaw(200, Buffer.from(bytes), {
                'Content-Type': contentType,
                'Cache-Control': cache,
              });
              return;
            }
          }
        }
        response.sendRaw(404, '', { 'Cache-Control': 'no-store', 'Content-Length': '0' });
      };
      server.get(path, answer);
      // Who fetches a large file may ask how large it is first.
      server.head(path, answer);
    },
  };
}
