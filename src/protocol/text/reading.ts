import { hashtagsIn } from './hashtags.ts';
import type { Range } from './links.ts';
import { emailsIn, linksIn } from './links.ts';
import { sentencesIn } from './sentences.ts';

/** The words of a folded text that a reader reads as words: links, email addresses, hashtags and handles are none. */
export function wordsIn(text: string): readonly Range[] {
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
export function readSentences(text: string): readonly SentenceRead[] {
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
  const syllables = words.reduce((sum, w) => sum + syllablesIn(text.slice(w.from, w.to)), 0);
  return 206.835 - 1.015 * (words.length / sentences.length) - 84.6 * (syllables / words.length);
}

/** Syllables of one word as written; a number, a time or an initialism counts as it looks, one for each short group. */
export function syllablesIn(word: string): number {
  return (
    word
      .split(/[-/&.,:@%'’£$€]+/)
      .filter((part) => part !== '')
      .reduce((sum, part, i) => sum + (i > 0 && part.length <= 2 ? 0 : syllablesOfPart(part)), 0) || 1
  );
}

function syllablesOfPart(part: string): number {
  const letters = part.toLowerCase().replace(/[^a-z]/g, '');
  if (letters === '' || /\d/.test(part)) return 1;
  if (/^[A-Z]{2,5}$/.test(part)) return 1;
  if (letters.length <= 3)
    return /^(?:any|ago|via|duo|area|idea|bio|ion|iou|oui|eve|use|one|two)$/.test(letters) &&
      !/^(?:eve|use|one|two)$/.test(letters)
      ? 2
      : vowelGroups(letters);
  return vowelGroups(letters);
}

function vowelGroups(letters: string): number {
  const word = letters
    .replace(/^(?:every)/, 'evry')
    .replace(/(?:business)/, 'bizness')
    .replace(/(?<=[a-z])(?:people)/, 'pepul')
    .replace(/(?<=.{2})e(?=(?:ly|ment|ments|ful|less|ness|some|where|times?)$)/, '')
    .replace(/(?<=[^lr]|[aeiouy][lr])(?<=[a-z]{2})es$/, (es, at: number) =>
      /[sxzcg]$|[cs]h$/.test(letters.slice(0, at)) ? es : 's',
    )
    .replace(/(?<=[a-z]{2})(?<![td])ed$/, 'd')
    .replace(/(?<=[a-z]{2}[^l]|[aeiouy]l)e$/, '');
  const groups = word.match(/[aeiouy]+/g) ?? [];
  let count = groups.length;
  // two vowels that are sounded apart: area, science, create, video, continuing, society; not nation, special, facial
  count += (
    word.match(
      /(?<![ctsgx])i(?:a|o|um|us|en|et)|eo(?!u)|ua(?!r)|uou|(?<=[^q])ui(?:ng|ty)|[yi]ing|rea(?=t[eio])|oi?ng(?=$)(?<=[^o]oing)/g,
    ) ?? []
  ).length;
  if (/^(?:people|someone|somewhere|something|home|friend|friends)$/.test(letters))
    count = letters.startsWith('some') || letters === 'people' ? 2 : 1;
  return Math.max(1, count);
}
