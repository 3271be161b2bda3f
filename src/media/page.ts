import { cutAtWord, onOneLine } from '../protocol/text/cut.ts';

/** What a page says of itself for a card, by the Open Graph protocol or else by its own head. */
export interface PageSays {
  readonly title: string;
  readonly description: string;
  /** address of its picture, as it is written; empty where it names none */
  readonly image: string;
}

/** Longest title and description that are kept, in characters: what cards show whole, and more. */
const longest = 300;

/**
 * Reads the head of a page. Open Graph's words come first (ogp.me), then the page's own title and description.
 * @param bytes the page from its beginning; the rest of it is not needed
 * @param charset as the answer's header names it; empty: as the page itself says, else UTF-8
 */
export async function pageSays(bytes: Uint8Array, charset: string): Promise<PageSays> {
  // Loaded with the first page: no start needs it.
  const { Parser } = await import('htmlparser2');
  const said = new Map<string, string>();
  let title = '';
  let within = '';
  const parser = new Parser({
    onopentag: (name, attributes) => {
      within = name;
      const key = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase();
      const content = attributes['content'] ?? '';
      if (name === 'meta' && key !== '' && content.trim() !== '' && !said.has(key)) said.set(key, content);
    },
    ontext: (words) => {
      if (within === 'title') title += words;
    },
    onclosetag: (name) => {
      within = '';
      // What stands in the body says nothing about the page as a whole.
      if (name === 'head') parser.pause();
    },
  });
  parser.write(decoded(bytes, charset));
  const first = (...names: readonly string[]): string =>
    names.map((name) => said.get(name) ?? '').find((words) => words !== '') ?? '';
  return {
    title: oneLine(first('og:title', 'twitter:title') || title),
    description: oneLine(first('og:description', 'twitter:description', 'description')),
    image: first('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image').trim(),
  };
}

/** A page's letters. What names no character set that is known is read as UTF-8, as nearly every page is. */
function decoded(bytes: Uint8Array, charset: string): string {
  const named = charset === '' ? (/charset\s*=\s*["']?([\w-]+)/iu.exec(ascii(bytes))?.[1] ?? '') : charset;
  try {
    return new TextDecoder(named === '' ? 'utf-8' : named).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');

/** Marks that turn the direction of reading or cannot be seen: a page's words stand beside ours. */
const hidden = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

function oneLine(words: string): string {
  return cutAtWord(onOneLine(words.toWellFormed()).replace(hidden, '').trim(), longest);
}
