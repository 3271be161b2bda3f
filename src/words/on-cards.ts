import { accountOf, indexOf, inSameThread, isReply } from '../dispatch/thread.ts';
import type { Millis } from '../core/time.ts';
import type { DeskRules } from '../posts/post.ts';
import type { Medium } from '../posts/writing/revision.ts';
import { accountName, nameOf, onAccount, sentence } from './names.ts';
import { onAll } from './posts.ts';
import { sayDated } from './times.ts';
import { nameOfMedium } from './media-on-cards.ts';

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
  isPutRight: 'I have put it right there',
  /** lifts a stop of everything, which asks once more */
  resume: 'Resume',
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
  beforeApproving: 'Before you approve',
  beforeAgreeing: 'Before you agree',
  confirm: 'The facts are right and I am content for the council to say this',
  begunIsGone:
    'If you had ticked something or begun to write here, it is gone: this card had to show what has changed. Please do it again.',
  note: 'Note, needed if you send it back or say no',
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

/** What somebody typed, and went nowhere: all of it where its field is gone, so that they have it. */
export const unsentWords = {
  note: (typed: string): string => `Your note has not been sent: "${typed}"`,
  noteStands: 'Your note has not been sent, and stands below.',
  link: (typed: string): string => `The address that you gave has not been kept: "${typed}"`,
  description: (index: number, media: readonly Medium[], typed: string): string =>
    `Your description of ${nameOfMedium(index, media).inSentence} has not been saved: "${typed}"`,
} as const;

/** @returns `168 left`, `2,697 too many`; nothing where an account has no limit that matters */
export function leftWords(left: number | undefined): string {
  if (left === undefined) return '';
  const many = Math.abs(left).toLocaleString('en-GB');
  return left < 0 ? `${many} too many` : `${many} left`;
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
