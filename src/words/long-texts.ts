const number = (n: number): string => n.toLocaleString('en-GB');

/** What stands on a card that has no room for all of a post's words. */
export const longTextWords = {
  /** @param decides whether whoever reads the card is asked for a decision */
  isCut: (decides: boolean): string =>
    `All of its words do not fit on this card. ${decides ? 'Please read them before you decide.' : 'Press "Read all of it" to see them.'}`,
  picturesElsewhere: (of: number, title: string): string =>
    `There is no room here for ${of === 1 ? 'its picture' : `its ${number(of)} pictures`} and what is asked about ${of === 1 ? 'it' : 'them'}. Press "${title}" below for that.`,
  somePictures: (first: number, last: number, of: number): string =>
    `${first === last ? `Picture ${number(first)}` : `Pictures ${number(first)} to ${number(last)}`} of ${number(of)}`,
  thenPictures: (save: string): string => `${save}, then the pictures`,
  thenMore: (save: string): string => `${save}, then the next pictures`,
  copyElsewhere:
    'What there is to copy is too long for this card. Press "Read all of it" to copy it piece by piece.',
  shown: (shown: number, all: number): string => `The first ${number(shown)} of ${number(all)} characters.`,
  theText: 'The text',
  page: (page: number, of: number): string => `All of its words, page ${number(page)} of ${number(of)}`,
  copyPiece: (label: string, piece: number, of: number): string =>
    of === 1 ? label : `${label}, piece ${number(piece)} of ${number(of)}`,
  moreFound: (more: number): { readonly what: string; readonly fix: string } => ({
    what: more === 1 ? 'One more thing' : `${number(more)} more things`,
    fix: 'What they are shows once these are put right.',
  }),
  foundIn: 'Something was found in these lines of them:',
  begin: 'They begin:',
  /** @param decides whether whoever reads the card is asked for a decision or a look */
  moreCaptions: (lines: number, decides: boolean): string => {
    const have = lines === 1 ? 'There is more of them.' : `They have ${number(lines)} lines.`;
    return decides ? `${have} Please read all of them before you decide.` : have;
  },
  readCaptions: 'Read all of the captions',
  readChanges: 'Read all that was changed',
  fewer: 'Show fewer lines',
  next: 'Next page',
  before: 'Page before',
} as const;

/** @returns what stands in place of a card that Teams did not take */
export function tooLargeWords(summary: string): string {
  return `${summary}\n\nI could not show you its card: it is too large for Teams. Shorter texts make it fit; Communications can shorten them.`;
}

/** @returns why a card cannot be answered with another one, with what that one would have said */
export function noRoomWords(said: string): string {
  return said === ''
    ? 'The card for this is too large for Teams, so it stays as it is. Shorter texts make it fit.'
    : said;
}
