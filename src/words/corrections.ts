import { askedNow } from '../approval/review.ts';
import { isRefused, mayTurnUp, waitsForAccount, type Publication } from '../dispatch/publication.ts';
import { notWanted } from '../dispatch/said.ts';
import { shownLater } from '../dispatch/together.ts';
import { canEdit, type ChosenWay, type Way } from '../dispatch/put-right.ts';
import type { Millis } from '../core/time.ts';
import { accountOf, isOneOf, isReply, partKey } from '../dispatch/thread.ts';
import type { EndedByAsking } from '../posts/correction-closed.ts';
import { isStoppedNow } from '../posts/correction-findings.ts';
import { againKey, replyKey } from '../posts/correction-plan.ts';
import {
  awaitsCorrection,
  beingChanged,
  correctionGoesOn,
  correctionGoingOn,
  correctionKeptOn,
  correctionWaitsForAccount,
  deletionBegunOn,
  isChangeUnclear,
  isEndedFirst,
  isOpenToCorrection,
  isToLeave,
  needsFreshDecision,
  newEndPassed,
  publicationsOf,
  type WayToChange,
} from '../posts/how-it-stands.ts';
import { handsOf } from '../posts/may.ts';
import {
  bringsBack,
  hasLostReply,
  isMissed,
  isUnclear,
  isUnclearOn,
  leftOn,
  madeOn,
  notPutRight,
} from '../posts/standing.ts';
import { ruleStops } from '../posts/leaving.ts';
import { readPart } from '../posts/plan.ts';
import { asSent, plannedPart } from '../posts/what-was-sent.ts';
import type { Correction, DeskRules, PostState, Revision } from '../posts/post.ts';
import { firstWords, onOneLine } from '../protocol/text/cut.ts';
import { awaitedForCorrection } from './asked.ts';
import { hasWords, whatFailed } from './failures.ts';
import { accountName, nameOf, onAccount, sayList, sayPeople, sentence } from './names.ts';
import { correctionReply } from './networks.ts';
import { buttons, placeName } from './on-cards.ts';
import { count, firstOf, onAll } from './posts.ts';
import { changeTriedWords, publicationWords, refusedWords, replyLost } from './publications.ts';
import { sayDated, sayEnd, sayOn } from './times.ts';

/** How a post is doing, as its network told it. */
interface Measures {
  readonly likes?: number;
  readonly replies?: number;
  readonly shares?: number;
}

const ways: Readonly<Record<ChosenWay, string>> = {
  edit: 'Change it where it stands',
  reply: 'Reply with a correction',
  again: 'Delete and post again',
  leave: 'Leave it as it is',
};

/** @returns what a way of putting something right is called */
export const wayWords = (way: ChosenWay): string => ways[way];

/** @returns the question how an account is put right, and what deleting there would lose */
export function wayQuestion(
  account: string,
  measures: Measures | undefined,
  rules: DeskRules,
): { readonly label: string; readonly lost: string } {
  return {
    label: `${sentence(onAccount(account, rules))} nobody can change a post. What then?`,
    lost: lostWords(measures),
  };
}

/** @returns the same where it was deleted to be posted again, and is not there since */
export const backQuestion = (account: string, rules: DeskRules) => ({
  label: `${sentence(onAccount(account, rules))} it was deleted, and was not posted again. What now?`,
  choices: [
    { value: 'leave', title: 'Leave it so' },
    { value: 'again', title: 'Post it there again' },
  ],
});

/** @returns the question whether what somebody agreed to ends, since another correction is asked for while it waits */
export const endingQuestion = ({ by, accounts }: EndedByAsking, rules: DeskRules) => ({
  label: `A correction that ${nameOf(by, rules)} agreed to waits for ${namesOf(accounts, rules)} to be connected again. Does it end there?`,
  lost: 'If it ends and nobody agrees to the new one, what stands there stays as it is.',
  choices: [
    { value: 'waits', title: 'No, keep it waiting' },
    { value: 'ends', title: 'Yes, end it and ask for this one' },
  ],
});

/** @returns why another correction was not asked for: what it would end, and how that is chosen */
export const endsEarlierWords = ({ by, accounts }: EndedByAsking, rules: DeskRules): string =>
  `Nothing was asked for yet: it would end the correction that ${nameOf(by, rules)} agreed to and that waits for ${namesOf(accounts, rules)}. Choose "Yes" here to end that, or go back and leave it waiting.`;

const namesOf = (accounts: readonly string[], rules: DeskRules): string =>
  sayList(accounts.map((account) => accountName(account, rules)));

/** What deleting a post loses: in figures where its network told them. */
function lostWords(measures: Measures | undefined): string {
  const told = [
    measures?.likes === undefined ? undefined : counted(measures.likes, 'like'),
    measures?.replies === undefined ? undefined : counted(measures.replies, 'reply', 'replies'),
    measures?.shares === undefined ? undefined : counted(measures.shares, 'share'),
  ].filter((each) => each !== undefined);
  if (told.length === 0) return 'Deleting it loses its likes, replies and shares for good.';
  return `Deleting it loses ${sayList(told)} for good.`;
}

const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

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
      return 'It did not go out everywhere.';
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
const changingByHand = (post: PostState, rules: DeskRules): readonly string[] =>
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
      ...titleWords(post.revision, correction.revision),
      ...endWords(post.revision, correction.revision, applied !== undefined, now),
      ...Object.entries(correction.ways ?? {}).flatMap(([account, way]) =>
        howWords(account, way, post, correction, rules),
      ),
    ],
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

/**
 * @param way how what failed can be changed now; undefined: nobody is told what to do about it
 * @param said a moment whose day the same card has said above
 * @returns what one account's copy of the post is doing, where a correction that is not decided may hold it up
 */
export function copyWords(
  post: PostState,
  part: string,
  publication: Publication,
  way: WayToChange | undefined,
  now: Millis,
  said?: Millis,
): string {
  if (isEndedFirst(post, part)) return 'did not go out, since its end came first';
  const words = publicationWords(publication, way, now, said);
  if (!awaitsCorrection(post)) return words;
  if (isRefused(publication) && publication.is === 'failed')
    return `${refusedWords(publication.reason)}. It can be tried again once the correction has been decided`;
  if (publication.is !== 'queued') return words;
  const shown = shownLater([publication]);
  if (shown !== undefined)
    return `is there already, and shown from ${sayDated(shown, now)}, but not before the correction has been decided`;
  const too = waitsForAccount(publication) ? ', and then until the account is connected again' : '';
  return `waits until the correction has been decided${too}`;
}

/** @returns what a correction tries in vain to change where it stands, and that it is tried on */
export const triedWords = (post: PostState, part: string): string =>
  changeTriedWords(post.correction?.applied?.waits?.[part] ?? '', isChangeUnclear(post, part));

/** @returns to whoever may agree to a correction: that what has not gone out waits for that, and what lets it go out as it is */
export function restWaitsWords(post: PostState): readonly string[] {
  if (!awaitsCorrection(post) || !isToLeave(post)) return [];
  const waits = Object.values(publicationsOf(post)).filter(({ is }) => is === 'queued');
  const when = waits.every((each) => shownLater([each]) !== undefined || waitsForAccount(each))
    ? ''
    : ' at once';
  return [
    `What has not gone out yet waits for this: "${buttons.refuseCorrection}" lets it go out${when}, with the words as they are.`,
  ];
}

/** @returns what to look for, where nobody can tell whether a part stands and it may say something else than the plan */
export function sentWords(post: PostState, part: string): string {
  const planned = plannedPart(post, part);
  const sent = planned === undefined ? [] : asSent(post, planned);
  if (sent.every(({ bytes }) => bytes === planned?.bytes)) return '';
  const texts = sent.map((each) => `"${firstWords(readPart(each).text, 120)}"`);
  return ` What was sent there says ${sayList(texts, 'or')}.`;
}

/** Where a correction stands already, while it does not everywhere. */
function madeWords(correction: Correction, rules: DeskRules): string {
  const made = madeOn(correction);
  return made.length === 0 ? '' : ` It stands ${onAll(made, rules)} already.`;
}

/** Something of a correction that happened, with its full date. */
interface Happened {
  readonly at: Millis;
  readonly words: () => string;
}

const askedTitle = ({ by, at }: Pick<Correction, 'by' | 'at'>, rules: DeskRules, now: Millis): string =>
  `${nameOf(by, rules)} asked ${sayOn(at, now)} for a correction`;

/** Who asked for a correction, when, and what was wrong. */
const askedForWords = (
  asked: Pick<Correction, 'by' | 'at' | 'what'>,
  rules: DeskRules,
  now: Millis,
): string => `${askedTitle(asked, rules, now)}${asked.what === '' ? '.' : `: ${asked.what}`}`;

/** @returns who asked for a correction that is not through yet, what was wrong, and who decides it or has */
export function openCorrectionWords(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  const { correction, correctionOver: over } = post;
  if (over !== undefined) return [{ at: over.at, words: () => askedForWords(over, rules, now) }];
  if (correction === undefined) return [];
  const { lines } = correctionWords(post, correction, rules, now);
  return [
    { at: correction.at, words: () => askedForWords(correction, rules, now) },
    ...lines.map((line) => ({ at: correction.applied?.at ?? Infinity, words: () => line })),
  ];
}

/** @returns what heads the words of a reply that was agreed to and may still go out */
export const replyNotOut = (account: string, rules: DeskRules): string =>
  `Not out yet, in reply to it ${onAccount(account, rules)}`;

/** What headings and titles become; those that are made from the text change with it. */
function titleWords(before: Revision, right: Revision): readonly string[] {
  const title = right.youtube?.title ?? '';
  return [
    ...(right.headline === '' || right.headline === before.headline
      ? []
      : [`The heading on the website becomes: ${right.headline}`]),
    ...(title === '' || title === before.youtube?.title
      ? []
      : [`The title of the video on YouTube becomes: ${title}`]),
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
  const instead = own ? ', with the corrected text in place of its own' : '';
  // Once it has been agreed to, what could not be put right is said by itself.
  if (rules.accounts[account] === undefined)
    return applied === undefined && way !== 'if-there'
      ? [`${name}: the account is not in the protocol any more, so what stands there keeps its words.`]
      : [];
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
      return own ? [`${name}: gets the corrected text in place of its own.`] : [];
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
      return [`${name}: stays as it is, since nothing that it says there changes.`];
    case 'leave':
      return [`${name}: stays as it is, with the mistake in it.`];
  }
}

/** @returns what was corrected in public, by whom, a sentence each */
export function correctedWords(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  return post.corrected.map(({ what, at, by, approvedBy }) => ({
    at,
    words: () =>
      `Corrected ${sayOn(at, now)} by ${nameOf(by, rules)}, agreed by ${nameOf(approvedBy, rules)}${what === '' ? '.' : `: ${what}`}`,
  }));
}

/** What whoever reads it may do about wrong words that stand: write on the post, so that they can ask for others; take it down. */
export interface MayPutRight {
  readonly write: boolean;
  readonly remove: boolean;
}

/** What a reader can do about wrong words that stand somewhere, or who can; `asks`: for what, where that helps. */
function putRightWords(
  { write, remove }: MayPutRight,
  asks: string | undefined,
  byHand: string | undefined,
  rules: DeskRules,
): string {
  if (!write && !remove) return `${rules.desk.name} can put that right, or take the post down.`;
  const ways = [write ? asks : undefined, byHand, remove ? 'take it down' : undefined].filter(
    (way) => way !== undefined,
  );
  const last = ways.at(-1) ?? '';
  return `${ways.length < 2 ? last : `${ways.slice(0, -1).join(', ')}, or ${last}`}.`;
}

/** @returns where the old words still stand after a correction, and what its reader can do about it, a sentence each */
export const notPutRightWords = (post: PostState, may: MayPutRight, rules: DeskRules): readonly string[] =>
  notPutRightOn(post, may, rules).map(({ name, words }) => `${name} ${words}`);

/**
 * @returns the part that still says the old words after a correction, or that a reply which did not go out was to put
 *   right; and why it does, and what its reader can do about it
 */
export function notPutRightOn(
  post: PostState,
  may: MayPutRight,
  rules: DeskRules,
): readonly { readonly part: string; readonly name: string; readonly words: string }[] {
  const last = post.corrected.at(-1);
  // Somebody decided that what was still to come of it is not to.
  const isLeft = last !== undefined && (post.restRefused?.at ?? 0) >= last.at;
  const { because } = post.correction?.applied ?? {};
  const wordsOf = (part: string): string => {
    const account = accountOf(part);
    const isOurs = rules.accounts[account] !== undefined;
    const again = isOurs && isOpenToCorrection(post) ? 'ask for the correction again' : undefined;
    const yourself = 'put it right there yourself';
    const reason = inItsTime(because?.[part] ?? post.notCorrectedBecause?.[part], account, rules);
    const torn = tornWords(post, account);
    if (correctionWaitsForAccount(post, part) || waitsForAccount(publicationsOf(post)[part]))
      return `${waitingWords(post, part, torn)} ${needsFreshDecision(post) ? 'once the account is connected again and somebody has let its correction go on' : 'by itself once the account is connected again'}. If that cannot wait, ${putRightWords(may, undefined, yourself, rules)}`;
    const wasLeft = reason === notWanted || (isLeft && reason === undefined);
    if (wasLeft || last?.ways?.[account] === 'leave')
      return `${leftAsItIs}${torn === undefined ? ' and still says what it said.' : `: ${torn}`}`;
    const further =
      reason === ruleStops
        ? putRightWords(may, 'ask for other words there', undefined, rules)
        : putRightWords(may, again, yourself, rules);
    if (reason !== undefined && isUnclear(reason) && torn === undefined)
      return `may have been corrected, and nobody can tell: ${whatFailed(reason)}${isOurs ? '' : `, and ${whatFailed('account-gone')}`}. Look there which words it has. If they are wrong, ${further}`;
    const why = reason !== undefined && hasWords(reason) ? whatFailed(reason) : undefined;
    const still =
      torn === undefined
        ? `${why === undefined ? ' and' : `: ${why}. It`} still says what it said.`
        : `${why === undefined ? '' : `: ${why}`}. ${sentence(torn)}`;
    return `could not be corrected${still} ${sentence(further)}`;
  };
  const all = Object.keys(publicationsOf(post));
  return notPutRight(post).map((part) => {
    const account = accountOf(part);
    // A reply, or what was to be posted anew and is not, leaves the post with its old words.
    const stands = isReply(part) || !all.includes(part) ? partKey(account, 0) : part;
    const words = wordsOf(part);
    const named = isReply(part) ? partKey(account, 0) : part;
    const name = words.startsWith(leftAsItIs) ? accountName(account, rules) : placeName(named, all, rules);
    return { part: stands, name, words };
  });
}

const leftAsItIs = 'was left as it is';

/** How it stands where a correction waits for its account, up to when it is made there. */
function waitingWords(post: PostState, part: string, torn: string | undefined): string {
  const why = whatFailed('account-blocked');
  if (torn === undefined && isChangeUnclear(post, part))
    return `may have been corrected, and nobody can tell: ${why}. Look there which words it has. It is corrected`;
  if (torn === undefined && deletionBegunOn(post).includes(accountOf(part)))
    return `was being deleted to be posted again, and nobody can tell whether it is gone: ${why}. Look there. It is posted again`;
  return `is not corrected yet: ${why}. ${torn === undefined ? 'It still says what it said, and' : `${sentence(torn)} It`} is corrected`;
}

/** What is left of a post of which the last ones, or its reply, came down for a correction; undefined where all of it stands. */
function tornWords(post: PostState, account: string): string | undefined {
  const left = leftOn(post, account);
  return left === undefined
    ? hasLostReply(post, account)
      ? `${replyLost}.`
      : undefined
    : `only ${firstOf(left.stand, left.of)} still ${left.stand === 1 ? 'stands there and says what it' : 'stand there and say what they'} said.`;
}

/** That its account was not in the protocol is past, once it is back. */
const inItsTime = (
  reason: string | undefined,
  account: string,
  { accounts }: DeskRules,
): string | undefined =>
  reason === 'account-gone' && accounts[account] !== undefined ? 'account-was-gone' : reason;

/** @returns what the form of a correction says before somebody asks for one */
export function correctingWords(deciders: readonly string[], rules: DeskRules): string {
  return `One other person has to agree: ${sayPeople(deciders, rules, 'or')}.`;
}

/** @returns who is still changing by hand what an earlier correction said, and what becomes of that */
export const changingWords = (post: PostState, rules: DeskRules): readonly string[] =>
  changingByHand(post, rules).map(
    (words) => `${words} Once this correction is agreed, they get the new words instead.`,
  );

/** @returns where the post does not say yet what it says by now: that is put right also where the words stay as they are */
export function behindWords(
  accounts: readonly string[],
  post: PostState,
  rules: DeskRules,
): readonly string[] {
  if (accounts.length === 0) return [];
  const is = accounts.length === 1 ? 'it is' : 'they are';
  const says = accounts.some((account) => isUnclearOn(post, account))
    ? 'may'
    : accounts.length === 1
      ? 'does'
      : 'do';
  const when = says === 'may' ? '' : ' yet';
  return [
    `${sentence(namesOf(accounts, rules))} ${says} not say all of this${when}. Where you leave the words as they are, only ${is} put right.`,
  ];
}

/** @returns that a correction takes the place of different texts */
export function sameEverywhere(accounts: readonly string[], rules: DeskRules): string {
  return `The corrected text is the same everywhere: ${onAll(accounts, rules)}.`;
}
