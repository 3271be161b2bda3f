import type { Millis } from '../../core/time.ts';
import { isPublic } from '../../posts/leaving/what-is-public.ts';
import { captionWords } from '../../posts/writing/media.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import type { Revision } from '../../posts/writing/revision.ts';
import {
  alsoWords,
  partWords,
  sentencesWords,
  settingsWords,
  changedParts,
} from '../../words/desk-changed.ts';
import { longTextWords } from '../../words/long-texts.ts';
import type { PostCardData } from './post-data.ts';
import { difference } from './difference.ts';
import { foldedLines, unfolded } from './folded-lines.ts';
import { lines, none, nothing } from './post-head.ts';
import { cardText } from './text.ts';

type Changed = PostCardData['changed'];

/** Nothing that anybody has to be told. */
export const unchanged: Changed = { show: false, texts: [], alsoTitle: nothing, also: none };

/** All that the desk or another writer changed of its author's words, texts word by word and the rest in a line each, while that is still to be decided. */
export function changedOf(post: PostState, rules: DeskRules, now: Millis): Changed {
  const { serviceWrote: before = post.revision } = post;
  // Once it is public, what was changed before is no longer of interest, and a correction is another's change.
  const isTold = post.serviceWrote !== undefined || post.deskChanged !== undefined;
  if (!isTold || isPublic(post) || post.status.is === 'taken-down') return unchanged;
  const main = difference(before.text, post.revision.text);
  const texts = [
    ...(main === undefined
      ? []
      : [
          {
            title: sentencesWords(post, main.sentences, rules),
            paragraphs: main.paragraphs,
            linesOf: unfolded,
          },
        ]),
    ...otherTexts(before, post.revision, rules).flatMap(({ what, was, is, linesOf }) => {
      const changed = difference(was, is);
      return changed === undefined
        ? []
        : [{ title: partWords(post, what, rules), paragraphs: changed.paragraphs, linesOf }];
    }),
  ].map(({ title, paragraphs, linesOf }, n) => ({
    title: cardText(title),
    ...linesOf(paragraphs, `changed-${String(n)}`),
  }));
  const also = settingsWords(post, before, rules, now);
  return {
    show: texts.length > 0 || also.length > 0,
    texts,
    alsoTitle: also.length === 0 ? nothing : cardText(alsoWords(post, texts.length > 0, rules)),
    also: lines(also),
  };
}

interface OtherText {
  /** as it is said after `changed` */
  readonly what: string;
  readonly was: string;
  readonly is: string;
  /** whether many lines of it fold, as those of captions do */
  readonly linesOf: typeof unfolded;
}

/** The texts beside the main one. */
function otherTexts(before: Revision, after: Revision, rules: DeskRules): readonly OtherText[] {
  const own = after.accounts
    .filter((account) => before.variants[account] !== after.variants[account])
    .map((account) => ({
      what: changedParts.text(account, rules),
      // An account without a text of its own gets the main one.
      was: before.variants[account] ?? before.text,
      is: after.variants[account] ?? after.text,
      linesOf: unfolded,
    }));
  const described = after.media.flatMap((medium, index): OtherText[] => {
    const was = before.media.find(({ hash }) => hash === medium.hash);
    if (was === undefined) return [];
    return [
      { what: changedParts.description(index, after.media), was: was.alt, is: medium.alt, linesOf: unfolded },
      {
        what: changedParts.captions(index, after.media),
        was: captionWords(was),
        is: captionWords(medium),
        linesOf: (all, id) => foldedLines(all, id, longTextWords.readChanges),
      },
    ];
  });
  return [
    ...own,
    { what: changedParts.heading, was: before.headline, is: after.headline, linesOf: unfolded },
    { what: changedParts.summary, was: before.summary, is: after.summary, linesOf: unfolded },
    {
      what: changedParts.youtubeTitle,
      was: before.youtube?.title ?? '',
      is: after.youtube?.title ?? '',
      linesOf: unfolded,
    },
    ...described,
  ];
}
