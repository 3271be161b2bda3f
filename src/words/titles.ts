import type { DeskRules, PostState } from '../posts/post.ts';
import { urgencies, type Urgency } from '../protocol/protocol.ts';
import { departmentName, departmentShort, sentence } from './names.ts';

/** How a post is named: over its card, in a list, in a message. */

/** What each urgency is called. */
export const urgencyWords: Readonly<Record<Urgency, string>> = {
  normal: 'Not urgent',
  urgent: 'Urgent',
  emergency: 'Emergency',
};

/** @returns every urgency with its name, the calmest first */
export const urgencyChoices: readonly { readonly value: Urgency; readonly title: string }[] = urgencies.map(
  (value) => ({ value, title: urgencyWords[value] }),
);

/** @returns `#142 · Highways and Transport · Urgent`, or `#142 for …` to somebody who is asked */
export function titleWords(post: PostState, asked: boolean, rules: DeskRules): string {
  const name = departmentName(post.department, rules);
  return `#${String(post.number)}${asked ? ' for ' : ' · '}${name}${urgencyEnd(post)}`;
}

/** @returns `#142 · Highways and Transport · Emergency`, as a list names a post */
export const rowTitleWords = (post: PostState, rules: DeskRules): string =>
  `#${String(post.number)} · ${sentence(departmentName(post.department, rules))}${urgencyEnd(post)}`;

const urgencyEnd = ({ revision: { urgency } }: PostState): string =>
  urgency === 'normal' ? '' : ` · ${urgencyWords[urgency]}`;

/** @returns `#142 (Highways)`, `#142 (Highways, emergency)`: a post as a message names it */
export function namedWords(
  { number, department, revision: { urgency } }: PostState,
  rules: DeskRules,
): string {
  const how = urgency === 'normal' ? '' : `, ${urgencyWords[urgency].toLowerCase()}`;
  return `#${String(number)} (${departmentShort(department, rules)}${how})`;
}
