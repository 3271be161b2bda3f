import type { Millis } from '../core/time.ts';
import type { Finding } from '../protocol/rule.ts';
import { blockingCorrection, blocksNow, findingsOf } from './draft.ts';
import { readPart } from './plan.ts';
import type { DeskRules, PlannedPart, PostState } from './post.ts';

/**
 * What stops a part that is about to leave, now: of a correction that was agreed to, what it newly says there, and
 * not what stands.
 */
export function blocksLeaving(
  post: PostState,
  part: PlannedPart,
  now: Millis,
  rules: DeskRules,
): readonly Finding[] {
  const { correction } = post;
  const { account } = part;
  if (correction?.applied?.parts[part.key] === undefined) return blocksNow(post, now, rules, account);
  const said = { ...correction.revision, accounts: [account], variants: { [account]: readPart(part).text } };
  return blockingCorrection(findingsOf({ ...post, revision: said }, now, rules));
}
