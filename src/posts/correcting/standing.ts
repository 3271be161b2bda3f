import { sha256 } from '../../core/json.ts';
import { hasNotLeft, hasStood, isLeft, type Publication } from '../../dispatch/publication.ts';
import { notWanted } from '../../dispatch/said.ts';
import { mayComeBack } from '../../dispatch/stop.ts';
import { accountOf, inSameThread, isOfCorrection, isOneOf, isReply, partKey } from '../../dispatch/thread.ts';
import { correctionKeptOn, correctionWaitsForAccount } from './correction-goes-on.ts';
import { isDescribedAnew, redescribed } from './descriptions.ts';
import { isChangedByHand } from '../by-hand/done-by-hand.ts';
import { tornByEnd } from '../leaving/its-end.ts';
import { downOf } from '../taking-down/over.ts';
import { isPartlyOut, publicationsOf, publicSince } from '../leaving/what-is-public.ts';
import { noClearAnswer } from '../../networks/network.ts';
import type { Correction, DeskRules, PlannedPart, PostState } from '../post.ts';
import type { Revision } from '../writing/revision.ts';
import { standsStill, leftOn } from '../taking-down/came-down.ts';

/** Which words stand where: the right ones, those from before a correction, or the beginning of a thread. */

/** The accounts on which a correction that was agreed to is made. */
export function madeOn({ applied }: Correction): readonly string[] {
  const parts = Object.entries(applied?.parts ?? {});
  const open = parts.flatMap(([part, is]) => (is === 'done' ? [] : [accountOf(part)]));
  const accounts = new Set(parts.map(([part]) => accountOf(part)));
  return [...accounts].filter((account) => !open.includes(account));
}

/** The accounts from which the post came down for a correction that is not posted there yet: nothing of it stands there. */
export function downOn(post: PostState): readonly string[] {
  const parts = Object.entries(post.correction?.applied?.parts ?? {});
  return parts.flatMap(([part, is]) => (is !== 'done' && !saysOldWords(post, part) ? [accountOf(part)] : []));
}

/**
 * What the post says in public while a correction of it is made: the right words where they stand already, and where
 * the old ones are gone.
 */
export function standingRevision(post: PostState, rules: DeskRules): Revision {
  const { revision, correction } = post;
  if (correction?.applied === undefined) return revision;
  const right = correction.revision;
  const made = madeOn(correction);
  const down = downOn(post);
  const isMade = (account: string): boolean => {
    const way = correction.ways?.[account] ?? 'edit';
    const isNew = way === 'edit' || way === 'again' || way === 'if-there';
    return down.includes(account) || (isNew && made.includes(account));
  };
  const anew = saysAnewOn(post, correction);
  const isRight = (account: string): boolean => anew.includes(account) || isMade(account);
  if (!revision.accounts.some(isRight)) return revision;
  const { text } = revision.accounts.some(isMade) ? right : revision;
  const onWebsite = revision.accounts.find((id) => rules.accounts[id]?.network === 'website');
  const { headline, summary } = onWebsite !== undefined && isRight(onWebsite) ? right : revision;
  const variants = revision.accounts.flatMap((account): [string, string][] => {
    if (!isRight(account)) return [[account, revision.variants[account] ?? revision.text]];
    const own = right.variants[account] ?? right.text;
    return own === text ? [] : [[account, own]];
  });
  const isDescribed = revision.accounts.some((id) => {
    const network = rules.accounts[id]?.network;
    const way = anew.includes(id) ? undefined : (correction.ways?.[id] ?? 'edit');
    return (
      network !== undefined &&
      isRight(id) &&
      redescribed(revision, right).some((place) => isDescribedAnew(network, way, right, place))
    );
  });
  const { media } = isDescribed ? right : revision;
  return { ...right, text, headline, summary, variants: Object.fromEntries(variants), media };
}

/** The words by which a post is known where there is no room for all: of one that is to come down, those that may stand still. */
export function knownBy(post: PostState, rules: DeskRules): string {
  const { text, variants } = standingRevision(post, rules);
  const { still = [], perhaps = [] } = downOf(post) ?? {};
  const [there = ''] = [...still, ...perhaps];
  return variants[there] ?? text;
}

/** The accounts on which nothing had left of the post when a correction was agreed to, nor may have: they get its words. */
function saysAnewOn(post: PostState, { applied }: Correction): readonly string[] {
  const { anew = [], parts = {} } = applied ?? {};
  const keys = Object.keys(publicationsOf(post));
  return [...new Set(anew.map(accountOf))].filter((account) =>
    keys
      .filter((part) => accountOf(part) === account)
      .every((part) => anew.includes(part) && parts[part] === undefined),
  );
}

/** Why a part was not put right, in what is stored of it, where somebody had been asked to change it by hand, and has not said whether they had. */
export const handUnsaid = 'hand-unsaid';

/** Whether nobody can tell, by what is stored of it, whether a part was put right. */
export const isUnclear = (reason: string): boolean => reason === noClearAnswer || reason === handUnsaid;

/** The press by which a post, or what is left of it, does not go out, by what that comes to. */
export type Dropped =
  'refuse' | 'refuseRest' | 'refuseRestAndCorrection' | 'refuseCorrection' | 'refuseAgain';

export function droppedBy(post: PostState): Dropped {
  if (downOn(post).length > 0) return 'refuseAgain';
  if (publicSince(post) !== undefined) return 'refuseCorrection';
  if (!isPartlyOut(post)) return 'refuse';
  return hasHeldCorrection(post) ? 'refuseRestAndCorrection' : 'refuseRest';
}

/** Whether what stands of a held post is still to be corrected as well, beside the rest that is to go out. */
export const hasHeldCorrection = (post: PostState): boolean =>
  post.status.is === 'held' &&
  publicSince(post) === undefined &&
  correctionKeptOn(post).some((account) =>
    Object.entries(publicationsOf(post)).some(
      ([part, each]) => accountOf(part) === account && standsStill(each),
    ),
  );

/** Whether the old words stand there still: what came down for a correction, all of it, says nothing any more. */
export function saysOldWords(post: PostState, part: string): boolean {
  const all = Object.entries(publicationsOf(post));
  const account = accountOf(part);
  // What is posted again may take the place of what came down for an earlier correction, which never did.
  const isAgain = isOfCorrection(part) && !isReply(part);
  const cameDown = all.some(
    ([key, each]) =>
      each.is === 'removed' &&
      each.instead !== undefined &&
      (isOneOf(part, [each.instead]) || (isAgain && accountOf(key) === account)),
  );
  return (
    !cameDown ||
    all.some(([key, each]) => accountOf(key) === account && !inSameThread(key, part) && standsStill(each))
  );
}

/**
 * Whether the reply that corrected a post last on an account came down for another correction, which was not made there:
 * what it answered stands, without it.
 */
export function hasLostReply(post: PostState, account: string): boolean {
  const publications = publicationsOf(post);
  const planned = 'plan' in post.status ? post.status.plan.parts : [];
  const all = planned.flatMap(({ key }) => {
    const each = publications[key];
    return accountOf(key) === account && each !== undefined && hasStood(each) ? [{ key, each }] : [];
  });
  const last = all.at(-1);
  return (
    last !== undefined &&
    isReply(last.key) &&
    last.each.is === 'removed' &&
    last.each.instead !== undefined &&
    all.some(({ each }) => standsStill(each))
  );
}

/**
 * How many posts are left of the thread that a post is on an account, where it was torn for good or until its correction
 * goes on: its last ones came down, or its end came before them.
 */
export function tornTo(post: PostState, account: string): number | undefined {
  const left = leftOn(post, account);
  if (left !== undefined) return left.stand;
  if (!tornByEnd(post).includes(account)) return undefined;
  const all = Object.entries(publicationsOf(post));
  const first = all.find(([key, each]) => accountOf(key) === account && !isReply(key) && standsStill(each));
  if (first === undefined) return undefined;
  return all.filter(([key, each]) => inSameThread(key, first[0]) && standsStill(each)).length;
}

/** Parts that the last correction was to make and did not, be it that somebody is changing them by hand. */
function missedIn(post: PostState): readonly string[] {
  const { correction, notCorrected = [] } = post;
  // Accounts answer one after the other: where the next correction is made already, the last one is missed no more.
  const made = correction === undefined ? [] : madeOn(correction);
  return notCorrected.filter(
    (part) =>
      !made.includes(accountOf(part)) &&
      // What it newly posts may have gone out later, once somebody tried it again.
      !(isOfCorrection(part) && publicationsOf(post)[part]?.is === 'published'),
  );
}

/** Whether what stands on an account does not say what the post says by now, since a correction could not be made there. */
export function isMissed(post: PostState, account: string): boolean {
  const { revision } = post;
  if (!missedIn(post).some((part) => accountOf(part) === account)) return false;
  // What a later correction was to say there is not what the post says: an earlier one has said that there.
  if (repliedOn(post, account) === nameOfWords(revision.text)) return false;
  return saysItRight(post) || revision.keeps?.includes(account) === true || isUnclearOn(post, account);
}

/**
 * Whether the post says what its last correction made of it. Of one that no account took, nothing is said anywhere: the
 * post says what it said before.
 */
export const saysItRight = ({ revision, status }: PostState): boolean =>
  'plan' in status && status.plan.revision === revision.n;

/** Whether nobody can tell which words stand on an account: the last correction may have changed them there. */
export const isUnclearOn = (post: PostState, account: string): boolean =>
  missedIn(post).some(
    (part) =>
      accountOf(part) === account &&
      !isOfCorrection(part) &&
      isUnclear(post.notCorrectedBecause?.[part] ?? ''),
  );

/** What tells words from others without saying them. */
export const nameOfWords = (text: string): string => sha256(text);

/**
 * The thread that stands last on an account, be it that only its beginning does: of the post, of a reply, or of what was
 * posted again.
 */
function lastThreadOn(post: PostState, account: string): readonly PlannedPart[] {
  const publications = publicationsOf(post);
  const planned = 'plan' in post.status ? post.status.plan.parts : [];
  const parts = planned.filter((part) => part.account === account);
  const last = parts.findLast(({ key }) => publications[key]?.is === 'published');
  return last === undefined ? [] : parts.filter(({ key }) => inSameThread(key, last.key));
}

/** Whether only the beginning of the thread that stands last on an account does. */
export function isTorn(post: PostState, account: string): boolean {
  const publications = publicationsOf(post);
  const thread = lastThreadOn(post, account);
  const stands = thread.filter(({ key }) => publications[key]?.is === 'published');
  // What of a reply had not left when another correction was agreed to is not planned any more.
  const all = Math.max(thread.length, ...thread.map(({ says }) => says?.posts ?? 0));
  return stands.length > 0 && stands.length < all;
}

/**
 * The name of the words that the newest reply on an account gives as the right ones; undefined where none stands, or only
 * its beginning. Whoever reads there knows those by it, whatever the post beside it says.
 */
export function repliedOn(post: PostState, account: string): string | undefined {
  const [first] = lastThreadOn(post, account);
  if (first === undefined || !isReply(first.key) || isTorn(post, account)) return undefined;
  if (first.says !== undefined) return first.says.words;
  // An earlier release did not keep it: the words of the post by now are those of its last correction.
  const { n, text } = post.revision;
  return isOneOf(first.key, [partKey(account, 0, `c${String(n)}`)]) ? nameOfWords(text) : undefined;
}

/** What has not gone out of threads that a correction posts, and of which the beginning stands: not what came down since. */
export function restOfCorrection(post: PostState): readonly Publication[] {
  const publications = publicationsOf(post);
  return post.revision.accounts
    .filter((account) => isTorn(post, account))
    .flatMap((account) => lastThreadOn(post, account))
    .flatMap(({ key }) => {
      const publication = publications[key];
      return isOfCorrection(key) && publication !== undefined && !hasStood(publication) ? [publication] : [];
    });
}

/**
 * What may still go out of the replies of corrections that were agreed to and are closed, thread by thread: no other
 * part of the post has their words.
 */
export function repliesNotOut(post: PostState): readonly (readonly PlannedPart[])[] {
  const { status, correction } = post;
  if (!('plan' in status) || status.is === 'taken-down' || correction?.applied !== undefined) return [];
  const publications = publicationsOf(post);
  const threads: PlannedPart[][] = [];
  for (const part of status.plan.parts) {
    const publication = publications[part.key];
    if (publication === undefined || !isReply(part.key) || !hasNotLeft(publication)) continue;
    if (publication.is === 'stopped' && !mayComeBack(publication)) continue;
    const thread = threads.find(([first]) => first !== undefined && inSameThread(first.key, part.key));
    if (thread === undefined) threads.push([part]);
    else thread.push(part);
  }
  return threads;
}

/**
 * The accounts on which something stands that does not say what the post says by now, or not all of it, and of which
 * nobody chose that it stays so. Those that the protocol does not have any more stay as they are.
 */
export function behindOn(post: PostState, rules: DeskRules): readonly string[] {
  if (post.status.is === 'taken-down') return [];
  const { ways } = post.corrected.at(-1) ?? {};
  return post.revision.accounts.filter(
    (account) =>
      rules.accounts[account] !== undefined &&
      ways?.[account] !== 'leave' &&
      !Object.keys(post.byHand ?? {}).some((part) => accountOf(part) === account) &&
      (isTorn(post, account) || isMissed(post, account)),
  );
}

/** Whether what waits to leave stands there nowhere meanwhile; a reply answers what does. */
const isNothingThere = (post: PostState, part: string): boolean =>
  !isReply(part) && publicationsOf(post)[part]?.is === 'queued';

/**
 * Whether a correction that was agreed to is still to put right what stands on an account, be it once somebody lets it go
 * on: what an earlier one could not put right there is being put right then.
 */
function isToPutRightOn(post: PostState, account: string): boolean {
  const { applied } = post.correction ?? {};
  const publications = publicationsOf(post);
  return (
    applied !== undefined &&
    applied.over !== true &&
    Object.entries(applied.parts).some(([part, is]) => {
      const publication = publications[part];
      const isNoMore =
        publication?.is === 'failed' ||
        (publication?.is === 'stopped' && !(post.status.is === 'held' && mayComeBack(publication)));
      return is === 'waiting' && accountOf(part) === account && !isNoMore;
    })
  );
}

/**
 * What still says what it said after a correction could not be made there, be it that its account has to be connected
 * first, and nobody is changing it, nor another correction: part keys.
 */
export function notPutRight(post: PostState): readonly string[] {
  // What was taken down says nothing any more.
  if (post.status.is === 'taken-down') return [];
  const failed = Object.entries(post.correction?.applied?.parts ?? {}).flatMap(([part, is]) =>
    (is === 'failed' && saysOldWords(post, part)) ||
    (correctionWaitsForAccount(post, part) && !isNothingThere(post, part))
      ? [part]
      : [],
  );
  const missed = missedIn(post).filter((part) => !isToPutRightOn(post, accountOf(part)));
  return [...new Set([...missed, ...failed])].filter((part) => !isChangedByHand(post, part));
}

/** Why a part still says what it said after a correction; undefined where nobody gave a reason. */
export function notPutRightBecause(post: PostState, part: string): string | undefined {
  const { left = [], because } = post.correction?.applied ?? {};
  return left.includes(part) ? notWanted : (because?.[part] ?? post.notCorrectedBecause?.[part]);
}

/** Whether an account refused what was to put something right there, and somebody decided to leave that so. */
export function isReplyLeft(post: PostState, part: string): boolean {
  const publication = publicationsOf(post)[part];
  return publication !== undefined && isLeft(publication);
}
