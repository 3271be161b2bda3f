import { mediaLimits, pictureFits, resizing, type Misfit } from '../media-limits.ts';
import type { NetworkName } from '../protocol.ts';
import type { CarriedPicture } from '../rule.ts';
import type { FindingCode, WordingFinding } from './codes.ts';

/** A picture of a draft: its place among the media, from 0, and what is said of it there. */
export interface PlacedPicture extends CarriedPicture {
  readonly media: number;
  readonly alt: string;
}

/** What stands against the pictures of a draft on one network; what was made smaller for it is no matter. */
export function picturesFit(
  pictures: readonly PlacedPicture[],
  network: NetworkName,
): readonly WordingFinding[] {
  const limits = mediaLimits[network].pictures;
  if (limits === undefined) return [];
  const beyond = pictures
    .slice(limits.most)
    .map(({ media }) => ({ in: 'media' as const, media, from: 0, to: 0 }));
  // What YouTube has to say of the number of its stills, it says itself.
  const tooMany =
    beyond.length > 0 && network !== 'youtube'
      ? [{ code: 'too-many-pictures' as const, facts: { network, most: limits.most }, spots: beyond }]
      : [];
  return [
    ...tooMany,
    ...pictures.flatMap(({ picture, madeFor, media, alt }) => {
      const found = (code: FindingCode, facts: Readonly<Record<string, number>> = {}): WordingFinding => ({
        code,
        facts: { network, type: 'image', number: media + 1, ...facts },
        spots: [{ in: 'media', media, from: 0, to: 0 }],
      });
      const misfits = pictureFits(picture, network).flatMap((misfit) => misfitFinding(misfit, found));
      const unmade =
        misfits.length === 0 && resizing(picture, network) !== undefined && !madeFor.includes(network);
      const beside = picture.animated === true && limits.animated?.alone === true && pictures.length > 1;
      const most = limits.alt;
      return [
        ...misfits,
        ...(beside ? [found('picture-moves-beside')] : []),
        ...(unmade ? [found('picture-unmade')] : []),
        ...(most !== undefined && alt.length > most
          ? [found('alt-too-long', { most, over: alt.length - most })]
          : []),
      ];
    }),
  ];
}

function misfitFinding(
  misfit: Misfit,
  found: (code: FindingCode, facts?: Readonly<Record<string, number>>) => WordingFinding,
): readonly WordingFinding[] {
  switch (misfit.code) {
    case 'too-small':
      return [found('picture-small', { least: misfit.least, side: misfit.side })];
    case 'too-narrow':
      return [found('picture-narrow')];
    case 'too-wide':
      return [found('picture-wide')];
    case 'stands-still':
      return [found('picture-moves')];
    case 'bytes':
      return [found('picture-bytes', { most: misfit.most })];
    // Every network takes pictures; the others are of videos.
    case 'no-pictures':
    case 'no-videos':
    case 'type':
    case 'codec':
    case 'too-short':
    case 'too-long':
    case 'not-streamable':
      return [];
  }
}
