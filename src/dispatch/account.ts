import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { refuse, type Change, type Refusal } from '../core/change.ts';
import type { Millis } from '../core/time.ts';

const stateSchema = z.object({
  id: z.string(),
  slots: z.array(
    z.object({
      publication: z.string(),
      until: z.int(),
      /** a look for something lost: nothing is sent meanwhile */
      alone: z.literal(true).exactOptional(),
    }),
  ),
  heldBefore: z.int().exactOptional(),
  /** who held it */
  heldBy: z.string().exactOptional(),
  waitUntil: z.int().exactOptional(),
});

/**
 * One account of the council as dispatch sees it: who is sending there now, and what stops it. Two processes
 * share it through the store.
 */
export type AccountState = Readonly<z.infer<typeof stateSchema>>;

/** How many parts may be on their way to one account at a time. */
export const slotsPerAccount = 4;

export const accountKind: AggregateKind<AccountState> = {
  kind: 'account',
  form: 1,
  indexes: {},
  parse: (state) => stateSchema.parse(state),
  index: () => ({}),
};

type AccountRefusal =
  | (Refusal<'account-held'> & { readonly facts: { readonly by: string } })
  | (Refusal<'account-full'> & { readonly facts: { readonly until: Millis } })
  | (Refusal<'account-waits'> & { readonly facts: { readonly until: Millis } })
  | (Refusal<'no-slot'> & { readonly facts: Record<never, never> });

type Decided = Change<AccountState> | AccountRefusal;

const silent = (state: AccountState): Change<AccountState> => ({ state, audit: [], effects: [] });

const take = z.object({
  publication: z.string(),
  /** when the approval that lets it go was complete */
  decidedAt: z.int(),
  /** safety information passes a hold of everything */
  safety: z.boolean(),
  /** the slot frees itself then, should the process die */
  until: z.int(),
});

/**
 * Takes one of the account's send slots. Refused while everything decided before a hold is stopped, while the
 * network wants us to wait, or while all slots are taken. Taking it again for the same publication renews it.
 */
export const takeSlot: Command<AccountState, z.infer<typeof take>, unknown, AccountRefusal> = {
  name: 'account.take-slot',
  kind: 'account',
  schema: take,
  decide: (before, wanted, context): Decided => {
    const state: AccountState = before ?? { id: context.id, slots: [] };
    if (state.heldBefore !== undefined && wanted.decidedAt <= state.heldBefore && !wanted.safety) {
      return { refused: 'account-held', facts: { by: state.heldBy ?? 'crier' } };
    }
    if (state.waitUntil !== undefined && state.waitUntil > context.now) {
      return { refused: 'account-waits', facts: { until: state.waitUntil } };
    }
    const others = state.slots.filter(
      (slot) => slot.until > context.now && slot.publication !== wanted.publication,
    );
    if (others.length >= slotsPerAccount || others.some(({ alone }) => alone === true)) {
      return { refused: 'account-full', facts: { until: Math.min(...others.map((slot) => slot.until)) } };
    }
    return silent({ ...state, slots: [...others, { publication: wanted.publication, until: wanted.until }] });
  },
};

const takeAlone = take.pick({ publication: true, until: true });

/**
 * Takes the account for a look: refused while anything is on its way there, and nothing leaves until it is freed.
 * So whatever a look finds and nobody has claimed is what got lost, and not the same words of another post that
 * was just being sent; nor do two looks ever find the same.
 */
export const takeAccount: Command<AccountState, z.infer<typeof takeAlone>, unknown, AccountRefusal> = {
  name: 'account.take-alone',
  kind: 'account',
  schema: takeAlone,
  decide: (before, { publication, until }, context): Decided => {
    const state: AccountState = before ?? { id: context.id, slots: [] };
    const others = state.slots.filter((slot) => slot.until > context.now && slot.publication !== publication);
    if (others.length > 0) {
      return { refused: 'account-full', facts: { until: Math.min(...others.map((slot) => slot.until)) } };
    }
    return silent({ ...state, slots: [{ publication, until, alone: true }] });
  },
};

const free = z.object({
  publication: z.string(),
  /** the network said not to come again before */
  waitUntil: z.int().exactOptional(),
});

/** Gives a slot back, with the network's wish to wait if it had one. */
export const freeSlot: Command<AccountState, z.infer<typeof free>, unknown, AccountRefusal> = {
  name: 'account.free-slot',
  kind: 'account',
  schema: free,
  decide: (state, { publication, waitUntil }): Decided => {
    if (state === undefined) return refuse('no-slot');
    if (!state.slots.some((slot) => slot.publication === publication)) return refuse('no-slot');
    return silent({
      ...state,
      slots: state.slots.filter((slot) => slot.publication !== publication),
      ...(waitUntil === undefined ? {} : { waitUntil: Math.max(waitUntil, state.waitUntil ?? 0) }),
    });
  },
};

/**
 * Gives every slot back: for a process that starts alone on its store, so that whoever had one is gone. Otherwise
 * a process that dies often would find its accounts full until the slots of the dead run out.
 */
export const freeAllSlots: Command<AccountState, Record<never, never>, unknown, AccountRefusal> = {
  name: 'account.free-all-slots',
  kind: 'account',
  schema: z.object({}),
  decide: (state): Decided =>
    state === undefined || state.slots.length === 0 ? refuse('no-slot') : silent({ ...state, slots: [] }),
};

/**
 * Holds everything on the account that was decided up to now. What is decided afresh later may leave, so
 * nothing has to be lifted.
 */
export const holdAccount: Command<AccountState, Record<never, never>, unknown, AccountRefusal> = {
  name: 'account.hold',
  kind: 'account',
  schema: z.object({}),
  decide: (before, _params, context): Decided => ({
    state: {
      ...(before ?? { id: context.id, slots: [] }),
      heldBefore: context.now,
      ...(context.actor.by === 'person' ? { heldBy: context.actor.person } : {}),
    },
    audit: [{ action: 'account-held', facts: {} }],
    effects: [],
  }),
};

/** The id of an account's aggregate. */
export const accountId = (account: string): string => `account-${account}`;
