import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { days, type Millis } from '../core/time.ts';

/**
 * Marks of addresses that nobody can guess and that run out. Teams fetches what a card shows without signing in, so
 * whoever has such an address can see what stands there: it stands only in the cards of those who may.
 */
export interface Signer {
  readonly mark: (of: readonly string[], until: Millis) => string;
  /** whether an address carries its own mark, and has not run out */
  readonly holds: (of: readonly string[], asked: SignedPath, now: Millis) => boolean;
}

/** How an address says until when it may be used, and by which mark. */
export const signedPath = z.object({ until: z.string().regex(/^\d{1,15}$/u), mark: z.string() });
export type SignedPath = z.infer<typeof signedPath>;

/**
 * @param key 32 bytes that no visitor knows
 * @param what the marks are for: one for one kind of thing is none for another
 */
export function signer(key: Uint8Array, what: string): Signer {
  // Made once: a card asks for many marks, and bytes are made a key for each.
  const secret = createSecretKey(key);
  const mark = (of: readonly string[], until: Millis): string =>
    createHmac('sha256', secret)
      .update([what, ...of, until].join('|'))
      .digest('base64url');
  return {
    mark,
    holds: (of, asked, now) => Number(asked.until) > now && same(asked.mark, mark(of, Number(asked.until))),
  };
}

const week = days(7);

/** Until when an address in a card may be used: one to two weeks from now, the same for a whole week. */
export const cardsUntil = (now: Millis): Millis => Math.ceil(now / week) * week + week;

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
