import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Change, NewEffect } from '../core/change.ts';
import type { Context } from '../core/context.ts';
import { days, hours, minutes, type Millis } from '../core/time.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { silent, stoppedSchema, type AccountRefusal, type AccountState } from './account.ts';
import { seenOutside, seenSchema } from './outside.ts';

type Decided = Change<AccountState> | AccountRefusal;

/** What connecting an account again comes to. */
export interface Connecting {
  /** where what the network gives goes here */
  readonly into: 'file' | 'vault';
  /** the variables that it gives */
  readonly gives: readonly string[];
  /** the variables that have to go, since they speak for it another way */
  readonly insteadOf: readonly string[];
}

/** How Crier speaks for an account: what whoever runs it has set up. */
export interface Connection {
  readonly is: 'connected' | 'rehearsal' | 'not-connected';
  /** how whoever runs Crier connects it; absent for what nobody connects */
  readonly by?: Connecting;
  /** the variable by which it alone rehearses; absent where everything does, or it does not */
  readonly rehearsedBy?: string;
}

/** How often an account is read: while it is connected, and while it is blocked or could not be read. */
const readEvery = hours(1);
const readSoon = minutes(5);

/** So long before our access ends, the desk is told. */
const tellBefore = days(7);

const watchEffect = (account: string, due: Millis, starting: boolean): NewEffect => ({
  key: 'watch',
  type: 'account.watch',
  data: { account, starting },
  due,
});

const watch = z.object({
  account: z.string(),
  /** what stops the other accounts now: it holds for one that is new as well */
  stopped: stoppedSchema.exactOptional(),
});

/** Begins to read the account regularly; each start does, so that whoever connected it again need only restart. */
export const watchAccount: Command<AccountState, z.infer<typeof watch>, unknown, AccountRefusal> = {
  name: 'account.watch',
  kind: 'account',
  schema: watch,
  decide: (before, { account, stopped }, context): Decided => {
    const joins = before === undefined ? stopped : undefined;
    return {
      state: before ?? { id: context.id, slots: [], ...(joins === undefined ? {} : { stopped: joins }) },
      audit: joins === undefined ? [] : [{ action: 'account-stopped', facts: { what: joins.what } }],
      effects: [watchEffect(account, context.now, true)],
    };
  },
};

/** What stops most of all that stop accounts; undefined while nothing does. */
export function stopInForce(
  accounts: Iterable<Pick<AccountState, 'stopped'> | undefined>,
): AccountState['stopped'] {
  const stops = [...accounts].flatMap((account) => account?.stopped ?? []);
  return stops.find(({ what }) => what === 'all') ?? stops[0];
}

/** When anything was stopped or resumed last. */
export const newestChange = (accounts: Iterable<Pick<AccountState, 'stopped' | 'resumedAt'>>): Millis =>
  Math.max(0, ...[...accounts].flatMap(({ stopped, resumedAt = 0 }) => [stopped?.at ?? 0, resumedAt]));

/** Who let posts go out again last, and when; undefined where nobody has, or only an earlier release knows. */
export function lastResumed(
  accounts: Iterable<Pick<AccountState, 'resumedAt' | 'resumedBy'>>,
): { readonly by: string; readonly at: Millis } | undefined {
  const all = [...accounts].flatMap(({ resumedAt: at, resumedBy: by }) =>
    at === undefined || by === undefined ? [] : [{ by, at }],
  );
  return all.toSorted((one, other) => other.at - one.at)[0];
}

const block = z.object({ account: z.string(), reason: z.string() });

/** What the desk is told of an account. */
export const deskIsTold = z.enum(['blocked', 'expiring']);
export type DeskIsTold = z.infer<typeof deskIsTold>;

/** One message for the desk: in its Teams channel, or to each officer where it has none. */
const tellEffects = (account: string, about: DeskIsTold, protocol: Protocol, now: Millis): NewEffect[] =>
  [...protocol.desk.officers, 'desk'].map((officer) => ({
    key: `tell:${about}:${officer}`,
    type: 'account.tell-desk',
    data: { account, officer, about },
    due: now,
  }));

/** The desk's Teams channel is gone: what it was to hear there, each officer hears. */
export const tellOfficers: Command<
  AccountState,
  { readonly account: string; readonly about: DeskIsTold },
  Protocol,
  AccountRefusal
> = {
  name: 'account.tell-officers',
  kind: 'account',
  schema: z.object({ account: z.string(), about: deskIsTold }),
  decide: (before, { account, about }, { protocol, now }): Decided =>
    before?.[about] === undefined
      ? { refused: 'no-change', facts: {} }
      : {
          state: before,
          audit: [],
          effects: tellEffects(account, about, protocol, now).filter(
            ({ key }) => key !== `tell:${about}:desk`,
          ),
        },
};

/** The network refused our access: nothing leaves until the account is connected again, and the desk is told once. */
export const blockAccount: Command<AccountState, z.infer<typeof block>, Protocol, AccountRefusal> = {
  name: 'account.block',
  kind: 'account',
  schema: block,
  decide: (before, { account, reason }, context): Decided => {
    const state = before ?? { id: context.id, slots: [] };
    if (state.blocked !== undefined) return { refused: 'no-change', facts: {} };
    return {
      state: { ...state, blocked: { since: context.now, reason } },
      audit: [{ action: 'account-blocked', facts: { reason } }],
      effects: [
        ...tellEffects(account, 'blocked', context.protocol, context.now),
        watchEffect(account, context.now + readSoon, false),
      ],
      drop: ['tell:expiring:*'],
    };
  },
};

const connected = z.object({
  is: z.literal('connected'),
  left: z.int().exactOptional(),
  /** when our access ends; absent where the network did not tell */
  expires: z.union([z.int(), z.literal('never')]).exactOptional(),
  /** what was seen on the account that is not from here: all of it, or what came since the read before */
  seen: z.object({ all: z.boolean(), posts: z.array(seenSchema) }).exactOptional(),
});

const reading = z.object({
  account: z.string(),
  read: z.discriminatedUnion('is', [
    connected,
    /** the network refuses our access */
    z.object({ is: z.literal('blocked'), reason: z.string() }),
    /** the network gave no clear answer */
    z.object({ is: z.literal('unclear') }),
    /** there is nothing to read: the next post tells */
    z.object({ is: z.literal('unreadable'), starting: z.boolean() }),
  ]),
});

/** Records a harmless read of the account. Connected again: what waits for it is told at once. */
export const recordRead: Command<AccountState, z.infer<typeof reading>, Protocol, AccountRefusal> = {
  name: 'account.was-read',
  kind: 'account',
  schema: reading,
  decide: (before, { account, read }, context): Decided => {
    const state = before ?? { id: context.id, slots: [] };
    switch (read.is) {
      case 'connected': {
        const { left, seen } = read;
        const known = {
          ...state,
          read: { at: context.now, ...(left === undefined ? {} : { left }) },
          ...(seen === undefined ? {} : { outside: seenOutside(state.outside, seen, context.now) }),
        };
        const change = connectedAgain(known, account, context.now);
        const ending = expiry(change.state, read.expires, account, context);
        return {
          state: ending.state,
          audit: [...change.audit, ...ending.audit],
          effects: [
            ...change.effects,
            ...ending.effects,
            watchEffect(account, context.now + readEvery, false),
          ],
          drop: [...(change.drop ?? []), ...(ending.drop ?? [])],
        };
      }
      case 'blocked': {
        const blocked = blockAccount.decide(state, { account, reason: read.reason }, context);
        if (!('refused' in blocked)) return blocked;
        return { state, audit: [], effects: [watchEffect(account, context.now + readSoon, false)] };
      }
      case 'unclear':
        return { state, audit: [], effects: [watchEffect(account, context.now + readSoon, false)] };
      case 'unreadable':
        return read.starting ? connectedAgain(state, account, context.now) : silent(state);
    }
  },
};

function connectedAgain(state: AccountState, account: string, now: Millis): Change<AccountState> {
  const { blocked, ...rest } = state;
  if (blocked === undefined) return silent(state);
  return {
    state: rest,
    audit: [{ action: 'account-connected', facts: { since: blocked.since } }],
    effects: [{ key: 'connected', type: 'account.connected', data: { account }, due: now }],
    // An officer's of the release before has no word of what it is about.
    drop: ['tell:*'],
  };
}

/**
 * Says once that our access ends within a week, and again only after it was well in between. A read that does not
 * tell changes nothing.
 */
function expiry(
  state: AccountState,
  expires: Millis | 'never' | undefined,
  account: string,
  { now, protocol }: Context<Protocol>,
): Change<AccountState> {
  if (expires === undefined) return silent(state);
  const { expiring, ...well } = state;
  if (expires === 'never' || expires - now > tellBefore) {
    return { ...silent(well), drop: ['tell:expiring:*'] };
  }
  const since = expiring?.since ?? now;
  const ending = { ...state, expiring: { since, at: expires } };
  if (expiring !== undefined) return silent(ending);
  return {
    state: ending,
    audit: [{ action: 'account-expires', facts: { at: expires } }],
    effects: tellEffects(account, 'expiring', protocol, now),
  };
}
