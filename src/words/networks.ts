/** What a reply under a post says that was wrong and cannot be changed. */
export const correctionReply = (what: string): string => `Correction: ${what.trim()}`;

/** The sentence with which a corrected text on a network ends. */
export const correctedOnNetwork = (what: string): string => `Corrected: ${what}`;
