import sharp from 'sharp';
import { expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { NoPicture, openEasel, wholePage } from './pictures.ts';

test('a page is made as high as what stands on it before it is taken, so that nothing is resized meanwhile', async () => {
  await using easel = openEasel(launchChromium, async (browser) => await browser.newPage());
  const taken = async (height: number) =>
    await easel.take(async (page) => {
      await page.setContent(`<body style="margin:0"><div style="height:${String(height)}px"></div>`);
      const picture = await wholePage(page, 600);
      return { picture, inView: await page.evaluate('innerHeight') };
    });
  for (const [height, drawn] of [
    [2_345, 2_345],
    [120, 400],
  ] as const) {
    const { picture, inView } = await taken(height);
    expect(inView).toBe(drawn);
    expect(await sharp(picture).metadata()).toMatchObject({ width: 600, height: drawn });
  }
});

test('where a browser fails, the same picture is taken in another one, and after some it is said that there is none', async () => {
  let started = 0;
  await using easel = openEasel(
    async () => {
      started += 1;
      return await launchChromium();
    },
    async (browser) => await browser.newPage(),
  );
  const draw = async (failing: number) =>
    await easel.take(async (page) => {
      if (started <= failing) await page.context().browser()?.close();
      return Number(await page.evaluate('1 + 1'));
    });
  expect(await draw(1)).toBe(2);
  expect(started).toBe(2);
  expect(await draw(0)).toBe(2);
  expect(started).toBe(2);
  await expect(draw(100)).rejects.toThrow(NoPicture);
  expect(started).toBe(4);
});
