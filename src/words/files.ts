import { sayList } from './names.ts';

/** Why a file that somebody sent is not taken, with what its sentence needs. */
export type FileRefusal =
  | { readonly what: 'file'; readonly why: 'not-from-teams' | 'not-reached' }
  | {
      readonly what: 'link';
      readonly why: 'link-inside' | 'link-not-secure' | 'link-leads-away' | 'link-not-reached';
    }
  | { readonly what: 'picture'; readonly why: 'not-a-picture' | 'too-large' | 'too-many-pixels' }
  | {
      readonly what: 'video';
      readonly why:
        'not-a-video' | 'video-unreadable' | 'video-other-tracks' | 'video-too-large' | 'one-video';
    }
  | {
      readonly what: 'captions';
      readonly why:
        | 'captions-too-large'
        | 'captions-not-text'
        | 'captions-unknown-form'
        | 'captions-empty'
        | 'captions-without-video'
        | 'one-captions';
    }
  | {
      readonly what: 'captions';
      readonly why: 'caption-time-wrong' | 'caption-order-wrong' | 'caption-without-words';
      /** counted from 1 */
      readonly line: number;
    }
  | {
      readonly what: 'captions';
      readonly why: 'captions-too-long';
      readonly characters: number;
      readonly most: number;
    }
  /** both in milliseconds of the video */
  | {
      readonly what: 'captions';
      readonly why: 'captions-past-the-end';
      readonly at: number;
      readonly end: number;
    };

/** A file or a link that is not taken, by its name, and why. */
export interface NotTaken {
  readonly name: string;
  readonly refusal: FileRefusal;
}

/** Why a file cannot be taken, and others beside it; and what to do. */
export function sayNotTaken(
  { name, refusal }: NotTaken,
  also: readonly NotTaken[],
): { readonly title: string; readonly words: string } {
  const all = [{ name, refusal }, ...also];
  const title = `I could not take ${sayList(all.map((each) => each.name))}`;
  const whys = new Set(all.map((each) => sayFileRefusal(each.refusal)));
  if (also.length === 0) return { title, words: sayFileRefusal(refusal) };
  return whys.size === 1
    ? { title, words: `Of each of them: ${sayFileRefusal(refusal)}` }
    : { title, words: all.map((each) => `${each.name}: ${sayFileRefusal(each.refusal)}`).join('\n\n') };
}

/** What a file is called that has no name. */
export const namelessFile = 'the file you sent';

/** Why a file cannot be taken, and what to do. */
export function sayFileRefusal(refusal: FileRefusal): string {
  switch (refusal.why) {
    case 'not-from-teams':
      return 'It is not kept in Teams. Please attach the file itself.';
    case 'not-reached':
      return 'Teams did not hand it over. Please send it again in our own chat.';
    case 'link-inside':
      return 'It leads to a place inside a network, which residents cannot open. I fetched nothing. Please attach the file itself, or use a public address.';
    case 'link-not-secure':
      return 'I take files from this site by https:// alone, without a port such as :8443 or a sign-in name. I fetched nothing. Please use the plain address, or attach the file itself.';
    case 'link-leads-away':
      return 'It leads on to a site from which I may not take files. Nothing was kept. Please attach the file itself.';
    case 'link-not-reached':
      return 'The site did not hand it over. Please check the link, or attach the file itself.';
    case 'not-a-picture':
      return 'It is nothing that I can use. Please send a picture (JPEG, PNG, WebP, GIF or HEIC), a video (MP4, MOV or WebM) or captions (a .vtt or .srt file).';
    case 'too-large':
      return 'It is larger than 10 MB. Please send a smaller copy.';
    case 'too-many-pixels':
      return 'It has more than 50 million pixels. Please send a smaller copy.';
    case 'not-a-video':
      return 'It is not a video that I can use. Please send an MP4, MOV or WebM file.';
    case 'video-unreadable':
      return 'I cannot tell how long it is or what is in it, so it may be damaged. Please save it as MP4 again and send that.';
    case 'video-other-tracks':
      return 'There is more in it than pictures and sound, such as a record of places, which I cannot take out. Please save it as MP4 again and send that.';
    case 'video-too-large':
      return 'It is larger than 4 GB. Please send a smaller copy.';
    case 'one-video':
      return 'A post can have one video. Please send the other one in a post of its own.';
    case 'one-captions':
      return 'There are two caption files. Please send the one that belongs to the video.';
    case 'captions-too-large':
      return 'These captions are larger than 1 MB. Please check that it is the right file.';
    case 'captions-too-long':
      return `These captions have ${refusal.characters.toLocaleString('en-GB')} characters. I take ${refusal.most.toLocaleString('en-GB')}, so that whoever approves the post can read all of them. Please cut the video into shorter ones, each with its own captions.`;
    case 'captions-not-text':
      return 'These captions are not saved as plain text. Please save them as UTF-8 and send them again.';
    case 'captions-unknown-form':
      return 'There are no captions in it that I can read. A .vtt file begins with the line WEBVTT, and in a .vtt or .srt file each caption has a line of times such as 00:00:01.000 --> 00:00:03.500. Please save it as one of those.';
    case 'captions-empty':
      return 'There are no captions in it. Please check that it is the right file.';
    case 'captions-without-video':
      return 'These captions have no video. Please send both together, or type "captions" with the number of the post and add the file.';
    case 'caption-time-wrong':
      return `The times in line ${refusal.line} of the captions are wrong. Please put them right and send the file again.`;
    case 'caption-order-wrong':
      return `Line ${refusal.line} of the captions comes before the one above it. Please put them in order and send the file again.`;
    case 'caption-without-words':
      return `The caption at line ${refusal.line} has no words. Please put that right and send the file again.`;
    case 'captions-past-the-end':
      return `These captions go on at ${sayPlayed(refusal.at)}, but the video ends at ${sayPlayed(refusal.end)}. Please check that they belong to this video.`;
  }
}

/** `1:05`, `1:02:05`: a place in a video as players show it. */
export function sayPlayed(length: number): string {
  const seconds = Math.floor(length / 1_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const end = two(seconds % 60);
  return hours === 0 ? `${minutes}:${end}` : `${hours}:${two(minutes)}:${end}`;
}
