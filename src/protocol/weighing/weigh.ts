import type { Signals } from './signals.ts';
import weights from './weights.json' with { type: 'json' };

/**
 * What a text is weighed for: whether it accuses somebody named, promotes a councillor, tells people how to vote, or
 * launches a campaign.
 */
export type Question = 'accuses' | 'promotes' | 'steers' | 'launches';

/** What each signal adds to a yes, or takes from it, by question. Learned from labelled posts by `npm run learn`. */
const learned: Readonly<Record<Question, ReadonlyMap<string, number>>> = {
  accuses: new Map(Object.entries(weights.accuses)),
  promotes: new Map(Object.entries(weights.promotes)),
  steers: new Map(Object.entries(weights.steers)),
  launches: new Map(Object.entries(weights.launches)),
};

/** How likely a text is a yes, from 0 to 1. */
export function likelihood(question: Question, signals: Signals): number {
  return likelihoodBy(learned[question], signals);
}

/** The same by weights of one's own. */
export function likelihoodBy(own: ReadonlyMap<string, number>, signals: Signals): number {
  let sum = 0;
  for (const [signal, strength] of signals) sum += (own.get(signal) ?? 0) * strength;
  return 1 / (1 + Math.exp(-sum));
}
