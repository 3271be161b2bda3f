import type { NetworkName } from '../protocol.ts';
import { weigh } from './length.ts';
import { remembered } from './remembered.ts';
import { sentencesIn } from './sentences.ts';

/** Networks on which a text may go out as several posts, each an answer to the one before. */
export const threadNetworks: readonly NetworkName[] = ['x', 'bluesky'];

/** A line of nothing but dashes: where the author ends a part. */
const breakLine = /(?:^|\n)[^\S\n]*-{3,}[^\S\n]*(?=\n|$)/u;
const breakLines = new RegExp(breakLine, 'gu');

/** Whether the author put an end to a part somewhere. */
export function hasBreaks(text: string): boolean {
  return breakLine.test(text);
}

/** The text where it goes out whole: an author's end of a part is the end of a paragraph. */
export function withoutBreaks(text: string): string {
  if (!hasBreaks(text)) return text;
  const whole = sections(text);
  return whole.length === 0 ? text : whole.join('\n\n');
}

/**
 * The posts of a thread, each with its number (`1/3 `) inside the network's limit. The author's breaks are kept;
 * whatever is still too long is split at the end of a paragraph, else of a sentence, else between two words: never
 * inside a word, a link or a hashtag. One word that is longer than the limit stays whole and is too long. A text
 * that fits is one post, without a number.
 */
export function threadOf(network: NetworkName, text: string, limit: number): readonly string[] {
  const key = `${network} ${String(limit)}`;
  const split = splitters.get(key) ?? remembered((each) => divided(network, each, limit));
  splitters.set(key, split);
  return split(text);
}

/** What a post of a thread says without its number, which is no house number: `2/3 Moor Lane in Crosby is closed.` */
export const withoutNumber = (post: string): string => post.replace(/^\d+\/\d+ /u, '');

/** By network and limit. The form of a card asks for the same thread each time that it is drawn, for everybody anew. */
const splitters = new Map<string, (text: string) => readonly string[]>();

function divided(network: NetworkName, text: string, limit: number): readonly string[] {
  const whole = sections(text);
  const [only] = whole;
  if (only === undefined) return [text];
  if (whole.length === 1 && weigh(network, only) <= limit) return [only];
  for (let digits = 1; ; digits += 1) {
    // The widest number that this many digits can write, so that no part grows too long by its own.
    const widest = `${'9'.repeat(digits)}/${'9'.repeat(digits)} `;
    const fits = (part: string): boolean => weigh(network, widest + part) <= limit;
    const parts = whole.flatMap((section) => split(section, fits));
    const count = String(parts.length);
    if (parts.length === 1) return parts;
    if (count.length <= digits) return parts.map((part, n) => `${String(n + 1)}/${count} ${part}`);
  }
}

function sections(text: string): readonly string[] {
  return text
    .split(breakLines)
    .map((section) => section.trim())
    .filter((section) => section !== '');
}

/** How much of a part has to be filled before the end of a paragraph, or of a sentence, is taken for its end. */
const enough = { paragraph: 0.5, sentence: 0.3 } as const;

/** Cuts one section into parts that fit. */
function split(section: string, fits: (part: string) => boolean): readonly string[] {
  const ends = endsIn(section);
  const parts: string[] = [];
  let from = 0;
  while (from < section.length) {
    const { at, next } = cutAfter(section, from, ends, fits);
    parts.push(section.slice(from, at));
    from = next;
  }
  return parts;
}

interface End {
  readonly at: number;
  /** where the next part begins */
  readonly next: number;
  readonly of: 'section' | 'paragraph' | 'sentence' | 'word';
}

/** Where a section may be cut, in order: at each run of white space, and where it ends. */
function endsIn(section: string): readonly End[] {
  const sentences = new Set(sentencesIn(section).map(({ to }) => to));
  const inside = [...section.matchAll(/\s+/gu)].map((space): End => {
    const at = space.index;
    const next = at + space[0].length;
    if (/\n\s*\n/u.test(space[0])) return { at, next, of: 'paragraph' };
    return { at, next, of: sentences.has(at) || space[0].includes('\n') ? 'sentence' : 'word' };
  });
  return [...inside, { at: section.length, next: section.length, of: 'section' }];
}

/** The best end after `from` up to which the text still fits; the end of the first word where not even that does. */
function cutAfter(section: string, from: number, ends: readonly End[], fits: (part: string) => boolean): End {
  const first = firstAfter(ends, from);
  const fitting = (n: number): boolean => fits(section.slice(from, ends[n]?.at));
  // Doubled, then halved: a long text is not weighed as a whole again and again.
  let step = 1;
  while (first + step < ends.length && fitting(first + step)) step *= 2;
  let low = first;
  let high = Math.min(first + step, ends.length - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fitting(middle)) low = middle;
    else high = middle - 1;
  }
  const last = ends[low] ?? { at: section.length, next: section.length, of: 'section' };
  if (last.of === 'section') return last;
  const best = (of: End['of'], share: number): End | undefined =>
    ends.slice(first, low + 1).findLast((end) => end.of === of && end.at - from >= (last.at - from) * share);
  return best('paragraph', enough.paragraph) ?? best('sentence', enough.sentence) ?? last;
}

function firstAfter(ends: readonly End[], from: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ends[middle]?.at ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  return low;
}
