import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Draws the Teams app's icons from their drawings, in the sizes that Microsoft asks for. Run after changing a drawing. */
const manifest = join(dirname(dirname(fileURLToPath(import.meta.url))), 'manifest');

for (const [name, size] of [
  ['color', 192],
  ['outline', 32],
] as const) {
  await sharp(join(manifest, `${name}.svg`), { density: 300 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toFile(join(manifest, `${name}.png`));
}
