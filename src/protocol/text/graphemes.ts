let segmenter: Intl.Segmenter | undefined;

/**
 * What a reader takes for one sign each, and where it begins: a letter with its accents, an emoji with all that it is
 * joined of (Unicode Standard Annex 29, extended grapheme clusters).
 */
export function graphemesOf(text: string): Intl.Segments {
  // once somebody asks: its tables take longer to load than fifty of our files, and no start needs them
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
