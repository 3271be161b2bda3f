import { createRequire } from 'node:module';
import type { NetworkName } from '../protocol/protocol.ts';
import { shortLink } from '../protocol/text/length.ts';
import { linksIn } from '../protocol/text/links.ts';

/** What one account would show of a frozen plan. */
export interface Look {
  readonly network: NetworkName;
  /** as people know the account, such as `@SeftonCouncil` */
  readonly name: string;
  /** one, or a thread's */
  readonly posts: readonly string[];
  readonly headline?: string;
  /** the first picture's stored bytes */
  readonly picture?: Uint8Array;
}

/** Pixels: twice the width of a card on a phone. */
const width = 640;
const margin = 24;
const inner = width - 2 * margin;
/** Longest text that is drawn of one post; networks fold what is longer. */
const longest = 1_200;
/** How a network crops a single picture, width over height. */
const shapes: Readonly<Record<NetworkName, number>> = {
  x: 16 / 9,
  facebook: 1.91,
  instagram: 1,
  bluesky: 16 / 9,
  youtube: 16 / 9,
  website: 3 / 2,
  'by-hand': 16 / 9,
};

const sharp = async () => (await import('sharp')).default;
const from = createRequire(import.meta.url);
const fonts = [
  '@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf',
  '@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf',
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
];
let loading: Promise<void> | undefined;

/** The machine may have no font at all: ours are made known with the first look. */
async function loadFonts(): Promise<void> {
  const draw = await sharp();
  for (const font of fonts) {
    await draw({ text: { text: 'a', font: 'Open Sans', fontfile: from.resolve(font) } })
      .png()
      .toBuffer();
  }
}

interface Layer {
  readonly input: Buffer;
  readonly height: number;
}

/**
 * Draws what an account would show: its name, the words, the first picture as the network crops it. Pango lays the
 * words out, from text in which nothing is markup.
 * @returns a PNG
 */
export async function drawLook(look: Look): Promise<Uint8Array> {
  loading ??= loadFonts();
  await loading;
  const draw = await sharp();
  const words = async (markup: string, size: number): Promise<Layer> => {
    const font = `Open Sans, Noto Emoji ${String(size)}`;
    const { data, info } = await draw({
      text: { text: markup, font, width: inner, rgba: true, dpi: 144, wrap: 'word-char', spacing: 4 },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
    return { input: data, height: info.height };
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
  for (const [n, post] of look.posts.entries()) {
    const shown = marked(look.network, post);
    if (shown !== '') put(await words(shown, 13));
    if (n === 0 && look.picture !== undefined) {
      const height = Math.round(inner / shapes[look.network]);
      const input = await draw(look.picture).resize(inner, height, { fit: 'cover' }).png().toBuffer();
      put({ input, height });
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
