import type { Protocol } from './protocol.ts';
import type { CheckedDraft, Finding } from './rule.ts';
import { rules } from './rules/index.ts';

/**
 * What the rules of wording find in a draft, each with the breach level and clause of the council's protocol.
 * A rule that the protocol does not list does not run; thresholds it does not set have the rule's defaults.
 */
export function findings(draft: CheckedDraft, protocol: Protocol): readonly Finding[] {
  return rules.flatMap((rule) => {
    const entry = protocol.rules[rule.id];
    if (entry === undefined) return [];
    const { breach, clause } = entry;
    return rule
      .check(draft, protocol, { ...rule.settings, ...entry.settings })
      .map((found) => ({ ...found, rule: rule.id, breach: found.breach ?? breach, clause }));
  });
}
