import { createRequire } from 'node:module';
import { onceLoaded } from '../../core/once-loaded.ts';

/** Pixels: twice the width of a card on a phone. */
export const width = 640;

/** Loaded with the first picture that is drawn, as where pictures are taken in. */
export const sharp = async () => (await import('sharp')).default;

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

export interface Layer {
  readonly input: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Words as a layer. Pango lays them out, from markup in which nothing that people wrote is any. */
export async function wordsOf(markup: string, size: number, across: number): Promise<Layer> {
  await fontsKnown();
  const draw = await sharp();
  const font = `Open Sans, Noto Emoji ${String(size)}`;
  const { data, info } = await draw({
    text: { text: markup, font, width: across, rgba: true, dpi: 144, wrap: 'word-char', spacing: 4 },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { input: data, width: info.width, height: info.height };
}

/** One look while it is drawn, from above to below. */
export interface Sheet {
  /** how far down it is drawn */
  top: number;
  readonly put: (layer: Pick<Layer, 'input'>, left: number, top: number) => void;
  /** Puts words where the drawing has come to, and goes on below them; nothing where there are none. */
  readonly words: (markup: string, size: number, left: number, across: number, gap?: number) => Promise<void>;
  readonly done: () => Promise<Uint8Array>;
}

export function openSheet(): Sheet {
  const layers: { readonly input: Buffer; readonly left: number; readonly top: number }[] = [];
  const sheet: Sheet = {
    top: 0,
    put: ({ input }, left, top) => {
      layers.push({ input, left: Math.round(left), top: Math.round(top) });
    },
    words: async (markup, size, left, across, gap = 16) => {
      if (markup === '') return;
      const layer = await wordsOf(markup, size, across);
      sheet.put(layer, left, sheet.top);
      sheet.top += layer.height + gap;
    },
    done: async () => {
      const draw = await sharp();
      return await draw({
        create: { width, height: Math.ceil(sheet.top), channels: 3, background: '#ffffff' },
      })
        .composite(layers)
        .png()
        .toBuffer();
    },
  };
  return sheet;
}
