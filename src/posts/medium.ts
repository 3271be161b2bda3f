import { z } from 'zod';
import { pictureAnswers } from '../protocol/pictured.ts';
import { networkNames } from '../protocol/schema.ts';
import type { Medium } from './post.ts';

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/u);

/** Captions as a file that is kept beside the video, or as part of its pictures. */
export const captions = z.discriminatedUnion('as', [
  z.object({
    as: z.literal('file'),
    hash,
    contentType: z.enum(['text/vtt', 'application/x-subrip']),
    language: z.string().max(35),
  }),
  z.object({ as: z.literal('burned-in') }),
]);

const file = {
  hash,
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
};

const kept = {
  ...file,
  alt: z.string().max(2_000),
  ...pictureAnswers,
};

/** A picture as the media store keeps it. */
const pictureType = z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);
const picture = z.object({
  ...kept,
  contentType: pictureType,
  animated: z.literal(true).exactOptional(),
  madeFor: z
    .partialRecord(z.enum(networkNames), z.object({ ...file, contentType: pictureType }))
    .exactOptional(),
});

/** A video as the media store keeps it. */
const video = z.object({
  ...kept,
  contentType: z.enum(['video/mp4', 'video/quicktime', 'video/webm']),
  length: z.int().positive(),
  codec: z.string().max(100),
  streamable: z.boolean(),
  sound: z.boolean(),
  captions: captions.exactOptional(),
});

/** A picture or a video. Documents from before there were videos hold pictures alone, in the same form. */
export const medium: z.ZodType<Medium> = z.discriminatedUnion('contentType', [picture, video]);
