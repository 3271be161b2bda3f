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

/**
 * Packs a kept picture anew as a network needs it: the whole of it and never larger than it is, on white where it
 * needs bars or was one that one can see through. What it was packed with before, such as a place, is already gone.
 */
export async function resize(
  picture: Uint8Array,
  { width, height, shapes, type, most }: Resizing,
): Promise<Resized> {
  // Loaded with the first picture that needs it, as where pictures are taken in.
  const { default: sharp } = await import('sharp');
  for (const scale of scales) {
    for (const quality of type === 'image/png' ? [undefined] : qualities) {
      const inner = {
        width: Math.max(1, Math.floor(width * scale)),
        height: Math.max(1, Math.floor(height * scale)),
      };
      const drawn = sharp(picture, { failOn: 'error' }).resize(
        shapes === undefined
          ? { ...inner, fit: 'inside', withoutEnlargement: true }
          : { ...framed(inner, shapes), fit: 'contain', background: white },
      );
      const packed =
        type === 'image/png'
          ? drawn.png({ compressionLevel: 9 })
          : type === 'image/webp'
            ? drawn.webp({ quality: quality ?? 88 })
            : type === 'image/gif'
              ? drawn.gif()
              : drawn.flatten({ background: white }).jpeg({ quality: quality ?? 88, mozjpeg: true });
      const { data, info } = await packed.toBuffer({ resolveWithObject: true });
      if (data.length <= most) {
        return { ok: true, bytes: data, contentType: type, width: info.width, height: info.height };
      }
    }
  }
  return { ok: false, why: 'will-not-fit' };
}
