import type { Sharp } from 'sharp';
import { framed, type Resizing } from '../protocol/media-limits.ts';

/** Tries until the bytes are few enough: first by packing closer, then by fewer pixels. */
const qualities = [88, 80, 70, 60] as const;
const scales = [1, 0.75, 0.5, 0.35] as const;

export type Resized =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly contentType: Resizing['type'];
      readonly width: number;
      readonly height: number;
    }
  /** at half a screen's size it would still be too many bytes */
  | { readonly ok: false; readonly why: 'will-not-fit' };

/** What is seen through a picture that one can see through, and the bars of one that is too narrow or too wide. */
const white = '#ffffff';

/** One way to pack a drawn picture. */
interface Packing {
  readonly contentType: Resizing['type'];
  readonly packed: (drawn: Sharp) => Sharp;
}

/** The ways to pack a picture as a type, the best first. */
function packingsAs(contentType: Resizing['type']): readonly Packing[] {
  switch (contentType) {
    case 'image/png':
      return [{ contentType, packed: (drawn) => drawn.png({ compressionLevel: 9 }) }];
    case 'image/gif':
      return [{ contentType, packed: (drawn) => drawn.gif() }];
    case 'image/webp':
      return qualities.map((quality) => ({ contentType, packed: (drawn) => drawn.webp({ quality }) }));
    case 'image/jpeg':
      return qualities.map((quality) => ({
        contentType,
        packed: (drawn) => drawn.flatten({ background: white }).jpeg({ quality, mozjpeg: true }),
      }));
  }
}

/**
 * Packs a kept picture anew as a network needs it: the whole of it and never larger than it is, on white where it
 * needs bars or was one that one can see through. What it was packed with before, such as a place, is already gone.
 */
export async function resize(
  picture: Uint8Array,
  { width, height, shapes, type, opaque, most }: Resizing,
): Promise<Resized> {
  // Loaded with the first picture that needs it, as where pictures are taken in.
  const { default: sharp } = await import('sharp');
  const read = () => sharp(picture, { failOn: 'error' });
  const instead = opaque !== undefined && (await read().stats()).isOpaque ? packingsAs(opaque) : [];
  for (const scale of scales) {
    for (const { contentType, packed } of [...packingsAs(type), ...instead]) {
      const inner = {
        width: Math.max(1, Math.floor(width * scale)),
        height: Math.max(1, Math.floor(height * scale)),
      };
      const drawn = read().resize(
        shapes === undefined
          ? { ...inner, fit: 'inside', withoutEnlargement: true }
          : { ...framed(inner, shapes), fit: 'contain', background: white },
      );
      const { data, info } = await packed(drawn).toBuffer({ resolveWithObject: true });
      if (data.length <= most) {
        return { ok: true, bytes: data, contentType, width: info.width, height: info.height };
      }
    }
  }
  return { ok: false, why: 'will-not-fit' };
}
