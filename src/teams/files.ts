import type { Millis } from '../core/time.ts';
import { isCaptionedInPicture, isVideo } from '../posts/media.ts';
import type { Medium, Video, VideoCaptions } from '../posts/revision.ts';
import type { FileRefusal, NotTaken as FileNotTaken } from '../words/files.ts';
import type { Desk } from './desk.ts';
import type { SentFile } from './turn.ts';

/** Captions on their own, before they are put to a video. */
export interface SentCaptions {
  readonly name: string;
  readonly captions: VideoCaptions;
  /** when the last words are shown */
  readonly last: Millis;
}

type NotTaken = FileNotTaken & { readonly ok: false };

/** Keeps the files of a message one after the other; nothing of the message counts when one of them is refused. */
async function keepEach(
  files: readonly SentFile[],
  desk: Pick<Desk, 'files'>,
): Promise<
  | { readonly ok: true; readonly media: readonly Medium[]; readonly captions: readonly SentCaptions[] }
  | NotTaken
> {
  const media: Medium[] = [];
  const captions: SentCaptions[] = [];
  for (const { name, linked, open } of files) {
    const opened = await open();
    if (!opened.ok) {
      const { ok, ...refusal } = opened;
      return { ok, name, refusal };
    }
    const kept = await desk.files.keep(opened);
    switch (kept.kept) {
      case 'nothing':
        return { ok: false, name, refusal: refusalOf(kept, name, linked) };
      case 'captions':
        captions.push({ name, captions: kept.captions, last: kept.last });
        break;
      case 'video':
        if (media.some(isVideo)) return { ok: false, name, refusal: { what: 'video', why: 'one-video' } };
        media.push({ ...kept.medium, alt: '' });
        break;
      case 'picture':
        media.push({ ...kept.medium, alt: '' });
    }
  }
  return { ok: true, media, captions };
}

/** Why a file is not kept, as whoever sent it by that name knows it. */
function refusalOf(refusal: FileRefusal, name: string, linked: true | undefined): FileRefusal {
  if (refusal.why === 'not-reached' && linked === true) return { what: 'link', why: 'link-not-reached' };
  return refusal.why === 'not-a-picture' && isCaptions(name)
    ? { what: 'captions', why: 'captions-unknown-form' }
    : refusal;
}

/** Whether a file says by its name that it holds captions. */
export const isCaptions = (name: string): boolean => /\.(?:vtt|srt)$/iu.test(name);

/** Keeps what came with a new post: pictures, one video, and the captions that belong to it. */
export async function keepFiles(
  files: readonly SentFile[],
  desk: Pick<Desk, 'files'>,
): Promise<{ readonly ok: true; readonly media: readonly Medium[] } | NotTaken> {
  const kept = await keepEach(files, desk);
  if (!kept.ok) return kept;
  const [captions, another] = kept.captions;
  if (captions === undefined) return { ok: true, media: kept.media };
  if (another !== undefined) {
    return { ok: false, name: another.name, refusal: { what: 'captions', why: 'one-captions' } };
  }
  return captioned(kept.media, captions);
}

/** Keeps captions that come after their video; anything else that came with them is refused. */
export async function keepCaptions(
  file: SentFile,
  media: readonly Medium[],
  desk: Pick<Desk, 'files'>,
): Promise<{ readonly ok: true; readonly media: readonly Medium[] } | NotTaken> {
  const kept = await keepEach([file], desk);
  if (!kept.ok) return kept;
  const [captions] = kept.captions;
  if (captions === undefined) {
    return { ok: false, name: file.name, refusal: { what: 'captions', why: 'captions-unknown-form' } };
  }
  return captioned(media, captions);
}

/** The media with captions put to the video among them. */
function captioned(
  media: readonly Medium[],
  { name, captions, last }: SentCaptions,
): { readonly ok: true; readonly media: readonly Medium[] } | NotTaken {
  const video: Video | undefined = media.find(isVideo);
  if (video === undefined) {
    return { ok: false, name, refusal: { what: 'captions', why: 'captions-without-video' } };
  }
  if (last >= video.length) {
    const refusal: FileRefusal = {
      what: 'captions',
      why: 'captions-past-the-end',
      at: last,
      end: video.length,
    };
    return { ok: false, name, refusal };
  }
  // What was ticked before the file came still holds.
  const both = isCaptionedInPicture(video) && captions.as === 'file';
  const given: VideoCaptions = both ? { ...captions, alsoSeen: true } : captions;
  return { ok: true, media: media.map((each) => (each === video ? { ...video, captions: given } : each)) };
}
