import type { Millis } from '../core/time.ts';
import type { ErasedText, PostState } from '../posts/post.ts';
import { sayList } from './names.ts';
import { sayOn } from './times.ts';

const erasedTexts: Readonly<Record<ErasedText, string>> = {
  words: 'its words',
  earlier: 'what it said before it was corrected',
  media: 'its pictures and videos',
  descriptions: 'what its pictures show',
  captions: 'the captions of its video',
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
