import { minutes, type Millis } from '../core/time.ts';
import { outAt } from '../dispatch/publication.ts';
import { shownLater } from '../dispatch/together.ts';
import { accountOf, isOfCorrection, isReply, partBeforeMissing } from '../dispatch/thread.ts';
import { madeAt } from '../posts/correcting/applied.ts';
import { endedFirst, endOf, endStanding } from '../posts/leaving/its-end.ts';
import { publicationsOf, publicSince } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { leftSaidOnce, nameOf, onAccount, sentence } from './names.ts';
import { onAll } from './posts.ts';
import { whatFailed } from './failures.ts';
import { isOut } from './state.ts';
import { isSameDay, sayOn } from './times.ts';
import { saidLast, toldOf, type Happened, type Told } from './steps.ts';
import { refusedBeforeWords, takenBackWords } from './came-to-nothing.ts';
import { restOf } from './resting.ts';
import { copyWords } from './sent-anew.ts';
import { correctedWords } from './corrected.ts';
import { openCorrectionWords } from './corrections.ts';
import { madeNowhereWords, refusedReplies } from './made-nowhere.ts';
import { notPublishedWords } from './not-published.ts';
import { notPutRightOn, notPutRightWords, type MayPutRight } from './not-put-right.ts';
import { writtenWords } from './notes.ts';
import { erasedWords } from './erased.ts';

/** What a card says of a post: what it is about now, and what stands behind a press where that is `folded`. */
export interface Story {
  readonly latest: readonly string[];
  readonly told: readonly string[];
}

/** How a card tells of a post: whole, or folded below a head that may have named a day. */
export type Telling = 'whole' | { readonly headed: Millis | undefined };

/**
 * @returns a moment of the one day that the card of a post has named before it comes to its accounts; undefined where
 *   it has named several or none, so that a clock alone could be of any of them
 */
export function dayOnCard(
  post: PostState,
  telling: Telling,
  rules: DeskRules,
  now: Millis,
): Millis | undefined {
  if (telling !== 'whole') {
    const latest = restOf(post, false, rules, now).happened.map(({ at }) => at);
    const named = telling.headed === undefined ? latest : [telling.headed, ...latest];
    const [first] = named;
    return first !== undefined && named.every((at) => isSameDay(at, first)) ? first : undefined;
  }
  const { status, corrected, madeNowhere = [] } = post;
  const last = saidLast(post);
  const until = endedFirst(post).length === 0 ? undefined : endOf(post);
  const named = [
    publicSince(post) ?? last,
    ...(status.is === 'published' || status.is === 'partly-published' ? [status.at] : []),
    ...corrected.flatMap((each) => [
      each.at,
      madeAt(each),
      ...Object.values(each.madeOn ?? {}),
      ...(each.letGo === undefined ? [] : [each.letGo.at]),
    ]),
    ...madeNowhere.flatMap(({ askedAt, review }) => [askedAt, ...review.decisions.map(({ at }) => at)]),
    ...(status.is === 'taken-down' ? [status.takenDownAt] : []),
    ...(until === undefined ? [] : [until.at]),
  ];
  return named.every((at) => isSameDay(at, last)) ? last : undefined;
}

/** What happened, in its order; a day is said once, be it before. */
function inOrder(happened: readonly Happened[], said: Millis = 0): readonly string[] {
  const lines: string[] = [];
  let before: Happened | undefined;
  for (const each of happened.toSorted((one, other) => one.at - other.at)) {
    const words = sentence(each.words(before?.at ?? said));
    if (each.goesOn === true && before?.goesOn === true) lines.push(`${lines.pop() ?? ''} ${words}`);
    else lines.push(words);
    before = each;
  }
  return lines;
}

/** Who proposed it and what was done with it. */
function stepsAsTold(
  post: PostState,
  told: readonly Told[],
  rules: DeskRules,
  now: Millis,
): readonly Happened[] {
  return [
    {
      at: post.createdAt,
      words: () => `Proposed ${sayOn(post.createdAt, now)} by ${nameOf(post.author, rules)}.`,
      goesOn: true,
    },
    ...told.map(({ step, sentence }): Happened => ({
      at: step.at,
      words: (said) => sentence(rules, sayOn(step.at, now, said)),
      goesOn: true,
    })),
  ];
}

/**
 * @param isStopTold whether the card says above it who stopped what it would leave by
 * @returns what the card of a post says of it: what has happened in its order, what was corrected, how it rests
 */
export function storyOnCard(
  post: PostState,
  may: MayPutRight,
  telling: Telling,
  rules: DeskRules,
  now: Millis,
  isStopTold: boolean,
): Story {
  const rest = restOf(post, may.write, rules, now, { isListed: true, isStopTold });
  const before = [
    ...stepsAsTold(post, toldOf(post), rules, now),
    ...madeNowhereWords(post, rules, now),
    ...correctedWords(post, rules, now),
    ...refusedBeforeWords(post, rules, now),
    ...takenBackWords(post, 'before', rules, now),
  ];
  // What is listed says so in the list of its accounts.
  const listed = publicationsOf(post);
  const elsewhere = notPutRightOn(post, may, rules).filter(({ part }) => listed[part] === undefined);
  const stands = [...elsewhere.map(({ name, words }) => `${name} ${words}`), ...rest.stands];
  if (telling === 'whole')
    return { latest: leftSaidOnce([...inOrder([...before, ...rest.happened]), ...stands], rules), told: [] };
  const latest = [...inOrder(rest.happened, telling.headed), ...stands];
  const lines = leftSaidOnce([...latest, ...inOrder(before)], rules);
  return { latest: lines.slice(0, latest.length), told: lines.slice(latest.length) };
}

/** @returns all that has happened to a post up to now, to its end, with what was written of it: a line each */
export function storyWords(
  post: PostState,
  may: MayPutRight,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const until = endStanding(post);
  const isStanding = post.status.is === 'published' || post.status.is === 'partly-published';
  const told = toldOf(post, true);
  const rest = restOf(post, may.write, rules, now);
  const lines = [
    ...inOrder([
      ...stepsAsTold(post, told, rules, now),
      ...outOf(post, told, rules, now),
      ...madeNowhereWords(post, rules, now),
      ...correctedWords(post, rules, now),
      ...openCorrectionWords(post, rules, now),
      ...refusedReplies(post, rules),
      ...postedAgainWords(post, rules, now),
      ...notPublishedWords(post, rules, now),
      ...refusedBeforeWords(post, rules, now),
      ...takenBackWords(post, 'before', rules, now),
      ...(isStanding && until !== undefined && until.at <= now && endedFirst(post).length === 0
        ? [{ at: until.at, words: () => `Its end came ${sayOn(until.at, now)}.` }]
        : []),
      ...rest.happened,
    ]),
    ...laterWords(post, rules, now),
    ...notPutRightWords(post, may, rules),
    ...rest.stands,
    ...writtenWords(post, rules),
    ...erasedWords(post, now),
  ];
  return leftSaidOnce(lines, rules);
}

/** When and where it came out, whatever became of it afterwards; who posted it by hand is told apart. */
function outOf(post: PostState, told: readonly Told[], rules: DeskRules, now: Millis): readonly Happened[] {
  const isToldApart = (part: string): boolean =>
    told.some(
      ({ step }) => step.did === 'by-hand' && step.what === 'post' && step.done && step.part === part,
    );
  const out = Object.entries(publicationsOf(post)).filter(
    ([part, publication]) => isOut(publication) && !isOfCorrection(part) && !isToldApart(part),
  );
  if (out.length === 0) return [];
  const approved = told.findLast(({ step }) => step.did === 'approved')?.step.at ?? post.createdAt;
  const where = (some: typeof accounts): string =>
    onAll([...new Set(some.map(({ account }) => account))], rules);
  const tried = told.flatMap(({ step }) => (step.did === 'tried-again' ? step.parts : []));
  const accounts = out.map(([part, publication]) => ({
    account: accountOf(part),
    at: outAt(publication),
    isTried: tried.includes(part),
  }));
  const times = accounts.flatMap(({ at }) => at ?? []);
  if (times.length === 0) return [{ at: approved, words: () => `Published ${where(accounts)}.` }];
  const first = Math.min(...times);
  // What came much later than the others, shown at a time of its own or sent once more, is told with its own time.
  const isLate = ({ at, isTried }: (typeof accounts)[number]): boolean =>
    at !== undefined && at > first && (isTried || at > first + together);
  const late = accounts.flatMap((each) => (isLate(each) ? (each.at ?? []) : []));
  const early = accounts.filter((each) => !isLate(each));
  return [
    { at: first, words: (said) => `Published ${sayOn(first, now, said)} ${where(early)}.` },
    ...[...new Set(late)].map((at) => ({
      at,
      words: (said: Millis) =>
        `Published ${sayOn(at, now, said)} ${where(accounts.filter((each) => each.at === at && isLate(each)))}.`,
    })),
  ];
}

/** Where and when it was deleted to be posted again, and what came of that, account by account. */
function postedAgainWords(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  const all = Object.entries(publicationsOf(post)).filter(([part]) => !isReply(part));
  const once = new Map<string, Happened>();
  const tell = (at: Millis, what: (when: string) => string): void => {
    const words = (said: Millis): string => what(sayOn(at, now, said));
    // The posts of a thread go, and come, together.
    once.set(words(0), { at, words });
  };
  for (const [part, publication] of all) {
    const on = onAccount(accountOf(part), rules);
    if (publication.is === 'removed' && publication.instead !== undefined)
      tell(publication.at, (when) => `Deleted ${when} ${on}, to be posted again in other words.`);
    if (!isOfCorrection(part)) continue;
    const at = outAt(publication);
    if (at !== undefined) tell(at, (when) => `Posted again ${when} ${on}.`);
    if (publication.is === 'failed' && publication.reason !== partBeforeMissing) {
      const { reason } = publication;
      tell(publication.at, (when) => `Not posted again ${when} ${on}: ${whatFailed(reason)}.`);
    }
  }
  return [...once.values()];
}

/** What goes out within so long of each other is told as one. */
const together = minutes(2);

/** What is on its account already and shown later. */
function laterWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  return Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
    shownLater([publication]) === undefined
      ? []
      : [`${sentence(onAccount(accountOf(part), rules))} it ${copyWords(post, { part, publication }, now)}.`],
  );
}
