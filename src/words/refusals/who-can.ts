import type { Millis } from '../../core/time.ts';
import type { DeskRules } from '../../posts/post.ts';
import { knowsWords } from '../nobody-here.ts';
import { sayPeople } from '../names.ts';

/** Who can do what somebody else wanted. */
export function onlyTheseCan(may: readonly string[], rules: DeskRules): string {
  return may.length === 0 ? `${rules.desk.name} can help.` : `${sayPeople(may, rules)} can.`;
}

/** That others decide, and who of them is here. */
export function onlyTheyDecide(
  stage: string,
  asked: readonly string[],
  rules: DeskRules,
  now: Millis,
): string {
  const here = asked.filter((person) => (rules.away[person] ?? 0) <= now);
  if (asked.length === 0)
    return `Only ${stage} can decide this, and nobody of them may by the protocol as it is now. ${knowsWords(rules, now)}`;
  return here.length === 0
    ? `Only ${stage} can decide this. All of them are away. ${knowsWords(rules, now)}`
    : `Only ${stage} can decide this. Today that is ${sayPeople(here, rules)}.`;
}
