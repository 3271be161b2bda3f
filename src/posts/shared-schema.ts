import { z } from 'zod';
import type { FrozenStage, Review } from '../approval/review.ts';
import type { Publication } from '../dispatch/publication.ts';
import type { Finding, Spot } from '../protocol/rule.ts';
import { breaches, stageKinds } from '../protocol/protocol.ts';
import { remote } from './remote.ts';

/** The stored forms of what a post has of approval, dispatch and the rules. */

const clauses = z.array(z.object({ clause: z.string(), title: z.string() }));

const stage: z.ZodType<FrozenStage> = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(stageKinds),
  people: z.array(z.string()),
  need: z.int(),
  remindAfter: z.int(),
  escalateAfter: z.int(),
  escalateTo: z.array(z.string()),
  expireAfter: z.int(),
  because: clauses,
});

export const review: z.ZodType<Review> = z.object({
  id: z.string(),
  hash: z.string(),
  stages: z.array(stage),
  current: z.int(),
  sentAt: z.int(),
  sentBy: z.string(),
  since: z.int(),
  decisions: z.array(z.object({ stage: z.string(), by: z.string(), at: z.int(), hash: z.string() })),
  passedOn: z.array(z.object({ stage: z.string(), by: z.string(), at: z.int() })),
  escalated: z.boolean(),
  handedOn: z.literal(true).exactOptional(),
  writers: z.array(z.string()),
});

const inVain = {
  lookFrom: z.int().exactOptional(),
  rounds: z.int().exactOptional(),
  sentBefore: z.array(z.string()).exactOptional(),
};
const sent = { sent: z.string().exactOptional() };
const notTaken = { notTakenSince: z.int().exactOptional(), notTakenFor: z.int().exactOptional() };
/** Since when something is tried, and whether somebody was asked about it. */
export const tried = { since: z.int(), asked: z.literal(true).exactOptional() };

export const publication: z.ZodType<Publication> = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('queued'),
    tries: z.int(),
    lastReason: z.string().exactOptional(),
    shownFrom: z.int().exactOptional(),
    missed: z.literal(true).exactOptional(),
    ...notTaken,
    ...inVain,
  }),
  z.object({
    is: z.literal('sending'),
    attempt: z.string(),
    since: z.int(),
    tries: z.int(),
    ...notTaken,
    ...sent,
    ...inVain,
  }),
  z.object({
    is: z.literal('unknown'),
    attempt: z.string(),
    since: z.int(),
    tries: z.int(),
    looks: z.int(),
    lastLook: z.int().exactOptional(),
    asked: z.boolean(),
    lookAt: z.string().exactOptional(),
    ...sent,
    ...inVain,
  }),
  z.object({ is: z.literal('asked'), since: z.int() }),
  z.object({ is: z.literal('published'), remote, at: z.int() }),
  z.object({
    is: z.literal('failed'),
    reason: z.string(),
    at: z.int(),
    left: z.object({ by: z.string(), at: z.int() }).exactOptional(),
  }),
  z.object({ is: z.literal('stopped'), at: z.int(), forGood: z.literal(true).exactOptional(), ...inVain }),
  z.object({
    is: z.literal('removing'),
    remote,
    publishedAt: z.int(),
    problem: z.string().exactOptional(),
    waits: z.string().exactOptional(),
    instead: z.string().exactOptional(),
    begun: z
      .object({
        at: z.int(),
        attempt: z.string(),
        before: z.literal(true).exactOptional(),
        ends: z.string().exactOptional(),
        looks: z.int().exactOptional(),
        lastLook: z.int().exactOptional(),
        asked: z.literal(true).exactOptional(),
      })
      .exactOptional(),
    tried: z.object({ ...tried, unclear: z.literal(true).exactOptional() }).exactOptional(),
  }),
  z.object({
    is: z.literal('removed'),
    remote,
    at: z.int(),
    publishedAt: z.int().exactOptional(),
    instead: z.string().exactOptional(),
  }),
]);

const spot: z.ZodType<Spot> = z.union([
  z.object({
    in: z.enum(['text', 'headline', 'summary']),
    account: z.string().exactOptional(),
    from: z.int(),
    to: z.int(),
  }),
  z.object({ in: z.enum(['alt', 'captions', 'media']), media: z.int(), from: z.int(), to: z.int() }),
]);

export const finding: z.ZodType<Finding> = z.object({
  rule: z.string(),
  breach: z.enum(breaches),
  clause: z.string(),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  spots: z.array(spot),
});
