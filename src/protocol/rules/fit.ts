import { missingMedium, quotesOn, videoAlone, videoFits, type Misfit } from '../media-limits.ts';
import type { NetworkName } from '../protocol.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { picturesFit } from './fit-pictures.ts';

/** Where a picture beside a video becomes its still, and there is but one. */
const oneStill: readonly NetworkName[] = ['youtube', 'facebook', 'instagram'];

/**
 * FIT: pictures and videos are such as each account takes, and what an account asks about them is answered. It is said
 * before a post is sent, so that nothing that was approved is refused by its network.
 */
export const fit: WordingRule = {
  id: 'FIT',
  settings: {},
  check: ({ texts, carried, media: described }) => {
    if (carried === undefined) return [];
    const videos = carried.media.flatMap((each, media) => ('video' in each ? [{ ...each, media }] : []));
    const pictures = carried.media.flatMap((each, media) =>
      'video' in each ? [] : [{ ...each, media, alt: described[media]?.alt ?? '' }],
    );
    return texts.flatMap(({ network, text }): readonly WordingFinding[] => {
      const found = (code: WordingFinding['code'], media?: number): WordingFinding => ({
        code,
        facts: { network },
        spots: media === undefined ? [] : [{ in: 'media', media, from: 0, to: 0 }],
      });
      const [first] = videos;
      const has = { media: carried.media.length > 0, video: first !== undefined };
      const missing = missingMedium(network, has);
      const youtube =
        network !== 'youtube'
          ? []
          : [
              ...(missing === 'video' ? [found('video-needed')] : []),
              ...(first !== undefined && carried.madeForKids === undefined
                ? [found('for-children-unsaid')]
                : []),
              ...(/[<>]/u.test(text + carried.title) ? [found('angle-brackets')] : []),
            ];
      const stills = [
        ...(carried.quotes === true && quotesOn(network) && carried.media.length > 0
          ? [found('quote-beside-media')]
          : []),
        ...(missing === 'picture' ? [found('picture-needed')] : []),
        // A picture that does not go out beside the video may be as it is.
        ...(first !== undefined && videoAlone(network) ? [] : picturesFit(pictures, network)),
      ];
      if (first === undefined) return [...youtube, ...stills];
      const stands = oneStill.includes(network) && pictures.length > 1 ? [found('one-still')] : [];
      return [
        ...youtube,
        ...stills,
        ...stands,
        ...(videos.length > 1 && network !== 'website' ? [found('too-many-videos')] : []),
        ...videos.flatMap(({ video, media }) =>
          videoFits(video, network).flatMap((misfit) => misfitFinding(misfit, network, media)),
        ),
      ];
    });
  },
};

/** A misfit of a video as a finding; those of pictures cannot come of a video. */
function misfitFinding(misfit: Misfit, network: NetworkName, media: number): readonly WordingFinding[] {
  const of = (code: WordingFinding['code'], facts: Readonly<Record<string, string | number>> = {}) => [
    { code, facts: { network, ...facts }, spots: [{ in: 'media' as const, media, from: 0, to: 0 }] },
  ];
  switch (misfit.code) {
    case 'no-videos':
      return of('takes-no-video');
    case 'type':
      return of('video-type');
    case 'codec':
      return of('video-packed');
    case 'bytes':
      return of('video-bytes', { most: misfit.most });
    case 'too-short':
    case 'too-long':
      return of(misfit.code === 'too-short' ? 'video-short' : 'video-long', { limit: misfit.limit });
    case 'too-narrow':
    case 'too-wide':
      return of('video-shape');
    case 'not-streamable':
      return of('video-not-streamable');
    case 'no-pictures':
    case 'stands-still':
    case 'too-small':
      return [];
  }
}
