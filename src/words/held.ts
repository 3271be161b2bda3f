import { askedNow } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { accountOf } from '../dispatch/thread.ts';
import { askedByHandOf } from '../posts/by-hand/done-by-hand.ts';
import { reviewOf } from '../posts/deciding/reviews.ts';
import { isHeldByCrier, isOverdue, isStoppedByRule } from '../posts/leaving/to-go-out.ts';
import { isPartlyOut, isPublic, publicationsOf, publicSince } from '../posts/leaving/what-is-public.ts';
import { isStoppedThere } from '../posts/leaving/leaving.ts';
import { isOpenToCorrection } from '../posts/correcting/correctable.ts';
import { droppedBy, hasHeldCorrection } from '../posts/correcting/standing.ts';
import { isApprovedOnce } from '../posts/telling/past.ts';
import type { DeskRules, Missed, PostState } from '../posts/post.ts';
import { buttons } from './on-cards.ts';
import { sayPeople } from './names.ts';
import { onAll } from './posts.ts';
import { sayOn } from './times.ts';
import { heldBy, passedWhile, standing, restingSince, type Rest } from './steps.ts';
import { restAndCorrectionWords, correctionHeldWords } from './held-correction.ts';

/** How a post rests that is held: by whom or since what, and what lets it go on. */

type Held = Extract<PostState['status'], { readonly is: 'held' }>;

/** What is said of a post beside how it rests. */
export interface Beside {
  /** what stands where, account by account, and what was found in it are listed below it, as on its card */
  readonly isListed?: boolean;
  /** who stopped what it would leave by is said above it, and what lets it go on */
  readonly isStopTold?: boolean;
}

/** @returns how a post rests that is held */
export function restHeld(post: PostState, held: Held, rules: DeskRules, now: Millis, beside: Beside): Rest {
  if (held.missed !== undefined)
    return standing(missedWords(post, held.missed, rules, now), afterMissedWords(post, now, beside));
  if (isHeldByCrier(post)) return restHeldByCrier(post, held, rules, now, beside);
  const waits = waitsForWords(post, rules, now, beside);
  if (beside.isStopTold === true && held.stop !== undefined) return standing(...waits);
  return restingSince(held.at, now, (when) => heldBy(held, when, rules), ...waits);
}

/** @returns why a post that Crier held since its time had passed has not gone out, or not there */
export function missedWords(post: PostState, missed: Missed, rules: DeskRules, now: Millis): string {
  // By a clock that was set back since.
  if (missed.at > now)
    return `It is to go out ${sayOn(missed.at, now)}. By the clock of the computer on which Crier runs that had passed already, so Crier held it.`;
  const publications = publicationsOf(post);
  const kept = Object.keys(publications).filter((part) => isKnownNotOut(post, part));
  const there =
    kept.length === Object.keys(publications).length
      ? ''
      : ` ${onAll([...new Set(kept.filter((part) => publications[part]?.is === 'stopped').map(accountOf))], rules)}`;
  return `It was to go out ${sayOn(missed.at, now)}, which passed ${passedWhile(missed, rules)}, so it has not gone out${there}.`;
}

/** Whether a part is known not to be out: whoever was asked to post it by hand may have, before they heard that it is held. */
function isKnownNotOut(post: PostState, part: string): boolean {
  const is = publicationsOf(post)[part]?.is;
  return is === 'failed' || (is === 'stopped' && askedByHandOf(post)[part] === undefined);
}

/** What lets the rest of what is public go out: in other words it has not been approved yet. */
const restReleased = (post: PostState): string =>
  isCorrectedSinceHeld(post)
    ? 'It was corrected since. The rest has the new words, and goes out once somebody approves it.'
    : 'The rest goes out once somebody approves it again.';

const isCorrectedSinceHeld = ({ status, corrected }: PostState): boolean =>
  status.is === 'held' && (corrected.at(-1)?.at ?? 0) > status.at;

/** What is said of what a rule has come to stop. */
export const inTheWay = (beside: Beside): string =>
  `${hasCome(beside)} Nobody can approve it before it is changed.`;

/** A message has nothing below it, and says itself how to see the post. */
const hasCome = ({ isListed = false }: Beside): string =>
  `Something in it has come to stand in the way${isListed ? ': see below' : ''}.`;

/** How the rest of what is public goes on which a rule stops. */
export const restCanBeCorrected =
  'Ask for a correction: once somebody has agreed, it changes what is public, and the rest can go out with its words.';

/** Who can see to it that the rest of what is public, which a rule stops, waits no longer, and how it goes on. */
function restStoppedWords(post: PostState, rules: DeskRules): string {
  const review = reviewOf(post);
  const asked = review === undefined ? [] : askedNow(review);
  const who = asked.length === 0 ? 'Nobody at present' : sayPeople(asked, rules, 'or');
  const drops = `${who} can press "${buttons[droppedBy(post)]}".`;
  if (isOpenToCorrection(post)) return `Nobody can let it go on as it is. ${restCanBeCorrected} Or ${drops}`;
  return `Nobody can let it go on as it is. ${drops} ${isPublic(post) ? 'What is public stays, and can be corrected then.' : 'To say it all the same, propose a new post with other words.'}`;
}

/** What lets it go on whose time has passed. */
function afterMissedWords(post: PostState, now: Millis, beside: Beside): string {
  if (isStoppedByRule(post)) return inTheWay(beside);
  if (isOverdue(post, now)) return 'Nothing goes out so late by itself. Choose another time, or cancel it.';
  return isPublic(post) ? restReleased(post) : 'It stays here until somebody approves it again.';
}

/** What Crier held since a rule stopped it, which may not stop it any more. */
function restHeldByCrier(
  post: PostState,
  { at, newWords }: Held,
  rules: DeskRules,
  now: Millis,
  { isListed = false }: Beside,
): Rest {
  // What it was may have been taken out of the protocol again, or put back into it.
  const isStopped = isStoppedThere(post, now, rules);
  const below = isStopped && isListed ? ' See below.' : '';
  const goesOn = isPartlyOut(post)
    ? restGoesOn(post, isStopped, rules)
    : isStopped
      ? 'It has to be changed, and sent again.'
      : 'Nothing stands in the way any more. It stays here until somebody approves it again.';
  if (newWords === true && !isStopped)
    return restingSince(
      at,
      now,
      (when) => `Held ${when}: the correction gives it new words where it is not out yet.`,
      'The rest goes out once they have been approved.',
    );
  const planned = isHeldAhead(post) ? undefined : post.when?.at;
  const inWay = `something in it ${planned === undefined && isStopped ? 'has' : 'had'} come to stand in the way.${below}`;
  // Its time may have come while Crier was not working, and it was held only then.
  if (planned !== undefined) return standing(`It was to go out ${sayOn(planned, now)}, but ${inWay}`, goesOn);
  return restingSince(at, now, (when) => `Held ${when}: ${inWay}`, goesOn);
}

/** What the rest of what is public waits for, which Crier held. */
function restGoesOn(post: PostState, isStopped: boolean, rules: DeskRules): string {
  if (!isStopped && isCorrectedSinceHeld(post)) return restReleased(post);
  return `What is out stays as it is. The rest waits until somebody decides about it. ${isStopped ? restStoppedWords(post, rules) : 'Nothing stands in its way any more.'}`;
}

/** What it waits for that somebody held. */
function waitsForWords(post: PostState, rules: DeskRules, now: Millis, beside: Beside): readonly string[] {
  const { isListed = false, isStopTold = false } = beside;
  if (isStoppedThere(post, now, rules))
    return [isPartlyOut(post) ? `${hasCome(beside)} ${restStoppedWords(post, rules)}` : inTheWay(beside)];
  if (publicSince(post) !== undefined) return isListed ? [] : [correctionHeldWords(post, rules, now)];
  if (hasHeldCorrection(post)) return [restAndCorrectionWords(post, rules)];
  if (isStopTold) return [];
  return [
    isPublic(post)
      ? restReleased(post)
      : `It stays here until somebody approves it${isApprovedOnce(post) ? ' again' : ''}.`,
  ];
}

/** Whether Crier held it before it was to leave, since the protocol has changed meanwhile, or as somebody was to post it by hand. */
export const isHeldAhead = ({ status, when, wasByHand }: PostState): boolean =>
  status.is === 'held' && ((when !== undefined && status.at < when.at) || wasByHand !== undefined);
