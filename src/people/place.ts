import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { Change, NewEffect, Refusal } from '../core/change.ts';
import type { Actor } from '../core/context.ts';
import { withoutThread } from '../core/conversation.ts';
import { idFrom } from '../core/json.ts';
import { minutes, type Millis } from '../core/time.ts';
import { isDesk, isLead } from '../protocol/people.ts';
import type { Protocol } from '../protocol/protocol.ts';

/**
 * Why nothing is shown in a Teams channel any more: it is not there for us (`gone`), people from outside the council
 * are in it now (`guests`), or somebody said so (`given-up`).
 */
const closings = z.enum(['gone', 'guests', 'given-up']);

const digestSchema = z.object({
  posts: z.array(z.string()),
  /** when it began; no two of a Teams channel have the same */
  from: z.int(),
  posted: z.object({ activityId: z.string(), conversationId: z.string() }).exactOptional(),
});
type Digest = Readonly<z.infer<typeof digestSchema>>;

const stateSchema = z.object({
  /** department id, or `desk` */
  of: z.string(),
  /** the Teams channel's conversation, without a thread */
  conversationId: z.string(),
  serviceUrl: z.string(),
  setBy: z.string(),
  at: z.int(),
  /** the desk knows that there are guests, and uses it all the same */
  guestsAllowed: z.literal(true).exactOptional(),
  /** nothing is shown there any more, until somebody chooses a Teams channel again */
  closed: z.object({ why: closings, at: z.int() }).exactOptional(),
  /** posts that got a card of their own there within the last minute */
  fresh: z.array(z.object({ post: z.string(), at: z.int() })).exactOptional(),
  /** posts of a storm, which share one card: those of the newest */
  digest: digestSchema.exactOptional(),
  /** those of storms before it, the oldest first: their cards stand there as well, and are kept at what is so */
  earlier: z.array(digestSchema).exactOptional(),
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

/** @returns the place where posts are shown in it; undefined where it is closed, or was never chosen */
export const inUse = (place: PlaceState | undefined): PlaceState | undefined =>
  place?.closed === undefined ? place : undefined;

/** The cards of storms in a Teams channel, the oldest first. */
export const digestsOf = ({ earlier = [], digest }: PlaceState): readonly Digest[] =>
  digest === undefined ? earlier : [...earlier, digest];

/** A place with other digests, the newest last. */
function withDigests(
  { digest: _digest, earlier: _earlier, ...rest }: PlaceState,
  digests: readonly Digest[],
): PlaceState {
  const [digest] = digests.slice(-1);
  if (digest === undefined) return rest;
  return digests.length === 1 ? { ...rest, digest } : { ...rest, digest, earlier: digests.slice(0, -1) };
}

/** The id of a place's aggregate. */
export const placeId = (of: string): string => `place-${of}`;

type PlaceRefusal =
  | (Refusal<'may-not-choose-channel'> & {
      readonly facts: { readonly of: string; readonly may: readonly string[] };
    })
  | (Refusal<'channel-has-guests'> & { readonly facts: { readonly may: readonly string[] } })
  | (Refusal<'nothing-new'> & { readonly facts: Record<never, never> });

const use = z.object({
  of: z.string(),
  conversationId: z.string(),
  serviceUrl: z.string(),
  /** somebody in the Teams channel is not of the council */
  guests: z.boolean(),
});

const personOf = (actor: Actor): string => (actor.by === 'person' ? actor.person : '');

/** Whether somebody may say which Teams channel is used: the desk, and a department's leads for that department. */
export const mayChooseChannel = (person: string, of: string, protocol: Protocol): boolean =>
  isDesk(person, protocol) || (of !== 'desk' && isLead(person, of, protocol));

/** Why somebody may not say so; undefined where they may. */
export function mayNotChoose(person: string, of: string, protocol: Protocol): PlaceRefusal | undefined {
  if (mayChooseChannel(person, of, protocol)) return undefined;
  const may = [...new Set([...leadsOf(of, protocol), ...protocol.desk.officers])];
  return { refused: 'may-not-choose-channel', facts: { of, may } };
}

const needsDesk = ({ desk }: Protocol): PlaceRefusal => ({
  refused: 'channel-has-guests',
  facts: { may: desk.officers },
});

const leadsOf = (of: string, { departments }: Protocol): readonly string[] =>
  of === 'desk' ? [] : (departments[of]?.leads ?? []);

/**
 * Another Teams channel is used than before, or none: the cards of posts that stand where they do not belong any more,
 * and those of storms, say so, and what waits comes to the one that is used.
 */
function nowUsed(
  before: PlaceState | undefined,
  after: PlaceState,
  now: Millis,
): Pick<Change<PlaceState>, 'state' | 'effects' | 'drop'> {
  const bring: NewEffect = { key: 'bring-cards', type: 'place.bring-cards', data: {}, due: now };
  const isSame = inUse(before)?.conversationId === inUse(after)?.conversationId;
  if (isSame) return { state: after, effects: [bring] };
  return {
    state: withDigests(after, []),
    effects: [bring, ...(before === undefined ? [] : retireDigests(before, digestsOf(before), now))],
    drop: ['digest', 'digest:*'],
  };
}

const retireDigests = (place: PlaceState, digests: readonly Digest[], due: Millis): readonly NewEffect[] =>
  digests.flatMap(({ posted }) => (posted === undefined ? [] : [retireDigest(place, posted, due)]));

/** A card of a storm that is not kept at what is so any more is to say so. */
function retireDigest(
  { serviceUrl }: PlaceState,
  { activityId, conversationId }: NonNullable<Digest['posted']>,
  due: Millis,
): NewEffect {
  return {
    key: idFrom('retire', conversationId, activityId),
    type: 'place.retire-digest',
    data: { activityId, conversationId, serviceUrl },
    due,
  };
}

/** Shows approvals of a department, or of the desk, in a Teams channel. Leads and the desk; with guests the desk alone. */
export const usePlace: Command<PlaceState, z.infer<typeof use>, Protocol, PlaceRefusal> = {
  name: 'place.use',
  kind: 'place',
  schema: use,
  decide: (before, { of, conversationId, serviceUrl, guests }, { actor, protocol, now }) => {
    const person = personOf(actor);
    const mayNot = mayNotChoose(person, of, protocol);
    if (mayNot !== undefined) return mayNot;
    if (guests && !isDesk(person, protocol)) return needsDesk(protocol);
    const allowed = guests ? { guestsAllowed: true as const } : {};
    const same = inUse(before)?.conversationId === conversationId ? before : undefined;
    const { fresh } = same ?? {};
    const after = withDigests(
      {
        of,
        conversationId,
        serviceUrl,
        setBy: person,
        at: now,
        ...allowed,
        ...(fresh === undefined ? {} : { fresh }),
      },
      same === undefined ? [] : digestsOf(same),
    );
    return {
      ...nowUsed(before, after, now),
      audit: [{ action: 'channel-chosen', facts: { of, guests } }],
    };
  },
};

const closing = z.object({ conversationId: z.string(), why: closings.exclude(['given-up']) });

/**
 * Nothing is shown in it any more, since it is not there for us or has guests. Its leads hear of it once, the desk
 * where there are none; of guests the desk hears in any case, since it alone can use the Teams channel all the same.
 */
export const closePlace: Command<PlaceState, z.infer<typeof closing>, Protocol, RoomRefusal> = {
  name: 'place.close',
  kind: 'place',
  schema: closing,
  decide: (before, { conversationId, why }, { now, protocol }) => {
    if (inUse(before)?.conversationId !== conversationId || before === undefined)
      return { refused: 'no-place', facts: {} };
    const { of } = before;
    const leads = leadsOf(of, protocol);
    const told = leads.length === 0 || why === 'guests' ? [...leads, ...protocol.desk.officers] : leads;
    const closed: PlaceState = { ...before, closed: { why, at: now } };
    // What stands in one that is not there for us cannot be reached; it is the same again once that one is chosen again.
    const after = why === 'gone' ? { state: closed, effects: [] } : nowUsed(before, closed, now);
    const tell = [...new Set(told)].map((person) => ({
      key: `tell-closed:${person}`,
      type: 'place.tell-closed',
      data: { person },
      due: now,
    }));
    return {
      ...after,
      audit: [{ action: 'channel-closed', facts: { of, why } }],
      effects: [...after.effects, ...tell],
    };
  },
};

/** What somebody says of a Teams channel that is used, or was; the last two of one that has guests, and of no other. */
export const placeWord = z.enum(['give-up', 'leave-to-guests', 'use-with-guests']);

/** Somebody gives a Teams channel up, or uses it although there are guests. Said again, it stays as it is. */
export const answerPlace: Command<
  PlaceState,
  { readonly of: string; readonly word: z.infer<typeof placeWord> },
  Protocol,
  PlaceRefusal
> = {
  name: 'place.answer',
  kind: 'place',
  schema: z.object({ of: z.string(), word: placeWord }),
  decide: (before, { of, word }, { actor, protocol, now }) => {
    const person = personOf(actor);
    const mayNot = mayNotChoose(person, of, protocol);
    if (mayNot !== undefined) return mayNot;
    if (before === undefined) return { refused: 'nothing-new', facts: {} };
    const { closed, ...rest } = before;
    const as = (state: PlaceState, action: string) => {
      const { drop = [], ...after } = nowUsed(before, state, now);
      return { ...after, audit: [{ action, facts: { of } }], drop: [...drop, 'tell-closed:*'] };
    };
    switch (word) {
      case 'give-up':
        if (closed?.why === 'given-up') return { state: before, audit: [], effects: [] };
        return as({ ...rest, closed: { why: 'given-up', at: now } }, 'channel-given-up');
      case 'leave-to-guests':
        if (closed?.why !== 'guests') return { state: before, audit: [], effects: [] };
        return as({ ...rest, closed: { why: 'given-up', at: now } }, 'channel-given-up');
      case 'use-with-guests':
        if (!isDesk(person, protocol)) return needsDesk(protocol);
        if (closed?.why !== 'guests') return { state: before, audit: [], effects: [] };
        return as({ ...rest, guestsAllowed: true }, 'channel-used-with-guests');
    }
  },
};

/** How many new cards a Teams channel takes in a minute before the rest share one; of late posts, as many as are told in words. */
const newCardsAMinute = { inTime: 10, late: 3 } as const;
/** A digest takes no more posts after so long, or when it holds so many: the next storm has another card. */
const digestTakes = { within: minutes(10), posts: 50 } as const;

/** So many cards of storms are kept at what is so; older ones send whoever reads them to their own chat. */
const mostDigests = 20;

type RoomRefusal = Refusal<'no-place' | 'another-digest'> & { readonly facts: Record<never, never> };

const room = z.object({
  post: z.string(),
  /** it did not go out as it was to, which many posts come to at once */
  late: z.literal(true).exactOptional(),
});

/** Gives a post a card of its own in the Teams channel, or puts it into the digest of a storm. */
export const makeRoom: Command<PlaceState, z.infer<typeof room>, unknown, RoomRefusal> = {
  name: 'place.make-room',
  kind: 'place',
  schema: room,
  decide: (before, { post, late }, { now }) => {
    if (before === undefined) return { refused: 'no-place', facts: {} };
    const fresh = (before.fresh ?? []).filter(({ at }) => at > now - minutes(1));
    const redraw = ({ from }: Digest): NewEffect => ({
      key: `digest:${String(from)}`,
      type: 'place.digest',
      data: { from },
      due: now,
    });
    if (fresh.some((each) => each.post === post))
      return { state: { ...before, fresh }, audit: [], effects: [] };
    const digests = digestsOf(before);
    const home = digests.find(({ posts }) => posts.includes(post));
    const placed = (all: readonly Digest[]): PlaceState => withDigests({ ...before, fresh }, all);
    if (fresh.length < newCardsAMinute[late === true ? 'late' : 'inTime']) {
      const left = digests.map((each) =>
        each === home ? { ...each, posts: each.posts.filter((id) => id !== post) } : each,
      );
      return {
        state: { ...placed(left), fresh: [...fresh, { post, at: now }] },
        audit: [],
        effects: home === undefined ? [] : [redraw(home)],
      };
    }
    if (home !== undefined) return { state: placed(digests), audit: [], effects: [redraw(home)] };
    const { digest } = before;
    const isOpen =
      digest !== undefined &&
      now - digest.from < digestTakes.within &&
      digest.posts.length < digestTakes.posts;
    const next: Digest = isOpen
      ? { ...digest, posts: [...digest.posts, post] }
      : { posts: [post], from: Math.max(now, (digest?.from ?? 0) + 1) };
    const all = [...(isOpen ? digests.slice(0, -1) : digests), next];
    return {
      state: placed(all.slice(-mostDigests)),
      audit: [],
      effects: [redraw(next), ...retireDigests(before, all.slice(0, -mostDigests), now)],
    };
  },
};

/** Records where the card of a storm stands; one that came too late, after another Teams channel was chosen, says so. */
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
  decide: (before, { from, posted }, { now }) => {
    if (before === undefined) return { refused: 'another-digest', facts: {} };
    const digests = digestsOf(before);
    const isKept =
      inUse(before)?.conversationId === withoutThread(posted.conversationId) &&
      digests.some((each) => each.from === from);
    // Another Teams channel was chosen, or none, while it was on its way.
    if (!isKept) return { state: before, audit: [], effects: [retireDigest(before, posted, now)] };
    const shown = digests.map((each) => (each.from === from ? { ...each, posted } : each));
    return { state: withDigests(before, shown), audit: [], effects: [] };
  },
};
