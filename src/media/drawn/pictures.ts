import type { NetworkName } from '../../protocol/protocol.ts';
import { moreBehind } from '../../words/in-looks.ts';
import { bold } from './marked.ts';
import { sharp, wordsOf, type Layer } from './sheet.ts';
import { playSign, svg } from './shapes.ts';

/** Width over height. */
interface Bounds {
  readonly narrowest: number;
  readonly widest: number;
}

/**
 * In which shapes a single picture stands on a network. One of another shape stands there between bars: where a network
 * cuts what is taller, nobody can tell from here how much, and an approver must see all that is in the picture.
 */
const single: Readonly<Record<Exclude<NetworkName, 'website'>, Bounds>> = {
  x: { narrowest: 3 / 4, widest: 2 },
  facebook: { narrowest: 4 / 5, widest: 2 },
  instagram: { narrowest: 4 / 5, widest: 1.91 },
  youtube: { narrowest: 16 / 9, widest: 16 / 9 },
  bluesky: { narrowest: 2 / 3, widest: 2 },
  'by-hand': { narrowest: 3 / 4, widest: 2 },
};

/** A place in a grid, in parts of its width and height: from the left, from the top, across, down. */
type Cell = readonly [left: number, top: number, across: number, down: number];
interface Grid {
  /** width over height */
  readonly shape: number;
  readonly cells: readonly Cell[];
}

const third = 1 / 3;
const halves: readonly Cell[] = [
  [0, 0, 0.5, 1],
  [0.5, 0, 0.5, 1],
];
const quarters: readonly Cell[] = [
  [0, 0, 0.5, 0.5],
  [0.5, 0, 0.5, 0.5],
  [0, 0.5, 0.5, 0.5],
  [0.5, 0.5, 0.5, 0.5],
];
const oneBesideTwo = (across: number): readonly Cell[] => [
  [0, 0, across, 1],
  [across, 0, 1 - across, 0.5],
  [across, 0.5, 1 - across, 0.5],
];

const plainGrids: readonly Grid[] = [
  { shape: 16 / 9, cells: halves },
  { shape: 16 / 9, cells: oneBesideTwo(0.5) },
  { shape: 16 / 9, cells: quarters },
];

/** How a network lays out two, three and more pictures; what a grid has no place for stands behind its last one. */
const grids: Partial<Readonly<Record<NetworkName, readonly Grid[]>>> = {
  x: plainGrids,
  'by-hand': plainGrids,
  bluesky: [
    { shape: 2, cells: halves },
    { shape: 3 / 2, cells: oneBesideTwo(2 / 3) },
    { shape: 3 / 2, cells: quarters },
  ],
  facebook: [
    { shape: 2, cells: halves },
    {
      shape: 1,
      cells: [
        [0, 0, 1, 0.5],
        [0, 0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5, 0.5],
      ],
    },
    {
      shape: 1,
      cells: [
        [0, 0, 1, 2 / 3],
        [0, 2 / 3, third, third],
        [third, 2 / 3, third, third],
        [2 / 3, 2 / 3, third, third],
      ],
    },
    {
      shape: 6 / 5,
      cells: [
        [0, 0, 0.5, 0.6],
        [0.5, 0, 0.5, 0.6],
        [0, 0.6, third, 0.4],
        [third, 0.6, third, 0.4],
        [2 / 3, 0.6, third, 0.4],
      ],
    },
  ],
};

/** The website shows each picture by itself, below the last; of more than these nothing more is to be learnt. */
const mostBelow = 4;

/** Whether so many pictures stand beside each other on a network. */
export const hasGrid = (network: NetworkName, all: number): boolean => gridFor(network, all) !== undefined;

/** How many of so many pictures are drawn. */
export function drawnOf(network: NetworkName, all: number): number {
  const most = network === 'website' ? mostBelow : (gridFor(network, all)?.cells.length ?? 1);
  return Math.min(all, most);
}

function gridFor(network: NetworkName, all: number): Grid | undefined {
  const known = all < 2 ? undefined : grids[network];
  return known?.[all - 2] ?? known?.at(-1);
}

/** The bars of a picture, and what stands where one cannot be read any more. */
const bars = '#eceff1';
const line = '#cfd6dc';

/** A line round something, since a picture may be as white at its sides as what it stands on. */
export const edge = (across: number, down: number, radius = 0): string =>
  `<rect x="1" y="1" width="${String(across - 2)}" height="${String(down - 2)}" rx="${String(radius)}" fill="none" stroke="${line}" stroke-width="2"/>`;

/** Rounds the corners of a layer off, and draws a line round it. */
export async function edged({ input, width, height }: Layer, radius: number): Promise<Layer> {
  const draw = await sharp();
  const mask = svg(
    width,
    height,
    `<rect width="${String(width)}" height="${String(height)}" rx="${String(radius)}"/>`,
  );
  const round =
    radius === 0
      ? input
      : await draw(input)
          .ensureAlpha()
          .composite([{ input: mask, blend: 'dest-in' }])
          .png()
          .toBuffer();
  const data = await draw(round)
    .composite([{ input: svg(width, height, edge(width, height, radius)) }])
    .png()
    .toBuffer();
  return { input: data, width, height };
}

/** A picture in a place: the whole of it between bars, or filling it. */
async function placed(
  picture: Uint8Array,
  across: number,
  down: number,
  how: { readonly fit: 'contain' | 'cover'; readonly background: string },
): Promise<Layer> {
  const draw = await sharp();
  const input = await draw(picture)
    .resize(across, down, how)
    .flatten({ background: '#ffffff' })
    .png()
    .toBuffer();
  return { input, width: across, height: down };
}

/** How much taller than it is wide a column of our site is on a phone's screen, of which a picture takes four fifths. */
const tallestOnPage = 1.9;

/** A picture as our own site shows it: never cut, never enlarged, and no taller than a screen. */
async function pagePicture(picture: Uint8Array, across: number): Promise<Layer> {
  const draw = await sharp();
  const { width } = await draw(picture).metadata();
  const { data, info } = await draw(picture)
    // Two pixels of ours are one of a phone's.
    .resize(Math.min(across, width * 2), Math.round(across * tallestOnPage), { fit: 'inside' })
    .flatten({ background: '#f3f4f4' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return await edged({ input: data, width: info.width, height: info.height }, 0);
}

/** One picture, all of it. */
export async function wholePicture(
  network: NetworkName,
  picture: Uint8Array,
  across: number,
  radius = 0,
): Promise<Layer> {
  if (network === 'website') return await pagePicture(picture, across);
  const draw = await sharp();
  const { width, height } = await draw(picture).metadata();
  const { narrowest, widest } = single[network];
  const shape = Math.min(Math.max(width / height, narrowest), widest);
  const layer = await placed(picture, across, Math.round(across / shape), {
    fit: 'contain',
    background: bars,
  });
  return await edged(layer, radius);
}

/** The card of a link shows what of its picture its own shape takes. */
export async function cardPicture(picture: Uint8Array, across: number, shape: number): Promise<Layer> {
  return await placed(picture, across, Math.round(across / shape), { fit: 'cover', background: bars });
}

/** Pixels between the pictures of a grid. */
const gap = 4;

/** Two and more pictures as a network lays them out, each cut to its place as it cuts them. */
export async function pictureGrid(
  network: NetworkName,
  pictures: readonly Uint8Array[],
  all: number,
  across: number,
  radius = 0,
): Promise<Layer> {
  const draw = await sharp();
  const grid = gridFor(network, all);
  if (grid === undefined) throw new Error(`${network} has no grid`);
  const down = Math.round(across / grid.shape);
  const layers: { readonly input: Buffer; readonly left: number; readonly top: number }[] = [];
  for (const [n, [x, y, w, h]] of grid.cells.entries()) {
    const picture = pictures[n];
    if (picture === undefined) continue;
    const [left, top] = [
      Math.round(x * across) + (x > 0 ? gap : 0),
      Math.round(y * down) + (y > 0 ? gap : 0),
    ];
    const [right, bottom] = [Math.round((x + w) * across), Math.round((y + h) * down)];
    const { input } = await placed(picture, right - left, bottom - top, { fit: 'cover', background: bars });
    layers.push({ input, left, top });
    const hidden = all - grid.cells.length;
    if (n < grid.cells.length - 1 || hidden < 1) continue;
    const veil = svg(
      right - left,
      bottom - top,
      '<rect width="100%" height="100%" fill="#0f1419" fill-opacity="0.55"/>',
    );
    const count = await wordsOf(bold(moreBehind(hidden), '#ffffff'), 22, right - left);
    layers.push(
      { input: veil, left, top },
      {
        input: count.input,
        left: Math.round((left + right - count.width) / 2),
        top: Math.round((top + bottom - count.height) / 2),
      },
    );
  }
  const input = await draw({ create: { width: across, height: down, channels: 3, background: '#ffffff' } })
    .composite(layers)
    .png()
    .toBuffer();
  return await edged({ input, width: across, height: down }, radius);
}

export interface DrawnVideo {
  /** width over height, where anybody knows */
  readonly shape?: number;
  /** the picture that stands there until it is played */
  readonly still?: Uint8Array;
}

/** How a video stands whose shape nobody told, and the bounds of any. */
const videos: Readonly<Record<NetworkName, Bounds & { readonly usual: number }>> = {
  x: { usual: 16 / 9, narrowest: 3 / 4, widest: 16 / 9 },
  facebook: { usual: 16 / 9, narrowest: 4 / 5, widest: 16 / 9 },
  // A reel stands upright, whatever was filmed.
  instagram: { usual: 4 / 5, narrowest: 4 / 5, widest: 4 / 5 },
  youtube: { usual: 16 / 9, narrowest: 16 / 9, widest: 16 / 9 },
  bluesky: { usual: 16 / 9, narrowest: 2 / 3, widest: 2 },
  website: { usual: 16 / 9, narrowest: 1 / 2, widest: 5 },
  'by-hand': { usual: 16 / 9, narrowest: 3 / 4, widest: 16 / 9 },
};

/** The place of a video: its still, or dark as it is before its first picture, with the sign that it can be played. */
export async function videoPlace(
  network: NetworkName,
  { shape, still }: DrawnVideo,
  across: number,
  radius = 0,
): Promise<Layer> {
  const draw = await sharp();
  const { usual, narrowest, widest } = videos[network];
  const down = Math.round(across / Math.min(Math.max(shape ?? usual, narrowest), widest));
  const dark = '#0f1419';
  const ground =
    still === undefined
      ? await draw({ create: { width: across, height: down, channels: 3, background: dark } })
          .png()
          .toBuffer()
      : (await placed(still, across, down, { fit: 'contain', background: dark })).input;
  const input = await draw(ground)
    .composite([{ input: svg(across, down, playSign(across / 2, down / 2)) }])
    .png()
    .toBuffer();
  return await edged({ input, width: across, height: down }, radius);
}
