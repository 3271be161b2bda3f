import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import { refuse, type Change, type NewEffect, type Refusal } from '../core/change.ts';
import { minutes, seconds, type Millis } from '../core/time.ts';
import { outsideSchema } from './outside.ts';

/** What is stopped: everything, or all but safety information. */
export const stops = ['routine', 'all'] as const;

/** Somebody stopped everything, or all but safety information, until it is resumed. */
export const stoppedSchema = z.object({
  what: z.enum(stops),
  by: z.string(),
  at: z.int(),
});

/** A post by its number: its address has words of it, and an erasure of the post does not come here. */
const leftSchema = z.object({ left: z.int(), until: z.int() });

const lastSchema = z.object({ number: z.int(), at: z.int() });

const stateSchema = z.object({
  id: z.string(),
  slots: z.array(
    z.object({
      publication: z.string(),
      /** the post that it belongs to */
      post: z.string().exactOptional(),
      until: z.int(),
      /** which start of which process has it: another one neither takes it over nor gives it back */
      holder: z.string().exactOptional(),
      /** a look for something lost: nothing is sent meanwhile */
      alone: z.literal(true).exactOptional(),
    }),
  ),
  heldBefore: z.int().exactOptional(),
  /** who held it */
  heldBy: z.string().exactOptional(),
  waitUntil: z.int().exactOptional(),
  /** the network's reason for that; earlier releases kept none */
  waitsFor: z.string().exactOptional(),
  /** the network refuses our access, until somebody connects the account again */
  blocked: z.object({ since: z.int(), reason: z.string() }).exactOptional(),
  stopped: stoppedSchema.exactOptional(),
  /** when a stop of it was last lifted, and by whom; earlier releases did not keep that */
  resumedAt: z.int().exactOptional(),
  resumedBy: z.string().exactOptional(),
  /** our access ends at that time, which the desk was told */
  expiring: z.object({ since: z.int(), at: z.int() }).exactOptional(),
  /** posts there that did not come from here */
  outside: outsideSchema.exactOptional(),
  /** the last harmless read, and how many posts the network took still then, where it tells */
  read: z.object({ at: z.int(), left: z.int().exactOptional() }).exactOptional(),
  /** how many posts the network last said that it still takes, and until when that counts */
  quota: leftSchema.extend({ at: z.int() }).exactOptional(),
  /** what was published there last; earlier releases kept its address as well, which is read no more */
  last: lastSchema.exactOptional(),
});

/**
 * One account of the council as dispatch sees it: who is sending there now, and what stops it. Two processes
 * share it through the store.
 */
export type AccountState = Readonly<z.infer<typeof stateSchema>>;

/** How many parts may be on their way to one account at a time. */
export const slotsPerAccount = 4;

/**
 * So long after an account was seen to be open a request to it may still begin; after that the account is asked again,
 * in the store, and not before the request is made. So a stop that has waited longer knows of everything that was
 * sent: whoever was held still meanwhile, be it for hours, finds the account stopped.
 */
export const openFor: Millis = seconds(3);

/** Accounts are found by their id alone. */
export const accountKind: AggregateKind<AccountState> = {
  kind: 'account',
  form: 1,
  indexes: {},
  parse: readsForms('account', { 1: stateSchema }),
  index: () => ({}),
};

/** What somebody stopped: all but safety information, or that as well. */
export type Stopped = NonNullable<AccountState['stopped']>['what'];

/** Why an account does not do what it was asked. */
export type AccountRefusal =
  | (Refusal<'account-stopped'> & { readonly facts: { readonly by: string; readonly what: Stopped } })
  | (Refusal<'account-blocked'> & { readonly facts: { readonly since: Millis } })
  | (Refusal<'no-change'> & { readonly facts: Record<never, never> })
  | (Refusal<'account-held'> & { readonly facts: { readonly by: string } })
  | (Refusal<'account-full'> & { readonly facts: { readonly until: Millis } })
  | (Refusal<'account-waits'> & { readonly facts: { readonly until: Millis; readonly reason: string } })
  | (Refusal<'no-slot'> & { readonly facts: Record<never, never> });

type Decided = Change<AccountState> | AccountRefusal;

/** What the record does not tell of. */
export const silent = (state: AccountState): Change<AccountState> => ({ state, audit: [], effects: [] });

const take = z.object({
  publication: z.string(),
  /** the post that it belongs to, so that a stop can name what is on its way */
  post: z.string().exactOptional(),
  /** when the approval that lets it go was complete */
  decidedAt: z.int(),
  /** safety information passes a hold of everything */
  safety: z.boolean(),
  /** the slot frees itself then, should the process die */
  until: z.int(),
  /** the start that takes it */
  holder: z.string().exactOptional(),
  /** that start has it already */
  renews: z.literal(true).exactOptional(),
});

/**
 * Takes one of the account's send slots. Refused while the account is stopped, be it decided before or after;
 * while everything decided before a hold is held; while the network refuses our access or wants us to wait; or while
 * all slots are taken, or this publication's is by another start. Taking it again renews it, and is refused once it has
 * been lost: whoever was held still meanwhile may have been taken for dead, and what they were sending be looked for, or
 * be sent anew.
 */
export const takeSlot: Command<AccountState, z.infer<typeof take>, unknown, AccountRefusal> = {
  name: 'account.take-slot',
  kind: 'account',
  schema: take,
  decide: (before, wanted, context): Decided => {
    const state: AccountState = before ?? { id: context.id, slots: [] };
    if (state.stopped !== undefined && (state.stopped.what === 'all' || !wanted.safety)) {
      const { by, what } = state.stopped;
      return { refused: 'account-stopped', facts: { by, what } };
    }
    if (state.heldBefore !== undefined && wanted.decidedAt <= state.heldBefore && !wanted.safety) {
      return { refused: 'account-held', facts: { by: state.heldBy ?? 'crier' } };
    }
    if (state.blocked !== undefined) {
      return { refused: 'account-blocked', facts: { since: state.blocked.since } };
    }
    if (state.waitUntil !== undefined && state.waitUntil > context.now) {
      return {
        refused: 'account-waits',
        facts: { until: state.waitUntil, reason: state.waitsFor ?? 'busy' },
      };
    }
    const open = state.slots.filter((slot) => slot.until > context.now);
    if (wanted.renews === true && !open.some((slot) => isOwn(slot, wanted))) return refuse('no-slot');
    const others = open.filter((slot) => !isOwn(slot, wanted));
    const taken = others.some(({ publication }) => publication === wanted.publication);
    if (taken || others.length >= slotsPerAccount || others.some(({ alone }) => alone === true)) {
      return { refused: 'account-full', facts: { until: Math.min(...others.map((slot) => slot.until)) } };
    }
    const { publication, post, until, holder } = wanted;
    const slot = {
      publication,
      until,
      ...(post === undefined ? {} : { post }),
      ...(holder === undefined ? {} : { holder }),
    };
    return silent({ ...state, slots: [...others, slot] });
  },
};

const takeAlone = take.pick({ publication: true, until: true, holder: true });

/**
 * Takes the account for a look: refused while anything is on its way there, and nothing leaves until it is freed.
 * So whatever a look finds and nobody has claimed is what got lost, and not the same words of another post that
 * was just being sent; nor do two looks ever find the same. Nobody can look where the network refuses our access.
 */
export const takeAccount: Command<AccountState, z.infer<typeof takeAlone>, unknown, AccountRefusal> = {
  name: 'account.take-alone',
  kind: 'account',
  schema: takeAlone,
  decide: (before, wanted, context): Decided => {
    const state: AccountState = before ?? { id: context.id, slots: [] };
    if (state.blocked !== undefined) {
      return { refused: 'account-blocked', facts: { since: state.blocked.since } };
    }
    const others = state.slots.filter((slot) => slot.until > context.now && !isOwn(slot, wanted));
    if (others.length > 0) {
      return { refused: 'account-full', facts: { until: Math.min(...others.map((slot) => slot.until)) } };
    }
    return silent({ ...state, slots: [{ ...wanted, alone: true }] });
  },
};

/** Whether a slot is the one that is asked about: of the same publication, and not another start's. */
const isOwn = (
  slot: AccountState['slots'][number],
  { publication, holder }: { readonly publication: string; readonly holder?: string },
): boolean => slot.publication === publication && (holder === undefined || slot.holder === holder);

const free = z.object({
  publication: z.string(),
  holder: z.string().exactOptional(),
  /** the network said not to come again before, or could not be reached and is asked again then */
  wait: z.object({ until: z.int(), reason: z.string() }).exactOptional(),
  /** what stands there because of it */
  published: lastSchema.exactOptional(),
  /** how many more the network takes, where it told with that */
  left: leftSchema.exactOptional(),
});

/** Gives a slot back, with the network's wish to wait if it had one. */
export const freeSlot: Command<AccountState, z.infer<typeof free>, unknown, AccountRefusal> = {
  name: 'account.free-slot',
  kind: 'account',
  schema: free,
  decide: (state, { wait, published, left, ...given }, context): Decided => {
    if (state === undefined) return refuse('no-slot');
    if (!state.slots.some((slot) => isOwn(slot, given))) return refuse('no-slot');
    return silent({
      ...state,
      slots: state.slots.filter((slot) => !isOwn(slot, given)),
      ...(wait === undefined || wait.until < (state.waitUntil ?? 0)
        ? {}
        : { waitUntil: wait.until, waitsFor: wait.reason }),
      ...(published === undefined ? {} : { last: published }),
      ...(left === undefined ? {} : { quota: { ...leastOf(state.quota, left), at: context.now } }),
    });
  },
};

/** Several answers of one window may come in any order: the last of them is the one that leaves least. */
const leastOf = (
  known: AccountState['quota'],
  told: z.infer<typeof leftSchema>,
): z.infer<typeof leftSchema> =>
  known?.until === told.until ? { ...told, left: Math.min(known.left, told.left) } : told;

/** Keeps what is known to stand there as its last post, unless something newer does. */
export const noteLast: Command<AccountState, NonNullable<AccountState['last']>, unknown, AccountRefusal> = {
  name: 'account.note-last',
  kind: 'account',
  schema: lastSchema,
  decide: (before, last, context): Decided => {
    const state = before ?? { id: context.id, slots: [] };
    return silent((state.last?.at ?? 0) > last.at ? state : { ...state, last });
  },
};

/** Writes an account anew, as this release keeps it: what earlier ones kept of the words of posts is gone from it then. */
export const writeAccountAnew: Command<AccountState, Record<never, never>, unknown, AccountRefusal> = {
  name: 'account.write-anew',
  kind: 'account',
  schema: z.object({}),
  decide: (state): Decided =>
    state === undefined ? { refused: 'no-change', facts: {} } : silent({ ...state }),
};

/** Forgets what was said by mistake to stand there as its last post. */
export const forgetLast: Command<AccountState, { readonly number: number }, unknown, AccountRefusal> = {
  name: 'account.forget-last',
  kind: 'account',
  schema: z.object({ number: z.int() }),
  decide: (before, { number }): Decided => {
    if (before?.last?.number !== number) return refuse('no-slot');
    const { last: _mistaken, ...state } = before;
    return silent(state);
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

const lastOfAll = z.object({
  /** every other account has been stopped, or resumed, before: whatever waits is told of it */
  last: z.literal(true).exactOptional(),
});

/** What waits: held, so that nothing else about it changes by the stop, or not. */
export const waitingPosts = z.enum(['held', 'to-be-held']);

/** Who stopped everything, or lifted that: they know, and everybody else whom it concerns hears of it. */
export const stopChangedBy = z.object({
  stoppedBy: z.string().exactOptional(),
  resumedBy: z.string().exactOptional(),
});
type StopChanged = z.infer<typeof stopChangedBy>;

/**
 * The cards of what waits say whether it is stopped. What a stop holds is drawn by that: a while later only what a
 * death has left out is still as it was.
 */
const stopChanged = (now: Millis, laterBy: Millis, by: StopChanged): readonly NewEffect[] =>
  waitingPosts.options.map((of) => ({
    key: `stop-changed:${of}`,
    type: 'account.stop-changed',
    data: { at: now, of, ...by },
    due: of === 'held' ? now : now + laterBy,
  }));

const stop = lastOfAll.extend({ what: z.enum(stops) });

/**
 * Stops the account until it is resumed, whatever is decided meanwhile. Routine lets safety information through;
 * a stop of everything is not weakened by it.
 */
export const stopAccount: Command<AccountState, z.infer<typeof stop>, unknown, AccountRefusal> = {
  name: 'account.stop',
  kind: 'account',
  schema: stop,
  decide: (before, { what, last }, context): Decided => {
    const stopped = before?.stopped;
    if (stopped?.what === 'all' || stopped?.what === what) return { refused: 'no-change', facts: {} };
    const by = context.actor.by === 'person' ? context.actor.person : 'crier';
    return {
      state: {
        ...(before ?? { id: context.id, slots: [] }),
        stopped: { what, by, at: context.now },
      },
      audit: [{ action: 'account-stopped', facts: { what } }],
      effects: last === true ? stopChanged(context.now, minutes(1), { stoppedBy: by }) : [],
    };
  },
};

const resume = lastOfAll.extend({
  /** the newest stop that whoever lifts it has been shown */
  known: z.int(),
});

/**
 * Lifts a stop, and none that came after the one that was shown. What was decided until now is not let go by this, be
 * it held by itself already or not: each post needs a decision of its own.
 */
export const resumeAccount: Command<AccountState, z.infer<typeof resume>, unknown, AccountRefusal> = {
  name: 'account.resume',
  kind: 'account',
  schema: resume,
  decide: (before, { last, known }, context): Decided => {
    if (before?.stopped === undefined || before.stopped.at > known)
      return { refused: 'no-change', facts: {} };
    const { stopped, ...state } = before;
    const by = context.actor.by === 'person' ? context.actor.person : 'crier';
    return {
      state: { ...state, heldBefore: context.now, heldBy: stopped.by, resumedAt: context.now, resumedBy: by },
      audit: [{ action: 'account-resumed', facts: { was: stopped.what } }],
      effects: last === true ? stopChanged(context.now, 0, { resumedBy: by }) : [],
    };
  },
};

/** The id of an account's aggregate. */
export const accountId = (account: string): string => `account-${account}`;
