import { isEmoji } from './emoji.ts';
import type { Range } from './links.ts';
import { emailsIn, linksIn } from './links.ts';
import { remembered } from './remembered.ts';
import { graphemesOf } from './graphemes.ts';

// a full stop after these does not end a sentence; a letter behind digits is no initial: "the 1840s. Open daily", "zone 3b. Please"
const ABBREVIATION =
  /(?:^|[^a-z'’])(?:e\.g|i\.e|eg|ie|etc|vs|mr|mrs|ms|dr|prof|rev|st|cllr|coun|sgt|insp|no|nos|approx|tel|ext|fig|inc|ltd|dept|est|incl|min|max|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thurs?|fri|sat|sun)$|(?:^|[^a-z0-9'’])[a-z]$/i;
// "Zone B. If", "week A. The": a letter before what begins a sentence and no surname is no initial
const LETTER = /(?:^|[^a-z'’])[a-z]$/i;
const OPENS_A_SENTENCE =
  /^(?:the|an?|if|we|you|your|our|they|their|it|its|it's|this|that|these|those|there|here|please|for|from|to|in|on|at|by|of|when|where|while|who|what|which|why|how|all|any|each|every|both|no|not|do|don't|can|could|will|would|should|is|are|was|were|with|and|but|or|so|as|after|before|because|since|unless|until|once|he|she|his|her|we'll|we're|you'll|you're|then|only|just|now|also|find|call|visit|check|see|bring|keep|come|put|look|send|tell|ask)(?![\w'.-])/i;
const ENDS_ANYWAY = /(?:^|[^a-z])(?:etc|a\.m|p\.m|ltd|inc|est)$/i;

/**
 * The sentences of a folded text. Newlines, bullets and emoji that stand between sentences end one; abbreviations,
 * decimals, times such as 6.30am and the dots of links do not.
 */
export const sentencesIn = remembered(findSentences);

function findSentences(text: string): readonly Range[] {
  const kept = [...linksIn(text), ...emailsIn(text)];
  const inside = (i: number): boolean => kept.some((range) => i >= range.from && i < range.to);
  const cuts: number[] = [];
  for (const m of text.matchAll(
    /(?<![.!?…])[.!?…]+["')\]]*(?=\s|$|[•·▪])|[\n\r]+|[•·▪●◦‣]|(?<=\s)[-*](?=\s+[A-Z])/g,
  )) {
    if (inside(m.index)) continue;
    const to = m.index + m[0].length;
    if (m[0].startsWith('.') && !endsHere(text, m.index, to)) continue;
    cuts.push(to);
  }
  for (const end of emojiEnds(text)) cuts.push(end);
  return rangesBetween(text, cuts);
}

function endsHere(text: string, at: number, to: number): boolean {
  const before = text.slice(Math.max(0, at - 12), at);
  const following = text.slice(to).trimStart();
  const next = following[0] ?? '';
  if (next === '') return true;
  if (/^\p{Ll}/u.test(next)) return !ABBREVIATION.test(before);
  if (!ABBREVIATION.test(before)) return true;
  if (LETTER.test(before) && OPENS_A_SENTENCE.test(following)) return true;
  return ENDS_ANYWAY.test(before) || (/(?:^|\s)no$/i.test(before) && !/\d/.test(next));
}

/** An emoji followed by a capital stands where a full stop would. */
function emojiEnds(text: string): readonly number[] {
  if (/^[\0-\x7e]*$/.test(text)) return [];
  const ends: number[] = [];
  let lastEmoji = -1;
  for (const { segment, index } of graphemesOf(text)) {
    if (isEmoji(segment)) lastEmoji = index + segment.length;
    else if (/\s/.test(segment)) continue;
    else {
      if (lastEmoji >= 0 && /^\p{Lu}/u.test(segment)) ends.push(lastEmoji);
      lastEmoji = -1;
    }
  }
  return ends;
}

function rangesBetween(text: string, cuts: readonly number[]): readonly Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (const to of [...new Set([...cuts, text.length])].sort((a, b) => a - b)) {
    const piece = text.slice(from, to);
    const lead = piece.length - piece.trimStart().length;
    if (/[\p{L}\p{N}]/u.test(piece)) ranges.push({ from: from + lead, to: from + piece.trimEnd().length });
    from = to;
  }
  return ranges;
}
