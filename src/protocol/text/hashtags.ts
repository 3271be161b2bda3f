import { isEmoji } from './emoji.ts';
import { linksIn } from './links.ts';
import { remembered } from './remembered.ts';
import { graphemesOf } from './graphemes.ts';

export interface Hashtag {
  /** without the sign */
  readonly tag: string;
  readonly from: number;
  readonly to: number;
  /** nothing but hashtags, links, emoji and closing punctuation follows */
  readonly atEnd: boolean;
}

/** Hashtags of a folded text: a sign that begins a word, with at least one letter; not the fragment of a link. */
export const hashtagsIn = remembered(findHashtags);

function findHashtags(text: string): readonly Hashtag[] {
  if (!text.includes('#')) return [];
  const links = linksIn(text);
  const found = [...text.matchAll(/(?<![\p{L}\p{N}_&/#])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu)]
    .map((m) => ({ tag: m[1] ?? '', from: m.index, to: m.index + m[0].length }))
    .filter((tag) => !links.some((link) => tag.from >= link.from && tag.to <= link.to));
  const blank = [...text];
  let rest = blank.join('');
  for (const range of [...found, ...links]) {
    rest = rest.slice(0, range.from) + ' '.repeat(range.to - range.from) + rest.slice(range.to);
  }
  const end = lastWordEnd(rest);
  return found.map((tag) => ({ ...tag, atEnd: tag.from >= end }));
}

/** Where the last thing ends that is neither white space, punctuation nor emoji. */
function lastWordEnd(text: string): number {
  let end = 0;
  for (const { segment, index } of graphemesOf(text)) {
    if (/[\p{L}\p{N}]/u.test(segment) && !isEmoji(segment)) end = index + segment.length;
  }
  return end;
}

/**
 * Whether a tag is CamelCase as far as that can be seen: every word begins with a capital. Words cannot be told apart
 * in general, so a tag fails if it begins small, holds an underscore, is shouted beyond the length of an acronym, or
 * holds a run of small letters too long for one English word.
 */
export function isCamelCase(tag: string): boolean {
  if (tag.includes('_')) return false;
  const letters = tag.replace(/^\d+/, '');
  // 5k, 10th, 7pm: a digit may carry a short unit
  const unit =
    letters.length < tag.length ? letters.replace(/^(?:a|k|km|m|th|st|nd|rd|am|pm|s)(?![a-z])/, '') : letters;
  if (/^\p{Ll}/u.test(unit)) return false;
  if (/\d\p{Ll}{3,}/u.test(tag)) return false;
  const shouted = /^(?:\p{Lu}|\d)+$/u.test(tag) ? tag.replace(/\d/g, '') : '';
  if (shouted.length > 6 && !/^[^AEIOU]{4}/.test(shouted)) return false;
  return !(tag.match(/\p{Lu}\p{Ll}{12,}/gu) ?? []).some((word) => !LONG_WORD.test(word.toLowerCase()));
}

// endings that English gives to long single words, such as apprenticeships or accessibility
const LONG_WORD =
  /(?:ships?|tions?|sions?|ity|ities|ments?|hoods?|ness|tional|mental|ering|ising|ology|alism|ively|ically|aries|ability)$/;
