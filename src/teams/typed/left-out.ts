import { plain } from '../../protocol/people.ts';
import type { DeskRules } from '../../posts/post.ts';
import { saysNot, withOneWord } from './denials.ts';
import { isWithinName, known, leadsOn, longest, readFront, type Front } from './front.ts';

/** Words in front of a text that say where it is not to go: `everywhere but X`, with no colon that ends them. */

/** So many words are looked at: several accounts stand in them by their whole names. */
const mostWords = 24;

/** What follows is still of these words, and nobody can tell how much of it. */
const goingOn = /^[\s,]*(?:[/+]|(?:and|or|nor|but|not|except|excluding|apart|also|bar|plus)\b)/u;

/** What ends words, behind which a text begins. */
const sentenceEnd = /[.;!]$/u;

/**
 * The longest words in front of a text that leave accounts out, with the mark that ends them; whole, up to the next mark,
 * where more belongs to them that cannot be read. Behind a capital they say of all the places that some are not meant,
 * or are a sentence of their own.
 */
export function leavingOut(text: string, rules: DeskRules): string | undefined {
  const line = /^[^\n]{0,400}?(?:[.;!?](?=\s)|(?=\n)|$)/u.exec(text.slice(0, 400))?.[0] ?? '';
  const words = line.split(' ').slice(0, mostWords);
  // Most texts leave nothing out, and each is proposed with them.
  if (!mayLeaveOut(words.join(' '), rules)) return undefined;
  for (let n = words.length; n > 1; n -= 1) {
    const front = words.slice(0, n).join(' ');
    const read = readFront(front, rules);
    const after = text.slice(front.length);
    if (read === undefined || after.trim() === '' || !isSaid(front, read, after)) continue;
    if (leadsOn.has(plain(words[n - 1] ?? '')) || isWithinName(words, n, rules)) continue;
    return isWhole(front, after) ? front : upToMark(front, after);
  }
  return undefined;
}

/** Whether such words are meant for Crier, and begin no sentence of the text. */
function isSaid(front: string, { isNot, without, isElsewhere, isEverywhere }: Front, after: string): boolean {
  if (!isNot || (without.length === 0 && !isElsewhere)) return false;
  if (isEverywhere) return true;
  const isEnd = sentenceEnd.test(front) || /^\s*\n/u.test(after);
  if (/^\p{Lu}/u.test(front)) return isEnd && /^not (?:on|for|to|via)\b/u.test(withOneWord(front));
  return (
    isEnd || /^\s+[\p{Lu}\p{N}]/u.test(after) || !/^(?:no|without|but|bar|except)\s/u.test(withOneWord(front))
  );
}

/** Whether they end there: `everywhere but X, Facebook users …` may leave out one place or two. */
const isWhole = (front: string, after: string): boolean =>
  sentenceEnd.test(front) ||
  /^\s*\n/u.test(after) ||
  !(goingOn.test(after) || (/,\s/u.test(front) && /^\s+\p{Ll}/u.test(after)));

/** The words with what belongs to them, to the next mark or for some words. */
function upToMark(front: string, after: string): string {
  const more =
    /^[^\n]{1,60}?(?:[:;,.!](?=\s|$)|(?=\s*\n)|(?=\s[-–—]\s))/u.exec(after)?.[0] ??
    /^(?:\s*\S+){1,4}/u.exec(after)?.[0] ??
    '';
  return `${front}${more}`;
}

/**
 * Words in small letters before a colon that name a place and say that something is not so, though nobody can tell what:
 * `website only, no social:`.
 */
export function unreadPlaces(text: string, rules: DeskRules): string | undefined {
  const words = /^(?!no\s)\p{Ll}(?:[^\n:.;!?]|[.;!?](?!\s)){2,60}:(?![/\d])/u.exec(text)?.[0];
  return words !== undefined && mayLeaveOut(words, rules) && readFront(words, rules) === undefined
    ? words
    : undefined;
}

/** Whether words say that something is not so, and name a place. */
function mayLeaveOut(words: string, rules: DeskRules): boolean {
  if (!saysNot(words)) return false;
  const all = withOneWord(words).split(' ');
  return all.some((_word, from) => longest(all.slice(from), known(rules))[1]?.is === 'accounts');
}
