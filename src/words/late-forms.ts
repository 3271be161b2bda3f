import type { DeskRules, PostState } from '../posts/post.ts';
import { nameOf } from './names.ts';

/** @returns for somebody whose form was open when the post went out: what it says is asked for as a correction */
export const asCorrectionWords = (why: string): string =>
  `${why} What you typed stands below, as a correction of what is public. Say what was wrong, and one other person has to agree. Or press "Back without saving" to leave it as it is.`;

/** @returns what somebody typed in a form that came too late, so that it is not lost */
export const notSavedWords = (why: string, typed: string): string => `${why} You had typed: "${typed}"`;

/** @returns for somebody whose form is of older words: what stands there now, which theirs would take the place of */
export function changedMeanwhileWords(
  { revision }: PostState,
  person: string,
  latest: string,
  rules: DeskRules,
): string {
  const who = revision.by === person ? 'You have' : `${nameOf(revision.by, rules)} has`;
  return `${who} changed this since. It now says: "${latest}" What you typed stands below. If you save it, it takes the place of that.`;
}
