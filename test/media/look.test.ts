import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawLook, type Look, type LookCard } from '../../src/media/look.ts';

test('a look is a picture as wide as a phone shows it: what people wrote is no markup, and every sign is taken', async () => {
  const text = 'Gritters are out 🚧 <b>now</b> & "later"\u0000 </span> \uD800 see https://sefton.gov.uk/bins';
  const picture = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#d4351c' } })
    .png()
    .toBuffer();
  const plain = await sharp(await drawLook({ network: 'x', name: '@a<b', posts: [{ text }] })).metadata();
  const more = { network: 'x', name: '@a<b', posts: [{ text }, { text }], picture } as const;
  const bytes = await drawLook(more);
  const drawn = await sharp(bytes).metadata();
  expect([plain.format, plain.width]).toEqual(['png', 640]);
  // The picture is cropped to 16 by 9, and a second post stands below it.
  expect(drawn.height - plain.height).toBeGreaterThan(333);
  expect(Buffer.from(await drawLook(more)).equals(Buffer.from(bytes))).toBe(true);
  const other = await drawLook({ ...more, posts: [{ text }, { text: 'Other words.' }] });
  expect(Buffer.from(other).equals(Buffer.from(bytes))).toBe(false);
});

test('Instagram shows a picture whole, with an edge where it is white at its sides', async () => {
  const text = 'The path is open.';
  const height = async (picture?: Buffer): Promise<number> => {
    const look = { network: 'instagram', name: 'A', posts: [{ text }], ...(picture && { picture }) } as const;
    return (await sharp(await drawLook(look)).metadata()).height;
  };
  const bare = await height();
  for (const [width, tall, expected] of [
    [1_152, 1_440, 740],
    [1_910, 1_000, 310],
  ] as const) {
    const picture = await sharp({ create: { width, height: tall, channels: 3, background: '#ffffff' } })
      .png()
      .toBuffer();
    expect((await height(picture)) - bare).toBe(expected + 18);
    const bytes = await drawLook({ network: 'instagram', name: 'A', posts: [{ text }], picture });
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (info.height - 200) * info.width * info.channels + 24 * info.channels;
    expect([...data.subarray(at, at + 3)]).toEqual([207, 214, 220]);
  }
});

test('a video has its place below the words: upright on Instagram, with the picture beside it as its still', async () => {
  const text = 'The road is open again.';
  const drawn = async (more: Partial<Look>) => {
    const bytes = await drawLook({ network: 'facebook', name: 'A', posts: [{ text }], ...more });
    const { height } = await sharp(bytes).metadata();
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (y: number, x: number) =>
      [...data.subarray((y * info.width + x) * info.channels)].slice(0, 3).join();
    // Beside the sign in its middle, and in the sign itself.
    return { height, side: at(height - 60, 60), sign: at(height - 30 - 167, 316) };
  };
  const words = await drawn({});
  const dark = await drawn({ video: true });
  expect(dark.height - words.height).toBe(333 + 18);
  expect([dark.side, dark.sign]).toEqual(['15,20,25', '255,255,255']);
  const upright = await drawn({ video: true, network: 'instagram' });
  expect(upright.height - words.height).toBe(740 + 18);
  const picture = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#d4351c' } })
    .png()
    .toBuffer();
  const still = await drawn({ video: true, picture });
  expect([still.height, still.side, still.sign]).toEqual([dark.height, '212,53,28', '255,255,255']);
});

test('the card of a link stands below the words: its picture, its title and where it leads', async () => {
  const post = { text: 'See https://sefton.gov.uk/bins' };
  const heightOf = async (card?: LookCard): Promise<number> => {
    const posts = [card === undefined ? post : { ...post, card }];
    return (await sharp(await drawLook({ network: 'bluesky', name: '@a', posts })).metadata()).height;
  };
  const picture = await sharp({ create: { width: 90, height: 40, channels: 3, background: '#d4351c' } })
    .png()
    .toBuffer();
  const site = 'sefton.gov.uk';
  const heights = [
    await heightOf(),
    await heightOf({ site }),
    await heightOf({ site, title: '<b>Bins & "more"' }),
    await heightOf({ site, title: '<b>Bins & "more"', picture }),
  ];
  expect(heights.toSorted((a, b) => a - b)).toEqual(heights);
  expect(new Set(heights).size).toBe(4);
});
