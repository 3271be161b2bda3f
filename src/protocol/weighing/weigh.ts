import type { Signals } from './signals.ts';
import weights from './weights.json' with { type: 'json' };

/**
 * What a text is weighed for: whether it accuses somebody named, promotes a councillor, tells people how to vote, or
 * launches a campaign.
 */
export type Question = 'accuses' | 'promotes' | 'steers' | 'launches';

const learned = new Map<Question, ReadonlyMap<string, number>>();

/** What each signal adds to a yes, or takes from it. Learned from labelled posts by `npm run learn`; kept in hundredths. */
function learnedFor(question: Question): ReadonlyMap<string, number> {
  const known = learned.get(question);
  if (known !== undefined) return known;
  // at the first check, so that a start waits for none of it
  const own = new Map(Object.entries(weights[question]).map(([signal, weight]) => [signal, weight / 100]));
  learned.set(question, own);
  return own;
}

/** Everything that was learned to count for or against anything. */
export const learnedSignals = (): readonly string[] =>
  Object.values(weights).flatMap((own) => Object.keys(own));

/** How likely a text is a yes, from 0 to 1. */
export function likelihood(question: Question, signals: Signals): number {
  return likelihoodBy(learnedFor(question), signals);
}

/** The same by weights of one's own. */
export function likelihoodBy(own: ReadonlyMap<string, number>, signals: Signals): number {
  let sum = 0;
  for (const [signal, strength] of signals) sum += (own.get(signal) ?? 0) * strength;
  return 1 / (1 + Math.exp(-sum));
}
