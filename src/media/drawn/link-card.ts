import { cutAtWord } from '../../protocol/text/cut.ts';
import { bold, faint, said } from './marked.ts';
import { margin, type Place } from './parts.ts';
import { cardPicture, edged } from './pictures.ts';
import { sharp, wordsOf, type Layer } from './sheet.ts';

/** The card of a link. What the page does not say, or nobody could read, is not drawn. */
export interface LookCard {
  /** where it leads, such as `sefton.gov.uk` */
  readonly site: string;
  readonly title?: string;
  readonly description?: string;
  readonly picture?: Uint8Array;
}

/** How the card of a link stands on a network. */
export interface CardStyle {
  /** the lines below its picture, in their order */
  readonly lines: readonly ('site' | 'title' | 'description')[];
  readonly ground: string;
  readonly site: (site: string) => string;
}

export const cards: Readonly<Record<'x' | 'facebook' | 'bluesky', CardStyle>> = {
  x: { lines: ['site', 'title', 'description'], ground: '#ffffff', site: (site) => site },
  facebook: {
    lines: ['site', 'title', 'description'],
    ground: '#eef1f4',
    site: (site) => site.toUpperCase(),
  },
  bluesky: { lines: ['title', 'description', 'site'], ground: '#ffffff', site: (site) => site },
};

/** How a card's picture is cropped, width over height. */
const cardShape = 1.91;
/** Longest description that a card shows, in characters: two lines. */
const longestDescription = 110;

/** The card of a link as a layer, as wide as its place. */
export async function linkCard(
  { site, title = '', description = '', picture }: LookCard,
  { across, radius }: Place,
  style: CardStyle,
): Promise<Layer> {
  const padding = radius === 0 ? margin : 18;
  const lines = {
    site: [said(style.site(site), faint), 11],
    title: [bold(title), 13],
    description: [said(cutAtWord(description, longestDescription), '#3c4650'), 11],
  } as const;
  const within: { readonly input: Buffer; readonly top: number; readonly left: number }[] = [];
  let height = padding;
  if (picture !== undefined) {
    const layer = await cardPicture(picture, across, cardShape);
    within.push({ input: layer.input, top: 0, left: 0 });
    height += layer.height;
  }
  for (const [markup, size] of style.lines.map((line) => lines[line])) {
    if (markup === '') continue;
    const layer = await wordsOf(markup, size, across - 2 * padding);
    within.push({ input: layer.input, top: height, left: padding });
    height += layer.height + 10;
  }
  height += padding - 10;
  const draw = await sharp();
  const input = await draw({ create: { width: across, height, channels: 3, background: style.ground } })
    .composite(within)
    .png()
    .toBuffer();
  return await edged({ input, width: across, height }, radius);
}
