import type { NetworkName } from './protocol.ts';
import { minutes } from '../core/time.ts';

/** What a network takes of pictures. Bytes are of one; shapes are width over height. */
export interface PictureLimits {
  readonly most: number;
  /** there has to be one */
  readonly least?: 1;
  readonly bytes: number;
  /** most of a description, in UTF-16 units; absent where the network shows none, or it is ours */
  readonly alt?: number;
  readonly types: readonly string[];
  /** longest side in pixels; more is made smaller */
  readonly longestSide?: number;
  /** smallest side in pixels; less is refused, since nothing is made larger */
  readonly shortestSide?: number;
  readonly narrowest?: number;
  readonly widest?: number;
  /** several stand there in the shape of the first: the others are cropped to it */
  readonly alike?: true;
  /** one that moves is shown standing still, though its type is taken */
  readonly still?: true;
  /** where an animated picture has other limits; it stands without another picture */
  readonly animated?: { readonly bytes: number; readonly alone: true };
  /** where this is said */
  readonly source: string;
}

/** What a network takes of videos. Lengths are in milliseconds. */
export interface VideoLimits {
  readonly bytes: number;
  readonly types: readonly string[];
  readonly shortest: number;
  readonly longest: number;
  readonly narrowest?: number;
  readonly widest?: number;
  /** how pictures may be packed; any when absent */
  readonly codecs?: readonly string[];
  /** the file must say what is in it before the pictures */
  readonly streamable?: true;
  /** what a video shows is told there to those who cannot see it */
  readonly described?: true;
  /** no file of captions is shown there: they have to be part of the pictures */
  readonly captionFiles?: false;
  /** no picture of ours stands beside it, not even as its still */
  readonly alone?: true;
  /** it wants to be told the shape, so that the place is kept for the video before it is there */
  readonly asksSize?: true;
  readonly source: string;
}

export interface MediaLimits {
  readonly pictures?: PictureLimits;
  readonly videos?: VideoLimits;
}

/** The pictures that Crier takes: pixels, and nothing that a browser would run. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** The videos that Crier takes. */
export const videoTypes = ['video/mp4', 'video/quicktime', 'video/webm'] as const;
export type VideoType = (typeof videoTypes)[number];

export const isVideoType = (contentType: string): boolean => contentType.startsWith('video/');
export const isPictureType = (contentType: string): boolean => contentType.startsWith('image/');

const mega = 1_000_000;
const mp4 = ['video/mp4', 'video/quicktime'];

/**
 * Each network's limits. Where sources differ the smaller one stands, so that nothing approved is refused later.
 * Read in 2026 and not tried on a live account: a network may take more from an account that pays.
 */
export const mediaLimits: Readonly<Record<NetworkName, MediaLimits>> = {
  website: {
    pictures: { most: 20, bytes: 10 * mega, types: pictureTypes, source: 'ours: src/media/pictures.ts' },
    videos: {
      bytes: 4_000 * mega,
      types: ['video/mp4', 'video/webm'],
      shortest: 0,
      longest: minutes(240),
      codecs: ['AVC', 'VP8', 'VP9', 'AV1'],
      described: true,
      source: 'ours: what browsers play without a plugin',
    },
  },
  x: {
    pictures: {
      most: 4,
      alt: 1_000,
      bytes: 5 * mega,
      types: pictureTypes,
      longestSide: 8_192,
      shortestSide: 4,
      animated: { bytes: 15 * mega, alone: true },
      source: 'docs.x.com/x-api/media/quickstart/best-practices',
    },
    videos: {
      bytes: 512 * mega,
      types: mp4,
      shortest: 500,
      longest: 140_000,
      narrowest: 1 / 3,
      widest: 3,
      codecs: ['AVC'],
      alone: true,
      source:
        'docs.x.com/x-api/media/quickstart/best-practices, which since 2026 says 8 GB and 20 minutes; before that these',
    },
  },
  facebook: {
    pictures: {
      most: 10,
      alt: 1_000,
      bytes: 4 * mega,
      types: pictureTypes,
      still: true,
      source:
        'developers.facebook.com/docs/graph-api/reference/page/photos; that every photo becomes a JPEG: github.com/facebookarchive/php-graph-sdk/issues/839',
    },
    videos: {
      bytes: 1_750 * mega,
      types: mp4,
      shortest: 1_000,
      longest: minutes(45),
      narrowest: 9 / 16,
      widest: 16 / 9,
      source: 'developers.facebook.com/docs/graph-api/video-uploads; others say 4 GB and 240 minutes',
    },
  },
  instagram: {
    pictures: {
      most: 10,
      least: 1,
      alt: 1_000,
      bytes: 8 * mega,
      types: ['image/jpeg'],
      longestSide: 1_440,
      shortestSide: 320,
      narrowest: 4 / 5,
      widest: 1.91,
      alike: true,
      source: 'developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media',
    },
    videos: {
      bytes: 300 * mega,
      types: mp4,
      shortest: 3_000,
      longest: minutes(15),
      narrowest: 0.01,
      widest: 10,
      codecs: ['AVC', 'HEVC'],
      streamable: true,
      captionFiles: false,
      source:
        'developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media, reels',
    },
  },
  youtube: {
    pictures: {
      most: 1,
      bytes: 2 * 1024 * 1024,
      types: ['image/jpeg', 'image/png'],
      source: 'developers.google.com/youtube/v3/docs/thumbnails/set',
    },
    videos: {
      bytes: 256_000 * mega,
      types: ['video/mp4', 'video/quicktime', 'video/webm'],
      shortest: 1_000,
      longest: minutes(12 * 60),
      source: 'developers.google.com/youtube/v3/docs/videos/insert; 12 hours as support.google.com says',
    },
  },
  bluesky: {
    pictures: {
      most: 4,
      alt: 2_000,
      bytes: mega,
      types: ['image/jpeg', 'image/png', 'image/webp'],
      longestSide: 2_000,
      source: 'lexicon app.bsky.embed.images',
    },
    videos: {
      bytes: 100 * mega,
      types: ['video/mp4'],
      shortest: 1_000,
      longest: minutes(3),
      described: true,
      narrowest: 1 / 3,
      widest: 3,
      alone: true,
      asksSize: true,
      source:
        'lexicon app.bsky.embed.video, which says 300 MB since 2026, while its app takes 100 MB, now of ten minutes',
    },
  },
  'by-hand': {},
};

/** Whether a video stands on a network without the pictures that are beside it. */
export const videoAlone = (network: NetworkName): boolean => mediaLimits[network].videos?.alone === true;

/** What a network takes no post without, where a post has none; undefined where it has what is needed. */
export function missingMedium(
  network: NetworkName,
  has: { readonly media: boolean; readonly video: boolean },
): 'picture' | 'video' | undefined {
  if (network === 'youtube') return has.video ? undefined : 'video';
  return has.media || mediaLimits[network].pictures?.least === undefined ? undefined : 'picture';
}

/** Whether a network shows another post of its own within ours; a post that does takes no media there. */
export const quotesOn = (network: NetworkName): boolean => network === 'x';

/** Whether any of these networks tells what a video shows; where none does, nobody need say it. */
export const tellsOfVideos = (networks: readonly NetworkName[]): boolean =>
  networks.some((network) => mediaLimits[network].videos?.described === true);

/** A picture as the rules of size see it. */
export interface PictureFacts {
  readonly contentType: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly animated?: boolean;
}

/** A video as the rules of size see it. */
export interface VideoShape {
  readonly contentType: string;
  readonly bytes: number;
  /** in milliseconds */
  readonly length: number;
  /** as it is seen, turned upright, in pixels */
  readonly width: number;
  readonly height: number;
  /** how the pictures are packed, such as `AVC` (H.264) or `HEVC` */
  readonly codec: string;
  /** whether the file says what is in it before the pictures, as some networks want */
  readonly streamable: boolean;
}

/** What is wrong with a medium for a network; `words/` says it in a sentence. */
export type Misfit =
  | { readonly code: 'no-pictures' | 'no-videos' | 'not-streamable' | 'stands-still' }
  | { readonly code: 'type'; readonly type: string; readonly takes: readonly string[] }
  | { readonly code: 'codec'; readonly codec: string; readonly takes: readonly string[] }
  | { readonly code: 'bytes'; readonly bytes: number; readonly most: number }
  | { readonly code: 'too-short' | 'too-long'; readonly length: number; readonly limit: number }
  | { readonly code: 'too-small'; readonly side: number; readonly least: number }
  | { readonly code: 'too-narrow' | 'too-wide'; readonly shape: number; readonly limit: number };

/** What stands against a video on a network; nothing when it fits. Videos are taken as they are, never made anew. */
export function videoFits(video: VideoShape, network: NetworkName): readonly Misfit[] {
  const limits = mediaLimits[network].videos;
  if (limits === undefined) return network === 'by-hand' ? [] : [{ code: 'no-videos' }];
  return [
    ...(limits.types.includes(video.contentType)
      ? []
      : [{ code: 'type' as const, type: video.contentType, takes: limits.types }]),
    ...(limits.codecs === undefined || limits.codecs.includes(video.codec)
      ? []
      : [{ code: 'codec' as const, codec: video.codec, takes: limits.codecs }]),
    ...(video.bytes <= limits.bytes
      ? []
      : [{ code: 'bytes' as const, bytes: video.bytes, most: limits.bytes }]),
    ...(video.length >= limits.shortest
      ? []
      : [{ code: 'too-short' as const, length: video.length, limit: limits.shortest }]),
    ...(video.length <= limits.longest
      ? []
      : [{ code: 'too-long' as const, length: video.length, limit: limits.longest }]),
    ...shapeMisfits(video, limits),
    ...(limits.streamable === true && !video.streamable ? [{ code: 'not-streamable' as const }] : []),
  ];
}

/**
 * What stands against a picture on a network that making it anew would not put right; type, bytes, a longest side and
 * a shape are put right by `resizing`, except of what moves.
 */
export function pictureFits(picture: PictureFacts, network: NetworkName): readonly Misfit[] {
  const limits = mediaLimits[network].pictures;
  if (limits === undefined) return network === 'by-hand' ? [] : [{ code: 'no-pictures' }];
  const moves = picture.animated === true;
  const { width, height } = moves ? picture : framed(picture, limits);
  const side = Math.floor(Math.min(width, height) * (moves ? 1 : scaleFor(picture, limits)));
  const most = limits.animated?.bytes ?? limits.bytes;
  return [
    ...(limits.shortestSide === undefined || side >= limits.shortestSide
      ? []
      : [{ code: 'too-small' as const, side, least: limits.shortestSide }]),
    // What moves would stand still if it were made anew.
    ...(moves ? shapeMisfits(picture, limits) : []),
    ...(moves && (limits.still === true || !limits.types.includes(picture.contentType))
      ? [{ code: 'stands-still' as const }]
      : []),
    ...(moves && picture.bytes > most ? [{ code: 'bytes' as const, bytes: picture.bytes, most }] : []),
  ];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bounds of width over height. */
interface Shapes {
  readonly narrowest?: number;
  readonly widest?: number;
}

function shapeMisfits({ width, height }: Size, { narrowest, widest }: Shapes): readonly Misfit[] {
  const shape = width / height;
  // A pixel more or less is no other shape, unless there are hardly any.
  const near = Math.min(0.01, 1 / Math.min(width, height));
  if (narrowest !== undefined && shape < narrowest - near) {
    return [{ code: 'too-narrow', shape, limit: narrowest }];
  }
  return widest !== undefined && shape > widest + near ? [{ code: 'too-wide', shape, limit: widest }] : [];
}

/**
 * The smallest size that has a shape within the bounds and room for the whole picture: what it has more is bars
 * beside the picture, or above and below it.
 */
export function framed({ width, height }: Size, { narrowest = 0, widest = Infinity }: Shapes): Size {
  return {
    width: Math.max(width, Math.ceil(height * narrowest)),
    height: Math.max(height, Math.ceil(width / widest)),
  };
}

/** Where a picture that was made for a network has bars that the kept one does not have. */
export function barsOf(kept: Size, made: Size): 'at-the-sides' | 'above-and-below' | undefined {
  const [was, is] = [kept.width / kept.height, made.width / made.height];
  // Made smaller, a side is a part of a pixel off.
  const near = is / Math.min(made.width, made.height) + was / Math.min(kept.width, kept.height);
  if (is > was + near) return 'at-the-sides';
  return is < was - near ? 'above-and-below' : undefined;
}

/** Which of the pictures of a post, by place from 0, a network crops to the shape of the first. */
export function croppedBy(network: NetworkName, pictures: readonly Size[]): readonly number[] {
  const [first] = pictures;
  if (first === undefined || mediaLimits[network].pictures?.alike !== true) return [];
  return pictures.flatMap((picture, index) => (barsOf(picture, first) === undefined ? [] : [index]));
}

/** How a picture is packed anew for a network. */
export interface Resizing {
  readonly width: number;
  readonly height: number;
  /** bounds of shape that it gets bars for */
  readonly shapes?: Shapes;
  readonly type: PictureType;
  /** as what it is packed rather than made smaller, where nothing is seen through it */
  readonly opaque?: 'image/jpeg';
  readonly most: number;
}

/** Types that keep every pixel as it is, and so take many bytes for a photo. */
const lossless: readonly string[] = ['image/png', 'image/gif'];

/**
 * What a picture needs before it fits a network, by sizes and types alone: never larger than it is, and the whole of
 * it, with bars where its shape is none that the network takes.
 * @returns undefined when it may go as it is, or when nothing would make it fit
 */
export function resizing(picture: PictureFacts, network: NetworkName): Resizing | undefined {
  const limits = mediaLimits[network].pictures;
  if (limits === undefined || pictureFits(picture, network).length > 0) return undefined;
  // What moves is left alone: it fits as it is, or not at all.
  if (picture.animated === true) return undefined;
  const scale = scaleFor(picture, limits);
  const takesType = limits.types.includes(picture.contentType);
  const bars = shapeMisfits(picture, limits).length > 0;
  if (scale === 1 && takesType && picture.bytes <= limits.bytes && !bars) return undefined;
  const type = takesType ? typeOf(picture.contentType) : 'image/jpeg';
  return {
    width: Math.max(1, Math.floor(picture.width * scale)),
    height: Math.max(1, Math.floor(picture.height * scale)),
    ...(bars ? { shapes: shapesOf(limits) } : {}),
    type,
    ...(lossless.includes(type) && limits.types.includes('image/jpeg')
      ? { opaque: 'image/jpeg' as const }
      : {}),
    most: limits.bytes,
  };
}

const scaleFor = ({ width, height }: Size, { longestSide = Infinity }: PictureLimits): number =>
  Math.min(1, longestSide / Math.max(width, height));

const shapesOf = ({ narrowest, widest }: Shapes): Shapes => ({
  ...(narrowest === undefined ? {} : { narrowest }),
  ...(widest === undefined ? {} : { widest }),
});

function typeOf(contentType: string): Resizing['type'] {
  switch (contentType) {
    case 'image/png':
    case 'image/webp':
    case 'image/gif':
      return contentType;
    default:
      return 'image/jpeg';
  }
}
