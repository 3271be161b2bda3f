import { cutAtWord, onOneLine } from '../protocol/text/cut.ts';

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

const address = /https:\/\/[^\s<>"'`\\^{|}]+/gu;

/** The end of a sentence or a bracket round an address does not belong to it. */
function withoutTail(found: string): string {
  const tail = [
    '.,;:!?…*_~»”’',
    ...(found.includes('(') ? [] : [')']),
    ...(found.includes('[') ? [] : [']']),
  ].join('');
  let end = found.length;
  while (end > 0 && tail.includes(found.charAt(end - 1))) end -= 1;
  return found.slice(0, end);
}

/** @returns where an address leads; undefined when it is none, or when a name before an `@` would disguise it */
function hrefOf(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}

function segments(line: string): Line {
  const found: Segment[] = [];
  let done = 0;
  for (const match of line.matchAll(address)) {
    const link = withoutTail(match[0]);
    const href = hrefOf(link);
    if (href === undefined) continue;
    if (match.index > done) found.push({ text: line.slice(done, match.index) });
    found.push({ text: link, href });
    done = match.index + link.length;
  }
  if (done < line.length) found.push({ text: line.slice(done) });
  return found;
}

/** Text as paragraphs (parted by blank lines) of lines, in which bare https addresses are links. */
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
