import { askedNow } from '../approval/review.ts';
import { reviewAwaited } from '../posts/deciding/reviews.ts';
import { isEditable } from '../posts/leaving/to-go-out.ts';
import { isPartlyOut } from '../posts/leaving/what-is-public.ts';
import { editors } from '../posts/deciding/may.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { isPlaced } from '../protocol/placed.ts';
import type { Finding } from '../protocol/rule.ts';
import { sayPeople } from './names.ts';

/** What of it a viewer of a card can do. */
interface Can {
  readonly edit: boolean;
  /** they may decide that it, or the rest of it, does not go out */
  readonly turnDown: boolean;
  /** the title of the button for that */
  readonly refuse: string;
}

/**
 * @returns how a post goes on that is for an account where it may not go out, as this viewer can, or who can; undefined
 *   where the finding itself says it
 */
export function placedFix(finding: Finding, post: PostState, can: Can, rules: DeskRules): string | undefined {
  if (!isPlaced(finding)) return undefined;
  // Nobody edits what is partly out.
  if (isPartlyOut(post)) {
    if (can.turnDown) return `Press "${can.refuse}".`;
    const review = reviewAwaited(post);
    const people = review === undefined ? [] : askedNow(review);
    return people.length === 0
      ? `${rules.desk.name} can help.`
      : `${sayPeople(people, rules, 'or')} can press "${can.refuse}".`;
  }
  if (!isEditable(post)) return finding.code === 'account-gone' ? 'What stands there keeps its words.' : '';
  return can.edit
    ? undefined
    : `${sayPeople(editors(post, rules), rules, 'or')} can edit it and take it out.`;
}
