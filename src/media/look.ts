import { createRequire } from 'node:module';
import { onceLoaded } from '../core/once-loaded.ts';
import type { NetworkName } from '../protocol/protocol.ts';
import { shortLink } from '../protocol/text/length.ts';
import { linksIn } from '../protocol/text/links.ts';

/** What one account would show of a frozen plan. */
export interface Look {
  readonly network: NetworkName;
  /** as people know the account, such as `@SeftonCouncil` */
  readonly name: string;
  /** one, or a thread's */
  readonly posts: readonly LookPost[];
  readonly headline?: string;
  /** the first picture's stored bytes */
  readonly picture?: Uint8Array;
  /** a video stands there; the picture, if there is one, is its still */
  readonly video?: true;
}

export interface LookPost {
  readonly text: string;
  /** what is shown of the page behind a link, where nothing else stands below the words */
  readonly card?: LookCard;
}

/** The card of a link. What the page does not say, or nobody could read, is not drawn. */
export interface LookCard {
  /** where it leads, such as `sefton.gov.uk` */
  readonly site: string;
  readonly title?: string;
  readonly description?: string;
  readonly picture?: Uint8Array;
}

/** Pixels: twice the width of a card on a phone. */
const width = 640;
const margin = 24;
const inner = width - 2 * margin;
/** Longest text that is drawn of one post; networks fold what is longer. */
const longest = 1_200;
/** Space on each side of the words in a link's card. */
const padding = 16;
/** How a card's picture is cropped, width over height. */
const cardShape = 1.91;
/** Longest description that a card shows, in characters: two lines. */
const longestDescription = 110;
/** How a network crops a single picture, width over height; `whole` where it shows all of what it takes. */
const shapes: Readonly<Record<NetworkName, number | 'whole'>> = {
  x: 16 / 9,
  facebook: 1.91,
  instagram: 'whole',
  bluesky: 16 / 9,
  youtube: 16 / 9,
  website: 3 / 2,
  'by-hand': 16 / 9,
};

/** How a video stands in a list of posts: a reel upright, any other wide. */
const videoShape = (network: NetworkName): number => (network === 'instagram' ? 4 / 5 : 16 / 9);

const sharp = async () => (await import('sharp')).default;
const from = createRequire(import.meta.url);
const fonts = [
  '@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf',
  '@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf',
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
];

/** The machine may have no font at all: ours are made known with the first look. */
const fontsKnown = onceLoaded(async (): Promise<void> => {
  const draw = await sharp();
  for (const font of fonts) {
    await draw({ text: { text: 'a', font: 'Open Sans', fontfile: from.resolve(font) } })
      .png()
      .toBuffer();
  }
});

const edge = (across: number, down: number): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}"><rect x="1" y="1" width="${across - 2}" height="${down - 2}" fill="none" stroke="#cfd6dc" stroke-width="2"/></svg>`,
  );

interface Layer {
  readonly input: Buffer;
  readonly height: number;
}

/**
 * Draws what an account would show: its name, the words, the first picture as the network shows it, else the card of
 * a link. Pango lays the words out, from text in which nothing is markup.
 * @returns a PNG
 */
export async function drawLook(look: Look): Promise<Uint8Array> {
  await fontsKnown();
  const draw = await sharp();
  const words = async (markup: string, size: number, across = inner): Promise<Layer> => {
    const font = `Open Sans, Noto Emoji ${String(size)}`;
    const { data, info } = await draw({
      text: { text: markup, font, width: across, rgba: true, dpi: 144, wrap: 'word-char', spacing: 4 },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
    return { input: data, height: info.height };
  };
  const drawCard = async (card: LookCard): Promise<Layer> => {
    const within: { readonly input: Buffer; readonly top: number; readonly left: number }[] = [];
    let height = padding;
    if (card.picture !== undefined) {
      const tall = Math.round(inner / cardShape);
      const input = await draw(card.picture).resize(inner, tall, { fit: 'cover' }).png().toBuffer();
      within.push({ input, top: 0, left: 0 });
      height = tall + padding;
    }
    const { title, description = '' } = card;
    const brief =
      description.length > longestDescription
        ? `${description.slice(0, longestDescription).replace(/\s+\S*$/u, '')}…`
        : description;
    for (const [line, size, colour] of [
      [title === undefined ? '' : `<b>${escaped(title)}</b>`, 13, '#0f1419'],
      [escaped(brief), 11, '#3c4650'],
      [escaped(card.site), 11, '#5b6570'],
    ] as const) {
      if (line === '') continue;
      const layer = await words(coloured(line, colour), size, inner - 2 * padding);
      within.push({ input: layer.input, top: height, left: padding });
      height += layer.height + 10;
    }
    height += padding - 10;
    const input = await draw({ create: { width: inner, height, channels: 3, background: '#ffffff' } })
      .composite([...within, { input: edge(inner, height), top: 0, left: 0 }])
      .png()
      .toBuffer();
    return { input, height };
  };
  /** One that is shown whole has an edge, since it may be as white at its sides as what it stands on. */
  const drawPicture = async (picture: Uint8Array, shape: number | 'whole'): Promise<Layer> => {
    if (shape !== 'whole') {
      const height = Math.round(inner / shape);
      return { input: await draw(picture).resize(inner, height, { fit: 'cover' }).png().toBuffer(), height };
    }
    const { data, info } = await draw(picture)
      .resize({ width: inner })
      .png()
      .toBuffer({ resolveWithObject: true });
    const input = await draw(data)
      .composite([{ input: edge(inner, info.height) }])
      .png()
      .toBuffer();
    return { input, height: info.height };
  };
  /** The place of a video: its still, or dark as it is before its first picture, with the sign that it can be played. */
  const drawVideo = async (): Promise<Layer> => {
    const height = Math.round(inner / videoShape(look.network));
    const still =
      look.picture === undefined
        ? draw({ create: { width: inner, height, channels: 3, background: '#0f1419' } })
        : draw(look.picture).resize(inner, height, { fit: 'cover' });
    const sign = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="112" height="112"><circle cx="56" cy="56" r="54" fill="#0f1419" fill-opacity="0.7" stroke="#ffffff" stroke-width="3"/><path d="M44 32 L84 56 L44 80 Z" fill="#ffffff"/></svg>',
    );
    return {
      input: await still
        .composite([{ input: sign }])
        .png()
        .toBuffer(),
      height,
    };
  };
  const layers: { readonly input: Buffer; readonly top: number; readonly left: number }[] = [];
  let top = margin;
  const put = (layer: Layer): void => {
    layers.push({ input: layer.input, top, left: margin });
    top += layer.height + 18;
  };
  put(await words(`<b>${coloured(escaped(look.name), '#0f1419')}</b>`, 14));
  if (look.headline !== undefined)
    put(await words(`<b>${coloured(escaped(look.headline), '#0f1419')}</b>`, 17));
  for (const [n, { text, card }] of look.posts.entries()) {
    const shown = marked(look.network, text);
    if (shown !== '') put(await words(shown, 13));
    if (n === 0 && look.video === true) {
      put(await drawVideo());
    } else if (n === 0 && look.picture !== undefined) {
      put(await drawPicture(look.picture, shapes[look.network]));
    } else if (card !== undefined) {
      put(await drawCard(card));
    }
  }
  return await draw({ create: { width, height: top + 6, channels: 3, background: '#ffffff' } })
    .composite(layers)
    .png()
    .toBuffer();
}

/** A text as Pango reads it, with its links as the network shows them. */
function marked(network: NetworkName, whole: string): string {
  const text = whole.length > longest ? `${whole.slice(0, longest).replace(/\s+\S*$/u, '')}…` : whole;
  let out = '';
  let at = 0;
  for (const { from: begin, to } of linksIn(text)) {
    const link = text.slice(begin, to);
    out += coloured(escaped(text.slice(at, begin)), '#0f1419');
    out += coloured(escaped(linkAs(network, link)), '#0a58ca');
    at = to;
  }
  return out + coloured(escaped(text.slice(at)), '#0f1419');
}

/** Longest part of a link that X shows, in characters. */
const longestOnX = 30;

function linkAs(network: NetworkName, link: string): string {
  if (network === 'bluesky') return shortLink(link);
  if (network !== 'x') return link;
  const bare = link.replace(/^https?:\/\/(?:www\.)?/iu, '');
  return bare.length > longestOnX ? `${bare.slice(0, longestOnX)}…` : bare;
}

const coloured = (markup: string, colour: string): string =>
  markup === '' ? '' : `<span foreground="${colour}">${markup}</span>`;

/** Nothing that people wrote is markup, and nothing in it is a letter that Pango does not take. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(/(?!\n)[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"']/gu, (mark) => `&#${String(mark.charCodeAt(0))};`);
}
