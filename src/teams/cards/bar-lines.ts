import { hasVideo, isVideo } from '../../posts/media.ts';
import type { AccountText } from '../../posts/plan.ts';
import type { DeskRules, Revision } from '../../posts/post.ts';
import { barsOf } from '../../protocol/media-limits.ts';
import { barsWords } from '../../words/pictures.ts';

const places = ['at-the-sides', 'above-and-below'] as const;

/** Where a picture goes out between bars, because its shape is none that the network takes. */
export function barLines(
  revision: Revision,
  texts: readonly AccountText[],
  rules: DeskRules,
): readonly string[] {
  // Beside a video a picture is its still, which a network shows in the video's shape.
  if (hasVideo(revision)) return [];
  const networks = [...new Set(texts.map(({ network }) => network))];
  return networks.flatMap((network) => {
    const accounts = texts.flatMap((text) => (text.network === network ? [text.account] : []));
    return places.flatMap((place) => {
      const barred = revision.media.flatMap((medium, index) => {
        const made = isVideo(medium) ? undefined : medium.madeFor?.[network];
        return made !== undefined && barsOf(medium, made) === place ? [index] : [];
      });
      return barred.length === 0
        ? []
        : [barsWords(accounts, network, place, barred, revision.media.length, rules)];
    });
  });
}
