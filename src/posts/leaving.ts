import type { Millis } from '../core/time.ts';
import type { Finding } from '../protocol/rule.ts';
import { isUntouched, stop } from '../dispatch/publication.ts';
import { isOfCorrection } from '../dispatch/thread.ts';
import { blocking, blockingCorrection, blocksNow, findingsOf, placedNow } from './draft.ts';
import { publicationsOf } from './how-it-stands.ts';
import { readPart } from './plan.ts';
import type { DeskRules, PlannedPart, PostState } from './post.ts';

/**
 * What stops a part that is about to leave, now: once a correction was agreed to, what that says there, and not what
 * stands.
 */
export function blocksLeaving(
  post: PostState,
  part: PlannedPart,
  now: Millis,
  rules: DeskRules,
): readonly Finding[] {
  const { correction } = post;
  const { account } = part;
  if (correction?.applied === undefined) {
    // While nothing of it has left, all of it waits for whoever chooses again where it goes.
    const untouched = Object.values(publicationsOf(post)).every((each) => isUntouched(stop(each, now)));
    const placed = untouched ? blocking(placedNow(post, rules)) : [];
    return [...placed, ...blocksNow(post, now, rules, account)];
  }
  const said = { ...correction.revision, accounts: [account], variants: { [account]: readPart(part).text } };
  const found = findingsOf({ ...post, revision: said }, now, rules);
  // What had not left says what was agreed to as well, and is newly posted there with all that it carries.
  const putsRight = correction.applied.parts[part.key] !== undefined || isOfCorrection(part.key);
  return putsRight ? blockingCorrection(found) : blocking(found);
}
