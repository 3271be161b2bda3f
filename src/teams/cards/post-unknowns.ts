import { isLookOver } from '../../dispatch/perhaps-gone.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { isAskedAbout } from '../../dispatch/said.ts';
import { isRemovalUnclear, isRoomAskedFor } from '../../dispatch/tried.ts';
import { isChangeUnclear } from '../../posts/correcting/changes-in-place.ts';
import { awaitsCorrection } from '../../posts/correcting/correctable.ts';
import { changesAskedFor } from '../../posts/correcting/correction-goes-on.ts';
import { isGivenUp } from '../../posts/correcting/given-up.ts';
import { isBehindRehearsal } from '../../posts/leaving/for-rehearsal.ts';
import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { isKeptBack } from '../../posts/stopping/open-hold.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { sentWords, triedWords } from '../../words/sent-anew.ts';
import { buttons, placeName } from '../../words/on-cards.ts';
import { onlyOnceRealWords } from '../../words/turned.ts';
import { publicationWords } from '../../words/publications.ts';
import { dayOnCard, type Telling } from '../../words/story.ts';
import { putRightThereWords } from '../../words/not-put-right.ts';
import { correctionsEnded, toPutRightThere } from '../../posts/by-hand/put-right-there.ts';
import { nothing } from './post-head.ts';
import type { PostDrawing } from './drawing.ts';
import type { PostCardData } from './post-data.ts';
import { cardText, linkAddress } from './text.ts';

/** What the desk is asked about one part, and how it may answer. */
interface Question {
  readonly words: string;
  /** where to look */
  readonly lookAt: string | undefined;
  /** whether its address is asked for, where it is there */
  readonly asksLink: boolean;
  readonly answers: readonly (readonly [word: string, title: string])[];
}

/** What nobody could tell and the desk is asked about. */
export function unknownsOf(
  { post, rules, now, options }: PostDrawing,
  telling: Telling,
): PostCardData['unknowns'] {
  const publications = publicationsOf(post);
  const parts = Object.keys(publications);
  const day = dayOnCard(post, telling, rules, now);
  return Object.entries(publications).flatMap(([part, publication]): PostCardData['unknowns'] => {
    const stands = publicationWords(publication, undefined, now, day);
    const question = questionOf(post, part, publication, stands, rules);
    if (question === undefined) return [];
    const inputId = `link:${part}`;
    return [
      {
        part,
        inputId,
        value: options.typed?.[inputId] ?? '',
        error: cardText(options.errors?.[inputId] ?? ''),
        words: cardText(`${placeName(part, parts, rules)}: ${question.words}`),
        lookAt: linkAddress(question.lookAt ?? '') ?? '',
        asksLink: question.asksLink,
        answers: question.answers.map(([word, title]) => ({ part, word, title })),
      },
    ];
  });
}

/** What of a correction is put right by hand, for whoever may say that they have. */
export function putRightOf({ post, rules }: PostDrawing): PostCardData['unknowns'] {
  const parts = Object.keys(publicationsOf(post));
  return toPutRightThere(post, rules).map((part) => ({
    part,
    inputId: `link:${part}`,
    value: '',
    error: nothing,
    words: cardText(putRightThereWords(placeName(part, parts, rules))),
    lookAt: '',
    asksLink: false,
    answers: [{ part, word: `put-right-${String(correctionsEnded(post))}`, title: buttons.isPutRight }],
  }));
}

/** @param stands how it stands there, in words */
function questionOf(
  post: PostState,
  part: string,
  publication: Publication,
  stands: string,
  rules: DeskRules,
): Question | undefined {
  const isChange = changesAskedFor(post).includes(part);
  if (!isChange && !isAskedAbout(publication)) return undefined;
  if (isChange && publication.is === 'published')
    return {
      words: `${triedWords(post, part)}.${isChangeUnclear(post, part) ? ' Which words has it?' : ''}`,
      lookAt: publication.remote.url,
      asksLink: false,
      answers: [
        ['it-is-done', buttons.isChanged],
        ['try-again', buttons.tryNow],
        ['leave-it', buttons.leaveWords],
      ],
    };
  if (isLookOver(publication))
    return {
      words: `${stands} Is it still there?`,
      lookAt: publication.remote.url,
      asksLink: false,
      answers: [
        ['still-there', buttons.stillThere],
        ['it-is-gone', buttons.isGone],
      ],
    };
  if (isRoomAskedFor(publication))
    return {
      words: `${stands}.${isRemovalUnclear(publication) ? ' Is it still there?' : ''}`,
      lookAt: publication.remote.url,
      asksLink: false,
      answers: [
        ['it-is-done', buttons.isGoneByNow],
        ['try-again', buttons.tryNow],
        ['leave-it', buttons.leaveThere],
      ],
    };
  if (publication.is !== 'unknown') return undefined;
  const account = accountOf(part);
  const isBehind = isBehindRehearsal(post, account, rules);
  return {
    words: `${stands}${sentWords(post, part)} Is it there?${isBehind ? ` ${onlyOnceRealWords(account, rules)}` : ''}`,
    lookAt: publication.lookAt,
    asksLink: true,
    answers: [
      ['it-is-there', buttons.itIsThere],
      ...(isGivenUp(post, publication) || isBehind ? [] : [['post-it-now', postIt(post, part)] as const]),
      ['do-not-post', buttons.doNotPost],
    ],
  };
}

/** The button that has it posted: what is held goes out by its release alone. */
function postIt(post: PostState, part: string): string {
  if (post.status.is === 'held' || isKeptBack(post, part)) return buttons.postOnceReleased;
  return awaitsCorrection(post) ? buttons.postOnceDecided : buttons.postNow;
}
