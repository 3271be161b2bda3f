import type { Millis } from '../../core/time.ts';
import { isLookOver } from '../../dispatch/perhaps-gone.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { isAskedAbout } from '../../dispatch/said.ts';
import { isRemovalUnclear, isRoomAskedFor } from '../../dispatch/tried.ts';
import { isChangeUnclear } from '../../posts/changes-in-place.ts';
import { awaitsCorrection } from '../../posts/correctable.ts';
import { changesAskedFor } from '../../posts/correction-goes-on.ts';
import { isGivenUp } from '../../posts/given-up.ts';
import { publicationsOf } from '../../posts/what-is-public.ts';
import { isKeptBack } from '../../posts/open-hold.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { sentWords, triedWords } from '../../words/sent-anew.ts';
import { buttons, placeName } from '../../words/on-cards.ts';
import { publicationWords } from '../../words/publications.ts';
import { dayOnCard, type Telling } from '../../words/story.ts';
import type { PostCardData } from './post-data.ts';
import { cardText, linkAddress } from './text.ts';
import type { PostCardOptions } from './viewer.ts';

/** What nobody could tell and the desk is asked about. */
export function unknownsOf(
  post: PostState,
  telling: Telling,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCardData['unknowns'] {
  const publications = publicationsOf(post);
  const parts = Object.keys(publications);
  const day = dayOnCard(post, telling, rules, now);
  const words = (part: string, publication: Publication): string =>
    `${placeName(part, parts, rules)}: ${publicationWords(publication, undefined, now, day)}`;
  return Object.entries(publications).flatMap(([part, publication]): PostCardData['unknowns'] => {
    const isChange = changesAskedFor(post).includes(part);
    if (!isChange && !isAskedAbout(publication)) return [];
    const inputId = `link:${part}`;
    const asked = {
      part,
      inputId,
      value: options.typed?.[inputId] ?? '',
      error: cardText(options.errors?.[inputId] ?? ''),
    };
    if (isChange && publication.is === 'published') {
      const isUnclear = isChangeUnclear(post, part);
      return [
        {
          ...asked,
          words: cardText(
            `${placeName(part, parts, rules)}: ${triedWords(post, part)}.${isUnclear ? ' Which words has it?' : ''}`,
          ),
          lookAt: linkAddress(publication.remote.url) ?? '',
          asksLink: false,
          answers: [
            { part, word: 'it-is-done', title: buttons.isChanged },
            { part, word: 'try-again', title: buttons.tryNow },
            { part, word: 'leave-it', title: buttons.leaveWords },
          ],
        },
      ];
    }
    if (isLookOver(publication))
      return [
        {
          ...asked,
          words: cardText(`${words(part, publication)} Is it still there?`),
          lookAt: linkAddress(publication.remote.url) ?? '',
          asksLink: false,
          answers: [
            { part, word: 'still-there', title: buttons.stillThere },
            { part, word: 'it-is-gone', title: buttons.isGone },
          ],
        },
      ];
    if (isRoomAskedFor(publication))
      return [
        {
          ...asked,
          words: cardText(
            `${words(part, publication)}.${isRemovalUnclear(publication) ? ' Is it still there?' : ''}`,
          ),
          lookAt: linkAddress(publication.remote.url) ?? '',
          asksLink: false,
          answers: [
            { part, word: 'it-is-done', title: buttons.isGoneByNow },
            { part, word: 'try-again', title: buttons.tryNow },
            { part, word: 'leave-it', title: buttons.leaveThere },
          ],
        },
      ];
    if (publication.is !== 'unknown') return [];
    const mayPost = !isGivenUp(post, publication);
    // What is held goes out by its release alone.
    const isHeld = post.status.is === 'held' || isKeptBack(post, part);
    const postIt = isHeld
      ? buttons.postOnceReleased
      : awaitsCorrection(post)
        ? buttons.postOnceDecided
        : buttons.postNow;
    return [
      {
        ...asked,
        words: cardText(`${words(part, publication)}${sentWords(post, part)} Is it there?`),
        lookAt: linkAddress(publication.lookAt ?? '') ?? '',
        asksLink: true,
        answers: [
          { part, word: 'it-is-there', title: buttons.itIsThere },
          ...(mayPost ? [{ part, word: 'post-it-now', title: postIt }] : []),
          { part, word: 'do-not-post', title: buttons.doNotPost },
        ],
      },
    ];
  });
}
