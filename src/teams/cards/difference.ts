import { diffWordsWithSpace } from 'diff/lib/diff/word.js';
import { remembered } from '../../protocol/text/remembered.ts';
import type { Paragraph, Run } from './text.ts';
import { toParagraphs } from './text.ts';

/** What was changed, word by word, and in how many sentences. */
export interface Difference {
  readonly sentences: number;
  /** without long stretches that did not change */
  readonly paragraphs: readonly Paragraph[];
  readonly whole: readonly Paragraph[];
}

/** Keeps the old words and the new ones apart. */
const thin = '\u2009';

/** How much unchanged text around a change is shown, in characters. */
const around = 40;

/**
 * Beyond so many words put in or taken out, a text is another one, of which nobody would read word by word what has
 * become of the former. To find out takes time that grows with their square: minutes for two long texts.
 */
const mostEdits = 250;

/** A text in the place of another. */
const anew = (before: string, after: string): readonly WordChange[] => [
  { value: before, added: false, removed: true },
  { value: after, added: true, removed: false },
];

/** The changes from one text to the next, word by word. Undefined where nothing changed. */
export function difference(before: string, after: string): Difference | undefined {
  return before === after ? undefined : from(before)(after);
}

/** Every viewer of a card is shown the same. */
const from = remembered((before) => remembered((after) => found(before, after)));

function found(before: string, after: string): Difference {
  const words = diffWordsWithSpace(before, after, { maxEditLength: mostEdits }) ?? anew(before, after);
  const changes = phrases(words);
  // A highlighted gap alone would not be seen.
  const whole = changes.map((change): Run => ({
    text: change.value,
    struck: change.removed,
    added: change.added,
  }));
  const runs = whole.map((run, index): Run => {
    if (run.added || run.struck) return run;
    // Where nothing but blanks changed, the text is all there is to see.
    const isAll = changes.length === 1;
    return { ...run, text: shorten(run.text, isAll || index > 0, isAll || index < changes.length - 1) };
  });
  return {
    sentences: sentencesTouched(words, after),
    paragraphs: toParagraphs(runs),
    whole: toParagraphs(whole),
  };
}

interface WordChange {
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

/**
 * Words that were put in the place of others, as one phrase after the other: what stands between two changes only
 * as blanks belongs to both.
 */
function phrases(changes: readonly WordChange[]): readonly WordChange[] {
  const together: WordChange[] = [];
  let [out, put] = ['', ''];
  const close = (): void => {
    const [taken, given] = [out.trim() !== '', put.trim() !== ''];
    if (taken) together.push({ value: out, added: false, removed: true });
    if (taken && given && !/\s$/u.test(out)) together.push({ value: thin, added: false, removed: false });
    // blanks alone would be a mark that says nothing
    if (put !== '') together.push({ value: put, added: given, removed: false });
    [out, put] = ['', ''];
  };
  changes.forEach((change, index) => {
    const after = changes[index + 1];
    const joins = /^[^\S\n]+$/u.test(change.value) && (out !== '' || put !== '') && after !== undefined;
    if (change.removed) out += change.value;
    else if (change.added) put += change.value;
    else if (joins) {
      out += change.value;
      put += change.value;
    } else {
      close();
      together.push(change);
    }
  });
  close();
  return together;
}

function shorten(text: string, afterChange: boolean, beforeChange: boolean): string {
  const most = around * (Number(afterChange) + Number(beforeChange));
  if (text.length <= most + 10) return text;
  const head = afterChange ? text.slice(0, around).replace(/\S*$/u, '') : '';
  const tail = beforeChange ? text.slice(-around).replace(/^\S*/u, '') : '';
  return `${head.trimEnd()}${head === '' ? '' : ' '}…${tail === '' ? '' : ' '}${tail.trimStart()}`;
}

/** Counts the sentences of the new text in which something was put in or taken out. */
function sentencesTouched(changes: readonly WordChange[], after: string): number {
  const ends = [...after.matchAll(/(?<![.!?])[.!?]+(?=\s|$)|\n/gu)].map((end) => end.index + end[0].length);
  const touched = new Set<number>();
  let offset = 0;
  let sentence = 0;
  /** goes on to the sentence at an offset, which is never before the last one that was asked for */
  const sentenceAt = (at: number): number => {
    while ((ends[sentence] ?? Infinity) <= at) sentence += 1;
    return sentence;
  };
  for (const { added, removed, value } of changes) {
    if (removed) {
      touched.add(sentenceAt(offset));
      continue;
    }
    if (added && value.trim() !== '') {
      const first = sentenceAt(offset + value.length - value.trimStart().length);
      const last = sentenceAt(offset + value.trimEnd().length - 1);
      for (let each = first; each <= last; each += 1) touched.add(each);
    }
    offset += value.length;
  }
  return Math.max(1, touched.size);
}
