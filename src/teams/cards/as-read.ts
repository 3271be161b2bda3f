import { isRightToLeft } from '../../protocol/text/direction.ts';
import { isObject } from './fields.ts';
import { cardText, longestPiece } from './text.ts';

type Block = Readonly<Record<string, unknown>>;

/**
 * The card with what people wrote as its readers read it. What is read from right to left stands in a container that
 * says so, since the renderer takes every paragraph for one from left to right otherwise, and full stops and numbers
 * change places. A word that is longer than a phone is wide, as a link is, stands in a block of a kind whose words every
 * renderer breaks: https://github.com/microsoft/AdaptiveCards/issues/3014
 */
export function asRead(node: unknown): unknown {
  if (Array.isArray(node)) return inTheirDirection(node.map(asRead));
  if (!isObject(node)) return node;
  if (isParagraph(node)) return breaking(node);
  return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, asRead(each)]));
}

const isParagraph = (node: unknown): node is Block => isObject(node) && node['type'] === 'RichTextBlock';

/** A word, or a link, that is longer than a phone is wide. */
const longWord = new RegExp(String.raw`\S{${String(longestPiece + 1)}}`, 'u');

/** A paragraph of long words as a block that breaks them. Not one in which something is struck or added: only runs show that. */
function breaking(paragraph: Block): Block {
  const words = textOf(paragraph);
  if (!longWord.test(words) || runsOf(paragraph).some(isMarked)) return paragraph;
  const { spacing } = paragraph;
  return {
    type: 'TextBlock',
    ...(spacing === undefined ? {} : { spacing }),
    text: cardText(words),
    wrap: true,
  };
}

const isMarked = (run: Block): boolean => run['strikethrough'] === true || run['highlight'] === true;

function runsOf({ inlines }: Block): readonly Block[] {
  return Array.isArray(inlines) ? inlines.filter(isObject) : [];
}

const textOf = (paragraph: Block): string =>
  runsOf(paragraph)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');

/** Blocks of text from right to left, those that stand together in one container. */
function inTheirDirection(items: readonly unknown[]): readonly unknown[] {
  if (!items.some(isFromRight)) return items;
  const drawn: unknown[] = [];
  let together: Block[] = [];
  for (const item of [...items, undefined]) {
    if (isFromRight(item)) {
      together.push(item);
      continue;
    }
    const [first] = together;
    if (first !== undefined) drawn.push(fromRight(first['spacing'], together));
    together = [];
    if (item !== undefined) drawn.push(item);
  }
  return drawn;
}

const fromRight = (spacing: unknown, items: readonly Block[]): Block => ({
  type: 'Container',
  rtl: true,
  ...(spacing === undefined ? {} : { spacing }),
  items,
});

/** Also a field in which such a text stands: whoever changes it reads it there. */
function isFromRight(item: unknown): item is Block {
  if (!isObject(item)) return false;
  if (isParagraph(item)) return isRightToLeft(textOf(item));
  const { type, text, value } = item;
  const words = type === 'TextBlock' ? text : type === 'Input.Text' ? value : undefined;
  return typeof words === 'string' && isRightToLeft(words);
}
