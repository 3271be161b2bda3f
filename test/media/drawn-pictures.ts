import sharp from 'sharp';

/** A photo of one colour. */
export const plainPhoto = async (background: string, width = 640, height = 480): Promise<Buffer> =>
  await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** Photos by these names, each of another colour. */
export const drawnPictures = async (...names: readonly string[]): Promise<Readonly<Record<string, Buffer>>> =>
  Object.fromEntries(
    await Promise.all(
      names.map(async (name, n) => [name, await plainPhoto(`#${(20 + n * 15).toString(16)}8822`)] as const),
    ),
  );
