import { hashtagsIn } from './hashtags.ts';
import type { Range } from './links.ts';
import { emailsIn, linksIn } from './links.ts';
import { sentencesIn } from './sentences.ts';
import { remembered } from './remembered.ts';

/** The words of a folded text that a reader reads as words: links, email addresses, hashtags and handles are none. */
export const wordsIn = remembered(findWords);

function findWords(text: string): readonly Range[] {
  const apart: readonly Range[] = [...linksIn(text), ...emailsIn(text), ...hashtagsIn(text)];
  return [...text.matchAll(/[\p{L}\p{N}£$€][\p{L}\p{N}'’.,:/%&@£-]*/gu)]
    .filter((m) => text[m.index - 1] !== '@')
    .map((m) => ({ from: m.index, to: m.index + m[0].length }))
    .filter((word) => !apart.some((range) => word.from < range.to && word.to > range.from));
}

export interface SentenceRead extends Range {
  readonly words: number;
}

/** Every sentence with the number of its words; sentences without words are left out. */
export const readSentences = remembered(countSentences);

function countSentences(text: string): readonly SentenceRead[] {
  const words = wordsIn(text);
  return sentencesIn(text)
    .map((s) => ({ ...s, words: words.filter((w) => w.from >= s.from && w.from < s.to).length }))
    .filter((s) => s.words > 0);
}

/**
 * Flesch reading ease: 206.835 − 1.015 × words per sentence − 84.6 × syllables per word (Flesch 1948). Plain English
 * is 60 and more; undefined for a text of fewer than `least` words, whose figure says nothing.
 */
export function readingEase(text: string, least = 5): number | undefined {
  const sentences = readSentences(text);
  const words = wordsIn(text);
  if (words.length < least || sentences.length === 0) return undefined;
  const starts = new Set(sentences.map((s) => s.from));
  const syllables = words.reduce((sum, w) => {
    const spoken = syllablesIn(text.slice(w.from, w.to));
    // a name in the middle of a sentence is read as a whole, and no plainer word is to be had for it
    return (
      sum +
      (/^[A-Z][a-z]/.test(text.slice(w.from, w.to)) && !starts.has(w.from) ? Math.min(spoken, 2) : spoken)
    );
  }, 0);
  return 206.835 - 1.015 * (words.length / sentences.length) - 84.6 * (syllables / words.length);
}

// plain English as Flesch found it, and so many words of it
const PLAIN = { ease: 60, words: 12 } as const;

/**
 * The reading ease of a text that stands among a dozen words of plain English. Flesch read samples of a hundred words;
 * of a text of six, two long words decide alone, and such are the names of most services and places.
 */
export function easeAmongOthers(ease: number, words: number): number {
  return (ease * words + PLAIN.ease * PLAIN.words) / (words + PLAIN.words);
}

/**
 * Syllables of one word as written; a number, a time or an initialism counts as it looks, one for each short group.
 * Most words of a text have been met in others before.
 */
export const syllablesIn = remembered(countSyllables, 20_000);

function countSyllables(word: string): number {
  return (
    word
      .split(/[-/&.,:@%'’£$€]+/)
      .filter((part) => part !== '')
      .reduce((sum, part, i) => sum + (i > 0 && part.length <= 2 ? 0 : syllablesOfPart(part)), 0) || 1
  );
}

function syllablesOfPart(part: string): number {
  const letters = part.toLowerCase().replace(/[^a-z]/g, '');
  if (letters === '' || /\d/.test(part) || /^[A-Z]{2,5}$/.test(part)) return 1;
  return IRREGULAR.get(letters) ?? Math.max(1, vowelGroups(withoutMuteE(letters)) + vowelsApart(letters));
}

// common words whose spelling says something else
const IRREGULAR: ReadonlyMap<string, number> = new Map(
  Object.entries({
    people: 2,
    some: 1,
    something: 2,
    someone: 2,
    somewhere: 2,
    sometimes: 2,
    somebody: 3,
    home: 1,
    homes: 1,
    every: 2,
    everyone: 3,
    everything: 3,
    everybody: 4,
    everywhere: 3,
    business: 2,
    businesses: 3,
    evening: 2,
    different: 2,
    area: 3,
    areas: 3,
    idea: 3,
    ideas: 3,
    being: 2,
    create: 2,
    creates: 2,
    created: 3,
    creating: 3,
    creative: 3,
    real: 1,
    really: 2,
    friend: 1,
    friends: 1,
    wednesday: 2,
    does: 1,
    goes: 1,
    shoes: 1,
    eye: 1,
    eyes: 1,
    sure: 1,
    their: 1,
    there: 1,
    were: 1,
    before: 2,
    clothes: 1,
    cafe: 2,
    cafes: 2,
    vegetable: 3,
    interest: 2,
    family: 3,
    theatre: 3,
    science: 2,
    society: 4,
    museum: 3,
    quiet: 2,
    diet: 2,
    client: 2,
    ski: 1,
    via: 2,
    poem: 2,
    poet: 2,
  }),
);

/** Takes the letters away that are written and not spoken: the e at the end, in -es and -ed, and before -ly, -ment and the like. */
function withoutMuteE(letters: string): string {
  return letters
    .replace(/(?<=[a-z]{2})e(?=(?:ly|ment|ments|ful|less|ness|where|times?|body|thing)$)/, '')
    .replace(/(?<=[a-z]{2})(?<![sxzcg]|[cs]h|[^aeiouy][lr])es$/, 's')
    .replace(/(?<=[a-z]{2})(?<![td]|[^aeiouy][lr])ed$/, 'd')
    .replace(/(?<=[a-z])(?<![^aeiouy][lr])e$/, '')
    .replace(/(?<=[^aeiouy])re$/, 'r e')
    .replace(/(?<=[^aeiouy])(?:le|led|les)$/, ' e');
}

const vowelGroups = (letters: string): number => (letters.match(/[aeiouy]+/g) ?? []).length;

/** Neighbouring vowels that are spoken apart: media, video, continual, going, society; not nation, special or facial. */
function vowelsApart(letters: string): number {
  return (
    letters.match(
      /(?<![ctsgx])i(?:a(?!ge)|o(?!us$)(?!n)|um|us)|(?<=[aeiouy])ing|(?<=[^aeiou])eo(?!u|p)|(?<=[^qg])ua(?=l|t)|iet(?=y)|(?<=[cl])ien(?=t|c)/g,
    ) ?? []
  ).length;
}
