import { accountOf, indexOf, inSameThread, isReply } from '../dispatch/thread.ts';
import { isVideo } from '../posts/media.ts';
import type { Millis } from '../core/time.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { Medium, OnYoutube, Video } from '../posts/revision.ts';
import type { Urgency } from '../protocol/protocol.ts';
import { cutAtWord } from '../protocol/text/cut.ts';
import { sayPlayed } from './files.ts';
import {
  accountName,
  departmentName,
  departmentShort,
  nameOf,
  onAccount,
  sentence,
  mediumName,
} from './names.ts';
import { onAll } from './posts.ts';
import { sayDated } from './times.ts';
import { urgencies } from '../protocol/protocol.ts';

/** Buttons that say the same whoever gets it next; those that do not stand in `buttonWords`. */
export const buttons = {
  open: 'Open for me',
  edit: 'Edit',
  sendBack: 'Send back with a note',
  refuse: 'Do not publish',
  refuseRest: 'Do not publish the rest',
  refuseRestAndCorrection: 'Do not publish or correct the rest',
  refuseCorrection: 'Leave it as it is',
  postNow: 'No, post it now',
  itIsThere: 'Yes, it is there',
  doNotPost: 'No, do not post',
  stillThere: 'Yes, it is still there',
  isGone: 'No, it is gone',
  /** what a correction tries in vain to change or to delete */
  isGoneByNow: 'It is gone',
  isChanged: 'It has the new words',
  tryNow: 'Try again now',
  leaveThere: 'It is still there: leave it',
  leaveWords: 'It has the old words: leave them',
  /** nothing leaves while a correction waits */
  postOnceReleased: 'No, post it once it is released',
  postOnceDecided: 'No, post it once the correction is decided',
  refuseAgain: 'Do not post it again',
  takeBackCorrection: 'Take this request back',
  hold: 'Hold',
  correct: 'Correct',
  /** where a correction was not made everywhere */
  correctRest: 'Put the rest right',
  tryAgain: 'Try again',
  /** what an account refused */
  leaveAsItIs: 'Leave it as it is',
  letOut: 'Let it go out',
  askAgain: 'Ask for approval again',
  remove: 'Take it down',
  why: 'Why?',
  saveAlt: 'Save the description',
  saveAnswers: 'Save these answers',
  schedule: 'Schedule',
  cancel: 'Cancel this post',
  askCorrection: 'Ask for this correction',
  more: 'More',
  back: 'Back',
  allPosts: 'See all posts',
  waiting: 'What waits for me',
  posts: 'Posts',
  calendar: 'Calendar',
  people: 'Who approves what',
  commands: 'All commands',
} as const;

/** What stands on a post's card beside its own words. */
export const cardWords = {
  heldOnceCorrected: 'held. Once the correction is made everywhere, somebody is asked whether it goes out',
  heldThere: 'held',
  overThere: 'did not go out before its end came',
  staysWhileHeld: 'still there, until somebody decides that the corrected one goes out',
  deletionBegun: 'it was being deleted, and we are looking whether it is gone',
  saysOldWhileHeld: 'not corrected yet: it still says what it said',
  unclearWhileHeld:
    'it was being corrected, and the network gave no clear answer: look there which words it has',
  changedWhileHeld: 'being corrected at this moment: what comes of that is said here',
  beingCorrected: 'being corrected',
  corrected: 'corrected',
  /** the confirmation that POL-1 asks of whoever approves */
  confirm: 'The facts are right and I am content for the council to say this',
  note: 'Note, if you send it back or say no',
  websiteHeads: 'The website heads it:',
  unwritten: 'The words are still to be written. Type them here within ten minutes, or press Edit.',
  noAccount: 'No account chosen yet',
  moreTitle: 'What else you can do:',
  approved: 'Approved',
  sameText: 'The text, which stays as it is:',
  whatChanges: 'What changes:',
  lookAtCorrection: 'Please look at this correction',
  askWhyInPublic: 'What was wrong? The public will read this',
  askWhy: 'What was wrong? Whoever decides will read this',
  /** over what was wrong, where the public reads that with the correction, and where nobody public does */
  whyInPublic: 'What was wrong, as the public will read it:',
  why: 'What was wrong, for the record:',
  inWhat: 'Where it says what was wrong',
  /** over what was approved by somebody who may not any more */
  sayWhether: 'Please say whether it goes out',
  /** the same for whoever wrote it, who may not say so */
  seeToIt: 'Please see that it goes on',
  /** over the looks of a draft, of which nothing is frozen yet */
  looksNow: 'If you sent it now, it would look like this.',
  watch: 'Watch the video\u00a0↗',
  /** asked where a video has no captions yet */
  readCaptions: 'Read its captions',
  sendCaptions: 'Send me its captions in our own chat, as a .vtt or .srt file. Or tick:',
  statedCaptions: 'Captions',
  burnedIn: 'Its captions can be seen in the video itself, or nothing is said in it',
  alsoBurnedIn: 'They can be seen in the video itself too. Instagram shows no caption file.',
  /** in an empty field that need not be filled in; a phone shows no more of it */
  fromText: 'Empty: the first words of the text',
  whoIsAsked: 'Who is asked, and why',
  whyAnother: 'Nobody corrects alone what is public.',
  saidBefore: 'What it said before',
  nothingToExplain: 'There is nothing to explain yet.',
} as const;

/** @returns the first words of what a post was to say by a correction */
export const correctedBegins = (words: string): string => `The corrected text: "${words}"`;

/** @returns what stands over who is asked about the correction that was asked for then */
export const askedAboutCorrection = (at: Millis, now: Millis): string =>
  `Who is asked about the correction of ${sayDated(at, now)}, and why`;

/** @returns the label of a note that goes with nothing but one button */
export const noteTo = (button: string): string => `Note, if you press "${button}"`;

/** What somebody typed whose field is gone, so that they have it. */
export const unsentWords = {
  note: (typed: string): string => `Your note has not been sent: "${typed}"`,
  link: (typed: string): string => `The address that you gave has not been kept: "${typed}"`,
  description: (index: number, media: readonly Medium[], typed: string): string =>
    `Your description of ${nameOfMedium(index, media).inSentence} has not been saved: "${typed}"`,
} as const;

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

/** What each urgency is called. */
export const urgencyWords: Readonly<Record<Urgency, string>> = {
  normal: 'Not urgent',
  urgent: 'Urgent',
  emergency: 'Emergency',
};

/** @returns every urgency with its name, the calmest first */
export const urgencyChoices: readonly { readonly value: Urgency; readonly title: string }[] = urgencies.map(
  (value) => ({ value, title: urgencyWords[value] }),
);

/** @returns `#142 · Highways and Transport · Urgent`, or `#142 for …` to somebody who is asked */
export function titleWords(post: PostState, asked: boolean, rules: DeskRules): string {
  const name = departmentName(post.department, rules);
  return `#${String(post.number)}${asked ? ' for ' : ' · '}${name}${urgencyEnd(post)}`;
}

/** @returns `#142 · Highways and Transport · Emergency`, as a list names a post */
export const rowTitleWords = (post: PostState, rules: DeskRules): string =>
  `#${String(post.number)} · ${sentence(departmentName(post.department, rules))}${urgencyEnd(post)}`;

const urgencyEnd = ({ revision: { urgency } }: PostState): string =>
  urgency === 'normal' ? '' : ` · ${urgencyWords[urgency]}`;

/** @returns `#142 (Highways)`, `#142 (Highways, emergency)`: a post as a message names it */
export function namedWords(
  { number, department, revision: { urgency } }: PostState,
  rules: DeskRules,
): string {
  const how = urgency === 'normal' ? '' : `, ${urgencyWords[urgency].toLowerCase()}`;
  return `#${String(number)} (${departmentShort(department, rules)}${how})`;
}

/** @returns `168 left`, `12 too many`; nothing where an account has no limit that matters */
export function leftWords(left: number | undefined): string {
  if (left === undefined) return '';
  return left < 0 ? `${String(-left)} too many` : `${String(left)} left`;
}

/** @returns `in 3 posts`: how a text goes out that is too long for one */
export function threadWords(posts: number): string {
  return `in ${String(posts)} posts`;
}

/** @returns `On X, what is left there`: over the posts that still stand of a thread */
export const whatIsLeft = (where: string): string => `${where}, what is left there`;

/** @returns `On X, if it is still there`: over what may have been deleted */
export const ifStillThere = (where: string): string => `${where}, if it is still there`;

/** @returns `X`, `X, post 2 of 3` where a thread of several posts stands there, `X, correction` for a reply that corrects */
export function placeName(part: string, all: readonly string[], rules: DeskRules): string {
  const account = accountOf(part);
  const posts = all.filter((each) => inSameThread(each, part)).length;
  const name = accountName(account, rules);
  if (isReply(part)) return `${name}, correction`;
  return posts < 2 ? name : `${name}, post ${String(indexOf(part) + 1)} of ${String(posts)}`;
}

/** So many of a post's pictures are told of one by one, each so far, to those who cannot see a drawn look. */
const mostTold = 4;
const longestTold = 150;

/** @returns what a drawn look shows of pictures and videos: `4 pictures. 1: A road sign. 2: not described yet` */
function shownWords(media: readonly Medium[]): string {
  const pictures = media.filter((medium) => !isVideo(medium));
  const videos = media.filter(isVideo);
  const told = (alt: string): string => (alt.trim() === '' ? 'not described yet' : alt.trim());
  const [only] = pictures;
  const each = pictures
    .slice(0, mostTold)
    .map(({ alt }, n) => `${String(n + 1)}: ${cutAtWord(told(alt), longestTold)}`);
  return [
    ...(only !== undefined && pictures.length === 1 ? [`Picture: ${told(only.alt)}`] : []),
    ...(pictures.length > 1 ? [`${String(pictures.length)} pictures. ${each.join('. ')}`] : []),
    ...videos.map(({ alt }) => `Video: ${told(alt)}`),
  ].join('. ');
}

/**
 * @param posts the words of each post there, several where it is a thread
 * @returns what a drawn look says to those who cannot see it: the account, its words, how many pictures and of what,
 *   and what it quotes
 */
export function lookWords(
  account: string,
  posts: readonly string[],
  { media, quote }: { readonly media: readonly Medium[]; readonly quote: string },
  rules: DeskRules,
): string {
  const roughly = rules.accounts[account]?.network === 'by-hand' ? 'roughly ' : '';
  const thread = posts.length > 1 ? `, ${threadWords(posts.length)}` : '';
  const said = cutAtWord(posts.join(' '), 1_500);
  const shown = `${media.length === 0 ? '' : ` ${shownWords(media)}`}${quote === '' ? '' : ` Quotes: ${quote}`}`;
  return `What it will ${roughly}look like ${onAccount(account, rules)}${thread}: ${said}${shown}`;
}

/** The message extension's dialog. */
export const dialogWords = {
  title: 'Propose a post',
  empty: 'Please write what the public should read.',
} as const;

/** @returns on which accounts a card shows what a link leads to, and how its page is headed where we know */
export function linkCardWords(accounts: readonly string[], title: string, rules: DeskRules): string {
  const headed = title === '' ? '' : `: "${title}"`;
  return `The link is shown as a card ${onAll(accounts, rules)}${headed}`;
}

/** @returns why a link goes out without a card where we would have to bring one */
export function noLinkCardWords(
  accounts: readonly string[],
  site: string,
  why: 'unread' | 'not-ours',
  rules: DeskRules,
): string {
  const because =
    why === 'unread'
      ? 'I could not read its page. Press Edit and save, and I try again'
      : `I may not read pages on ${site}`;
  return `${sentence(onAll(accounts, rules))} the link goes out without a card: ${because}`;
}

/** @returns which post is shown within ours on some accounts, and where none is */
export function quoteLine(
  quote: string,
  quoting: readonly string[],
  others: readonly string[],
  rules: DeskRules,
): string {
  const without = others.length === 0 ? '' : `; ${onAll(others, rules)} it stands without that post`;
  return `Quotes ${quote} ${onAll(quoting, rules)}${without}`;
}

/** @returns what becomes of a post to quote on each account, below its field */
export function quoteNote(quoting: readonly string[], others: readonly string[], rules: DeskRules): string {
  const on = sentence(onAll(quoting, rules));
  const without = others.length === 0 ? '' : ` ${sentence(onAll(others, rules))} the post stands without it.`;
  return `${on} it is shown below the text, and no picture or video can stand beside it.${without}`;
}

/** @returns the campaign, and on which accounts its links are tagged for the council's statistics */
export function campaignWords(campaign: string, tagged: readonly string[], rules: DeskRules): string {
  const links = tagged.length === 0 ? '' : `. Links ${onAll(tagged, rules)} are tagged with it`;
  return `Campaign: ${campaign}${links}`;
}

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

/** @returns `Priya Desai wrote:` */
export function wroteWords(person: string, rules: DeskRules): string {
  return `${nameOf(person, rules)} wrote:`;
}

/** @returns the label of an account's own text */
export function ownTextWords(account: string, rules: DeskRules): string {
  return `Text ${onAccount(account, rules)}`;
}

/** @returns the choice to post a thread, where one post is too short for the text */
export function threadChoice(accounts: readonly string[], rules: DeskRules): string {
  return `Post it as a thread ${onAll(accounts, rules)}. A line of --- ends a post where you want it.`;
}
