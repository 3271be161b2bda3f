import { cutAtWord } from '../../protocol/text/cut.ts';

/**
 * Text as a card's TextBlock reads it: Markdown in which nothing of people's is markup. Only `cardText` makes
 * one, so that a sentence which was not escaped does not typecheck where a card reads Markdown.
 */
export type CardText = string & { readonly [escaped]: true };
declare const escaped: unique symbol;

/** @returns a sentence, escaped, for a TextBlock. */
export function cardText(words: string): CardText {
  const text = escapeMarkdown(words);
  if (!isCardText(text)) throw new Error('escaped text is always a string');
  return text;
}

/** @returns the beginning of what is escaped already; a backslash goes with the mark whose meaning it took */
export function cutCardText(words: CardText, most: number): CardText {
  const text = cutAtWord(words, most).replace(/(?<!\\)((?:\\{2})*)\\…$/u, '$1…');
  return isCardText(text) ? text : words;
}

function isCardText(text: string): text is CardText {
  return typeof text === 'string';
}

/** What of a text's marks, or at the beginning of one of its lines, could mean something. */
const mayMean = /[\p{Cc}\u2028\u2029\\`*_[\]~<&{]|^[\s\-+=>#\d]/u;

/**
 * Takes every meaning that the cards' Markdown (Teams': bold, italic, lists, links; the simulator's: CommonMark)
 * would see out of a text, so that it reads as it was written. Round brackets and full stops are left as they are
 * where they mean nothing, since some Teams clients show a backslash that they need not take away.
 */
function escapeMarkdown(text: string): string {
  // Most of what a card says has nothing in it that means anything.
  if (!mayMean.test(text)) return text;
  return (
    text
      .replace(/(?![\n\r])\p{Cc}/gu, ' ')
      .replace(/[\\`*_[\]~<]|&(?=#?\w+;)/gu, '\\$&')
      // the renderer itself replaces DATE and TIME in double braces, before any Markdown
      .replace(/\{(?=\{)/gu, '{\\')
      .split(/\r\n|[\n\r\u2028\u2029]/u)
      .map((line) =>
        line
          .replace(/^\s+/u, '')
          .replace(/^[-+=>]|^#(?=#*(?:\s|$))/u, '\\$&')
          .replace(/^(\d+)([.)])/u, '$1\\$2'),
      )
      .join('\n\n')
  );
}

/** A piece of a line of a RichTextBlock, which knows no Markdown: what people wrote stands there letter by letter. */
export interface Run {
  readonly text: string;
  /** taken out: drawn struck through */
  readonly struck: boolean;
  /** put in: drawn highlighted and bold, so that colour is not all that says so */
  readonly added: boolean;
}

export interface Paragraph {
  readonly runs: readonly Run[];
}

/** @returns what somebody wrote, a paragraph for each of its lines */
export function paragraphs(text: string): readonly Paragraph[] {
  return toParagraphs([{ text, struck: false, added: false }]);
}

/** Breaks runs into lines: a RichTextBlock has no line break of its own that every client draws. */
export function toParagraphs(runs: readonly Run[]): readonly Paragraph[] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    const [first = '', ...rest] = run.text.split(/\r\n|[\n\r\u2028\u2029]/u);
    lines.at(-1)?.push(...pieces({ ...run, text: first }));
    for (const text of rest) lines.push(pieces({ ...run, text }));
  }
  return lines.flatMap(withinWidth).map((line) => ({
    runs: line.length === 0 ? [{ text: '\u00a0', struck: false, added: false }] : line,
  }));
}

/** So many letters of one word, as a link is, stand on a line of a phone. */
export const longestPiece = 34;
const longWord = new RegExp(String.raw`\S{${String(longestPiece + 1)},}`, 'gu');
const dividers = ['/', '?', '&', '=', '-', '_'] as const;

/**
 * A line as the lines that a phone has for it. One in which something is struck or added is drawn by a block that breaks
 * no word, so one that is longer than a phone is wide goes on below: whoever decides reads all of it. No hidden mark
 * breaks it, so that what is copied from the card is still the link. Every other line stays one (`asRead`).
 */
function withinWidth(line: readonly Run[]): readonly (readonly Run[])[] {
  if (!line.some(({ struck, added }) => struck || added)) return [line];
  const lines: Run[][] = [[]];
  for (const run of line) {
    const [first = '', ...rest] = piecesOfLongWords(run.text);
    lines.at(-1)?.push({ ...run, text: first });
    for (const text of rest) lines.push([{ ...run, text }]);
  }
  return lines;
}

function piecesOfLongWords(text: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(longWord)) {
    for (let end = index + word.length, next = index; end - next > longestPiece;) {
      next += breakIn(text.slice(next, next + longestPiece));
      found.push(text.slice(at, next));
      at = next;
    }
  }
  return [...found, text.slice(at)];
}

/** Where a piece of a word ends best: behind what divides it, and never within a letter. */
function breakIn(piece: string): number {
  const divided = Math.max(...dividers.map((mark) => piece.lastIndexOf(mark))) + 1;
  if (divided > longestPiece / 2) return divided;
  return /[\uD800-\uDBFF]$/u.test(piece) ? piece.length - 1 : piece.length;
}

/** The renderer replaces `{{DATE(…)}}` also here: in two pieces it stays what somebody wrote. */
function pieces(run: Run): Run[] {
  if (run.text === '') return [];
  if (!run.text.includes('{{')) return [run];
  return run.text
    .split(/(?<=\{)(?=\{)/u)
    .filter((text) => text !== '')
    .map((text) => ({ ...run, text }));
}

/** @returns an http(s) address that can stand in a card's link and ends where it should, or undefined for anything else */
export function linkAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return url.href.replace(
    /[()<>[\]\\*_`~|]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** @returns words that lead to an address; the words alone where it is none that a card can link to */
export function linkText(words: string, address: string): CardText {
  const url = linkAddress(address);
  const said = cardText(words);
  if (url === undefined) return said;
  const text = `[${said}](${url})`;
  return isCardText(text) ? text : said;
}

/** @returns a line of words with where it leads, which is empty where that is nowhere or no address */
export const linked = ({
  words,
  url,
}: {
  readonly words: string;
  readonly url: string;
}): { readonly words: CardText; readonly url: string } => ({
  words: cardText(words),
  url: url === '' ? '' : (linkAddress(url) ?? ''),
});
