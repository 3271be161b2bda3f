import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Signals } from './signals.ts';

/**
 * What a text is weighed for: whether it accuses somebody named, promotes a councillor, tells people how to vote, or
 * launches a campaign.
 */
export type Question = 'accuses' | 'promotes' | 'steers' | 'launches';

/** For each question what a signal weighs, in hundredths. */
type Weights = Readonly<Record<Question, Readonly<Record<string, number>>>>;

// The file is ours, made by `npm run learn`, and large: that each of its numbers is one is not looked at in every process.
const weightsFile = z.custom<Weights>((loaded) => typeof loaded === 'object' && loaded !== null);
let read: Weights | undefined;

/** Half a megabyte, read once somebody asks, so that a start waits for none of it. */
function weights(): Weights {
  read ??= weightsFile.parse(createRequire(import.meta.url)('./weights.json'));
  return read;
}

const learned = new Map<Question, ReadonlyMap<string, number>>();

/** What each signal adds to a yes, or takes from it. Learned from labelled posts by `npm run learn`; kept in hundredths. */
function learnedFor(question: Question): ReadonlyMap<string, number> {
  const known = learned.get(question);
  if (known !== undefined) return known;
  const own = new Map(Object.entries(weights()[question]).map(([signal, weight]) => [signal, weight / 100]));
  learned.set(question, own);
  return own;
}

/** Everything that was learned to count for or against anything. */
export const learnedSignals = (): readonly string[] =>
  Object.values(weights()).flatMap((own) => Object.keys(own));

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
