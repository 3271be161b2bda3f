import { isRefused, type Publication, waitsForAccount } from '../dispatch/publication.ts';
import { isReply } from '../dispatch/thread.ts';
import { shownLater } from '../dispatch/together.ts';
import type { Millis } from '../core/time.ts';
import { isChangeUnclear } from '../posts/correcting/changes-in-place.ts';
import { awaitsCorrection, type WayToChange } from '../posts/correcting/correctable.ts';
import { walkAfterAgreeing } from '../posts/correcting/rest-approved.ts';
import { isEndedFirst } from '../posts/leaving/its-end.ts';
import { isToLeave } from '../posts/leaving/to-go-out.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import { isKeptBack, waitsForOtherWords } from '../posts/stopping/open-hold.ts';
import { isLeftUnclear } from '../posts/telling/past.ts';
import { readPart } from '../posts/writing/plan.ts';
import { asSent, plannedPart } from '../posts/leaving/what-was-sent.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { firstWords } from '../protocol/text/cut.ts';
import { onAccount, sayList } from './names.ts';
import { buttons } from './on-cards.ts';
import { routeWords } from './route.ts';
import { changeTriedWords, publicationWords, refusedWords } from './publications.ts';
import { sayDated } from './times.ts';

/** A part of a post, and for whom it is told. */
interface Copy {
  readonly part: string;
  readonly publication: Publication;
  /** how what failed can be changed now; absent: nobody is told what to do about it */
  readonly way?: WayToChange | undefined;
  /** a moment whose day the same card has said above */
  readonly said?: Millis | undefined;
}

/**
 * @returns what one account's copy of the post is doing, where a correction that is not decided may hold it up
 */
export function copyWords(post: PostState, { part, publication, way, said }: Copy, now: Millis): string {
  if (isEndedFirst(post, part)) return 'did not go out, since its end came first';
  if (isLeftUnclear(post, part)) return 'nobody could tell whether it arrived, and it is not posted again';
  const words = publicationWords(withoutReplaced(part, publication), way, now, said);
  if (!awaitsCorrection(post))
    return isRefused(publication) && isKeptBack(post, part)
      ? `${words.replace(/\.$/u, '')}. ${heldMeanwhile}`
      : words;
  if (isRefused(publication) && publication.is === 'failed')
    return `${refusedWords(publication.reason)}. It can be tried again once the correction has been decided`;
  if (publication.is !== 'queued') return words;
  const shown = shownLater([publication]);
  if (shown !== undefined)
    return `is there already, and shown from ${sayDated(shown, now)}, but not before the correction has been decided`;
  const too = waitsForAccount(publication) ? ', and then until the account is connected again' : '';
  return `waits until the correction has been decided${too}`;
}

/** A part as it is told: a reply that comes down with what it answers is not posted again itself. */
function withoutReplaced(part: string, publication: Publication): Publication {
  if (!isReply(part) || (publication.is !== 'removing' && publication.is !== 'removed')) return publication;
  const { instead: _ofThePost, ...alone } = publication;
  return alone;
}

/** Nothing more of what was refused goes out without a decision. */
const heldMeanwhile = 'It is held: tried again, it goes out once somebody has approved it again';

/** @returns what a correction tries in vain to change where it stands, and that it is tried on */
export const triedWords = (post: PostState, part: string): string =>
  changeTriedWords(post.correction?.applied?.waits?.[part] ?? '', isChangeUnclear(post, part));

/** @returns to somebody who may agree to a correction: that what has not gone out waits for that, and what lets it go out as it is */
export function restWaitsWords(
  post: PostState,
  person: string,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { correction } = post;
  if (correction === undefined || !awaitsCorrection(post) || !isToLeave(post)) return [];
  const waits = Object.values(publicationsOf(post)).filter(({ is }) => is === 'queued');
  const when = waits.every((each) => shownLater([each]) !== undefined || waitsForAccount(each))
    ? ''
    : ' at once';
  const asItIs = `"${buttons.refuseCorrection}" lets it go out${when}, with the words as they are.`;
  const isHeld = waitsForOtherWords(post);
  const walk = walkAfterAgreeing(post, correction, person, rules, now);
  if (!isHeld && walk === undefined) return [`What has not gone out yet waits for this: ${asItIs}`];
  const once =
    walk === undefined
      ? ''
      : ` once it has been approved as well by ${routeWords(walk.stages.slice(walk.current), walk.writers, rules)}`;
  const orElse = isHeld ? `"${buttons.refuseCorrection}" has it held again.` : asItIs;
  return [`What has not gone out yet goes out with these words${once}: ${orElse}`];
}

/** @returns what to look for, where nobody can tell whether a part stands and it may say something else than the plan */
export function sentWords(post: PostState, part: string): string {
  const planned = plannedPart(post, part);
  const sent = planned === undefined ? [] : asSent(post, planned);
  if (sent.every(({ bytes }) => bytes === planned?.bytes)) return '';
  const texts = sent.map((each) => `"${firstWords(readPart(each).text, 120)}"`);
  return ` What was sent there says ${sayList(texts, 'or')}.`;
}

/** @returns what heads the words of a reply that was agreed to and may still go out */
export const replyNotOut = (account: string, rules: DeskRules): string =>
  `Not out yet, in reply to it ${onAccount(account, rules)}`;
