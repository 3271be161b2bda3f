import { askedNow, type Review } from '../approval/review.ts';
import { mayTurnUp } from '../dispatch/publication.ts';
import { canEdit, type Way } from '../dispatch/put-right.ts';
import type { Millis } from '../core/time.ts';
import { accountOf, isOneOf } from '../dispatch/thread.ts';
import { isStoppedNow } from '../posts/correcting/correction-findings.ts';
import { cardLeftBehind } from '../posts/correcting/cards-kept.ts';
import { againKey, replyKey } from '../posts/correcting/correction-plan.ts';
import { beingChanged } from '../posts/correcting/changes-in-place.ts';
import {
  correctionGoesOn,
  correctionGoingOn,
  correctionKeptOn,
  isMadeNowhereYet,
} from '../posts/correcting/correction-goes-on.ts';
import { deletionBegunOn } from '../posts/correcting/deletions-begun.ts';
import { isDescribedAnew, isReadOn, redescribed } from '../posts/correcting/descriptions.ts';
import { endLeftBy } from '../posts/writing/end-in-words.ts';
import { newEndPassed } from '../posts/leaving/its-end.ts';
import { isLeftAlone } from '../posts/leaving/for-rehearsal.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import { handsOf } from '../posts/deciding/may.ts';
import { isMissed, isUnclearOn, madeOn } from '../posts/correcting/standing.ts';
import { bringsBack } from '../posts/taking-down/came-down.ts';
import { readPart } from '../posts/writing/plan.ts';
import type { Correction, DeskRules, PostState } from '../posts/post.ts';
import type { Revision } from '../posts/writing/revision.ts';
import { cutAtWord, onOneLine } from '../protocol/text/cut.ts';
import { awaitedForCorrection } from './asked.ts';
import { headingsCorrected } from './corrected-headings.ts';
import { accountName, nameOf, sayList, sayPeople, sentence } from './names.ts';
import { count, endUnnamedWords, namesEndWords, onAll } from './posts.ts';
import { sayEnd, sayOn } from './times.ts';
import { outOfReachWords } from './turned.ts';

/** How a correction that was agreed to goes on. */
function goingOn(post: PostState, rules: DeskRules): string {
  switch (correctionGoesOn(post)) {
    case 'by-itself':
      return 'It is on its way.';
    case 'by-hand':
      return changingByHand(post, rules).join(' ');
    case 'for-account':
      return 'What is left of it waits until its account is connected again.';
    case 'held':
      return keptWords(post, 'is held until somebody lets it go on', rules);
    case 'for-desk':
      return keptWords(post, `waits for ${rules.desk.name}`, rules);
    case 'over':
      return [
        'It was decided that it does not go on.',
        ...underWayWords(correctionGoingOn(post), rules),
      ].join(' ');
    case 'no-more':
      return isMadeNowhereYet(post) ? 'It did not go out.' : 'It did not go out everywhere.';
  }
}

/** What of a correction is not made before somebody has said so, and what was on its way already. */
function keptWords(post: PostState, waits: string, rules: DeskRules): string {
  const kept = correctionKeptOn(post);
  return [
    kept.length === 0 ? `It ${waits}.` : `${sentence(onAll(kept, rules))} it ${waits}.`,
    ...underWayWords([...new Set(beingChanged(post).map(accountOf))], rules),
  ].join(' ');
}

/** What was being corrected at that moment, and cannot be called back. */
const underWayWords = (accounts: readonly string[], rules: DeskRules): readonly string[] =>
  accounts.length === 0
    ? []
    : [
        `${sentence(onAll(accounts, rules))} it was being made at that moment: this card says what comes of that.`,
      ];

/** Who is still to change by hand what a correction says. */
export const changingByHand = (post: PostState, rules: DeskRules): readonly string[] =>
  Object.entries(post.byHand ?? {}).flatMap(([part, { what, people }]) =>
    what === 'change'
      ? [
          `${accountName(accountOf(part), rules)} still waits for ${sayPeople(people, rules, 'or')} to change it by hand.`,
        ]
      : [],
  );

/** @returns who asked for a correction and when; how it is made; who is asked about it, or that it is on its way */
export function correctionWords(
  post: PostState,
  correction: Correction,
  rules: DeskRules,
  now: Millis,
): {
  readonly title: string;
  readonly ways: readonly string[];
  /** who has agreed so far, but for whoever agreed last where it is on its way */
  readonly agreed: readonly Happened[];
  readonly lines: readonly string[];
  /** the same where what stands where is listed with it, account by account */
  readonly besideList: readonly string[];
} {
  const { applied, at } = correction;
  const awaits = applied === undefined ? awaitedOn(post, correction, rules, now) : [];
  const did =
    applied === undefined ? '' : `${nameOf(applied.by, rules)} agreed ${sayOn(applied.at, now, at)}.`;
  return {
    title: askedTitle(correction, rules, now),
    ways: [
      ...headingsCorrected(post.revision, correction.revision, rules),
      ...endWords(post.revision, correction.revision, applied !== undefined, now),
      ...endLeftWords(post.revision, correction, rules, now),
      ...Object.entries(correction.ways ?? {}).flatMap(([account, way]) =>
        howWords(account, way, post, correction, rules),
      ),
    ],
    agreed: agreedWords(correction.review, rules, now).filter((each) => each.at !== applied?.at),
    lines: applied === undefined ? awaits : [`${did} ${goingOn(post, rules)}${madeWords(correction, rules)}`],
    besideList:
      applied === undefined
        ? awaits
        : [correctionGoesOn(post) === 'by-itself' ? `${did} It is on its way.` : did],
  };
}

/** Who is awaited for a correction that somebody asked for, or why nobody can agree to it. */
function awaitedOn(
  post: PostState,
  correction: Correction,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  if (post.status.is === 'held') return ['It waits until somebody has decided what is held.'];
  if (isStoppedNow(post, correction, now, rules))
    return [
      'Nobody can agree to it as it is: something in it has come to stand in the way. It stands under "Before it can go".',
      ...anewWords(correction, rules),
    ];
  return newEndPassed(post, now) === undefined
    ? awaitedForCorrection(post, correction.review, rules, now)
    : ['Its new end has passed, so nobody can agree to it.', ...anewWords(correction, rules)];
}

/** What its writer and whoever is asked can do about a correction to which nobody can agree any more. */
const anewWords = ({ by, review }: Correction, rules: DeskRules): readonly string[] => [
  `${nameOf(by, rules)} can take the request back, or ${sayPeople(askedNow(review), rules, 'or')} can say no. Then it can be asked for anew.`,
];

/** Where a correction stands already, while it does not everywhere. */
function madeWords(correction: Correction, rules: DeskRules): string {
  const made = madeOn(correction);
  return made.length === 0 ? '' : ` It stands ${onAll(made, rules)} already.`;
}

/** @returns who agreed to a correction, each in their turn */
export const agreementsTo = ({ decisions, hash }: Review): Review['decisions'] =>
  decisions.filter((decision) => decision.hash === hash);

/** @returns who agreed to a correction, a sentence each */
export const agreedWords = (review: Review, rules: DeskRules, now: Millis): readonly Happened[] =>
  agreementsTo(review).map(({ by, at }) => ({
    at,
    words: () => `${nameOf(by, rules)} agreed ${sayOn(at, now, review.sentAt)}.`,
  }));

/** Something of a correction that happened, with its full date. */
interface Happened {
  readonly at: Millis;
  readonly words: () => string;
}

const askedTitle = ({ by, at }: Pick<Correction, 'by' | 'at'>, rules: DeskRules, now: Millis): string =>
  `${nameOf(by, rules)} asked ${sayOn(at, now)} for a correction`;

/** @returns who asked for a correction, when, and what was wrong */
export const askedForWords = (
  asked: Pick<Correction, 'by' | 'at' | 'what'>,
  rules: DeskRules,
  now: Millis,
): string => `${askedTitle(asked, rules, now)}${asked.what === '' ? '.' : `: ${asked.what}`}`;

/** @returns who asked for a correction that is not through yet, what was wrong, and who decides it or has */
export function openCorrectionWords(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  const { correction, correctionOver: over } = post;
  if (over !== undefined) return [{ at: over.at, words: () => askedForWords(over, rules, now) }];
  if (correction === undefined) return [];
  const { agreed, lines } = correctionWords(post, correction, rules, now);
  return [
    { at: correction.at, words: () => askedForWords(correction, rules, now) },
    ...agreed,
    ...lines.map((line) => ({ at: correction.applied?.at ?? Infinity, words: () => line })),
  ];
}

/** What becomes of the end, which the website tells. */
function endWords(
  { until: before }: Revision,
  { until }: Revision,
  isAgreed: boolean,
  now: Millis,
): readonly string[] {
  if (before?.at === until?.at) return [];
  if (until === undefined)
    return before === undefined ? [] : [`It does not end any more. It was to end ${sayEnd(before.at, now)}.`];
  const not =
    before === undefined ? 'It had no end.' : `Before, that was ${sayEnd(before.at, now, until.at)}.`;
  const ends = until.at > now ? 'It ends' : isAgreed ? 'It ended' : 'It was to end';
  return [`${ends} ${sayEnd(until.at, now)}. ${not}`];
}

/** What its words and its end leave apart. */
function endLeftWords(
  before: Revision,
  { revision, at }: Correction,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { until } = revision;
  const left = endLeftBy(before, revision, at, rules);
  if (left === undefined || until === undefined) return [];
  return left.is === 'another'
    ? [`${namesEndWords(left.end, rules, now)}, and the post ends ${sayEnd(until.at, now)}.`]
    : [endUnnamedWords(until.at, now)];
}

/** Whether it is known by now what became of it on an account: the card says that with the account itself. */
const standsNow = (post: PostState, account: string): boolean =>
  Object.entries(publicationsOf(post)).every(
    ([part, publication]) => accountOf(part) !== account || !mayTurnUp(publication),
  );

/** Whether a deletion that makes room for other words has been tried on an account, or done. */
const hasBegunToGo = (post: PostState, account: string): boolean =>
  deletionBegunOn(post).includes(account) ||
  Object.entries(publicationsOf(post)).some(
    ([part, each]) => accountOf(part) === account && each.is === 'removed' && each.instead !== undefined,
  );

/** How one account is put right, where that is not simply by changing the words that were the same everywhere. */
function howWords(
  account: string,
  way: Way,
  post: PostState,
  correction: Correction,
  rules: DeskRules,
): readonly string[] {
  const { plan, revision, what, reply: answer, applied } = correction;
  const name = accountName(account, rules);
  const { variants, keeps = [] } = post.revision;
  const isKept = keeps.includes(account) && revision.keeps?.includes(account) !== true;
  const own = !isKept && variants[account] !== undefined && revision.variants[account] === undefined;
  const network = rules.accounts[account]?.network;
  const isDescribedAsBefore = redescribed(post.revision, revision).some(
    (place) =>
      network !== undefined &&
      isReadOn(network, revision, place) &&
      !isDescribedAnew(network, way, revision, place),
  );
  const instead = own ? ', with the corrected text in place of its own' : '';
  // Once it has been agreed to, what could not be put right is said by itself.
  if (rules.accounts[account] === undefined)
    return applied === undefined && way !== 'if-there'
      ? [`${name}: the account is not in the protocol any more, so what stands there keeps its words.`]
      : [];
  const outcomes = Object.entries(applied?.parts ?? {}).flatMap(([part, is]) =>
    accountOf(part) === account ? [is] : [],
  );
  if (outcomes.includes('failed')) return [];
  const isToCome = applied === undefined || (outcomes.includes('waiting') && !hasBegunToGo(post, account));
  if (isToCome && way !== 'if-there' && isLeftAlone(post, account, rules))
    return [outOfReachWords(account, rules)];
  switch (way) {
    case 'edit': {
      const people = handsOf(post, account, rules);
      const somebody = people.length === 0 ? rules.desk.name : sayPeople(people, rules, 'or');
      // Once it has been agreed to, who is asked stands with the account itself.
      if (rules.accounts[account]?.network === 'by-hand')
        return applied === undefined
          ? [`${name}: ${somebody} has to change it there by hand${instead}.`]
          : [];
      if (post.revision.text === revision.text && isMissed(post, account))
        return [
          `${name}: ${isUnclearOn(post, account) ? 'nobody can tell which words it has' : 'still says what it said'}, and gets the corrected text.`,
        ];
      return [
        ...(own ? [`${name}: gets the corrected text in place of its own.`] : []),
        ...(isDescribedAsBefore ? [`${name}: what it is said to show stays there as it is.`] : []),
        ...cardLeftWords(account, post, correction, rules),
      ];
    }
    case 'reply': {
      const replies = plan.parts
        .filter(({ key, bytes }) => bytes !== '' && isOneOf(key, [replyKey(account, plan.revision)]))
        .map((part) => readPart(part).text);
      if (replies.length === 0) return [];
      const those = replies.length === 1 ? 'this reply' : `these ${count(replies.length)} replies`;
      const said = sayList(replies.map((text) => `"${onOneLine(text)}"`));
      // An earlier release did not keep what was to be answered.
      const isBare = answer === correctionReply(what);
      const short = isBare ? ' The corrected text is left out, since there is not enough room for it.' : '';
      return [`${name}: the post stays, with ${those}: ${said}${short}`];
    }
    case 'again': {
      // What has come of the deletion stands with the account itself.
      if (applied !== undefined && hasBegunToGo(post, account)) return [];
      const posts = plan.parts.filter(({ key }) => isOneOf(key, [againKey(account, plan.revision)])).length;
      const split = posts > 1 ? ` as ${count(posts)} posts` : '';
      if (bringsBack(post, correction, account))
        return [`${name}: it was deleted there before, and is posted again${split}.`];
      return [
        `${name}: the post is deleted, then posted again${split}${instead}. Its replies and shares are lost.`,
      ];
    }
    case 'if-there': {
      if (standsNow(post, account)) return [];
      const network = rules.accounts[account]?.network;
      const then =
        network === undefined || canEdit(network)
          ? 'it is changed there'
          : 'it is deleted there, then posted again';
      return [
        `${name}: nobody knows yet whether it arrived there. If it did, ${then}${instead}. If not, it goes out there with the corrected text.`,
      ];
    }
    case 'same':
      return isDescribedAsBefore
        ? [`${name}: stays as it is, also what it is said to show there.`]
        : [`${name}: stays as it is, since nothing that it says there changes.`];
    case 'leave':
      return [`${name}: stays as it is, with the mistake in it.`];
  }
}

/** So much of a link tells which it is, in characters. */
const longestShown = 100;

/** That the card of a link stays below the post as it is, where the link is another by then. */
function cardLeftWords(
  account: string,
  { revision: before }: PostState,
  { revision: right }: Correction,
  rules: DeskRules,
): readonly string[] {
  const network = rules.accounts[account]?.network;
  const link = network === undefined ? undefined : cardLeftBehind({ account, network }, before, right);
  return link === undefined
    ? []
    : [
        `${accountName(account, rules)}: the card below the post still leads to ${cutAtWord(link, longestShown)}, since nobody can change it there. To be rid of it, take the post down and write a new one.`,
      ];
}

/** What a reply under a post says that was wrong and cannot be changed: what was wrong, and where there is room, what is right. */
export const correctionReply = (what: string, right = ''): string =>
  `Correction: ${what.trim()}\n\n${right.trim()}`.trim();

/** The sentence with which a corrected text on a network ends. */
export const correctedOnNetwork = (what: string): string => `Corrected: ${what}`;
