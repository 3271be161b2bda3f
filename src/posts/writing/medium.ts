import { z } from 'zod';
import { pictureAnswers } from '../../protocol/pictured.ts';
import type { Medium } from './revision.ts';
import { wording } from './wording.ts';
import { networkNames } from '../../protocol/protocol.ts';
import { pictureTypes, videoTypes } from '../../protocol/media-limits.ts';

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/u);

const captionFile = {
  as: z.literal('file'),
  hash,
  contentType: z.enum(['text/vtt', 'application/x-subrip']),
  language: z.string().max(35),
};
const burnedIn = z.object({ as: z.literal('burned-in') });

/** Captions as a file that is kept beside the video, or as part of its pictures: what goes out. */
export const captions = z.discriminatedUnion('as', [z.object(captionFile), burnedIn]);

/**
 * Units of the words of captions, at most: an hour of talk. They go out under the council's name, so that whoever
 * approves has to be able to read all of them, and the post that keeps them has to fit into one document.
 */
export const longestCaptions = 60_000;

/** The same as somebody gave them, with what they say: a file may say again what is in the pictures. */
const captionsWith = (words: z.ZodType<string>) =>
  z.discriminatedUnion('as', [
    z.object({
      ...captionFile,
      words: words.exactOptional(),
      alsoSeen: z.literal(true).exactOptional(),
    }),
    burnedIn,
  ]);

/** Captions as they are stored with their video. */
export const videoCaptions = captionsWith(z.string().max(longestCaptions));

const file = {
  hash,
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
};

const pictureType = z.enum(pictureTypes);

/** A picture or a video, with its description in the form that is given. */
function mediumWith(alt: z.ZodType<string>, given: typeof videoCaptions): z.ZodType<Medium> {
  const kept = { ...file, alt, ...pictureAnswers };
  const picture = z.object({
    ...kept,
    contentType: pictureType,
    animated: z.literal(true).exactOptional(),
    madeFor: z
      .partialRecord(z.enum(networkNames), z.object({ ...file, contentType: pictureType }))
      .exactOptional(),
  });
  const video = z.object({
    ...kept,
    contentType: z.enum(videoTypes),
    length: z.int().positive(),
    codec: z.string().max(100),
    streamable: z.boolean(),
    sound: z.boolean(),
    captions: given.exactOptional(),
  });
  return z.discriminatedUnion('contentType', [picture, video]);
}

/** Units of a description, at most: in the store, and in the field that asks for it. */
export const longestAlt = 2_000;

/** A picture or a video as it is stored. Documents from before there were videos hold pictures alone, in the same form. */
export const medium = mediumWith(z.string().max(longestAlt), videoCaptions);

/** A picture or a video as somebody gives it: what hides in its words is taken out. */
export const describedMedium = mediumWith(wording(longestAlt), captionsWith(wording(longestCaptions)));
