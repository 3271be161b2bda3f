import type { Revision } from './revision.ts';

/** How the personal texts of a revision are called beside the entry that tells of it, and in an erasure. */
export const called = {
  /** what it says on one account alone */
  own: (account: string): string => `text-${account}`,
  /** its pictures and videos, all of them: they have no text of their own beside the entry */
  media: 'media',
  /** the captions of its video, as a file: they have none either */
  captions: 'captions',
  /** the descriptions and the answers of its media, counted from 1 */
  alt: (number: number): string => `alt-${number}`,
  form: (number: number): string => `form-${number}`,
  from: (number: number): string => `from-${number}`,
} as const;

/** What is read of a revision where it goes out, by its names; captions have none. */
export const readTexts = (revision: Revision): Readonly<Record<string, string>> => ({
  text: revision.text,
  ...Object.fromEntries(
    Object.entries(revision.variants).map(([account, text]) => [called.own(account), text]),
  ),
  ...(revision.headline === '' ? {} : { headline: revision.headline }),
  ...(revision.summary === '' ? {} : { summary: revision.summary }),
  ...(revision.youtube === undefined ? {} : { 'youtube-title': revision.youtube.title }),
  ...(revision.quote === undefined ? {} : { quote: revision.quote }),
  ...Object.fromEntries(revision.media.map(({ alt }, n) => [called.alt(n + 1), alt])),
});

/** The personal texts of a revision by their names: what is read of it, and what was answered about its media. */
export const personalTexts = (revision: Revision): Readonly<Record<string, string>> => ({
  ...readTexts(revision),
  ...Object.fromEntries(
    revision.media.flatMap(({ recognised, origin }, n): [string, string][] => [
      ...(recognised?.who === 'children' && recognised.form !== undefined
        ? [[called.form(n + 1), recognised.form] satisfies [string, string]]
        : []),
      ...(origin?.whose === 'permitted' && origin.from !== undefined
        ? [[called.from(n + 1), origin.from] satisfies [string, string]]
        : []),
    ]),
  ),
});

/**
 * The names that an erasure means, of those that are left: the words of a post are also what it says on single
 * accounts, and with its pictures goes what was said of them.
 */
export const meantBy = (names: readonly string[], left: readonly string[]): readonly string[] => [
  ...names,
  ...left.filter(
    (name) =>
      (names.includes('text') && name.startsWith(called.own(''))) ||
      (names.includes(called.media) && /^(?:alt|form|from)-\d/u.test(name)),
  ),
];
