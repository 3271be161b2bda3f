/** What a reply under a post says that was wrong and cannot be changed: what was wrong, and where there is room, what is right. */
export const correctionReply = (what: string, right = ''): string =>
  `Correction: ${what.trim()}\n\n${right.trim()}`.trim();

/** The sentence with which a corrected text on a network ends. */
export const correctedOnNetwork = (what: string): string => `Corrected: ${what}`;
