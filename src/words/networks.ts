/** The sentence with which a corrected text on a network ends. */
export const correctedOnNetwork = (what: string): string => `Corrected: ${what}`;
