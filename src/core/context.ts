import type { Millis } from './time.ts';

/** Who acts: a person of the council by our own stable id, or Crier itself (timers, outcomes). */
export type Actor = { readonly by: 'person'; readonly person: string } | { readonly by: 'crier' };

/** Crier itself, where nobody of the council acts. */
export const crier = { by: 'crier' } as const satisfies Actor;

/** Everything a decision may know besides the state and the command. Pure: no clock, chance or environment behind it. */
export interface Context<P = unknown> {
  readonly now: Millis;
  /** the aggregate that is decided on; known also before it exists */
  readonly id: string;
  readonly actor: Actor;
  /** the protocol in force */
  readonly protocol: P;
  /** a fresh id with the prefix; the same sequence again when the decision is retried after a conflict */
  readonly newId: (prefix: string) => string;
}
