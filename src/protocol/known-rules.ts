import { rules } from './rules/index.ts';

/** Rules that look at people and times and not at the wording; they have no thresholds. */
const rulesOfState = ['GOV-1', 'GOV-3', 'POL-1', 'DAY'] as const;

/** The rules this release knows, with the names of the thresholds that a protocol may set for each. */
export const knownRules: Readonly<Record<string, readonly string[]>> = Object.fromEntries<readonly string[]>([
  ...rules.map((rule) => [rule.id, Object.keys(rule.settings)] as const),
  ...rulesOfState.map((id) => [id, []] as const),
]);
