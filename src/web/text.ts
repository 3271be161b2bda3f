import { cutAtWord, onOneLine } from '../protocol/text/cut.ts';
import { linksIn, linkTarget } from '../protocol/text/links.ts';

/** A stretch of a line: words, or words that lead somewhere. */
export type Segment = { readonly text: string; readonly href?: string };
export type Line = readonly Segment[];
/** Lines that stand together. */
export type Paragraph = readonly Line[];

/**
 * What a person wrote, as plain characters that are safe to show in any document: without control characters,
 * noncharacters and half pairs (XML allows none of them), and without the marks that turn the direction of
 * what follows, with which a link can be made to read as another.
 */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
}

/** As `plain`, on one line. */
export function oneLine(text: string): string {
  return onOneLine(plain(text));
}

/** @returns where a link leads; undefined when that is no place on the web, or when a name before an `@` would disguise it */
function hrefOf(link: string): string | undefined {
  const url = URL.parse(linkTarget(link));
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  return url.username === '' && url.password === '' ? url.href : undefined;
}

function segments(line: string): Line {
  const found: Segment[] = [];
  let done = 0;
  for (const { from, to } of linksIn(line)) {
    const link = line.slice(from, to);
    const href = hrefOf(link);
    if (href === undefined) continue;
    if (from > done) found.push({ text: line.slice(done, from) });
    found.push({ text: link, href });
    done = to;
  }
  if (done < line.length) found.push({ text: line.slice(done) });
  return found;
}

/** Text as paragraphs (parted by blank lines) of lines, in which addresses are the links that the networks make of them. */
export function paragraphs(text: string): readonly Paragraph[] {
  return plain(text)
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map(segments),
    )
    .filter((paragraph) => paragraph.length > 0);
}

/** The first words of a text, at most so many UTF-16 units, cut at a word's end. */
export function beginning(text: string, most: number): string {
  return cutAtWord(oneLine(text), most);
}
