/** What a message points somebody at, whose card is only updated and so makes no sound. */
export type Told = (typeof tellings)[number];
export const tellings = [
  'asked',
  'reminder',
  'escalated',
  'all-away',
  'came-back',
  'rewritten',
  'asks-the-desk',
  'not-taken',
  'correction-refused',
  'rest-refused',
  'correction-over',
  'correction-stopped',
  'not-corrected',
  'gone-for-nothing',
  'by-hand',
  'by-hand-in-vain',
  'takes-over',
  'others-by-hand',
  'whether-done',
  'new-words',
  'do-not-post',
  'not-posted',
  'posted-all-the-same',
  'not-taken-down',
  'cannot-come-down',
  'by-hand-mended',
  'left-as-it-is',
  'ended-first',
  'held',
  'still-held',
  'emergency-held',
] as const;

/** What somebody hears in one message for every post of which they do. */
export type ToldTogether = Extract<Told, 'all-away' | 'held' | 'still-held'>;

/** Whether somebody hears so in one message for every post of which they do. */
export const isToldTogether = (about: Told): about is ToldTogether =>
  about === 'all-away' || about === 'held' || about === 'still-held';
