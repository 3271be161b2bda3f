import type { Json } from './json.ts';
import type { Millis } from './time.ts';

/** Work that leaves the building, as a decision asks for it. An effect with the same key replaces the earlier one. */
export interface NewEffect<D = Json> {
  /** unique within its aggregate, such as `publish:x-main:0` or `card:3` */
  readonly key: string;
  /** which handler runs it */
  readonly type: string;
  readonly data: D;
  /** not before this instant */
  readonly due: Millis;
  /** one that waits under this key already stays as it is: what is asked for again and again is not put off for ever */
  readonly unlessAsked?: true;
}

/** An effect as the document keeps it until it has an outcome. */
export interface Effect<D = Json> extends NewEffect<D> {
  /** how often it was started */
  readonly attempts: number;
  /** grows whenever the key is asked for again, so that a settle of an older run does not remove the newer wish */
  readonly wish: number;
  readonly lease?: Lease;
  /** no longer wanted, but a run is under way: kept until that run ends, so that the key never runs twice at once */
  readonly dropped?: true;
}

export interface Lease {
  /** the process that holds it */
  readonly owner: string;
  /** names this start of the work; a late answer is recorded by it */
  readonly attempt: string;
  readonly until: Millis;
  /** what the run under way was started with, when the key was asked for again meanwhile */
  readonly was?: Json;
}

/**
 * What an audit entry says, without personal text: ids, codes and numbers only. Text that belongs to people
 * (what a post said, a note) goes into `personal` and is kept beside the entry under a salted commitment.
 */
export interface AuditNote {
  readonly action: string;
  readonly facts: Readonly<Record<string, Json>>;
  readonly personal?: Readonly<Record<string, string>>;
}

/** What a decision makes of a state. */
export interface Change<S> {
  readonly state: S;
  readonly audit: readonly AuditNote[];
  readonly effects: readonly NewEffect[];
  /** keys of waiting effects that are no longer wanted; a trailing `*` takes every key that begins so */
  readonly drop?: readonly string[];
}

/** A change and another that was decided on the state that it gives, as one. */
export function followedBy<S>(first: Change<S>, next: Change<S>): Change<S> {
  const { drop = [] } = next;
  return {
    state: next.state,
    audit: [...first.audit, ...next.audit],
    effects: [...first.effects.filter(({ key }) => !drop.some((each) => takes(each, key))), ...next.effects],
    drop: [...(first.drop ?? []), ...drop],
  };
}

/** Whether what is dropped takes an effect with it; a trailing `*` takes every key that begins so. */
export const takes = (dropped: string, key: string): boolean =>
  dropped.endsWith('*') ? key.startsWith(dropped.slice(0, -1)) : key === dropped;

/** The domain says no: a code with typed facts, put into words by `words/`. */
export interface Refusal<C extends string = string> {
  readonly refused: C;
  readonly facts: Readonly<Record<string, Json>>;
}

/** @returns a refusal; the code is kept narrow so that `words/` can be checked for completeness */
export function refuse<const C extends string>(
  code: C,
  facts: Readonly<Record<string, Json>> = {},
): Refusal<C> {
  return { refused: code, facts };
}

/** Tells a refusal from a change. */
export function isRefusal<S>(result: Change<S> | Refusal): result is Refusal {
  return 'refused' in result;
}
