import type { z } from 'zod';
import type { Change, Effect, Refusal } from './change.ts';
import type { Millis } from './time.ts';
import type { Context } from './context.ts';
import type { IndexValue, KindDeclaration } from './store.ts';

/** A kind of aggregate: how its state is read, and what it is listed and found by. */
export interface AggregateKind<S> extends KindDeclaration {
  /** by `readsForms`: this release's form and those before it that are still stored; throws `UnknownForm` for any other */
  readonly parse: (state: unknown, form: number) => S;
  readonly index: (state: S) => Readonly<Record<string, IndexValue>>;
  readonly words?: (state: S) => readonly string[];
  /**
   * takes the personal texts that an erasure names out of the state itself, and asks for what shows them elsewhere
   * to be brought up to date; absent: the state holds none
   */
  readonly redact?: (state: S, erasure: Erasure, now: Millis) => Omit<Change<S>, 'audit'>;
}

/** Which personal texts go, and why. */
export interface Erasure {
  /** names of texts as audit notes call them, such as `note` or `said`; all of them when absent */
  readonly names?: readonly string[];
  /** only texts of entries by this actor (`person:<id>`); everybody's when absent */
  readonly actor?: string;
  /** the clause it is done under, shown in the text's place */
  readonly clause: string;
}

/** A command of a feature: its name, the shape of what it carries, and the pure decision. */
export interface Command<S, P, C = unknown, R extends Refusal = Refusal> {
  /** `aggregate kind.verb`, such as `post.hold`; card verbs are these names */
  readonly name: string;
  readonly kind: string;
  readonly schema: z.ZodType<P>;
  /** `state` is undefined when the aggregate does not exist yet */
  readonly decide: (state: S | undefined, params: P, context: Context<C>) => Change<S> | R;
}

/** A command by name with what it carries; how outcomes and other features come back. */
export interface CommandCall {
  readonly command: string;
  readonly id: string;
  readonly params: unknown;
}

/** One entry of an aggregate's audit chain. Holds no personal text. */
export interface AuditEntry {
  /** 1, 2, 3 … within the aggregate */
  readonly n: number;
  readonly at: number;
  /** `person:<id>` or `crier` */
  readonly actor: string;
  readonly action: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** name → salted commitment of a personal text that stands beside the entry */
  readonly commitments: Readonly<Record<string, string>>;
  /** hash of the protocol in force */
  readonly protocol: string;
  /** hash of the state this change produced */
  readonly stateHash: string;
  /** HMAC over the previous link and this entry */
  readonly link: string;
}

/** A personal text beside its entry; erasing takes both text and salt and leaves the reason. */
export type PersonalText =
  { readonly salt: string; readonly text: string } | { readonly erased: string; readonly at: number };

/** The body of every aggregate's document. */
export interface AggregateBody<S> {
  readonly state: S;
  readonly effects: readonly Effect[];
  /** wishes ever given out; see `Effect.wish` */
  readonly wishes: number;
  readonly audit: {
    /** entries ever written */
    readonly length: number;
    /** link of the last entry */
    readonly head: string;
    /** how many immutable pages hold the older entries */
    readonly pages: number;
    readonly tail: readonly AuditEntry[];
    /** `<n>.<name>` → text, for the entries of the tail */
    readonly personal: Readonly<Record<string, PersonalText>>;
  };
  /** what was already done: kept 7 days or 200 entries */
  readonly handled: readonly { readonly key: string; readonly at: number; readonly code: string }[];
  /** HMACs over the state, and over everything else of the document that the audit chain does not cover */
  readonly seal: { readonly state: string; readonly rest: string };
}
