import { askedNow, stageTimes, type Review } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { accountOf, isOfCorrection, partBeforeMissing } from '../dispatch/thread.ts';
import { isOpenToCorrection } from '../posts/correcting/correctable.ts';
import { askedByHandOf } from '../posts/by-hand/done-by-hand.ts';
import { waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import { endedFirst, endOf, endStanding, overOn, tornByEnd } from '../posts/leaving/its-end.ts';
import { isAllDown, isPublicNoMore } from '../posts/taking-down/over.ts';
import { reviewOf } from '../posts/deciding/reviews.ts';
import { isHeldByCrier, isOverdue, isStoppedByRule } from '../posts/leaving/to-go-out.ts';
import { isPartlyOut, isPublic, publicationsOf, publicSince } from '../posts/leaving/what-is-public.ts';
import { hasLostDepartment, isLeftByAuthor, lettersOut, writersNow } from '../posts/deciding/may.ts';
import { isStoppedThere } from '../posts/leaving/leaving.ts';
import { droppedBy, hasHeldCorrection } from '../posts/correcting/standing.ts';
import { goneOn, refusedAnew } from '../posts/taking-down/came-down.ts';
import { isApprovedOnce } from '../posts/telling/past.ts';
import type { DeskRules, Missed, PostState } from '../posts/post.ts';
import { londonDate } from '../protocol/london.ts';
import { trainedOn } from '../protocol/people.ts';
import { rightBesideWords } from './earlier.ts';
import { buttons } from './on-cards.ts';
import { accountName, departmentShort, nameOf, onAccount, sayPeople, sentence } from './names.ts';
import { firstOf, onAll } from './posts.ts';
import { sayDated, sayIsoDay, sayOn } from './times.ts';
import { hasHistory, heldBy, passedWhile, saidLast, type Happened } from './steps.ts';
import { copyWords } from './sent-anew.ts';
import { restAndCorrectionWords, correctionHeldWords } from './held-correction.ts';

/** How a post rests: what happened last, and what can be done now. */

/** @returns why a post that was approved does not leave: whoever approved it may not any more */
function makersWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const people = post.makersGone?.people ?? [];
  const when =
    post.when !== undefined && post.when.at > now
      ? `is to go out ${sayOn(post.when.at, now)}`
      : 'was to go out';
  const gone =
    post.correction?.applied === undefined
      ? `It ${when}, but ${sayPeople(people, rules)} approved it and may not approve such posts any more.`
      : `It was to be corrected, but ${sayPeople(people, rules)} agreed to it and may not agree to such corrections any more.`;
  return [
    gone,
    ...(lettersOut(post, rules).length > 0
      ? [`${rules.desk.name} says whether it goes out all the same.`]
      : hasLostDepartment(post, rules)
        ? []
        : [`${rules.desk.name} can ask for approval again.`]),
  ];
}

/**
 * @param said a moment whose day the same card has said above
 * @returns who did not agree to a correction, and what that means
 */
export const correctionRefusedWords = (
  { by, at }: NonNullable<PostState['correctionRefused']>,
  rules: DeskRules,
  now: Millis,
  said?: Millis,
): string =>
  `${nameOf(by, rules)} did not agree to the correction ${sayOn(at, now, said)}. What stands stays as it is.`;

/** Who had agreed to a correction to which somebody after them did not, or which was taken back. */
const agreedInVain = ({ decisions, sentAt }: Review, rules: DeskRules, now: Millis): readonly Happened[] =>
  decisions.map(({ by, at }) => ({
    at,
    words: (said) =>
      `${nameOf(by, rules)} agreed ${sayOn(at, now, said)} to the correction that was asked for ${sayOn(sentAt, now, at)}.`,
  }));

/**
 * @returns that its writer took a correction back, where that is the last that came of any or where it is not: then it is
 *   told with what happened before
 */
export function takenBackWords(
  { correctionTakenBack: taken, correction, corrected, madeNowhere = [], correctionRefused }: PostState,
  which: 'last' | 'before',
  rules: DeskRules,
  now: Millis,
): readonly Happened[] {
  if (taken === undefined) return [];
  const ended = [...corrected, ...madeNowhere].map(({ at }) => at);
  const since = [...ended, correctionRefused?.at ?? 0].some((at) => at > taken.at);
  const isLast = correction === undefined && !since;
  if (isLast !== (which === 'last')) return [];
  const { by, at, review } = taken;
  return [
    ...agreedInVain(review, rules, now),
    {
      at,
      words: (said) =>
        `${nameOf(by, rules)} took back ${sayOn(at, now, said)} the correction that they had asked for ${sayOn(review.sentAt, now, at)}.${isLast ? ' What stands stays as it is.' : ''}`,
    },
  ];
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

const restReleased = 'The rest goes out once somebody approves it again.';

const inTheWay =
  'Something in it has come to stand in the way: see below. Nobody can approve it before it is changed.';

/** Who can see to it that the rest of what is public, which a rule stops, waits no longer, and how it goes on. */
function restStoppedWords(post: PostState, rules: DeskRules): string {
  const review = reviewOf(post);
  const asked = review === undefined ? [] : askedNow(review);
  const who = asked.length === 0 ? 'Nobody at present' : sayPeople(asked, rules, 'or');
  return `Nobody can let it go on as it is. ${who} can press "${buttons[droppedBy(post)]}". ${isPublic(post) ? 'What is public stays, and can be corrected then.' : 'To say it all the same, propose a new post with other words.'}`;
}

/** @returns who sends a draft that more than one person has had before them */
const unsentWords = ({ author, revision }: PostState, rules: DeskRules): string =>
  `It is a draft: it goes no further until ${sayPeople([...new Set([author, revision.by])], rules, 'or')} sends it.`;

/** @returns what happened last and what can be done now, for the states in which a post rests */
export function restingWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { happened, stands } = restOf(post, rules, now);
  return [...happened.map(({ words }) => words(saidLast(post))), ...stands];
}

/** How a post rests: what happened last, and how it stands since. */
interface Rest {
  readonly happened: readonly Happened[];
  readonly stands: readonly string[];
}

const standing = (...stands: readonly string[]): Rest => ({ happened: [], stands });

/** Whether Crier held it before it was to leave, since the protocol has changed meanwhile, or as somebody was to post it by hand. */
export const isHeldAhead = ({ status, when, wasByHand }: PostState): boolean =>
  status.is === 'held' && ((when !== undefined && status.at < when.at) || wasByHand !== undefined);

/** @param isListed whether what stands where is listed with it, account by account */
export function restOf(post: PostState, rules: DeskRules, now: Millis, isListed = false): Rest {
  const { happened, stands } = restIn(post, rules, now, isListed);
  return { happened: [...happened, ...takenBackWords(post, 'last', rules, now)], stands };
}

function restIn(post: PostState, rules: DeskRules, now: Millis, isListed: boolean): Rest {
  const { status, restRefused } = post;
  if (waitsForTheDesk(post)) return standing(...makersWords(post, rules, now));
  const since = (at: Millis, words: (when: string) => string, ...stands: readonly string[]): Rest => ({
    happened: [{ at, words: (said) => words(sayOn(at, now, said)) }],
    stands,
  });
  switch (status.is) {
    case 'draft':
      return standing(
        ...(isWithOthers(post, rules, now)
          ? [`It is a draft. ${goesOnWords(post, 'send', rules, now)}`]
          : hasHistory(post)
            ? [unsentWords(post, rules)]
            : []),
      );
    case 'in-review':
      return standing(...(isStoppedByRule(post) ? [inTheWay] : []));
    case 'sent-back':
      return standing(
        sentence(
          `${nameOf(status.by, rules)} sent it back ${sayOn(status.at, now)}. ${goesOnWords(post, 'edit and send', rules, now)}`,
        ),
      );
    case 'not-to-be-published':
      return since(
        status.at,
        (when) => `${nameOf(status.by, rules)} decided ${when} that this will not be published.`,
      );
    case 'cancelled':
      return since(
        status.at,
        (when) => `${nameOf(status.by, rules)} cancelled it ${when}. Nothing of it was published.`,
      );
    case 'expired':
      return standing(
        status.because === 'nobody-decided'
          ? `Nobody decided by ${sayDated(decisionWasDue(status), now)}, so it did not go out. ${goesOnWords(post, 'send again', rules, now)}`
          : post.revision.until === undefined
            ? `It did not go out anywhere. ${goesOnWords(post, 'send again', rules, now)}`
            : `Its end came ${sayOn(post.revision.until.at, now)}, before it was out. Give it another end if it is still needed.`,
      );
    case 'held': {
      const isStopped = isStoppedThere(post, now, rules);
      if (status.missed !== undefined)
        return standing(
          missedWords(post, status.missed, rules, now),
          isStoppedByRule(post)
            ? inTheWay
            : isOverdue(post, now)
              ? 'Nothing goes out so late by itself. Choose another time, or cancel it.'
              : isPublic(post)
                ? restReleased
                : 'It stays here until somebody approves it again.',
        );
      if (isHeldByCrier(post)) {
        // What it was may have been taken out of the protocol again, or put back into it.
        const below = isStopped ? ' See below.' : '';
        return since(
          status.at,
          (when) =>
            isHeldAhead(post)
              ? `Held ${when}: something in it ${isStopped ? 'has' : 'had'} come to stand in the way.${below}`
              : `Its time came ${when}, but something in it had come to stand in the way.${below}`,
          isPartlyOut(post)
            ? `What is out stays as it is. The rest waits until somebody decides about it. ${isStopped ? restStoppedWords(post, rules) : 'Nothing stands in its way any more.'}`
            : isStopped
              ? 'Edit it, then send it again.'
              : 'Nothing stands in the way any more. It stays here until somebody approves it again.',
        );
      }
      return since(
        status.at,
        (when) => heldBy(status, when, rules),
        ...(isStopped
          ? [
              isPartlyOut(post)
                ? `Something in it has come to stand in the way: see below. ${restStoppedWords(post, rules)}`
                : inTheWay,
            ]
          : publicSince(post) === undefined
            ? [
                hasHeldCorrection(post)
                  ? restAndCorrectionWords(post, rules)
                  : isPublic(post)
                    ? restReleased
                    : `It stays here until somebody approves it${isApprovedOnce(post) ? ' again' : ''}.`,
              ]
            : isListed
              ? []
              : [correctionHeldWords(post, rules, now)]),
      );
    }
    case 'taken-down':
      return since(
        status.takenDownAt,
        (when) =>
          isAllDown(post)
            ? `${nameOf(status.by, rules)} took it down ${when}. The record of it is kept.`
            : `${nameOf(status.by, rules)} asked ${when} for it to be taken down.`,
        ...correctionOverWords(post, rules, now),
      );
    case 'failed':
      return refusedAnew(post) === undefined
        ? standing(
            isListed
              ? 'No account took it. What each of them said is below.'
              : ['No account took it.', ...refusalsIn(post, rules, now)].join(' '),
          )
        : {
            happened: correctionRefusedOf(post, rules, now),
            stands: refusedAnewWords(post, rules),
          };
    default:
      return {
        happened: [
          ...(restRefused === undefined
            ? []
            : since(
                restRefused.at,
                (when) =>
                  `${nameOf(restRefused.by, rules)} decided ${when} that nothing more of it is published.`,
              ).happened),
          ...endedFirstOf(post, rules, now),
          ...correctionRefusedOf(post, rules, now),
        ],
        stands: [...tornWords(post, rules), ...goneWords(post, rules), ...rightBesideWords(post, rules)],
      };
  }
}

/** Who did not agree to a correction, and who had before them. */
function correctionRefusedOf(
  { correctionRefused: refused }: PostState,
  rules: DeskRules,
  now: Millis,
): readonly Happened[] {
  if (refused === undefined) return [];
  return [
    ...(refused.review === undefined ? [] : agreedInVain(refused.review, rules, now)),
    { at: refused.at, words: (said) => correctionRefusedWords(refused, rules, now, said) },
  ];
}

/** Why each account did not take it. */
const refusalsIn = (post: PostState, rules: DeskRules, now: Millis): readonly string[] =>
  Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
    publication.is === 'failed' && publication.reason !== partBeforeMissing
      ? [`${accountName(accountOf(part), rules)}: ${copyWords(post, part, publication, undefined, now)}.`]
      : [],
  );

/** That nothing of a post stands any more, since no account took what was to take its place, and the way on. */
function refusedAnewWords(post: PostState, rules: DeskRules): readonly string[] {
  const { accounts = [] } = refusedAnew(post) ?? {};
  const ours = accounts.filter((account) => rules.accounts[account] !== undefined);
  const how =
    ours.length === 0
      ? ' To say it all the same, propose a new post.'
      : isOpenToCorrection(post)
        ? ' A correction can post it there in other words.'
        : '';
  return [
    `Nothing of it is public: it was deleted ${onAll(accounts, rules)} for a correction, and what was to take its place did not go out.${how}`,
  ];
}

/** Whether its author may not go on with what is with its writers. */
const isWithOthers = (post: PostState, rules: DeskRules, now: Millis): boolean =>
  !writersNow(post, rules, now).includes(post.author);

/** What is to be done with what is with its writers, and by whom, and why, where its author may not. */
function goesOnWords(
  post: PostState,
  how: 'send' | 'edit and send' | 'send again',
  rules: DeskRules,
  now: Millis,
): string {
  if (!isWithOthers(post, rules, now))
    return how === 'send again' ? 'Send it again if it is still needed.' : 'Edit it, then send it again.';
  const can = `${whyNotAuthor(post, rules, now)} ${sayPeople(writersNow(post, rules, now), rules, 'or')} can`;
  if (how === 'send') return `${can} edit it and send it.`;
  return how === 'edit and send'
    ? `${can} edit it and send it again.`
    : `${can} send it again if it is still needed.`;
}

/** Why its author may not go on with it. */
function whyNotAuthor(post: PostState, rules: DeskRules, now: Millis): string {
  const name = nameOf(post.author, rules);
  if (rules.people[post.author] === undefined) return `${name} is not in the protocol any more.`;
  if (isLeftByAuthor(post, rules))
    return `By the protocol ${name} does not write for ${departmentShort(post.department ?? '', rules)} now.`;
  const training = trainedOn(post.author, londonDate(now), rules);
  return !training.trained && training.reason === 'expired'
    ? `The social media training of ${name} ran out on ${sayIsoDay(training.on, now)}.`
    : `The social media training of ${name} has not been recorded.`;
}

/** When the end came that kept something from going out, and where. */
function endedFirstOf(post: PostState, rules: DeskRules, now: Millis): readonly Happened[] {
  const until = endOf(post);
  const accounts = [...new Set(endedFirst(post).map(accountOf))];
  if (until === undefined || accounts.length === 0) return [];
  const what = tornByEnd(post).length > 0 ? 'all of it' : 'it';
  return [
    {
      at: until.at,
      words: (said) =>
        `Its end came ${sayOn(until.at, now, said)}, before ${what} was out ${onAll(accounts, rules)}.`,
    },
  ];
}

/** @returns when the end came that kept something from going out, and where */
export const endedFirstWords = (post: PostState, rules: DeskRules, now: Millis): readonly string[] =>
  endedFirstOf(post, rules, now).map(({ words }) => words(0));

/** @returns that the end has come of what somebody decides about, and where nothing goes out any more since */
export function overByNow(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const until = endStanding(post);
  if (until === undefined || until.at > now) return [];
  const over = overOn(post, now);
  return [
    ...(endedFirst(post).length > 0 ? [] : [`Its end came ${sayOn(until.at, now, saidLast(post))}.`]),
    ...(over.length === 0
      ? []
      : [`Nothing of it is public ${onAll(over, rules)}, so nothing goes out there any more.`]),
  ];
}

/** @returns where only the beginning of a thread stands since its end came, and who can take it down */
export const tornWords = (post: PostState, rules: DeskRules): readonly string[] =>
  tornByEnd(post).map((account) => {
    const thread = Object.entries(publicationsOf(post)).filter(
      ([part]) => accountOf(part) === account && !isOfCorrection(part),
    );
    const out = thread.filter(([, { is }]) => is === 'published').length;
    return `${sentence(onAccount(account, rules))} only ${firstOf(out, thread.length)} ${out === 1 ? 'is' : 'are'} public. ${rules.desk.name} can take it down, which takes the post down everywhere.`;
  });

/** @returns where it was deleted and is not posted again, and how it can be all the same */
export function goneWords(post: PostState, rules: DeskRules): readonly string[] {
  const refused = Object.entries(publicationsOf(post)).flatMap(([part, { is }]) =>
    is === 'failed' ? [accountOf(part)] : [],
  );
  // What an account refused is told with that.
  const accounts = goneOn(post).filter(
    (account) => rules.accounts[account] !== undefined && !refused.includes(account),
  );
  if (accounts.length === 0) return [];
  const how = isOpenToCorrection(post)
    ? ' A correction can post it there again.'
    : post.correction === undefined || isPublicNoMore(post)
      ? ' To say it there all the same, propose a new post.'
      : '';
  return [`It was deleted ${onAll(accounts, rules)} and is not posted there again.${how}`];
}

/** By when somebody was to decide on what nobody did: Crier may have been down then, and have noticed later. */
const decisionWasDue = ({ walked, at }: Extract<PostState['status'], { readonly is: 'expired' }>): Millis =>
  (walked === undefined ? undefined : stageTimes(walked))?.expire ?? at;

/** That nobody decides any more on a correction that somebody had asked for. */
const correctionOverWords = (
  { correctionOver: over }: PostState,
  rules: DeskRules,
  now: Millis,
): readonly string[] =>
  over === undefined
    ? []
    : [
        `The correction that ${nameOf(over.by, rules)} asked for ${sayOn(over.at, now)} is over with that: nobody decides on it any more.`,
      ];
