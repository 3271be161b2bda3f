import type { Failing } from './shelf.ts';

/** What a council does on a walk, and what meets it. What a step finds there it takes from the cards as they stand. */

/** Who walks: two of the desk, the proposer of Highways, and its approvers. */
export const people = [
  'ellen-rimmer',
  'joseph-adeyemi',
  'nadia-hartley',
  'priya-desai',
  'tom-ashcroft',
  'gareth-molyneux',
] as const;
export type Person = (typeof people)[number];

/** Accounts on which a call may go wrong: one is changed where a post stands, the others are replied to or posted on again. */
export const outside = ['x-main', 'facebook-main', 'bluesky-main'] as const;

/**
 * How calls go wrong: `lost` did what it was to do and nobody hears so, `nothing` did not; `shut` lets nothing in until
 * the account is connected again.
 */
export const faults = ['lost', 'nothing', 'busy', 'refused', 'shut'] as const;
export const calls = ['publish', 'edit', 'remove'] as const;
/** One call of that kind on an account goes wrong. */
export interface Fault {
  readonly account: (typeof outside)[number];
  readonly call: (typeof calls)[number];
  readonly fault: (typeof faults)[number];
}

/** What may be done in the middle: somebody does it, or the machine falls asleep for hours. */
export const inTheMiddle = ['hold', 'remove', 'stop', 'pause', 'resume', 'sleep'] as const;
/** While the next call of that kind on an account is under way, or while something is being saved. */
export interface Meanwhile {
  readonly account: (typeof outside)[number];
  readonly call: (typeof calls)[number] | 'find' | 'save';
  readonly what: (typeof inTheMiddle)[number];
  readonly by: Person;
  readonly post: number;
}

/** What a post is: one that ends is over in less than an hour. */
export const kinds = ['usual', 'emergency', 'ends'] as const;
export type Kind = (typeof kinds)[number];
/** What a post shows beside its words. */
export const shows = ['nothing', 'picture', 'film'] as const;
type Shows = (typeof shows)[number];
/** What is sent for a post that stands already. */
export const sent = ['picture', 'film', 'captions'] as const;
type Sent = (typeof sent)[number];

export type Step =
  /** one of the buttons on somebody's card of a post: on the newest, or on one that they were shown before */
  | {
      readonly does: 'press';
      readonly by: Person;
      readonly post: number;
      readonly n: number;
      readonly old: boolean;
    }
  | {
      readonly does: 'hold' | 'remove' | 'cancel' | 'schedule';
      readonly by: Person;
      readonly post: number;
    }
  /** other words, and perhaps without what the post shows */
  | { readonly does: 'edit'; readonly by: Person; readonly post: number; readonly leavesOut: boolean }
  /** something more is sent for a post, by its number */
  | { readonly does: 'send'; readonly by: Person; readonly post: number; readonly what: Sent }
  | {
      readonly does: 'correct';
      readonly by: Person;
      readonly post: number;
      /** deleted and posted again where nobody can change a post, else replied to */
      readonly again: boolean;
      /** the words stay: what an account does not say yet is put right */
      readonly same: boolean;
      /** what a picture shows is said in other words as well, where it can be */
      readonly describes: boolean;
      /** ends what was agreed to and waits, where there is such a thing */
      readonly ends: boolean;
    }
  /** whoever is asked says yes, or no: the first of them from the `n`th on */
  | { readonly does: 'decide'; readonly post: number; readonly n: number; readonly yes: boolean }
  | {
      readonly does: 'propose';
      readonly thread: boolean;
      readonly shows: Shows;
      readonly alone: boolean;
      readonly planned: boolean;
      readonly kind: Kind;
    }
  /** what is late is sent again, or what somebody changed where it stands is said to be right */
  | { readonly does: 'again' | 'right'; readonly post: number }
  | ({ readonly does: 'fault' } & Fault)
  | ({ readonly does: 'meanwhile' } & Meanwhile)
  | { readonly does: 'connect' | 'stop' | 'pause' | 'resume' }
  | { readonly does: 'time'; readonly minutes: number }
  /** the machine sleeps, or its clock is set ahead */
  | { readonly does: 'sleep'; readonly minutes: number }
  /** the store fails from now on, until it is mended */
  | ({ readonly does: 'store' } & Failing)
  | { readonly does: 'mended' }
  /** nothing reaches an account until it is back */
  | { readonly does: 'away' | 'back'; readonly account: (typeof outside)[number] }
  /** another process starts, under a protocol in which somebody has other work, or nobody has */
  | { readonly does: 'restart'; readonly without: string };
