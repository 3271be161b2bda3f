import type { Millis } from '../core/time.ts';
import type { Publication } from '../dispatch/publication.ts';
import { accountOf, isReply } from '../dispatch/thread.ts';
import { officersOf } from '../posts/desk-changed.ts';
import {
  correctionStage,
  isPartlyOut,
  isStoppedByRule,
  publicationsOf,
  publicSince,
  reviewOf,
  waitsForTheDesk,
} from '../posts/may.ts';
import type { DeskRules, ErasedText, PostState, Status } from '../posts/post.ts';
import { nameOf, sayList, sayPeople } from './names.ts';
import { isOut, onAll } from './posts.ts';
import { stopDid } from './stopped.ts';
import { isSameDay, sayDated, sayOn } from './times.ts';

interface Done {
  readonly at: Millis;
  readonly by: string;
}

/** Who did what so far, in its order. */
function stepsOf(post: PostState): readonly (Done & { readonly did: string })[] {
  const review = reviewOf(post);
  const passedOn = review?.passedOn ?? [];
  const changed = officersOf(post).map(({ person, at }) => ({ at, by: person }));
  const isBoth = (one: Done, others: readonly Done[]): boolean =>
    others.some(({ at, by }) => at === one.at && by === one.by);
  return [
    // To change it while the desk is asked is to pass it on.
    ...changed.map((one) => ({
      ...one,
      did: isBoth(one, passedOn) ? 'changed it and passed it on' : 'changed it',
    })),
    ...passedOn.filter((one) => !isBoth(one, changed)).map(({ at, by }) => ({ at, by, did: 'passed it on' })),
    // Who agreed to a correction is said with what it corrected.
    ...(review?.decisions ?? [])
      .filter(({ stage }) => stage !== correctionStage)
      .map(({ at, by }) => ({ at, by, did: 'approved it' })),
  ].toSorted((one, other) => one.at - other.at);
}

/** @returns the moment that `historyWords` says last, whose day what follows need not say again */
export function saidLast(post: PostState): Millis {
  return stepsOf(post).at(-1)?.at ?? post.createdAt;
}

/**
 * @returns a moment of the one day that the card of a post has named before it comes to its accounts; undefined where
 *   it has named several, so that a clock alone could be of any of them
 */
export function dayOnCard(post: PostState): Millis | undefined {
  const { status, corrected } = post;
  const last = saidLast(post);
  const named = [
    publicSince(post) ?? last,
    ...(status.is === 'published' || status.is === 'partly-published' ? [status.at] : []),
    ...corrected.map(({ at }) => at),
    ...(status.is === 'taken-down' ? [status.takenDownAt] : []),
  ];
  return named.every((at) => isSameDay(at, last)) ? last : undefined;
}

/** @returns what has happened so far: proposed, passed on, approved; a day is said once */
export function historyWords(post: PostState, rules: DeskRules, now: Millis): string {
  const steps = stepsOf(post);
  return [
    `Proposed ${sayOn(post.createdAt, now)} by ${nameOf(post.author, rules)}.`,
    ...steps.map(
      ({ at, by, did }, index) =>
        `${nameOf(by, rules)} ${did} ${sayOn(at, now, steps[index - 1]?.at ?? post.createdAt)}.`,
    ),
  ].join(' ');
}

/** @returns why a post that was approved does not leave: whoever approved it may not any more */
function makersWords(post: PostState, rules: DeskRules): readonly string[] {
  const people = post.makersGone?.people ?? [];
  return [
    `It was to go out, but ${sayPeople(people, rules)} approved it and may not approve such posts any more.`,
    `${rules.desk.name} says whether it goes out all the same.`,
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

const inTheWay =
  'Something in it has come to stand in the way: see below. Nobody can approve it before it is changed.';

/** @returns what happened last and what can be done now, for the states in which a post rests */
export function restingWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { status, restRefused } = post;
  if (waitsForTheDesk(post)) return makersWords(post, rules);
  switch (status.is) {
    case 'in-review':
      return isStoppedByRule(post) ? [inTheWay] : [];
    case 'sent-back':
      return [
        `${nameOf(status.by, rules)} sent it back ${sayOn(status.at, now)}. Edit it, then send it again.`,
      ];
    case 'not-to-be-published':
      return [
        `${nameOf(status.by, rules)} decided ${sayOn(status.at, now, saidLast(post))} that this will not be published.`,
      ];
    case 'cancelled':
      return [
        `${nameOf(status.by, rules)} cancelled it ${sayOn(status.at, now, saidLast(post))}. Nothing of it was published.`,
      ];
    case 'expired':
      return status.because === 'nobody-decided'
        ? [
            `Nobody decided by ${sayDated(status.at, now)}, so it did not go out. Send it again if it is still needed.`,
          ]
        : post.revision.until === undefined
          ? ['It did not go out anywhere. Send it again if it is still needed.']
          : [
              `Its end came ${sayOn(status.at, now)}, before it was out. Give it another end if it is still needed.`,
            ];
    case 'held':
      if (status.by === 'crier') {
        return [
          `Its time came ${sayOn(status.at, now, saidLast(post))}, but something in it had come to stand in the way. See below.`,
          isPartlyOut(post)
            ? 'What is out stays as it is. The rest waits until somebody decides about it.'
            : 'Edit it, then send it again.',
        ];
      }
      return [
        heldBy(status, sayOn(status.at, now, saidLast(post)), rules),
        isStoppedByRule(post)
          ? inTheWay
          : publicSince(post) === undefined
            ? 'It stays here until somebody approves it again.'
            : 'What stands stays public as it is. Its correction goes on once somebody approves it again.',
      ];
    case 'taken-down':
      return [
        `${nameOf(status.by, rules)} took it down ${sayOn(status.takenDownAt, now, saidLast(post))}. The record of it is kept.`,
      ];
    case 'failed':
      return ['No account took it. What each of them said is below.'];
    default:
      return [
        ...(restRefused === undefined
          ? []
          : [
              `${nameOf(restRefused.by, rules)} decided ${sayOn(restRefused.at, now, saidLast(post))} that nothing more of it is published.`,
            ]),
        ...(post.correctionRefused === undefined
          ? []
          : [correctionRefusedWords(post.correctionRefused, rules, now, saidLast(post))]),
      ];
  }
}

/** Who held it, with all that waited or alone. */
function heldBy(
  { by, all, stop }: Extract<Status, { readonly is: 'held' }>,
  at: string,
  rules: DeskRules,
): string {
  const name = nameOf(by, rules);
  if (stop !== undefined) return `Held ${at}, since ${name} had ${stopDid[stop]}.`;
  return all ? `${name} held everything but safety information ${at}.` : `${name} held this ${at}.`;
}

const erasedTexts: Readonly<Record<ErasedText, string>> = {
  words: 'its words',
  descriptions: 'what its pictures show',
  notes: 'the note to its author',
  corrections: 'what was said of a correction',
  answers: 'what was answered about its pictures',
};

/** @returns what was erased of a post, when and under which clause, and what stays */
export function erasedWords(post: PostState, now: Millis): readonly string[] {
  const erased = post.erased ?? [];
  return [
    ...erased.map(
      ({ what, clause, at }) =>
        `Erased ${sayOn(at, now)} under clause ${clause} of the protocol: ${sayList(what.map((each) => erasedTexts[each]))}.`,
    ),
    ...(erased.length === 0
      ? []
      : ['What stays on the record is who proposed and decided it, when, and where it was posted.']),
  ];
}

/** @returns the first words of a post in a list, or that they were erased */
export function firstLine(post: PostState, words: string): string {
  const erased = post.erased?.findLast(({ what }) => what.includes('words'));
  return erased === undefined || words !== ''
    ? words
    : `Its words were erased under clause ${erased.clause}.`;
}

/** @returns all that has happened to a post up to now, its corrections as they are told, to its end: a line each */
export function storyWords(
  post: PostState,
  corrected: readonly string[],
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { until } = post.revision;
  const standing = post.status.is === 'published' || post.status.is === 'partly-published';
  return [
    historyWords(post, rules, now),
    ...outWords(post, rules, now),
    ...corrected,
    ...(standing && until !== undefined && until.at <= now ? [`Its end came ${sayOn(until.at, now)}.`] : []),
    ...restingWords(post, rules, now),
    ...erasedWords(post, now),
  ];
}

/** When and where it came out, whatever became of it afterwards. */
function outWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const out = Object.entries(publicationsOf(post)).filter(
    ([part, publication]) => isOut(publication) && !isReply(part),
  );
  if (out.length === 0) return [];
  const times = out.flatMap(([, publication]) => outAt(publication) ?? []);
  const when = times.length === 0 ? '' : ` ${sayOn(Math.min(...times), now, saidLast(post))}`;
  return [`Published${when} ${onAll([...new Set(out.map(([part]) => accountOf(part)))], rules)}.`];
}

function outAt(publication: Publication): Millis | undefined {
  if (publication.is === 'published') return publication.at;
  return publication.is === 'removing' ? publication.publishedAt : undefined;
}
