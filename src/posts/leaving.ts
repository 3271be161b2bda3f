import type { Millis } from '../core/time.ts';
import type { Finding } from '../protocol/rule.ts';
import { isUntouched, stop } from '../dispatch/publication.ts';
import { blocking, blockingCorrection, blocksNow, findingsOf, placedNow } from './draft.ts';
import { publicationsOf } from './how-it-stands.ts';
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
  if (correction?.applied?.parts[part.key] === undefined) {
    // While nothing of it has left, all of it waits for whoever chooses again where it goes.
    const untouched = Object.values(publicationsOf(post)).every((each) => isUntouched(stop(each, now)));
    const placed = untouched ? blocking(placedNow(post, rules)) : [];
    return [...placed, ...blocksNow(post, now, rules, account)];
  }
  const said = { ...correction.revision, accounts: [account], variants: { [account]: readPart(part).text } };
  return blockingCorrection(findingsOf({ ...post, revision: said }, now, rules));
}
