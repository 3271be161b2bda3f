import type { Refusal } from '../core/change.ts';
import { isTooLong } from '../core/too-long.ts';
import type { Millis } from '../core/time.ts';
import type { DeskRules } from '../posts/post.ts';
import type { PostRefusal } from '../posts/refusals.ts';
import { fields } from './refusals/fields.ts';
import { isPeopleRefusal, sayPeopleRefusal } from './refusals/of-people.ts';
import { sayPostRefusal } from './refusals/of-posts.ts';
import { tooLongWords } from './too-long.ts';

/** Above an answer to what came to nothing. */
export const didNotWork = 'That did not work';

function isPostRefusal(refusal: Refusal): refusal is PostRefusal {
  return Object.hasOwn(fields, refusal.refused);
}

/** @returns any refusal in words, and the id of the input that it is about, where it is about one */
export function refusalWords(
  refusal: Refusal,
  rules: DeskRules,
  now: Millis,
): { readonly words: string; readonly field?: string } {
  if (isPostRefusal(refusal)) {
    const field = fields[refusal.refused];
    const words = sayPostRefusal(refusal, rules, now);
    return field === undefined ? { words } : { words, field };
  }
  if (isTooLong(refusal))
    return { words: refusal.facts.texts.map((text) => tooLongWords(text, [], rules)).join(' ') };
  if (isPeopleRefusal(refusal)) return { words: sayPeopleRefusal(refusal, rules) };
  return { words: `${didNotWork}, and nothing has been changed. Please try again in a moment.` };
}
