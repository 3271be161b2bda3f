import sharp from 'sharp';

/** Pictures by these names, each of another colour. */
export const drawnPictures = async (...names: readonly string[]): Promise<Readonly<Record<string, Buffer>>> =>
  Object.fromEntries(
    await Promise.all(
      names.map(async (name, n) => {
        const background = `#${(20 + n * 15).toString(16)}8822`;
        const create = { width: 640, height: 480, channels: 3 as const, background };
        return [name, await sharp({ create }).jpeg().toBuffer()] as const;
      }),
    ),
  );
