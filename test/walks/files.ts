import sharp from 'sharp';
import { mp4 } from '../media/video-files.ts';
import { inputsIn } from '../journeys/card.ts';

/** What people send on walks, and what they say of it. */

/** So many different pictures there are; made once for all walks. */
const pictures = await Promise.all(
  Array.from({ length: 6 }, async (_, n) => {
    const background = `#${(20 + n * 30).toString(16)}8822`;
    return await sharp({ create: { width: 320, height: 240, channels: 3, background } })
      .jpeg()
      .toBuffer();
  }),
);
const films = [20, 21, 22].map((seconds) => mp4({ seconds, width: 1280, height: 720, streamable: true }));
const captions = Array.from(
  { length: 4 },
  (_, n) => `WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nCaption ${String(n)} of the road.\n`,
);

const extensions = { picture: 'jpg', film: 'mp4', captions: 'vtt' } as const;

/** Files by name, as Teams keeps them. */
export const files: Readonly<Record<string, Uint8Array>> = Object.fromEntries([
  ...pictures.map((file, n) => [`${String(n)}.jpg`, file] as const),
  ...films.map((file, n) => [`${String(n)}.mp4`, file] as const),
  ...captions.map((file, n) => [`${String(n)}.vtt`, Buffer.from(file)] as const),
]);

/** The name of the nth file of a kind. */
export function fileOf(kind: keyof typeof extensions, n: number): string {
  const all = Object.keys(files).filter((name) => name.endsWith(`.${extensions[kind]}`));
  return all[n % all.length] ?? '';
}

/** What somebody answers who is asked about pictures or a film on a card; what is said of each is new. */
export function answersOn(card: object, describe: () => string): Readonly<Record<string, string>> {
  const answers: Readonly<Record<string, () => string>> = {
    alt: describe,
    seen: () => 'nobody',
    whose: () => 'ours',
    burned: () => 'true',
  };
  return Object.fromEntries(
    Object.entries(inputsIn(card)).flatMap(([id, value]) => {
      const answer = answers[id.split(':')[0] ?? ''];
      const isOpen = value === '' || value === 'false';
      return answer === undefined || !/:\d+$/u.test(id) || !isOpen ? [] : [[id, answer()] as const];
    }),
  );
}
