import { stageTimes } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import { isAllDown } from '../posts/taking-down/over.ts';
import { isStoppedByRule } from '../posts/leaving/to-go-out.ts';
import { hasLostDepartment, lettersOut } from '../posts/deciding/may.ts';
import { refusedAnew } from '../posts/taking-down/came-down.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { nameOf, sayPeople, sentence } from './names.ts';
import { sayDated, sayOn } from './times.ts';
import { hasHistory, saidLast, type Happened, standing, restingSince, type Rest } from './steps.ts';
import { correctionOverWords, correctionRefusedOf, takenBackWords } from './came-to-nothing.ts';
import { goneWords, refusalsIn, refusedAnewWords } from './not-taken.ts';
import { unsentWords, isWithOthers, goesOnWords } from './with-its-writers.ts';
import { inTheWay, restHeld, type Beside } from './held.ts';
import { endedFirstOf, tornWords } from './its-end.ts';
import { rightBesideWords } from './earlier.ts';

/** How a post rests: what happened last, and what can be done now. */

/**
 * @param writes whether whoever reads it may write on the post
 * @returns what happened last and what can be done now, for the states in which a post rests
 */
export function restingWords(
  post: PostState,
  writes: boolean,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { happened, stands } = restOf(post, writes, rules, now);
  return [...happened.map(({ words }) => words(saidLast(post))), ...stands];
}

/**
 * @param writes whether whoever reads it may write on the post
 * @returns how a post rests, as far as nothing beside it says so
 */
export function restOf(
  post: PostState,
  writes: boolean,
  rules: DeskRules,
  now: Millis,
  beside: Beside = {},
): Rest {
  const { happened, stands } = restIn(post, writes, rules, now, beside);
  return { happened: [...happened, ...takenBackWords(post, 'last', rules, now)], stands };
}

function restIn(post: PostState, writes: boolean, rules: DeskRules, now: Millis, beside: Beside): Rest {
  const { status } = post;
  const { isListed = false } = beside;
  if (waitsForTheDesk(post)) return standing(...makersWords(post, rules, now));
  switch (status.is) {
    case 'draft':
      return standing(...draftWords(post, writes, rules, now));
    case 'in-review':
      return standing(...(isStoppedByRule(post) ? [inTheWay(beside)] : []));
    case 'sent-back':
      return standing(
        sentence(
          `${nameOf(status.by, rules)} sent it back ${sayOn(status.at, now)}. ${goesOnWords(post, 'edit and send', writes, rules, now)}`,
        ),
      );
    case 'not-to-be-published':
      return restingSince(
        status.at,
        now,
        (when) => `${nameOf(status.by, rules)} decided ${when} that this will not be published.`,
      );
    case 'cancelled':
      return restingSince(
        status.at,
        now,
        (when) => `${nameOf(status.by, rules)} cancelled it ${when}. Nothing of it was published.`,
      );
    case 'expired':
      return standing(expiredWords(post, status, writes, rules, now));
    case 'held': {
      const { happened, stands } = restHeld(post, status, rules, now, beside);
      return { happened: [...happened, ...correctionRefusedOf(post, rules, now)], stands };
    }
    case 'taken-down':
      return restingSince(
        status.takenDownAt,
        now,
        (when) =>
          isAllDown(post)
            ? `${nameOf(status.by, rules)} took it down ${when}. The record of it is kept.`
            : `${nameOf(status.by, rules)} asked ${when} for it to be taken down.`,
        ...correctionOverWords(post, rules, now),
      );
    case 'failed':
      return restNotTaken(post, rules, now, isListed);
    default:
      return restGone(post, rules, now);
  }
}

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

/** What is said of a draft: nothing, as long as it is with its author alone. */
function draftWords(post: PostState, writes: boolean, rules: DeskRules, now: Millis): readonly string[] {
  if (isWithOthers(post, rules, now))
    return [`It is a draft. ${goesOnWords(post, 'send', writes, rules, now)}`];
  return hasHistory(post) ? [unsentWords(post, rules)] : [];
}

type Expired = Extract<PostState['status'], { readonly is: 'expired' }>;

/** Why it did not go out, and how it can all the same. */
function expiredWords(
  post: PostState,
  status: Expired,
  writes: boolean,
  rules: DeskRules,
  now: Millis,
): string {
  const { until } = post.revision;
  const again = (): string => goesOnWords(post, 'send again', writes, rules, now);
  if (status.because === 'nobody-decided')
    return `Nobody decided by ${sayDated(decisionWasDue(status), now)}, so it did not go out. ${again()}`;
  return until === undefined
    ? `It did not go out anywhere. ${again()}`
    : `Its end came ${sayOn(until.at, now)}, before it was out. ${goesOnWords(post, 'end later', writes, rules, now)}`;
}

/** By when somebody was to decide on what nobody did: Crier may have been down then, and have noticed later. */
const decisionWasDue = ({ walked, at }: Expired): Millis =>
  (walked === undefined ? undefined : stageTimes(walked))?.expire ?? at;

/** What no account took, be it in the place of what was deleted for it. */
function restNotTaken(post: PostState, rules: DeskRules, now: Millis, isListed: boolean): Rest {
  if (refusedAnew(post) !== undefined)
    return { happened: correctionRefusedOf(post, rules, now), stands: refusedAnewWords(post, rules) };
  return standing(
    isListed
      ? 'No account took it. What each of them said is below.'
      : ['No account took it.', ...refusalsIn(post, rules, now)].join(' '),
  );
}

/** What goes out, or has gone out somewhere. */
const restGone = (post: PostState, rules: DeskRules, now: Millis): Rest => ({
  happened: [
    ...restRefusedOf(post, rules, now),
    ...endedFirstOf(post, rules, now),
    ...correctionRefusedOf(post, rules, now),
  ],
  stands: [...tornWords(post, rules), ...goneWords(post, rules), ...rightBesideWords(post, rules)],
});

/** Who decided that nothing more of it is published, or corrected. */
const restRefusedOf = ({ restRefused }: PostState, rules: DeskRules, now: Millis): readonly Happened[] =>
  restRefused === undefined
    ? []
    : restingSince(
        restRefused.at,
        now,
        (when) =>
          `${nameOf(restRefused.by, rules)} decided ${when} that ${restRefused.only === 'correction' ? 'its correction goes no further' : 'nothing more of it is published'}.`,
      ).happened;
