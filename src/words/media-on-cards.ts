import { isVideo } from '../posts/writing/media.ts';
import type { Millis } from '../core/time.ts';
import type { DeskRules } from '../posts/post.ts';
import type { Medium, OnYoutube, Video } from '../posts/writing/revision.ts';
import { sayPlayed } from './files.ts';
import { onAccount, sentence, mediumName } from './names.ts';
import { onAll } from './posts.ts';
import { sayDated } from './times.ts';

/** What stands on a card of pictures and videos, and of how a film will stand on YouTube. */

/** @returns `Picture 2`, or `Video` where there is one alone; in a sentence `picture 2` or `the video` */
export function nameOfMedium(
  index: number,
  media: readonly Medium[],
): { readonly which: string; readonly inSentence: string } {
  const medium = media[index];
  const kind = medium !== undefined && isVideo(medium) ? 'video' : 'picture';
  const inSentence = mediumName(kind, index, media.length);
  return { which: sentence(media.length === 1 ? kind : inSentence), inSentence };
}

/**
 * @param told whether anybody would be told its description
 * @returns what a picture or video is called, and what is said of its description
 */
export function mediumWords(
  index: number,
  media: readonly Medium[],
  told: boolean,
): {
  readonly title: string;
  readonly undescribed: string;
  readonly label: string;
} {
  const described = (media[index]?.alt.trim() ?? '') !== '';
  const { which, inSentence } = nameOfMedium(index, media);
  return {
    title: described ? `${which} shows:` : told ? `${which} is not described yet` : which,
    undescribed: told ? `${which}, not described yet` : which,
    label: `Say what ${inSentence} shows, for people who cannot see it`,
  };
}

/** @returns what stands over the words of captions: `The captions of the video say:` */
export const captionsSay = (index: number, media: readonly Medium[]): string =>
  `The captions of ${nameOfMedium(index, media).inSentence} say:`;

/** @returns what stands above the description of a picture or video as a correction makes it */
export const descriptionChanges = (index: number, media: readonly Medium[]): string =>
  `What ${nameOfMedium(index, media).inSentence} is said to show changes:`;

/** @returns the same of an account on which an older description stands than the post has */
export const olderDescriptionChanges = (
  account: string,
  index: number,
  media: readonly Medium[],
  rules: DeskRules,
): string =>
  `${sentence(onAccount(account, rules))} an older description stands. What ${nameOfMedium(index, media).inSentence} is said to show changes there:`;

/** @returns how long a video is and how it is captioned, in a line: `1:20 long, with captions from a file` */
export function videoWords(video: Video): string {
  const captions =
    video.captions === undefined
      ? 'no captions yet'
      : video.captions.as === 'file'
        ? `with captions from a file${video.captions.alsoSeen === true ? ' and in the picture' : ''}`
        : 'with captions in the picture';
  return `${sayPlayed(video.length)} long, ${captions}`;
}

/** What the form asks about YouTube. */
export const youtubeWords = {
  kids: [
    { value: 'no', title: 'No, it is for everybody' },
    { value: 'yes', title: 'Yes, it is made for children' },
  ],
  privacies: [
    { value: 'public', title: 'Everybody can find it' },
    { value: 'unlisted', title: 'Only with its link' },
    { value: 'private', title: 'Only we can see it' },
  ],
  noPlaylist: 'No list',
} as const;

const seenBy: Readonly<Record<OnYoutube['privacy'], string>> = {
  public: 'for everybody',
  unlisted: 'only for whoever has its link',
  private: 'where only we can see it',
};

/**
 * @param from when it is shown there, where that is later than the rest goes out
 * @returns how a film will stand on YouTube: `On YouTube from Mon 30 Nov at 9am, for everybody, in the list
 *   "For residents"; not made for children`
 */
export function youtubeLine(
  accounts: readonly string[],
  { title, privacy, playlist, madeForKids, shownAt }: OnYoutube,
  from: Millis | undefined,
  rules: DeskRules,
  now: Millis,
): string {
  const where = sentence(onAll(accounts, rules));
  const list = accounts
    .map((id) => rules.accounts[id]?.playlists?.[playlist])
    .find((name) => name !== undefined);
  const how = [
    from === undefined ? where : `${where} from ${sayDated(from, now)}`,
    seenBy[privacy],
    ...(title === '' ? [] : [`headed "${title}"`]),
    ...(playlist === '' ? [] : [`in the list "${list ?? playlist}"`]),
  ].join(', ');
  const kids = madeForKids === undefined ? [] : [madeForKids ? 'made for children' : 'not made for children'];
  const early =
    from !== undefined || shownAt === undefined || privacy === 'private'
      ? []
      : [`its own time there, ${sayDated(shownAt.at, now)}, is before it goes out`];
  return [how, ...kids, ...early].join('; ');
}

/** @returns `On YouTube the video is headed "How we mend potholes"` */
export const headedWords = (accounts: readonly string[], title: string, rules: DeskRules): string =>
  `${sentence(onAll(accounts, rules))} the video is headed "${title}"`;

/** @returns `The heading on the website is cut: "Come and see the new sunflower beds in Hesketh Park…". …` */
export const cutHeadingWords = (account: string, heading: string, rules: DeskRules): string =>
  `The heading ${onAccount(account, rules)} is cut: "${heading}". Whoever edits the post can write a shorter one.`;
