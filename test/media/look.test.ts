import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawLook, type LookCard } from '../../src/media/look.ts';

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
