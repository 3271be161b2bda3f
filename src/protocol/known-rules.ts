/**
 * The rules this release knows, with the names of the thresholds that a protocol may set for each. The rules of
 * state (GOV, POL-1, DAY) stand beside those of the text; a test holds this list and the rules together.
 */
export const knownRules: Readonly<Record<string, readonly string[]>> = {
  LEN: ['x', 'bluesky', 'facebook', 'instagram', 'youtube'],
  'ACC-1': [],
  'ACC-2': [],
  'ACC-3': ['hashtags'],
  'ACC-4': ['emoji'],
  'ACC-6': ['sentenceWords', 'readingEase'],
  'ACC-7': ['links'],
  'GOV-1': [],
  'GOV-3': [],
  'DAT-5': [],
  'POL-1': [],
  'POL-2': [],
  'POL-8': [],
  'MOD-4': [],
  WORDS: [],
  DAY: [],
};
