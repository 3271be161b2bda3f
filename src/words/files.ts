import type { Millis } from '../core/time.ts';
import { sayList } from './names.ts';
import { sayClock } from './times.ts';

/** Why a file that somebody sent is not taken, with what its sentence needs. */
export type FileRefusal =
  | { readonly what: 'file'; readonly why: 'not-from-teams' | 'not-reached' }
  | {
      readonly what: 'link';
      readonly why: 'link-inside' | 'link-not-secure' | 'link-leads-away' | 'link-not-reached';
    }
  | { readonly what: 'picture'; readonly why: 'not-a-picture' | 'too-large' | 'too-many-pixels' }
  /** `most` pictures and videos stand in the post */
  | { readonly what: 'picture'; readonly why: 'post-full'; readonly most: number }
  | {
      readonly what: 'video';
      readonly why:
        | 'not-a-video'
        | 'video-unreadable'
        | 'video-other-tracks'
        | 'video-too-large'
        | 'one-video'
        | 'video-there';
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

/** Where those go that are sent in the place of what could not be taken. */
export interface RightOnes {
  readonly number: number;
  /** what is in it that came beside them */
  readonly with?: readonly string[];
  /** it is made of the words that came with them */
  readonly words?: true;
  /** others came beside them that its video has now */
  readonly captioned?: true;
}

/** Why each of some files cannot be taken, what became of the words beside them, and what to do. */
export function sayNotTaken(
  refused: readonly NotTaken[],
  into?: RightOnes,
): { readonly title: string; readonly words: string } {
  const title = `I could not take ${sayList(
    refused.map(({ name }) => name),
    'and',
    mostNamed,
  )}`;
  const whys = refused.map(({ refusal }) => sayFileRefusal(refusal, into?.number));
  const [why = ''] = whys;
  const said =
    refused.length === 1
      ? why
      : new Set(whys).size === 1
        ? `Of each of them: ${why}`
        : refused.map(({ name }, n) => `${name}: ${whys[n] ?? ''}`).join('\n\n');
  const next = into === undefined ? '' : whatNext(refused, into);
  return { title, words: next === '' ? said : `${said}${refused.length === 1 ? ' ' : '\n\n'}${next}` };
}

/** As many as Teams takes with one message. */
const mostNamed = 10;

/** What a file has to be so that it can be sent in the place of one that could not be taken. */
export function awaitedAfter({ refusal }: NotTaken): 'picture' | 'captions' | undefined {
  if (['one-video', 'video-there', 'post-full'].includes(refusal.why)) return undefined;
  return refusal.what === 'captions' && refusal.why !== 'captions-without-video' ? 'captions' : 'picture';
}

function whatNext(refused: readonly NotTaken[], into: RightOnes): string {
  const { number } = into;
  const isWithout = refused.some(({ refusal }) => refusal.why === 'captions-without-video');
  const of = new Set(
    refused.filter(({ refusal }) => refusal.why !== 'captions-without-video').map(awaitedAfter),
  );
  return [
    ...becameOf(refused, into),
    ...(of.has('picture')
      ? [
          `Send me the right one in our own chat, by itself within ten minutes or with "picture ${String(number)}", and it goes in there.`,
        ]
      : []),
    ...(of.has('captions')
      ? [
          into.captioned === true
            ? `Its video has captions now. To put others in their place, send me those in our own chat with "captions ${String(number)}".`
            : `Send me the right captions in our own chat, by themselves within ten minutes or with "captions ${String(number)}", and they go to its video.`,
        ]
      : []),
    ...(isWithout
      ? [
          `Send me the video and its captions together in our own chat, with "picture ${String(number)}", and both go in there.`,
        ]
      : []),
  ].join(' ');
}

/** What became of what came beside them. */
function becameOf(
  refused: readonly NotTaken[],
  { number, with: taken = [], words }: RightOnes,
): readonly string[] {
  const post = `draft #${String(number)}`;
  if (words === undefined)
    return taken.length === 0 ? [] : [`Draft #${String(number)} has ${sayList(taken)}.`];
  const without = `without ${refused.length === 1 ? 'it' : 'them'}`;
  return [
    `Your words are ${post}, ${taken.length === 0 ? '' : `with ${sayList(taken)} and `}${without}.`,
    ...(refused.some(({ refusal }) => refusal.what === 'link')
      ? ['Please read them once more, since no such link is in them now.']
      : []),
  ];
}

/** What a file is called that has no name, such as a photo from a phone: by its place among those of its message. */
export const namelessFile = (place = 1, of = 1): string =>
  of === 1 ? 'the file you sent' : `file ${String(place)} of ${String(of)}`;

/** @returns what a file without a name is called once other messages have come */
export const unnamedAtWords = (kind: 'picture' | 'video' | 'captions', at: Millis): string =>
  `the ${kind} of ${sayClock(at)}`;

/** @returns what a file is called, and a film with the captions that came for it */
export const withCaptionsWords = (name: string, isCaptioned: boolean): string =>
  isCaptioned ? `${name} with its captions` : name;

/** Why a file cannot be taken, and what to do. */
function sayFileRefusal(refusal: FileRefusal, into: number | undefined): string {
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
    case 'post-full': {
      const again = into === undefined ? 'send this one once more' : `send this one with "picture ${into}"`;
      return `A post takes ${String(refusal.most)} pictures and videos at most. Please send it in a post of its own. To have it in this one, press "Edit" on its card, leave another one out and save, then ${again}.`;
    }
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
    case 'video-there': {
      const post = into === undefined ? 'The post' : `#${String(into)}`;
      const again = into === undefined ? 'send this one once more' : `send this one with "picture ${into}"`;
      return `${post} has a video already, and a post can have one. To have this one instead, press "Edit" on its card, leave the first one out and save, then ${again}.`;
    }
    case 'one-captions':
      return 'There is more than one file of captions, and I cannot tell which of them belongs to the video. Please send that one alone.';
    case 'captions-too-large':
      return 'These captions are larger than 1 MB. Please check that it is the right file.';
    case 'captions-too-long':
      return `These captions have ${refusal.characters.toLocaleString('en-GB')} characters. I take ${refusal.most.toLocaleString('en-GB')}, so that whoever approves the post can read all of them. Please cut the video into shorter ones, each with its own captions.`;
    case 'captions-not-text':
      return 'I cannot read the letters in it. Please open the file in Notepad, choose "Save as" and, beside "Encoding", "UTF-8", and send that. On a Mac, choose "Unicode (UTF-8)" in TextEdit.';
    case 'captions-unknown-form':
      return 'There are no captions in it that I can read. A .vtt file begins with the line WEBVTT, and in a .vtt or .srt file each caption has a line of times such as 00:00:01.000 --> 00:00:03.500. Please save it as one of those.';
    case 'captions-empty':
      return 'There are no captions in it. Please check that it is the right file.';
    case 'captions-without-video':
      return into === undefined
        ? 'These captions have no video. Please send both together, or type "captions" with the number of the post and add the file.'
        : 'These captions have no video.';
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
