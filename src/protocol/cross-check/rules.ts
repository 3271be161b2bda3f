import { part } from '../raw.ts';
import type { Part } from '../raw.ts';
import type { References } from './references.ts';
import { rules } from '../rules/index.ts';

/** Rules that look at people and times and not at the wording; they have no thresholds. */
const rulesOfState = ['GOV-1', 'GOV-3', 'POL-1', 'DAY'] as const;

/** The rules this release knows, with the names of the thresholds that a protocol may set for each. */
const knownRules: Readonly<Record<string, readonly string[]>> = Object.fromEntries<readonly string[]>([
  ...rules.map((rule) => [rule.id, Object.keys(rule.settings)] as const),
  ...rulesOfState.map((id) => [id, []] as const),
]);

/** Rules are known, with settings that they have; one of them has to block. */
export function checkRules(content: Part, { fault, known }: References): void {
  for (const [id, entry] of Object.entries(part(content['rules']))) {
    const settings = Object.hasOwn(knownRules, id) ? knownRules[id] : undefined;
    if (settings === undefined) {
      fault(['rules', id], 'key', { code: 'unknown-key', key: id, known: Object.keys(knownRules) });
      continue;
    }
    for (const key of Object.keys(part(part(entry)['settings']))) {
      if (!settings.includes(key)) {
        fault(['rules', id, 'settings', key], 'key', {
          code: 'unknown-setting',
          rule: id,
          key,
          known: settings,
        });
      }
    }
    const breach = part(entry)['breach'];
    if (id === 'GOV-3' && (breach === 'warn' || breach === 'higher')) {
      fault(['rules', id, 'breach'], 'value', { code: 'must-block', rule: id });
    }
  }
  if (content['rules'] !== undefined && !known.rule.includes('GOV-3')) {
    fault(['rules'], 'key', { code: 'missing', key: 'GOV-3', wants: 'part' });
  }
}
