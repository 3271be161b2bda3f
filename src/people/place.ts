import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { NewEffect, Refusal } from '../core/change.ts';
import { minutes } from '../core/time.ts';
import { isDesk, isLead } from '../protocol/people.ts';
import type { Protocol } from '../protocol/protocol.ts';

const stateSchema = z.object({
  /** department id, or `desk` */
  of: z.string(),
  /** the Teams channel's conversation, without a thread */
  conversationId: z.string(),
  serviceUrl: z.string(),
  setBy: z.string(),
  at: z.int(),
  /** posts that got a card of their own there within the last minute */
  fresh: z.array(z.object({ post: z.string(), at: z.int() })).exactOptional(),
  /** posts of a storm, which share one card */
  digest: z
    .object({
      posts: z.array(z.string()),
      from: z.int(),
      posted: z.object({ activityId: z.string(), conversationId: z.string() }).exactOptional(),
    })
    .exactOptional(),
});

/** The Teams channel in which a department's approvals, or the desk's, are shown. */
export type PlaceState = Readonly<z.infer<typeof stateSchema>>;

/** Places are few: all of them are listed at once. */
export const placeKind: AggregateKind<PlaceState> = {
  kind: 'place',
  form: 1,
  indexes: { all: { order: 'of', direction: 'ascending' } },
  parse: readsForms('place', { 1: stateSchema }),
  index: (state) => ({ of: state.of }),
};

/** The id of a place's aggregate. */
export const placeId = (of: string): string => `place-${of}`;

type PlaceRefusal =
  | (Refusal<'may-not-choose-channel'> & {
      readonly facts: { readonly of: string; readonly may: readonly string[] };
    })
  | (Refusal<'channel-has-guests'> & { readonly facts: { readonly may: readonly string[] } });

const use = z.object({
  of: z.string(),
  conversationId: z.string(),
  serviceUrl: z.string(),
  /** somebody in the Teams channel is not of the council */
  guests: z.boolean(),
});

/** Shows approvals of a department, or of the desk, in a Teams channel. Leads and the desk; with guests the desk alone. */
export const usePlace: Command<PlaceState, z.infer<typeof use>, Protocol, PlaceRefusal> = {
  name: 'place.use',
  kind: 'place',
  schema: use,
  decide: (_before, { of, conversationId, serviceUrl, guests }, { actor, protocol, now }) => {
    const person = actor.by === 'person' ? actor.person : '';
    const desk = isDesk(person, protocol);
    const leads = of === 'desk' ? [] : (protocol.departments[of]?.leads ?? []);
    if (!desk && !(of !== 'desk' && isLead(person, of, protocol))) {
      return {
        refused: 'may-not-choose-channel',
        facts: { of, may: [...new Set([...leads, ...protocol.desk.officers])] },
      };
    }
    if (guests && !desk) return { refused: 'channel-has-guests', facts: { may: protocol.desk.officers } };
    return {
      state: { of, conversationId, serviceUrl, setBy: person, at: now },
      audit: [{ action: 'channel-chosen', facts: { of, guests } }],
      effects: [],
    };
  },
};

/** How many new cards a Teams channel takes in a minute before the rest share one. */
export const newCardsAMinute = 10;
/** A digest takes no more posts after so long, or when it holds so many: the next storm has another card. */
const digestTakes = { within: minutes(10), posts: 50 } as const;

type RoomRefusal = Refusal<'no-place' | 'another-digest'> & { readonly facts: Record<never, never> };

/** Gives a post a card of its own in the Teams channel, or puts it into the digest of a storm. */
export const makeRoom: Command<PlaceState, { readonly post: string }, unknown, RoomRefusal> = {
  name: 'place.make-room',
  kind: 'place',
  schema: z.object({ post: z.string() }),
  decide: (before, { post }, { now }) => {
    if (before === undefined) return { refused: 'no-place', facts: {} };
    const fresh = (before.fresh ?? []).filter(({ at }) => at > now - minutes(1));
    const redraw: NewEffect = { key: 'digest', type: 'place.digest', data: {}, due: now };
    const { digest } = before;
    if (fresh.some((each) => each.post === post))
      return { state: { ...before, fresh }, audit: [], effects: [] };
    if (fresh.length < newCardsAMinute) {
      const listed = digest?.posts.includes(post) === true;
      return {
        state: {
          ...before,
          fresh: [...fresh, { post, at: now }],
          ...(digest !== undefined && listed
            ? { digest: { ...digest, posts: digest.posts.filter((each) => each !== post) } }
            : {}),
        },
        audit: [],
        effects: listed ? [redraw] : [],
      };
    }
    const open =
      digest !== undefined &&
      (digest.posts.includes(post) ||
        (now - digest.from < digestTakes.within && digest.posts.length < digestTakes.posts));
    const next = open
      ? { ...digest, posts: [...new Set([...digest.posts, post])] }
      : { posts: [post], from: now };
    return { state: { ...before, fresh, digest: next }, audit: [], effects: [redraw] };
  },
};

/** Records where the card of a storm stands. */
export const digestShown: Command<
  PlaceState,
  {
    readonly from: number;
    readonly posted: { readonly activityId: string; readonly conversationId: string };
  },
  unknown,
  RoomRefusal
> = {
  name: 'place.digest-shown',
  kind: 'place',
  schema: z.object({
    from: z.int(),
    posted: z.object({ activityId: z.string(), conversationId: z.string() }),
  }),
  decide: (before, { from, posted }) =>
    before?.digest?.from === from
      ? { state: { ...before, digest: { ...before.digest, posted } }, audit: [], effects: [] }
      : { refused: 'another-digest', facts: {} },
};
