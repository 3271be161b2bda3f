import { plainLetter } from './lookalikes.ts';
import { graphemesOf } from './graphemes.ts';

/**
 * A text as the rules read it: compatibility forms, look-alike letters and accents folded to plain Latin, invisible
 * characters gone. Indices of `text` and `lower` are the same; `span` leads back to the text as written.
 */
export interface Folded {
  readonly written: string;
  /** capitals kept */
  readonly text: string;
  readonly lower: string;
  /** the UTF-16 range of the written text that the folded range [from, to) stands for */
  readonly span: (from: number, to: number) => { readonly from: number; readonly to: number };
}

/** Folds a text for reading by the rules; emoji stay as they are, and so does everything that hides nothing. */
export function fold(written: string): Folded {
  // plain text hides nothing
  if (/^[\n\x20-\x5f\x61-\x7e]*$/.test(written)) {
    return {
      written,
      text: written,
      lower: written.toLowerCase(),
      span: (from, to) => ({
        from: Math.min(from, written.length),
        to: Math.max(from, Math.min(to, written.length)),
      }),
    };
  }
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { segment, index } of graphemesOf(written)) {
    const plain = foldGrapheme(segment);
    for (let i = 0; i < plain.length; i += 1) {
      starts.push(index);
      ends.push(index + segment.length);
    }
    text += plain;
  }
  return {
    written,
    text,
    lower: lowerSameLength(text),
    span: (from, to) => {
      const start = starts[from] ?? written.length;
      const end = to > from ? (ends[to - 1] ?? written.length) : start;
      return { from: start, to: Math.max(start, end) };
    },
  };
}

function foldGrapheme(segment: string): string {
  if (segment.length === 1 && segment < '\u007f') return segment === '`' ? "'" : segment;
  if (segment === '\r\n') return '\n';
  const single = plainLetter([...segment][0] ?? '');
  // negative squared A and B are pictographs too, but stand for letters
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(segment) && !/^[A-Z]$/.test(single))
    return segment;
  // a look-alike is known by its own shape: the compatibility form of some is another letter
  let out = '';
  const shapes = Array.from(segment, (c) =>
    plainLetter(c) === c ? c.normalize('NFKD') : plainLetter(c),
  ).join('');
  for (const character of shapes) {
    if (/\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Mn}|\p{Me}/u.test(character)) continue;
    out += /\p{Zs}/u.test(character) ? ' ' : plainLetter(character);
  }
  return out;
}

/** Lower case without a change of length, so that indices stay true. */
function lowerSameLength(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join('');
}
