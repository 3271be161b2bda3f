import type { Millis } from '../../core/time.ts';
import type { AccountText } from '../../posts/plan.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { shownFrom } from '../../posts/shown-later.ts';
import { youtubeLine } from '../../words/on-cards.ts';

/** How the film of a post stands on YouTube: whoever decides on the post decides on all of that. */
export function youtubeLines(
  post: Pick<PostState, 'revision' | 'when'>,
  texts: readonly AccountText[],
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { youtube } = post.revision;
  const accounts = texts.flatMap(({ account, network }) => (network === 'youtube' ? [account] : []));
  if (youtube === undefined || accounts.length === 0) return [];
  const from = shownFrom(post, 'youtube', now);
  return [youtubeLine(accounts, youtube, from, rules, now)];
}
