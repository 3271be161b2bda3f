import { awaited } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { isLeft, isReplaced, waitsForAccount, type Publication } from '../dispatch/publication.ts';
import { isUnderWay, notOnlyLater, shownLater } from '../dispatch/together.ts';
import { accountOf, isReply, type Publications, isOfCorrection } from '../dispatch/thread.ts';
import { awaitsCorrection } from '../posts/correcting/correctable.ts';
import { correctionGoesOn, isMadeNowhereYet } from '../posts/correcting/correction-goes-on.ts';
import { perhapsGoneOn } from '../posts/correcting/deletions-begun.ts';
import { waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import { endStanding } from '../posts/leaving/its-end.ts';
import { refusedAnew } from '../posts/taking-down/came-down.ts';
import { comingDown, downOf, isAllDown, isPublicNoMore, publicNoMore } from '../posts/taking-down/over.ts';
import { isStoppedByRule } from '../posts/leaving/to-go-out.ts';
import { publicationsOf, publicSince } from '../posts/leaving/what-is-public.ts';
import { hasLostDepartment, lacksDepartment } from '../posts/deciding/may.ts';
import type { DeskRules, PostState, Status } from '../posts/post.ts';
import { isMissLeft, wrongThere } from '../posts/correcting/refused-there.ts';
import {
  hasHeldCorrection,
  isUnclear,
  notPutRightBecause,
  restOfCorrection,
  saysItRight,
} from '../posts/correcting/standing.ts';
import { nameOf } from './names.ts';
import { sayDated, sayEnd, sayOn } from './times.ts';
import { onAll } from './posts.ts';

/** Where a post stands, in the one line that its cards, the lists and the refusals share. */

/**
 * @param reader whoever reads it, where they are not named to themselves
 * @returns where the post stands, as a card's second line says it to somebody who is not asked for anything
 */
export function stateWords(post: PostState, rules: DeskRules, now: Millis, reader?: string): string {
  const { status } = post;
  if (waitsForTheDesk(post)) return `Waits for ${rules.desk.name}`;
  switch (status.is) {
    case 'draft':
      return lacksDepartment(post, rules) ? 'Draft. Which department is it for?' : 'Draft';
    case 'sent-back':
      return `Sent back by ${toReader(status.by, reader, rules)}`;
    case 'in-review':
      if (hasLostDepartment(post, rules)) return 'Needs another department';
      if (isStoppedByRule(post)) return 'Has to be changed before it can go out';
      return `Waiting for: ${awaited(status.review)?.name ?? rules.desk.name}`;
    case 'approved':
      return 'Approved';
    case 'scheduled':
      return `Approved, goes out ${sayOn(status.for.at, now)}`;
    case 'publishing': {
      // What is to get other words first is asked of nobody.
      if (waitsForHands(status.publications))
        return awaitsCorrection(post)
          ? waitingForCorrection(status.publications, now)
          : `${waitingForHands(status.publications)}${endsWords(post, now)}`;
      const since = publicSince(post);
      if (since !== undefined && hasMissed(status.publications)) {
        const { out, all } = accountsOut(status.publications);
        return `Published on ${String(out)} of ${String(all)}${correctionWords(post, rules)}`;
      }
      if (since !== undefined)
        return `Published ${sayOn(since, now)}${endsWords(post, now, since)}${correctionWords(post, rules)}`;
      if (awaitsCorrection(post)) return waitingForCorrection(status.publications, now);
      return goingWords(post, status.publications, rules, now);
    }
    case 'published':
      return `Published ${sayOn(status.at, now)}${endsWords(post, now, status.at)}${correctionWords(post, rules)}`;
    case 'partly-published': {
      if (isPublicNoMore(post)) return 'Not public any more';
      const { out, all } = accountsOut(status.publications);
      return out === all
        ? `Published ${sayOn(status.at, now)}${correctionWords(post, rules)}`
        : `Published on ${String(out)} of ${String(all)}${correctionWords(post, rules)}`;
    }
    case 'failed': {
      const anew = refusedAnew(post);
      if (anew === undefined) return 'Could not be published';
      const waits = awaitsCorrection(post) ? ' · a correction waits' : '';
      return `Published ${sayOn(status.at, now)}, deleted ${sayOn(anew.at, now, status.at)} to be posted again, which failed${waits}`;
    }
    case 'not-to-be-published':
      return 'Not to be published';
    case 'cancelled':
      return 'Cancelled';
    case 'expired':
      if (status.because === 'nobody-decided') return 'Nobody decided in time';
      return post.revision.until === undefined ? 'Not published anywhere' : 'It ended before it went out';
    case 'held':
      return heldWords(post, status.by === 'crier' ? 'Crier' : toReader(status.by, reader, rules), now);
    case 'taken-down':
      return downWords(post, rules);
  }
}

const toReader = (person: string, reader: string | undefined, rules: DeskRules): string =>
  person === reader ? 'you' : nameOf(person, rules);

/** How far it has come down: what stands still in public is never said to be gone. */
function downWords(post: PostState, rules: DeskRules): string {
  const { down = [], still = [], perhaps = [], isStuck = false } = downOf(post) ?? {};
  if (isAllDown(post)) return 'Taken down';
  const rest = stillWords({ still, perhaps }, rules);
  if (down.length > 0) {
    const all = down.length + still.length + perhaps.length;
    return `Taken down on ${String(down.length)} of ${String(all)}; ${rest}`;
  }
  return still.length > 0 && isStuck ? `Not taken down: ${rest}` : `Being taken down: ${rest}`;
}

/** @returns `still on Facebook and Nextdoor`, and where it may stand */
export function stillWords(
  { still, perhaps }: { readonly still: readonly string[]; readonly perhaps: readonly string[] },
  rules: DeskRules,
): string {
  if (still.length === 0) return `perhaps still ${onAll(perhaps, rules)}`;
  const there = `still ${onAll(still, rules)}`;
  return perhaps.length === 0 ? there : `${there}, perhaps ${onAll(perhaps, rules)}`;
}

/** Whether nothing more is under way but what somebody is asked to post by hand. */
const waitsForHands = (publications: Publications): boolean => !isUnderWay(Object.values(publications));

/** What goes out for the first time, and where it stands already. */
function goingWords(post: PostState, publications: Publications, rules: DeskRules, now: Millis): string {
  const { out, all } = accountsOut(publications);
  // There is no rest: what is under way is a correction of it.
  if (out === all) return `Published on ${String(out)} of ${String(all)}${correctionWords(post, rules)}`;
  const { alone, rest } = restWords(publications, now);
  return out === 0 ? alone : `Published on ${String(out)} of ${String(all)}. ${rest}`;
}

/** What the rest waits for, where it stands somewhere already and where nothing does. */
function restWords(
  publications: Publications,
  now: Millis,
): { readonly alone: string; readonly rest: string } {
  const all = Object.values(publications);
  const later = isUnderWay(notOnlyLater(all)) ? undefined : shownLater(all);
  if (later !== undefined) {
    const from = `shown from ${sayDated(later, now)}`;
    return { alone: `Approved, ${from}`, rest: `More is ${from}` };
  }
  return waitsForAccounts(publications)
    ? {
        alone: 'Waits until an account is connected again',
        rest: 'The rest waits until an account is connected again',
      }
    : { alone: 'Going out now', rest: 'The rest is on its way' };
}

/** Where it stands already, and that the rest waits for what somebody decides on other words. */
function waitingForCorrection(publications: Publications, now: Millis): string {
  const { out, all } = accountsOut(publications);
  const later = shownLater(Object.values(publications));
  const rest =
    later === undefined
      ? 'The rest waits until the correction has been decided'
      : `More is shown from ${sayDated(later, now)}, but not before the correction has been decided`;
  return `Published on ${String(out)} of ${String(all)}. ${rest}`;
}

function waitingForHands(publications: Publications): string {
  const { out, all } = accountsOut(publications);
  return out === 0
    ? 'Waits for somebody to post it by hand'
    : `Published on ${String(out)} of ${String(all)}. The rest is posted by hand`;
}

/** What is held: a correction of what is public, what is not out of a post yet, or all of it. */
function heldWords(post: PostState, by: string, now: Millis): string {
  const since = publicSince(post);
  if (since !== undefined) return `Published ${sayOn(since, now)} · its correction is held by ${by}`;
  const { out, all } = accountsOut(publicationsOf(post));
  return out === 0
    ? `Held by ${by}`
    : `Published on ${String(out)} of ${String(all)} · the rest${hasHeldCorrection(post) ? ' and a correction are' : ' is'} held by ${by}`;
}

/** Whether something of the post itself did not go out, whatever is under way of its correction. */
const hasMissed = (publications: Publications): boolean =>
  Object.entries(publications).some(
    ([part, { is }]) => !isOfCorrection(part) && (is === 'failed' || is === 'stopped'),
  );

/** On how many accounts all that they were to get is out. */
function accountsOut(publications: Publications): { readonly out: number; readonly all: number } {
  const accounts = [...new Set(Object.keys(publications).map(accountOf))];
  return {
    out: accounts.filter((account) => isOutOn(account, publications)).length,
    all: accounts.length,
  };
}

/** Whether nothing more is under way but what waits for an account that the network refuses. */
export function waitsForAccounts(publications: Readonly<Record<string, Publication>>): boolean {
  const under = Object.values(publications).filter(({ is }) => is === 'queued' || is === 'sending');
  return under.length > 0 && under.every(waitsForAccount);
}

/** The state as one or two words, for messages such as `This post is … already`. */
export function stateName(state: string): string {
  if (state === 'decided') return 'decided';
  if (state === publicNoMore) return 'not public any more';
  if (state === comingDown) return 'being taken down, and is not down everywhere yet';
  const names: Readonly<Record<Status['is'], string>> = {
    draft: 'still a draft',
    'sent-back': 'sent back to its author',
    'in-review': 'with somebody for a decision',
    approved: 'approved',
    scheduled: 'approved and waiting for its time',
    publishing: 'on its way out',
    published: 'published',
    'partly-published': 'published on some accounts',
    failed: 'not published, because the accounts refused it',
    'not-to-be-published': 'decided not to be published',
    cancelled: 'cancelled',
    expired: 'out of time',
    held: 'held',
    'taken-down': 'taken down',
  };
  return isStatus(state, names) ? names[state] : 'in another state';
}

function isStatus(state: string, names: Readonly<Record<Status['is'], string>>): state is Status['is'] {
  return Object.hasOwn(names, state);
}

/** Whether everything that an account was to get is out, every post of a thread; its correction is told apart. */
function isOutOn(account: string, publications: Publications): boolean {
  return Object.entries(publications).every(
    ([part, publication]) =>
      accountOf(part) !== account || isReply(part) || isReplaced(publication) || isOut(publication),
  );
}

/** Whether the public has seen it, though it may be gone since. */
export function isOut(publication: Publication): boolean {
  return publication.is === 'published' || publication.is === 'removing' || publication.is === 'removed';
}

/** @param said when it was published, where the same line has said it */
function endsWords(post: PostState, now: Millis, said?: Millis): string {
  const until = endStanding(post);
  if (until === undefined) return '';
  return ` · ${until.at <= now ? 'ended' : 'ends'} ${sayEnd(until.at, now, said)}`;
}

function correctionWords(post: PostState, rules: DeskRules): string {
  const perhapsGone = perhapsGoneOn(post);
  if (perhapsGone.length > 0) return ` · perhaps deleted ${onAll(perhapsGone, rules)}`;
  if (post.correction === undefined) {
    // It counts as made with the beginning of a thread: the rest may wait, or not go out.
    const rest = restOfCorrection(post).filter((each) => !isLeft(each));
    if (rest.some(({ is }) => is !== 'failed' && is !== 'stopped')) return ' · being corrected';
    return rest.length > 0 ? notOut(' everywhere') : missedWords(post, rules);
  }
  if (post.correction.applied === undefined) return ' · a correction waits';
  switch (correctionGoesOn(post)) {
    case 'no-more':
      if (isMissLeft(post)) return '';
      return notOut(isMadeNowhereYet(post) ? '' : ' everywhere');
    case 'over':
      return ' · its correction does not go on';
    default:
      return ' · being corrected';
  }
}

const notOut = (where: '' | ' everywhere'): string => ` · its correction did not go out${where}`;

/** That the wrong words stand somewhere, since the last correction was not made there, and nobody has left that so. */
function missedWords(post: PostState, rules: DeskRules): string {
  const wrong = wrongThere(post, rules);
  if (wrong.length === 0) return '';
  if (wrong.every((part) => isUnclear(notPutRightBecause(post, part) ?? '')))
    return ' · its correction may not have gone out everywhere';
  return notOut(saysItRight(post) ? ' everywhere' : '');
}

/** @returns one line for a notification or a list: number, department, state */
export function summaryWords(post: PostState, rules: DeskRules, now: Millis): string {
  return `#${String(post.number)}: ${stateWords(post, rules, now)}`;
}
