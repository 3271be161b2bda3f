/** A message as Teams hands it to what is chosen in its menu: its words, or HTML. */
export interface GivenMessage {
  readonly contentType: string;
  readonly content: string;
}

/** What ends a line of a message. */
const blocks: ReadonlySet<string> = new Set(['p', 'div', 'li', 'h1', 'h2', 'h3', 'blockquote']);

/** @returns the words of a message, line by line, without its markup */
export async function wordsOf({ contentType, content }: GivenMessage): Promise<string> {
  if (contentType !== 'html') return content.trim();
  // Loaded with the first message: no start needs it.
  const { Parser } = await import('htmlparser2');
  let words = '';
  const parser = new Parser({
    onopentag: (name) => {
      if (name === 'br') words += '\n';
    },
    ontext: (text) => {
      words += text.replace(/\s+/gu, ' ');
    },
    onclosetag: (name) => {
      if (blocks.has(name)) words += '\n';
    },
  });
  parser.end(content);
  const lines = words.split('\n').map((line) => line.replaceAll('\u00a0', ' ').trim());
  return lines
    .filter((line, n) => line !== '' || (lines[n - 1] ?? '') !== '')
    .join('\n')
    .trim();
}
