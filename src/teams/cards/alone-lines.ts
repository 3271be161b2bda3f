import { hasVideo, isVideo } from '../../posts/media.ts';
import type { AccountText } from '../../posts/plan.ts';
import type { DeskRules } from '../../posts/post.ts';
import type { Revision } from '../../posts/revision.ts';
import { videoAlone } from '../../protocol/media-limits.ts';
import { aloneWords } from '../../words/pictures.ts';

/** Where a video goes out without the pictures beside it, because the network shows none with it. */
export function aloneLines(
  revision: Revision,
  texts: readonly AccountText[],
  rules: DeskRules,
): readonly string[] {
  const pictures = revision.media.filter((medium) => !isVideo(medium)).length;
  if (!hasVideo(revision) || pictures === 0) return [];
  const accounts = texts.flatMap(({ account, network }) => (videoAlone(network) ? [account] : []));
  return accounts.length === 0 ? [] : [aloneWords(accounts, pictures, rules)];
}
