import { z } from 'zod';
import { onYoutube, plannedTime } from './writing/draft.ts';
import { linkedPages } from './leaving/linked-pages.ts';
import { medium } from './writing/medium.ts';
import { finding, publication, review, tried } from './shared-schema.ts';
import { erasedTexts } from './post.ts';
import type {
  ByHand,
  Copy,
  Correction,
  Missed,
  Outgoing,
  Plan,
  PostState,
  Status,
  Step,
  Turned,
} from './post.ts';
import type { Revision } from './writing/revision.ts';
import { networkNames, urgencies } from '../protocol/protocol.ts';
import { stops } from '../dispatch/account.ts';
import { chosenWays } from '../dispatch/put-right.ts';
import { byHandTasks, mendsByHand } from './by-hand/done-by-hand.ts';

const missed: z.ZodType<Missed> = z.discriminatedUnion('because', [
  z.object({ at: z.int(), because: z.enum(['makers-gone', 'not-running']) }),
  z.object({
    at: z.int(),
    because: z.literal('not-taken'),
    reason: z.string(),
    accounts: z.array(z.string()),
  }),
  z.object({ at: z.int(), because: z.literal('not-running-then'), account: z.string() }),
]);

const networkName = z.enum(networkNames);
const revision: z.ZodType<Revision> = z.object({
  n: z.int(),
  by: z.string(),
  at: z.int(),
  text: z.string(),
  variants: z.record(z.string(), z.string()),
  typedAt: z.int().exactOptional(),
  daysWritten: z
    .object({ text: z.array(z.int()), variants: z.record(z.string(), z.array(z.int())) })
    .exactOptional(),
  keeps: z.array(z.string()).exactOptional(),
  accounts: z.array(z.string()),
  headline: z.string(),
  summary: z.string(),
  media: z.array(medium),
  urgency: z.enum(urgencies),
  flags: z.array(z.string()),
  campaign: z.string(),
  thread: z.boolean().exactOptional(),
  until: plannedTime.exactOptional(),
  youtube: onYoutube.exactOptional(),
  quote: z.string().exactOptional(),
  pages: linkedPages.exactOptional(),
});

const turned: z.ZodType<Turned> = z.object({
  real: z.array(z.string()),
  rehearsed: z.array(z.string()),
  back: z.array(z.string()).exactOptional(),
});

const plan: z.ZodType<Plan> = z.object({
  hash: z.string(),
  renderer: z.string(),
  revision: z.int(),
  parts: z.array(
    z.object({
      key: z.string(),
      account: z.string(),
      network: networkName,
      bytes: z.string(),
      at: z.int().exactOptional(),
      says: z.object({ words: z.string(), posts: z.int() }).exactOptional(),
    }),
  ),
  rehearsed: z.array(z.string()).exactOptional(),
  outOfReach: z.array(z.string()).exactOptional(),
  turned: turned.exactOptional(),
  decided: z.literal(true).exactOptional(),
  before: z.array(z.object({ hash: z.string(), turned })).exactOptional(),
});

const outgoingShape = {
  plan,
  review,
  decidedAt: z.int(),
  publications: z.record(z.string(), publication),
  was: z.int().exactOptional(),
} satisfies Record<keyof Outgoing, z.ZodType>;

const by = { by: z.string(), at: z.int() };
const walked = { walked: review.exactOptional() };

const status: z.ZodType<Status> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('draft') }),
  z.object({ is: z.literal('sent-back'), ...by, note: z.string() }),
  z.object({ is: z.literal('in-review'), review, plan }),
  z.object({ is: z.literal('approved'), ...outgoingShape }),
  z.object({ is: z.literal('scheduled'), for: plannedTime, ...outgoingShape }),
  z.object({ is: z.literal('publishing'), ...outgoingShape }),
  z.object({ is: z.literal('published'), at: z.int(), ...outgoingShape }),
  z.object({ is: z.literal('partly-published'), at: z.int(), ...outgoingShape }),
  z.object({ is: z.literal('failed'), at: z.int(), ...outgoingShape }),
  z.object({ is: z.literal('not-to-be-published'), ...by, note: z.string(), ...walked }),
  z.object({ is: z.literal('cancelled'), ...by, ...walked }),
  z.object({
    is: z.literal('expired'),
    at: z.int(),
    because: z.enum(['nobody-decided', 'ended-before-it-went-out']),
    ...walked,
  }),
  z.object({
    is: z.literal('held'),
    ...by,
    all: z.boolean(),
    stop: z.enum(stops).exactOptional(),
    missed: missed.exactOptional(),
    turned: turned.exactOptional(),
    newWords: z.literal(true).exactOptional(),
    review,
    plan,
    out: z.record(z.string(), publication).exactOptional(),
    was: z.int().exactOptional(),
  }),
  z.object({ is: z.literal('taken-down'), by: z.string(), takenDownAt: z.int(), ...outgoingShape }),
]);

const way = z.enum([...chosenWays, 'same', 'if-there']);

const letGo = z.object({ at: z.int(), rest: z.boolean() });

const correction: z.ZodType<Correction> = z.object({
  revision,
  plan,
  what: z.string(),
  reply: z.string().exactOptional(),
  by: z.string(),
  at: z.int(),
  review,
  resumedAt: z.int().exactOptional(),
  findings: z.array(finding),
  ways: z.record(z.string(), way).exactOptional(),
  applied: z
    .object({
      by: z.string(),
      at: z.int(),
      parts: z.record(z.string(), z.enum(['waiting', 'done', 'failed'])),
      anew: z.array(z.string()).exactOptional(),
      because: z.record(z.string(), z.string()).exactOptional(),
      waits: z.record(z.string(), z.string()).exactOptional(),
      underWay: z.record(z.string(), z.string()).exactOptional(),
      unclear: z.array(z.string()).exactOptional(),
      tried: z.record(z.string(), z.object(tried)).exactOptional(),
      letGo: letGo.exactOptional(),
      made: z.int().exactOptional(),
      madeAt: z.record(z.string(), z.int()).exactOptional(),
      left: z.array(z.string()).exactOptional(),
      over: z.literal(true).exactOptional(),
    })
    .exactOptional(),
});

const step: z.ZodType<Step> = z.discriminatedUnion('did', [
  z.object({ did: z.enum(['changed', 'retimed']), ...by }),
  z.object({ did: z.enum(['passed-on', 'approved']), ...by, note: z.string().exactOptional() }),
  z.object({ did: z.literal('agreed'), ...by, note: z.string() }),
  z.object({
    did: z.literal('held'),
    ...by,
    all: z.boolean(),
    stop: z.enum(stops).exactOptional(),
    missed: missed.exactOptional(),
    turned: turned.exactOptional(),
    newWords: z.literal(true).exactOptional(),
    ahead: z.literal(true).exactOptional(),
  }),
  z.object({ did: z.literal('sent-back'), ...by, note: z.string() }),
  z.object({ did: z.enum(['let-out', 'asked-again']), ...by, people: z.array(z.string()) }),
  z.object({ did: z.literal('department-chosen'), ...by, from: z.string(), to: z.string() }),
  z.object({
    did: z.literal('by-hand'),
    ...by,
    part: z.string(),
    what: z.enum(byHandTasks),
    done: z.boolean(),
    asked: z.boolean(),
    cannot: z.literal(true).exactOptional(),
    note: z.string().exactOptional(),
  }),
  z.object({ did: z.literal('by-hand-mended'), ...by, part: z.string(), how: z.enum(mendsByHand) }),
  z.object({
    did: z.literal('left-as-it-is'),
    ...by,
    accounts: z.array(z.string()),
    unsent: z.array(z.string()).exactOptional(),
    unclear: z.string().exactOptional(),
  }),
  z.object({
    did: z.literal('tried-again'),
    ...by,
    parts: z.array(z.string()),
    missed: z.record(z.string(), z.object({ reason: z.string(), at: z.int() })),
  }),
]);

const byHand: z.ZodType<ByHand> = z.object({
  what: z.enum(byHandTasks),
  people: z.array(z.string()),
  since: z.int(),
  reminders: z.int(),
  deskSays: z.literal(true).exactOptional(),
  cannot: z.literal(true).exactOptional(),
});

/** Where a card stands in Teams. */
export const posted = z.object({
  activityId: z.string(),
  conversationId: z.string(),
  serviceUrl: z.string().exactOptional(),
  objectId: z.string().exactOptional(),
});

const copy: z.ZodType<Copy> = z.object({
  key: z.string(),
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), person: z.string() }),
    z.object({ kind: z.literal('teams-channel'), of: z.string() }),
    z.object({ kind: z.literal('thread'), conversationId: z.string(), serviceUrl: z.string() }),
  ]),
  posted: posted.exactOptional(),
  left: z.array(posted).exactOptional(),
  shown: z.int(),
  forms: z.record(z.string(), z.int()).exactOptional(),
  said: z
    .record(
      z.string(),
      z.object({
        words: z.string(),
        typed: z.record(z.string(), z.string()),
        turn: z.int(),
        at: z.int(),
      }),
    )
    .exactOptional(),
  asks: z.string().exactOptional(),
  unreachable: z.literal(true).exactOptional(),
});

/** The stored forms of a post: form 1 has no more than some of the fields of form 2. */
export const postSchema: z.ZodType<PostState> = z.object({
  id: z.string(),
  number: z.int().positive(),
  department: z.string().exactOptional(),
  author: z.string(),
  createdAt: z.int(),
  changedAt: z.int(),
  turn: z.int(),
  revision,
  typed: z.string().exactOptional(),
  when: plannedTime.exactOptional(),
  serviceWrote: revision.exactOptional(),
  deskChanged: z
    .object({
      by: z.array(z.object({ person: z.string(), at: z.int() })),
      serviceMeant: plannedTime.exactOptional(),
    })
    .exactOptional(),
  past: z.array(step).exactOptional(),
  findings: z.array(finding),
  checkedUnder: z.string().exactOptional(),
  status,
  correction: correction.exactOptional(),
  corrected: z.array(
    z.object({
      what: z.string(),
      at: z.int(),
      by: z.string(),
      approvedBy: z.string(),
      review: review.exactOptional(),
      letGo: letGo.exactOptional(),
      made: z.int().exactOptional(),
      madeOn: z.record(z.string(), z.int()).exactOptional(),
      cardsKept: z.array(z.string()).exactOptional(),
      answers: z.record(z.string(), z.string()).exactOptional(),
      ways: z.record(z.string(), way).exactOptional(),
    }),
  ),
  earlier: z
    .array(
      z.object({
        by: z.string(),
        at: z.int(),
        texts: z.record(z.string(), z.string()),
        inVain: z.literal(true).exactOptional(),
      }),
    )
    .exactOptional(),
  madeNowhere: z
    .array(
      z.object({
        ...by,
        what: z.string(),
        text: z.string().exactOptional(),
        askedAt: z.int(),
        approvedBy: z.string(),
        review,
        ways: z.record(z.string(), way).exactOptional(),
        answers: z.record(z.string(), z.string()),
      }),
    )
    .exactOptional(),
  correctionRefused: z.object({ ...by, note: z.string(), review: review.exactOptional() }).exactOptional(),
  correctionsRefused: z.array(z.object({ ...by, review: review.exactOptional() })).exactOptional(),
  correctionTakenBack: z.object({ ...by, review }).exactOptional(),
  correctionOver: z.object({ ...by, what: z.string() }).exactOptional(),
  restRefused: z
    .object({ ...by, note: z.string(), only: z.literal('correction').exactOptional() })
    .exactOptional(),
  notCorrected: z.array(z.string()).exactOptional(),
  notCorrectedBecause: z.record(z.string(), z.string()).exactOptional(),
  notMade: z
    .object({
      by: z.string(),
      text: z.string(),
      others: z.record(z.string(), z.string()).exactOptional(),
    })
    .exactOptional(),
  onItsWay: z.object({ since: z.int(), told: z.array(z.string()).exactOptional() }).exactOptional(),
  hearEnd: z.array(z.string()).exactOptional(),
  copies: z.array(copy),
  allAway: z.array(z.string()).exactOptional(),
  askedUnder: z.string().exactOptional(),
  goesOnWith: z.array(z.string()).exactOptional(),
  makersGone: z
    .object({ decisions: z.string(), people: z.array(z.string()), at: z.int(), desk: z.array(z.string()) })
    .exactOptional(),
  vouched: z.object({ decisions: z.string(), by: z.string(), at: z.int() }).exactOptional(),
  brought: z
    .record(
      z.string(),
      z.object({
        left: z.object({ because: z.string(), at: z.int(), url: z.string().exactOptional() }).exactOptional(),
      }),
    )
    .exactOptional(),
  byHand: z.record(z.string(), byHand).exactOptional(),
  wasByHand: z.record(z.string(), byHand).exactOptional(),
  erased: z
    .array(
      z.object({
        clause: z.string(),
        at: z.int(),
        what: z.array(z.enum(erasedTexts)),
      }),
    )
    .exactOptional(),
});
