import type { Millis } from '../core/time.ts';
import type { AccountState } from '../dispatch/account.ts';
import { waitsForAccount } from '../dispatch/publication.ts';
import { accountOf, isOfCorrection, revisionOf } from '../dispatch/thread.ts';
import { awaitsCorrection } from '../posts/correcting/correctable.ts';
import { waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import { isAfterwards } from '../posts/leaving/leaving.ts';
import { notOutOn, outOn, partsNow, shouldBeOutSince, unclearOn } from '../posts/leaving/on-its-way.ts';
import { triesUntil } from '../posts/leaving/too-late.ts';
import { publicationsOf, standingOn } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { whatFailed } from './failures.ts';
import { placeName } from './on-cards.ts';
import { onAll } from './posts.ts';
import { restingWords } from './resting.ts';
import { copyWords } from './sent-anew.ts';
import { sayList } from './names.ts';
import { namedWords } from './titles.ts';
import { isSameDay, sayClock, sayDated, sayOn } from './times.ts';

/** What whoever believes that an emergency is public hears where it is not, and once it is. */

/** What the accounts say of themselves, by their ids; what nothing is known of is not in it. */
type States = ReadonlyMap<string, AccountState>;

/** @returns that an emergency should be out and is not, where and why, what becomes of it by itself, and what to do */
export function emergencyNotOutWords(post: PostState, states: States, rules: DeskRules, now: Millis): string {
  const since = wasToGoOut(post, now);
  const number = String(post.number);
  const out = outOn(post);
  const nowhere = unclearOn(post).length === 0 ? ['It is out nowhere.'] : [];
  const where = out.length === 0 ? nowhere : [`It is out ${linked(post, out, rules)}.`];
  return [
    `${whatWords(post, rules)} was to go out ${sayOn(since, now)}, and ${isNotWords(post, rules, ' yet')}.`,
    ...stillWords(post, states, since, rules, now),
    ...where,
    `Please do not wait for it: tell people another way now, if they have to know. To keep it from going out, type "hold ${number}". Type "show ${number}" to see it.`,
  ].join(' ');
}

/** @returns the same to whoever heard so, once that is otherwise: where it is out, and what has become of the rest */
export function emergencySinceWords(post: PostState, states: States, rules: DeskRules, now: Millis): string {
  const out = outOn(post);
  const is = [
    ...(out.length === 0 ? [] : [`is out now ${linked(post, out, rules)}`]),
    ...(notOutOn(post).length + unclearOn(post).length === 0 ? [] : [isNotWords(post, rules, '')]),
  ];
  return [
    `${whatWords(post, rules)} ${is.length === 0 ? 'is out nowhere' : is.join(', and ')}.`,
    ...stillWords(post, states, now, rules, now),
    `Type "show ${String(post.number)}" to see it.`,
  ].join(' ');
}

/** `is not out on X yet, and nobody can tell yet whether it is on Facebook` */
function isNotWords(post: PostState, rules: DeskRules, yet: ' yet' | ''): string {
  const [not, unclear] = [notOutOn(post), unclearOn(post)];
  return [
    ...(not.length === 0 ? [] : [`is not out ${onAll(not, rules)}${yet}`]),
    ...(unclear.length === 0 ? [] : [`nobody can tell${yet} whether it is ${onAll(unclear, rules)}`]),
  ].join(', and ');
}

/** When it was to go out: as was planned, also where it was held meanwhile; a correction, and what had no time, once it was let go. */
function wasToGoOut(post: PostState, now: Millis): Millis {
  const since = shouldBeOutSince(post) ?? now;
  return isAfterwards(post) ? since : Math.min(since, post.when?.at ?? since);
}

/** What a correction newly posts is a correction; where the post itself had not left, it is that by its new words. */
function whatWords(post: PostState, rules: DeskRules): string {
  const parts = partsNow(post);
  const isCorrection = parts.length > 0 && parts.every(isOfCorrection);
  return isCorrection ? `A correction of ${namedWords(post, rules)}` : namedWords(post, rules);
}

/** @returns `on X (https://…) and on the website (https://…)` */
export const linked = (post: PostState, accounts: readonly string[], rules: DeskRules): string =>
  sayList(
    accounts.map((account) => {
      // Of a thread where it begins, and of what was corrected the correction.
      const [first] = standingOn(post, account).toSorted((one, other) => revisionOf(other) - revisionOf(one));
      const publication = first === undefined ? undefined : publicationsOf(post)[first];
      const url = publication?.is === 'published' ? publication.remote.url : '';
      return `${onAll([account], rules)}${/^https?:/u.test(url) ? ` (${url})` : ''}`;
    }),
  );

/** What keeps it from being out: that somebody has to say something first, or what its accounts do. */
function stillWords(
  post: PostState,
  states: States,
  said: Millis,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const isLeaving = post.status.is === 'publishing' && !waitsForTheDesk(post);
  const resting = isLeaving ? [] : restingWords(post, false, rules, now);
  return resting.length > 0 ? resting : waitingWords(post, states, said, rules, now);
}

/**
 * Why accounts have not all of it, and what comes of that by itself, those with the same answer together; what follows in a
 * thread waits for what is before it.
 */
function waitingWords(
  post: PostState,
  states: States,
  said: Millis,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const all = Object.entries(publicationsOf(post));
  const keys = all.map(([part]) => part);
  const whys = new Map<string, readonly string[]>();
  for (const account of [...notOutOn(post), ...unclearOn(post)]) {
    const first = all.find(([part, { is }]) => accountOf(part) === account && is !== 'published');
    if (first === undefined) continue;
    const [part, publication] = first;
    const why =
      whyItWaits(post, part, states.get(account), { said, now }) ??
      copyWords(post, { part, publication, said }, now).replace(/\.$/u, '');
    whys.set(why, [...(whys.get(why) ?? []), placeName(part, keys, rules)]);
  }
  return [...whys].map(([why, places]) => `${sayList(places)}: ${why}.`);
}

/** Why a part that is to leave by itself does not, and until when it is tried; undefined where its card says all that there is. */
function whyItWaits(
  post: PostState,
  part: string,
  account: AccountState | undefined,
  day: Day,
): string | undefined {
  const publication = publicationsOf(post)[part];
  if (awaitsCorrection(post) || (publication?.is !== 'queued' && publication?.is !== 'sending'))
    return undefined;
  const { notTakenSince } = publication;
  const why =
    publication.is === 'queued' ? whatFailed(publication.lastReason ?? '') : 'the network has not taken it';
  const ends = triesUntil(post, part);
  const since = notTakenSince === undefined ? '' : `, since ${clock(notTakenSince, day)}`;
  if (waitsForAccount(publication)) {
    const inTime = ends === undefined ? '' : ` before ${clock(ends, day)}`;
    return `${why}${since}. It goes out by itself if the account is connected again${inTime}: type "accounts" to see how`;
  }
  const { waitUntil = 0, waitsFor } = account ?? {};
  if (waitUntil > day.now && waitsFor !== 'not-reached')
    return `the network takes nothing more from us until ${clock(waitUntil, day)}. It goes out by itself then`;
  if (notTakenSince === undefined) return undefined;
  const asks = ends === undefined ? '' : ` until ${clock(ends, day)}, and somebody is asked then`;
  return `${why}${since}. It is tried again by itself${asks}`;
}

/** What is read with a moment whose day it has said. */
interface Day {
  readonly said: Millis;
  readonly now: Millis;
}

const clock = (at: Millis, { said, now }: Day): string =>
  isSameDay(said, at) ? sayClock(at) : sayDated(at, now);
