import type { Millis } from '../core/time.ts';
import { mostMedia } from '../posts/writing/how-much.ts';
import { isCaptionedInPicture, isVideo } from '../posts/writing/media.ts';
import type { Medium, Video, VideoCaptions } from '../posts/writing/revision.ts';
import type { FileRefusal, NotTaken } from '../words/files.ts';
import type { Desk } from './desk.ts';
import type { SentFile } from './turn.ts';

/** By what whoever sent a file knows it. */
type Named = Pick<SentFile, 'name' | 'unnamed'>;

/** A picture or a video that is taken. */
export interface TakenMedium extends Named {
  readonly medium: Medium;
  /** what the captions are called that came for it */
  readonly captions?: string;
}

/** What pictures and videos are called, and the captions that came for them. */
export const namesOf = (media: readonly TakenMedium[]): readonly string[] =>
  media.flatMap(({ name, captions }) => [name, ...(captions === undefined ? [] : [captions])]);

/** Captions on their own, before they are put to a video. */
export interface TakenCaptions extends Named {
  readonly captions: VideoCaptions;
  /** when the last words are shown */
  readonly last: Millis;
}

/** What of several files is taken, and which of them are not. */
export interface Taken {
  /** new ones, a video with the captions that came for it */
  readonly media: readonly TakenMedium[];
  /** for the video that was there before */
  readonly captions: TakenCaptions | undefined;
  /** what all are called that are taken */
  readonly names: readonly string[];
  /** a video, a new one or the one that was there before, has captions by it */
  readonly isCaptioned: boolean;
  readonly refused: readonly NotTaken[];
}

/** Whether a file says by its name that it holds captions. */
export const isCaptions = (name: string): boolean => /\.(?:vtt|srt)$/iu.test(name);

/** The files of a message that are good, one by one, and those that are not. */
interface Good {
  readonly media: readonly TakenMedium[];
  readonly captions: readonly TakenCaptions[];
  readonly refused: readonly NotTaken[];
}

/** What is in the post already into which files go. */
interface Into {
  /** its video */
  readonly before: Video | undefined;
  /** the hashes of all of it */
  readonly has: ReadonlySet<string>;
}

/** Keeps each file that is good, whatever came beside it. */
async function keepEach(
  files: readonly SentFile[],
  desk: Pick<Desk, 'files'>,
  { before, has: there }: Into,
): Promise<Good> {
  const media: TakenMedium[] = [];
  const captions: TakenCaptions[] = [];
  const refused: NotTaken[] = [];
  const has = new Set(there);
  for (const file of files) {
    const named = nameOf(file);
    const refuse = (refusal: FileRefusal): unknown => refused.push({ name: file.name, refusal });
    const take = (medium: Medium): unknown => {
      // The first ones go in; one that is there already takes no other's place.
      if (!has.has(medium.hash) && has.size >= mostMedia) return refuse(postFull);
      has.add(medium.hash);
      return media.push({ ...named, medium });
    };
    const opened = await file.open();
    if (!opened.ok) {
      const { ok: _not, ...refusal } = opened;
      refuse(refusal);
      continue;
    }
    const kept = await desk.files.keep(opened);
    switch (kept.kept) {
      case 'nothing':
        refuse(refusalOf(kept, file.name, file.linked));
        break;
      case 'captions':
        captions.push({ ...named, captions: kept.captions, last: kept.last });
        break;
      case 'video':
        if (media.some(({ medium }) => isVideo(medium))) refuse({ what: 'video', why: 'one-video' });
        else if (before !== undefined && before.hash !== kept.medium.hash)
          refuse({ what: 'video', why: 'video-there' });
        else take({ ...kept.medium, alt: '' });
        break;
      case 'picture':
        take({ ...kept.medium, alt: '' });
    }
  }
  // Nobody can tell which of several belong to the video.
  return captions.length < 2
    ? { media, captions, refused }
    : {
        media,
        captions: [],
        refused: [
          ...refused,
          ...captions.map(({ name }): NotTaken => ({
            name,
            refusal: { what: 'captions', why: 'one-captions' },
          })),
        ],
      };
}

/**
 * Keeps what came with a message: pictures, one video, and the captions that belong to it. Each file that is good is
 * taken, whatever came beside it.
 * @param there what is in the post already into which they go
 * @param another whether a second video goes into a post of its own
 */
export async function keepFiles(
  files: readonly SentFile[],
  desk: Pick<Desk, 'files'>,
  there: readonly Medium[] = [],
  another = false,
): Promise<Taken> {
  const before = another ? undefined : there.find(isVideo);
  const kept = await keepEach(files, desk, { before, has: new Set(there.map(({ hash }) => hash)) });
  return withCaptions(kept, before, kept.captions[0]);
}

/** The same of files of which nobody can tell yet for which post they are: captions are for the video of that one. */
export async function keepForLater(files: readonly SentFile[], desk: Pick<Desk, 'files'>): Promise<Taken> {
  const kept = await keepEach(files, desk, { before: undefined, has: new Set() });
  const [captions] = kept.captions;
  if (kept.media.some(({ medium }) => isVideo(medium))) return withCaptions(kept, undefined, captions);
  const names = [...kept.media, ...kept.captions].map(({ name }) => name);
  return { ...kept, captions, names, isCaptioned: false };
}

function withCaptions(
  { media, refused }: Pick<Good, 'media' | 'refused'>,
  before: Video | undefined,
  captions: TakenCaptions | undefined,
): Taken {
  const names = media.map(({ name }) => name);
  if (captions === undefined) return { media, captions, names, refused, isCaptioned: false };
  const video = media.map(({ medium }) => medium).find(isVideo) ?? before;
  const given = captioned(video, captions);
  if (!given.ok)
    return {
      media,
      captions: undefined,
      names,
      isCaptioned: false,
      refused: [...refused, { name: captions.name, refusal: given.refusal }],
    };
  const isNew = media.some(({ medium }) => medium === video);
  return {
    media: media.map((each) =>
      each.medium === video ? { ...each, medium: given.video, captions: captions.name } : each,
    ),
    captions: isNew ? undefined : captions,
    names: [...names, captions.name],
    isCaptioned: true,
    refused,
  };
}

/** Why one is not taken for which a post has no room. */
export const postFull: FileRefusal = { what: 'picture', why: 'post-full', most: mostMedia };

const nameOf = ({ name, unnamed }: SentFile): Named => ({
  name,
  ...(unnamed === undefined ? {} : { unnamed }),
});

/** Why a file is not kept, as whoever sent it by that name knows it. */
function refusalOf(refusal: FileRefusal, name: string, linked: true | undefined): FileRefusal {
  if (refusal.why === 'not-reached' && linked === true) return { what: 'link', why: 'link-not-reached' };
  return refusal.why === 'not-a-picture' && isCaptions(name)
    ? { what: 'captions', why: 'captions-unknown-form' }
    : refusal;
}

/** A video with captions that were sent for it. */
export function captioned(
  video: Video | undefined,
  { captions, last }: Pick<TakenCaptions, 'captions' | 'last'>,
): { readonly ok: true; readonly video: Video } | { readonly ok: false; readonly refusal: FileRefusal } {
  if (video === undefined) {
    return { ok: false, refusal: { what: 'captions', why: 'captions-without-video' } };
  }
  if (last >= video.length) {
    const refusal: FileRefusal = {
      what: 'captions',
      why: 'captions-past-the-end',
      at: last,
      end: video.length,
    };
    return { ok: false, refusal };
  }
  // What was ticked before the file came still holds.
  const both = isCaptionedInPicture(video) && captions.as === 'file';
  return { ok: true, video: { ...video, captions: both ? { ...captions, alsoSeen: true } : captions } };
}
