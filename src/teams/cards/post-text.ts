import { longTextWords } from '../../words/long-texts.ts';
import type { PostDrawing } from './drawing.ts';
import type { PostCardData, PostTextData } from './post-data.ts';
import { headOf, pressOf } from './post-head.ts';
import { postCardData } from './post-main.ts';
import { earlierTexts } from './post-why.ts';
import { divide, sizeOf } from './room.ts';
import { cardText, type CardText, type Paragraph } from './text.ts';

/** What stands on one page, in units of JSON: some minutes of reading, on a phone too. */
const pageRoom = 20_000;

type Block = PostTextData['blocks'][number];

/** One page of all that a post says, whatever its length: what a card has no room for is read here. */
export function textData(drawing: PostDrawing): PostTextData {
  const { post, rights, rules, now, options } = drawing;
  const pages = pagesOf([
    ...blocksOf(postCardData(drawing)),
    ...(rights.see ? earlierTexts(post, rules, now) : []).flatMap(({ title, paragraphs }) =>
      said(title, paragraphs),
    ),
  ]);
  const page = Math.min(options.page ?? 0, pages.length - 1);
  const { next, before } = longTextWords;
  return {
    ...headOf(drawing),
    press: pressOf(post),
    pageTitle: cardText(longTextWords.page(page + 1, pages.length)),
    blocks: pages[page] ?? [],
    next: { title: page + 1 < pages.length ? next : '', page: page + 1 },
    before: { title: page > 0 ? before : '', page: Math.max(0, page - 1) },
  };
}

/** A text that is read. */
const said = (title: CardText, paragraphs: readonly Paragraph[]): readonly Block[] =>
  paragraphs.length === 0 ? [] : [{ ...nothingToCopy, title, continues: false, paragraphs }];

/** All that a post says, one text after the other. */
function blocksOf(data: PostCardData): readonly Block[] {
  return [
    ...data.texts.flatMap(({ label, paragraphs, websiteTitle, headline, summary }) => [
      ...said(label === '' ? cardText(longTextWords.theText) : label, paragraphs),
      ...said(websiteTitle, [...headline, ...summary]),
    ]),
    ...data.changed.texts.flatMap(({ title, paragraphs }) => said(title, paragraphs)),
    ...said(data.correction.title, data.correction.what),
    ...said(data.correction.changesTitle, data.correction.changes),
    ...data.correction.descriptions.flatMap(({ title, paragraphs }) => said(title, paragraphs)),
    ...said(data.quoted.title, data.quoted.paragraphs),
    ...data.pictures.flatMap(({ title, paragraphs, captions }) => [
      ...said(title, paragraphs),
      ...said(captions.title, captions.paragraphs),
    ]),
    ...data.byHand.flatMap(({ title, text, copyId, copyLabel, media }) => [
      ...toCopy(title, text, copyId, copyLabel),
      ...media.flatMap((medium) => toCopy(title, medium.description, medium.copyId, medium.copyLabel)),
    ]),
  ];
}

/** A text that somebody takes along, piece by piece where it is long. */
function toCopy(title: CardText, text: string, copyId: string, copyLabel: string): readonly Block[] {
  const pieces = piecesOf(text);
  return pieces.map((copy, n) => ({
    title,
    continues: n > 0,
    paragraphs: [],
    copy,
    copyId: `${copyId}:${String(n)}`,
    copyLabel: longTextWords.copyPiece(copyLabel, n + 1, pieces.length),
  }));
}

const nothingToCopy = { copy: '', copyId: '', copyLabel: '' };

/** A text in pieces that fit on a page, which put together are the text: what is copied is what was approved. */
function piecesOf(text: string): readonly string[] {
  if (text === '') return [];
  const pieces: string[] = [];
  let piece = '';
  for (const letter of text) {
    if (piece !== '' && piece.length >= pageRoom / 4) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}

/** Blocks page by page; one that is longer than what is left of a page goes on on the next. */
function pagesOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const pages: Block[][] = [[]];
  let left = pageRoom;
  const turn = (): void => {
    pages.push([]);
    left = pageRoom;
  };
  const put = (block: Block): void => {
    pages.at(-1)?.push(block);
    left -= sizeOf(block);
  };
  for (const block of blocks) {
    let rest: readonly Paragraph[] = block.paragraphs;
    // What is short stays together; of what is long, no few words stand at the foot of a page.
    if (left < pageRoom && left < Math.min(sizeOf(block), pageRoom / 3)) turn();
    if (block.copy !== '') put(block);
    for (let continues = block.continues; rest.length > 0; continues = true) {
      const divided = divide(rest, left);
      if (divided.shown.length > 0) put({ ...block, continues, paragraphs: divided.shown });
      rest = divided.rest;
      if (rest.length > 0) turn();
    }
  }
  return pages;
}
