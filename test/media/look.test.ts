import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { LookCard } from '../../src/media/drawn/link-card.ts';
import { drawLook, type Look } from '../../src/media/look.ts';
import { networkNames } from '../../src/protocol/protocol.ts';

type Colour = readonly [number, number, number];
const red: Colour = [212, 53, 28];
const green: Colour = [0, 112, 60];
const blue: Colour = [29, 112, 184];
const orange: Colour = [244, 119, 56];
const bars: Colour = [236, 239, 241];
const dark: Colour = [15, 20, 25];
/** white below the sign that a video plays */
const veiled: Colour = [85, 89, 92];

const hex = (colour: Colour): string =>
  `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

const plain = async (width: number, height: number, background: Colour): Promise<Buffer> =>
  await sharp({ create: { width, height, channels: 3, background: hex(background) } })
    .png()
    .toBuffer();

/** A picture that is red along its top, blue along its bottom, green left and orange right. */
const framedPicture = async (width: number, height: number): Promise<Buffer> => {
  const [across, down] = [width / 10, height / 10];
  const bands = [
    `<rect width="${String(across)}" height="100%" fill="${hex(green)}"/>`,
    `<rect x="${String(width - across)}" width="${String(across)}" height="100%" fill="${hex(orange)}"/>`,
    `<rect width="100%" height="${String(down)}" fill="${hex(red)}"/>`,
    `<rect y="${String(height - down)}" width="100%" height="${String(down)}" fill="${hex(blue)}"/>`,
  ];
  const all = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}"><rect width="100%" height="100%" fill="#ffffff"/>${bands.join('')}</svg>`;
  return await sharp(Buffer.from(all)).png().toBuffer();
};

/** Where a colour is drawn, give or take what making smaller does to it. */
interface Seen {
  readonly times: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface Drawn {
  readonly height: number;
  readonly seen: (colour: Colour) => Seen;
}

async function drawn(look: Omit<Look, 'name'> & { readonly name?: string }): Promise<Drawn> {
  const bytes = await drawLook({ name: '@a', ...look });
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const near = (at: number, part: number): boolean => Math.abs((data[at] ?? 0) - part) < 2;
  const seen = ([r, g, b]: Colour): Seen => {
    const found = { times: 0, top: info.height, bottom: -1, left: info.width, right: -1 };
    for (let y = 0; y < info.height; y += 1) {
      for (let x = 0; x < info.width; x += 1) {
        const at = (y * info.width + x) * info.channels;
        if (!near(at, r) || !near(at + 1, g) || !near(at + 2, b)) continue;
        found.times += 1;
        found.top = Math.min(found.top, y);
        found.bottom = Math.max(found.bottom, y);
        found.left = Math.min(found.left, x);
        found.right = Math.max(found.right, x);
      }
    }
    return found;
  };
  return { height: info.height, seen };
}

const text = 'The path is open.';
const withPictures = networkNames.filter((network) => network !== 'youtube');

test('a look is a picture as wide as a phone shows it: what people wrote is no markup, and every sign is taken', async () => {
  const hostile =
    'Gritters are out 🚧 <b>now</b> & "later"\u0000 </span> \uD800 see https://sefton.gov.uk/bins';
  const pictures = [await plain(90, 90, red)];
  const looks: Buffer[] = [];
  for (const network of networkNames) {
    const look: Look = {
      network,
      name: '@a<b',
      headline: '<i>',
      posts: [{ text: hostile }, { text: hostile, card: { site: '<&>' } }],
      pictures,
    };
    const bytes = Buffer.from(await drawLook(look));
    const { format, width } = await sharp(bytes).metadata();
    expect([format, width]).toEqual(['png', 640]);
    looks.push(bytes);
    if (network !== 'x') continue;
    expect(Buffer.from(await drawLook(look)).equals(bytes)).toBe(true);
    const other = await drawLook({ ...look, posts: [{ text: hostile }, { text: 'Other words.' }] });
    expect(Buffer.from(other).equals(bytes)).toBe(false);
  }
  // No two networks look alike, even where the words and the name are the same.
  expect(new Set(looks.map((bytes) => bytes.toString('base64'))).size).toBe(networkNames.length);
});

test('one picture is seen to its last edge on every network, however tall or wide it is', async () => {
  for (const [width, height] of [
    [800, 800],
    [500, 1_500],
    [1_800, 400],
  ] as const) {
    const pictures = [await framedPicture(width, height)];
    for (const network of withPictures) {
      const { seen } = await drawn({ network, posts: [{ text }], pictures });
      const [top, bottom, left, right] = [seen(red), seen(blue), seen(green), seen(orange)];
      const edges = [top, bottom, left, right].map(({ times }) => times > 100);
      expect([network, width, ...edges]).toEqual([network, width, true, true, true, true]);
      // In its own shape: made narrower as it was made lower.
      const across = right.right - left.left;
      const down = bottom.bottom - top.top;
      expect(Math.abs(across / down - width / height) / (width / height)).toBeLessThan(0.03);
    }
  }
});

test('a picture has bars only where its network shows none of its shape, and an edge where it is white', async () => {
  const square = [await framedPicture(800, 800)];
  const tall = [await framedPicture(500, 1_500)];
  for (const network of withPictures) {
    expect((await drawn({ network, posts: [{ text }], pictures: square })).seen(bars).times).toBeLessThan(50);
    const seen = (await drawn({ network, posts: [{ text }], pictures: tall })).seen(bars).times;
    expect([network, seen > 10_000]).toEqual([network, network !== 'website']);
    const white = [await plain(800, 800, [255, 255, 255])];
    const { seen: edge } = await drawn({ network, posts: [{ text }], pictures: white });
    const bare = await drawn({ network, posts: [{ text }] });
    expect(edge([207, 214, 220]).times).toBeGreaterThan(bare.seen([207, 214, 220]).times + 1_000);
  }
});

test('our own site enlarges no picture: a small one is as small there', async () => {
  const pictures = [await plain(100, 60, red)];
  const { left, right } = (await drawn({ network: 'website', posts: [{ text }], pictures })).seen(red);
  expect(right - left).toBeGreaterThan(180);
  expect(right - left).toBeLessThan(200);
});

test('four pictures are four: beside each other, below each other on our site, and "1 of 4" on Instagram', async () => {
  const colours = [red, green, blue, orange];
  const pictures = await Promise.all(colours.map(async (colour) => await plain(300, 300, colour)));
  for (const network of withPictures) {
    const { seen } = await drawn({ network, posts: [{ text }], pictures });
    const times = colours.map((colour) => seen(colour).times > 3_000);
    expect([network, ...times]).toEqual(
      network === 'instagram' ? [network, true, false, false, false] : [network, true, true, true, true],
    );
    const [first, , , last] = colours.map(seen);
    if (network !== 'instagram') expect(last?.top).toBeGreaterThan(first?.top ?? Infinity);
    if (network === 'website') expect(last?.top).toBeGreaterThan(first?.bottom ?? Infinity);
  }
  const one = await drawn({ network: 'instagram', posts: [{ text }], pictures: pictures.slice(0, 1) });
  const four = await drawn({ network: 'instagram', posts: [{ text }], pictures });
  // The count covers a corner of the first.
  expect(four.seen(red).times).toBeLessThan(one.seen(red).times - 2_000);
  expect(four.seen(red).right).toBe(one.seen(red).right);
});

test('of more pictures than a grid has places the last place says how many stand behind it', async () => {
  const colours = [red, green, blue, orange];
  const pictures = await Promise.all([...colours, red].map(async (colour) => await plain(300, 300, colour)));
  const grid = async (allPictures: number) =>
    await drawn({ network: 'facebook', posts: [{ text }], pictures, allPictures });
  const five = (await grid(5)).seen(red);
  const nine = (await grid(9)).seen(red);
  expect(five.bottom - five.top).toBeGreaterThan(500);
  expect(nine.bottom - nine.top).toBeLessThan(five.bottom - five.top - 150);
});

test('on Instagram the picture stands first and the words below it; elsewhere the words come first', async () => {
  const pictures = [await plain(300, 300, red)];
  const tagged = 'Words #SeftonGritting';
  for (const [network, colour] of [
    ['instagram', [59, 74, 158]],
    ['x', [15, 108, 189]],
    ['facebook', [10, 88, 202]],
    ['bluesky', [10, 102, 214]],
  ] as const) {
    const { seen } = await drawn({ network, posts: [{ text: tagged }], pictures });
    const [words, picture] = [seen(colour), seen(red)];
    expect(words.times).toBeGreaterThan(50);
    if (network === 'instagram') expect(words.top).toBeGreaterThan(picture.bottom);
    else expect(words.bottom).toBeLessThan(picture.top);
  }
});

test('what can be pressed is coloured where its network makes it so: no links on Instagram, no names on Bluesky', async () => {
  const colours = {
    website: [26, 101, 166],
    x: [15, 108, 189],
    facebook: [10, 88, 202],
    instagram: [59, 74, 158],
    youtube: [6, 95, 212],
    bluesky: [10, 102, 214],
    'by-hand': [10, 88, 202],
  } as const;
  const told: Record<string, string> = {};
  for (const network of networkNames) {
    const colour = colours[network];
    const isColoured = async (words: string): Promise<boolean> =>
      (await drawn({ network, posts: [{ text: words }] })).seen(colour).times > 20;
    const kinds = [
      (await isColoured('https://www.sefton.gov.uk/gritting')) ? 'link' : '',
      (await isColoured('#SeftonGritting')) ? 'hashtag' : '',
      (await isColoured('@MerseyRail')) ? 'name' : '',
    ];
    told[network] = kinds.filter((kind) => kind !== '').join(', ');
    expect([network, await isColoured('Plain words, hello@sefton.gov.uk, 5 # 6 @ 7')]).toEqual([
      network,
      false,
    ]);
  }
  expect(told).toEqual({
    website: 'link',
    x: 'link, hashtag, name',
    facebook: 'link, hashtag',
    instagram: 'hashtag, name',
    youtube: 'link, hashtag, name',
    bluesky: 'link, hashtag',
    'by-hand': 'link',
  });
});

test('a video has its place: in its own shape where that is known, with all of its still and the sign that it plays', async () => {
  const height = async (network: Look['network'], video?: Look['video']): Promise<number> =>
    (await drawn({ network, posts: [{ text }], ...(video && { video }) })).height;
  const words = await height('facebook');
  expect((await height('facebook', {})) - words).toBe(360 + 18);
  expect((await height('facebook', { shape: 9 / 16 })) - words).toBe(800 + 18);
  expect((await height('instagram', { shape: 16 / 9 })) - (await height('instagram', {}))).toBe(0);
  const empty = await drawn({ network: 'x', posts: [{ text }], video: {} });
  expect(empty.seen(dark).times).toBeGreaterThan(50_000);
  const still = await framedPicture(800, 800);
  for (const network of networkNames) {
    const { seen } = await drawn({ network, posts: [{ text }], video: { still } });
    const edges = [red, blue, green, orange].map((colour) => seen(colour).times > 100);
    expect([network, ...edges]).toEqual([network, true, true, true, true]);
    // The sign lies in the middle of the still, which is white there.
    const bare = await drawn({ network, posts: [{ text }] });
    expect(seen(veiled).times - bare.seen(veiled).times).toBeGreaterThan(3_000);
  }
});

test('the video stands first on YouTube, its title below it; our site has its pictures as well', async () => {
  const still = await plain(640, 360, red);
  const look = { network: 'youtube', posts: [{ text: 'See #SeftonGritting' }], headline: 'A title' } as const;
  const { seen } = await drawn({ ...look, video: { still } });
  expect(seen(red).top).toBeLessThan(5);
  expect(seen([6, 95, 212]).top).toBeGreaterThan(seen(red).bottom);
  const both = await drawn({
    network: 'website',
    posts: [{ text }],
    pictures: [await plain(300, 200, green)],
    video: {},
  });
  expect(both.seen(green).times).toBeGreaterThan(10_000);
  expect(both.seen(dark).bottom).toBeGreaterThan(both.seen(green).bottom);
});

test('what is posted by hand says that it is drawn roughly, and no other look does', async () => {
  for (const network of networkNames) {
    const { seen } = await drawn({ network, posts: [{ text }] });
    expect([network, seen([244, 239, 228]).times > 10_000]).toEqual([network, network === 'by-hand']);
  }
});

test('the card of a link stands below the words: its picture, its title and where it leads', async () => {
  const post = { text: 'See https://sefton.gov.uk/bins' };
  const picture = await plain(90, 40, red);
  const site = 'sefton.gov.uk';
  for (const network of ['x', 'facebook', 'bluesky'] as const) {
    const heightOf = async (card?: LookCard): Promise<number> =>
      (await drawn({ network, posts: [card === undefined ? post : { ...post, card }] })).height;
    const heights = [
      await heightOf(),
      await heightOf({ site }),
      await heightOf({ site, title: '<b>Bins & "more"' }),
      await heightOf({ site, title: '<b>Bins & "more"', picture }),
    ];
    expect(heights.toSorted((a, b) => a - b)).toEqual(heights);
    expect(new Set(heights).size).toBe(4);
  }
});
