import type { NetworkName } from '../protocol/protocol.ts';
import { inLooks, pictureOf, picturesDrawn } from '../words/in-looks.ts';
import { cards, linkCard, type CardStyle, type LookCard } from './drawn/link-card.ts';
import { bold, faint, ink, marked, said } from './drawn/marked.ts';
import {
  actions,
  face,
  hairline,
  heading,
  inner,
  margin,
  named,
  pills,
  rule,
  type Place,
} from './drawn/parts.ts';
import {
  drawnOf,
  edge,
  hasGrid,
  pictureGrid,
  videoPlace,
  wholePicture,
  type DrawnVideo,
} from './drawn/pictures.ts';
import { side, signAt, svg } from './drawn/shapes.ts';
import { openSheet, width, wordsOf, type Layer, type Sheet } from './drawn/sheet.ts';

/** What one account would show of a frozen plan. */
export interface Look {
  readonly network: NetworkName;
  /** as people know the account, such as `@SeftonCouncil` */
  readonly name: string;
  /** one, or a thread's */
  readonly posts: readonly LookPost[];
  readonly headline?: string;
  /** the stored bytes of the pictures that are drawn, in their order */
  readonly pictures?: readonly Uint8Array[];
  /** how many pictures there are, where more go out than are drawn */
  readonly allPictures?: number;
  /** a video stands there */
  readonly video?: DrawnVideo;
}

export interface LookPost {
  readonly text: string;
  /** what is shown of the page behind a link, where nothing else stands below the words */
  readonly card?: LookCard;
}

const fromEdgeToEdge: Place = { left: 0, across: width, radius: 0 };
const withinMargins = (radius: number): Place => ({ left: margin, across: inner, radius });
/**
 * Draws what an account would show, in the order and with the plain signs of its network: whose it is, the words, the
 * pictures or the video, else the card of a link.
 * @returns a PNG
 */
export async function drawLook(look: Look): Promise<Uint8Array> {
  const sheet = openSheet();
  await layouts[look.network](sheet, look);
  await note(sheet, look);
  sheet.put({ input: svg(width, sheet.top, frameOf(look.network, sheet.top)) }, 0, 0);
  return await sheet.done();
}

/** Round what a person will post by hand the line is broken: no more than what is in it is sure. */
const frameOf = (network: NetworkName, down: number): string =>
  network === 'by-hand'
    ? `<rect x="2" y="2" width="${String(width - 4)}" height="${String(down - 4)}" fill="none" stroke="#8a949e" stroke-width="3" stroke-dasharray="14 10"/>`
    : edge(width, down);

const layouts: Readonly<Record<NetworkName, (sheet: Sheet, look: Look) => Promise<void>>> = {
  website: onWebsite,
  x: onX,
  facebook: onFacebook,
  instagram: onInstagram,
  youtube: onYoutube,
  bluesky: onBluesky,
  'by-hand': byHand,
};

/** Our own site: its band, the headline, the words, and each picture below the last. */
async function onWebsite(sheet: Sheet, look: Look): Promise<void> {
  const name = await wordsOf(bold(look.name, '#ffffff'), 14, inner);
  const band = name.height + 36;
  const bar = `<rect width="${String(width)}" height="${String(band)}" fill="#0b4f4a"/><rect y="${String(band)}" width="${String(width)}" height="6" fill="#f0b429"/>`;
  sheet.put({ input: svg(width, band + 6, bar) }, 0, 0);
  sheet.put(name, margin, 18);
  sheet.top = band + 6 + 28;
  await sheet.words(bold(look.headline ?? ''), 19, margin, inner, 22);
  for (const { text } of look.posts) await sheet.words(marked('website', text), 14, margin, inner, 24);
  await mediaOf(sheet, look, withinMargins(0));
  sheet.top += 4;
}

/** The round picture in a column of its own, everything else beside it; a thread's posts are joined by a line. */
async function onX(sheet: Sheet, look: Look): Promise<void> {
  const [size, column] = [72, margin + 72 + 20];
  const place: Place = { left: column, across: width - column - margin, radius: 24 };
  for (const [n, post] of look.posts.entries()) {
    sheet.top += n === 0 ? margin : 10;
    const begun = sheet.top;
    await face(sheet, look.name, margin, begun, size);
    await sheet.words(
      `${bold(look.name)} ${said(`· ${inLooks.justNow}`, faint)}`,
      13,
      place.left,
      place.across,
      14,
    );
    await sheet.words(marked('x', post.text), 13, place.left, place.across);
    await below(sheet, look, n, place, cards.x);
    actions(sheet, ['answer', 'again', 'heart', 'bars', 'keep', 'up'], place.left - 4, width - margin);
    sheet.top = Math.max(sheet.top, begun + size) + 4;
    if (n === look.posts.length - 1) continue;
    const down = sheet.top + 10 - (begun + size) - 8;
    const joins = `<rect width="4" height="${String(down)}" rx="2" fill="${hairline}"/>`;
    sheet.put({ input: svg(4, down, joins) }, margin + size / 2 - 2, begun + size + 4);
  }
  sheet.top += 8;
}

/** A post as it is opened: whose it is above, the words from side to side, and when it was posted below. */
async function onBluesky(sheet: Sheet, look: Look): Promise<void> {
  const place = withinMargins(18);
  for (const [n, post] of look.posts.entries()) {
    sheet.top += margin;
    await heading(sheet, look.name, 84);
    await sheet.words(marked('bluesky', post.text), 15, margin, inner);
    await below(sheet, look, n, place, cards.bluesky);
    await sheet.words(said(inLooks.justNow, faint), 11, margin, inner, 14);
    rule(sheet, margin, inner);
    actions(sheet, ['answer', 'again', 'heart', 'keep', 'up', 'more'], margin, width - margin);
    if (n < look.posts.length - 1) rule(sheet, 0, width);
  }
  sheet.top += 8;
}

/** Pictures from edge to edge, and below them what one can do, in words. */
async function onFacebook(sheet: Sheet, look: Look): Promise<void> {
  for (const [n, post] of look.posts.entries()) {
    sheet.top += margin;
    await heading(sheet, look.name, 76, inLooks.justNow, 'more');
    await sheet.words(marked('facebook', post.text), 14, margin, inner, 20);
    await below(sheet, look, n, fromEdgeToEdge, cards.facebook);
    if (n === 0) await sheet.words(bold(look.headline ?? ''), 14, margin, inner, 18);
    rule(sheet, margin, inner);
    await named(sheet, [
      ['thumb', inLooks.like],
      ['answer', inLooks.comment],
      ['turn', inLooks.share],
    ]);
  }
}

/** The picture first, from edge to edge; the words below it, behind the account's name. */
async function onInstagram(sheet: Sheet, look: Look): Promise<void> {
  const name = look.name.replace(/^@/u, '');
  sheet.top += 18;
  await heading(sheet, name, 60, undefined, 'more');
  const above = sheet.top;
  await mediaOf(sheet, look, fromEdgeToEdge, 14);
  const all = look.video === undefined ? picturesOf(look) : 0;
  if (all > 1) await turned(sheet, all, above);
  const row = sheet.top;
  if (all > 1) dots(sheet, all);
  actions(sheet, ['heart', 'answer', 'dart'], margin - 4, margin + 3 * 74);
  sheet.put({ input: svg(side, side, signAt('keep', 0, 0, faint)) }, width - margin - side, row);
  for (const { text } of look.posts) {
    await sheet.words(`${bold(name)} ${marked('instagram', text)}`, 13, margin, inner, 14);
  }
  await sheet.words(said(inLooks.justNow, faint), 11, margin, inner, 20);
}

/** Which of several pictures is seen, at the upper corner of the first. */
async function turned(sheet: Sheet, all: number, above: number): Promise<void> {
  const count = await wordsOf(said(pictureOf(1, all), '#ffffff'), 11, 200);
  const [across, down] = [count.width + 36, 46];
  const left = width - margin - across;
  const pill = `<rect width="${String(across)}" height="${String(down)}" rx="23" fill="#0f1419" fill-opacity="0.75"/>`;
  sheet.put({ input: svg(across, down, pill) }, left, above + 20);
  sheet.put(count, left + 18, above + 20 + (down - count.height) / 2);
}

/** A dot for each picture that one can turn to. */
function dots(sheet: Sheet, all: number): void {
  const [step, across] = [20, all * 20];
  const each = Array.from(
    { length: all },
    (_, n) =>
      `<circle cx="${String(n * step + step / 2)}" cy="20" r="5.5" fill="${n === 0 ? '#3b4a9e' : '#c3ccd4'}"/>`,
  );
  sheet.put({ input: svg(across, 40, each.join('')) }, (width - across) / 2 + 40, sheet.top);
}

/** The video first, then what it is called, whose it is, and what was written about it in a box. */
async function onYoutube(sheet: Sheet, look: Look): Promise<void> {
  await mediaOf(sheet, look, fromEdgeToEdge, 20);
  if (sheet.top === 0) sheet.top = margin;
  await sheet.words(bold(look.headline ?? ''), 17, margin, inner, 18);
  const name = await wordsOf(bold(look.name), 13, inner - 64 - 20 - 200);
  await face(sheet, look.name, margin, sheet.top, 64);
  sheet.put(name, margin + 64 + 20, sheet.top + Math.max(0, (64 - name.height) / 2));
  const follow = await wordsOf(bold(inLooks.subscribe, '#ffffff'), 12, 200);
  const across = follow.width + 48;
  const button = `<rect width="${String(across)}" height="56" rx="28" fill="${ink}"/>`;
  sheet.put({ input: svg(across, 56, button) }, width - margin - across, sheet.top + 4);
  sheet.put(follow, width - margin - across + 24, sheet.top + 4 + (56 - follow.height) / 2);
  sheet.top += Math.max(64, name.height) + 18;
  pills(sheet, ['thumb', 'turn', 'keep', 'more']);
  for (const { text } of look.posts) {
    const markup = marked('youtube', text);
    if (markup === '') continue;
    const words = await wordsOf(markup, 13, inner - 40);
    const down = words.height + 40;
    const box = `<rect width="${String(inner)}" height="${String(down)}" rx="20" fill="#f1f3f4"/>`;
    sheet.put({ input: svg(inner, down, box) }, margin, sheet.top);
    sheet.put(words, margin + 20, sheet.top + 20);
    sheet.top += down + 20;
  }
}

/** Content alone, in a frame that says so: nobody can tell from here how the place will show it. */
async function byHand(sheet: Sheet, look: Look): Promise<void> {
  sheet.top += margin;
  await heading(sheet, look.name, 72);
  for (const { text } of look.posts) await sheet.words(marked('by-hand', text), 13, margin, inner);
  await mediaOf(sheet, look, withinMargins(10));
}

/** What stands below the words of the post of that number: what it carries, else the card of its link. */
async function below(sheet: Sheet, look: Look, n: number, place: Place, style: CardStyle): Promise<void> {
  if (n === 0 && (look.video !== undefined || (look.pictures ?? []).length > 0)) {
    await mediaOf(sheet, look, place);
    return;
  }
  const card = look.posts[n]?.card;
  if (card === undefined) return;
  const layer = await linkCard(card, place, style);
  sheet.put(layer, place.left, sheet.top);
  sheet.top += layer.height + 18;
}

const picturesOf = ({ pictures = [], allPictures = pictures.length }: Look): number => allPictures;

/** The pictures as the network lays them out, and the video; the website has both. */
async function mediaOf(sheet: Sheet, look: Look, { left, across, radius }: Place, gap = 18): Promise<void> {
  const { network, pictures = [], video } = look;
  const put = (layer: Layer): void => {
    sheet.put(layer, left, sheet.top);
    sheet.top += layer.height + gap;
  };
  const all = picturesOf(look);
  if (pictures.length > 0) {
    const inGrid = hasGrid(network, all);
    if (inGrid) put(await pictureGrid(network, pictures, all, across, radius));
    const apart = inGrid ? [] : pictures.slice(0, drawnOf(network, all));
    for (const picture of apart) put(await wholePicture(network, picture, across, radius));
  }
  if (video !== undefined) put(await videoPlace(network, video, across, radius));
}

/** What we say of the drawing, on a ground that is no part of it: how many pictures go out, and what is not sure. */
async function note(sheet: Sheet, look: Look): Promise<void> {
  const { network, pictures = [] } = look;
  const all = picturesOf(look);
  const remarks = [
    ...(all > 1 && network !== 'instagram'
      ? [picturesDrawn(all, pictures.length, network !== 'website')]
      : []),
    ...(network === 'by-hand' ? [inLooks.roughly] : []),
  ];
  if (remarks.length === 0) return;
  const words = await wordsOf(said(remarks.join('. '), '#3c4650'), 11, inner);
  const down = words.height + 28;
  const ground = `<rect width="${String(width)}" height="${String(down)}" fill="#f4efe4"/>`;
  sheet.put({ input: svg(width, down, ground) }, 0, sheet.top);
  sheet.put(words, margin, sheet.top + 14);
  sheet.top += down;
}
