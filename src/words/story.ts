import type { Review } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import type { Publication } from '../dispatch/publication.ts';
import { accountOf, isReply } from '../dispatch/thread.ts';
import { correctionStage, publicationsOf, waitsForTheDesk } from '../posts/may.ts';
import type { DeskRules, ErasedText, PostState, Status } from '../posts/post.ts';
import { nameOf, sayList, sayPeople } from './names.ts';
import { isOut, atMoment, onAll } from './posts.ts';
import { sayShort } from './times.ts';

/** @returns what has happened so far: proposed, passed on, approved */
export function historyWords(post: PostState, rules: DeskRules, now: Millis): string {
  const review = reviewIn(post.status);
  const steps = [
    ...(review?.passedOn ?? []).map((step) => ({ ...step, words: `${nameOf(step.by, rules)} passed it on` })),
    // Who agreed to a correction is said with what it corrected.
    ...(review?.decisions ?? [])
      .filter(({ stage }) => stage !== correctionStage)
      .map((step) => ({ ...step, words: `${nameOf(step.by, rules)} approved it` })),
  ];
  return [
    `Proposed ${atMoment(post.createdAt, now)} by ${nameOf(post.author, rules)}.`,
    ...steps.map((step) => `${step.words} ${atMoment(step.at, now)}.`),
  ].join(' ');
}

function reviewIn(status: Status): Review | undefined {
  return 'review' in status ? status.review : undefined;
}

/** @returns why a post that was approved does not leave: whoever approved it may not any more */
function makersWords(post: PostState, rules: DeskRules): readonly string[] {
  const people = post.makersGone?.people ?? [];
  return [
    `It was to go out, but ${sayPeople(people, rules)} approved it and may not approve such posts any more.`,
    `${rules.desk.name} says whether it goes out all the same.`,
  ];
}

/** @returns what happened last and what can be done now, for the states in which a post rests */
export function restingWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { status, restRefused } = post;
  if (waitsForTheDesk(post)) return makersWords(post, rules);
  switch (status.is) {
    case 'sent-back':
      return [
        `${nameOf(status.by, rules)} sent it back ${atMoment(status.at, now)}. Edit it, then send it again.`,
      ];
    case 'not-to-be-published':
      return [
        `${nameOf(status.by, rules)} decided ${atMoment(status.at, now)} that this will not be published.`,
      ];
    case 'cancelled':
      return [
        `${nameOf(status.by, rules)} cancelled it ${atMoment(status.at, now)}. Nothing of it was published.`,
      ];
    case 'expired':
      return status.because === 'nobody-decided'
        ? [
            `Nobody decided by ${sayShort(status.at, now)}, so it did not go out. Send it again if it is still needed.`,
          ]
        : post.revision.until === undefined
          ? ['It did not go out anywhere. Send it again if it is still needed.']
          : [
              `Its end came ${atMoment(status.at, now)}, before it was out. Give it another end if it is still needed.`,
            ];
    case 'held':
      if (status.by === 'crier') {
        return [
          `Its time came ${atMoment(status.at, now)}, but something in it had come to stand in the way. See below.`,
          'Edit it, then send it again.',
        ];
      }
      return [
        status.all
          ? `${nameOf(status.by, rules)} held everything ${atMoment(status.at, now)}.`
          : `${nameOf(status.by, rules)} held this ${atMoment(status.at, now)}.`,
        'It stays here until somebody approves it again.',
      ];
    case 'taken-down':
      return [
        `${nameOf(status.by, rules)} took it down ${atMoment(status.takenDownAt, now)}. The record of it is kept.`,
      ];
    case 'failed':
      return ['No account took it. What each of them said is below.'];
    default:
      return restRefused === undefined
        ? []
        : [
            `${nameOf(restRefused.by, rules)} decided ${atMoment(restRefused.at, now)} that the rest will not be published.`,
          ];
  }
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
        `Erased ${atMoment(at, now)} under clause ${clause} of the protocol: ${sayList(what.map((each) => erasedTexts[each]))}.`,
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
    ...(standing && until !== undefined && until.at <= now
      ? [`Its end came ${atMoment(until.at, now)}.`]
      : []),
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
  const when = times.length === 0 ? '' : ` ${atMoment(Math.min(...times), now)}`;
  return [`Published${when} ${onAll([...new Set(out.map(([part]) => accountOf(part)))], rules)}.`];
}

function outAt(publication: Publication): Millis | undefined {
  if (publication.is === 'published') return publication.at;
  return publication.is === 'removing' ? publication.publishedAt : undefined;
}
