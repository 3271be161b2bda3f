import { hasVideo, isVideo } from '../../posts/media.ts';
import type { AccountText } from '../../posts/plan.ts';
import type { DeskRules } from '../../posts/post.ts';
import type { Revision } from '../../posts/revision.ts';
import { barsOf, croppedBy } from '../../protocol/media-limits.ts';
import { barsWords, croppedWords } from '../../words/pictures.ts';

const places = ['at-the-sides', 'above-and-below'] as const;

/** Where a picture goes out between bars, because its shape is none that the network takes, or is cropped beside others. */
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
    const made = revision.media.map((medium) =>
      isVideo(medium) ? medium : (medium.madeFor?.[network] ?? medium),
    );
    const cropped = croppedBy(network, made);
    const bars = places.flatMap((place) => {
      const barred = revision.media.flatMap((medium, index) => {
        const whole = made[index];
        return whole !== undefined && barsOf(medium, whole) === place ? [index] : [];
      });
      if (barred.length === 0) return [];
      const of = { barred, of: revision.media.length, cut: cropped.length > 0 };
      return [barsWords(accounts, network, place, of, rules)];
    });
    return [...bars, ...(cropped.length === 0 ? [] : [croppedWords(accounts, cropped, rules)])];
  });
}
