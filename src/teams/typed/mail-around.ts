/** What a pasted mail has around what residents should read: its head, its greeting, and whom it is from. */

/** So many signs of it stand on a button. */
const most = 280;

const shortEnough = (words: string | undefined): string | undefined =>
  words === undefined || words.length > most ? undefined : words;

/** The lines that a mail program writes above a mail: two or more, one of which says whom it is from. */
const head = /^(?:(?:fwd?|re|from|sent|to|cc|date|subject)\s?:[^\n]*\n){2,8}/iu;

/** `Hi Nadia,` on a line of its own. Residents are greeted in small letters: `Dear residents,`. */
const greeting =
  /^(?:[Hh]i|[Hh]iya|[Hh]ello|[Hh]ey|[Dd]ear|[Gg]ood (?:morning|afternoon)|[Mm]orning|[Aa]fternoon)(?: (?:\p{Lu}[\p{L}'\u2019-]+|all|team|both))(?: (?:(?:and|&) )?\p{Lu}[\p{L}'\u2019-]+)?\s?,(?=[^\S\n]*\n)/u;

/** @returns what of a mail stands in front of a text */
export function mailInFront(text: string): string | undefined {
  const above = head.exec(text)?.[0].trim();
  if (above !== undefined && /^from\s?:/imu.test(above)) return shortEnough(above);
  return greeting.exec(text)?.[0];
}

/** `Kind regards`, with the name and what stands below it; thanks alone are the text's. */
const closing =
  /\n[^\S\n]*(?<words>(?:(?:(?:[Kk]ind(?:est)?|[Bb]est|[Mm]any|[Ww]arm) )?(?:[Rr]egards|[Ww]ishes)|[Yy]ours (?:sincerely|faithfully|truly)|(?:[Mm]any )?[Tt]hanks(?=,?\n\s*\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?$))[,.]?(?:\s*\n[^\n]{1,70}){0,8}|Sent from my [^\n]{1,40})\s*$/u;

/** @returns what of a mail stands at the end of a text, with its lines; looked for where it may stand, and nowhere before */
export const mailAtEnd = (text: string): string | undefined =>
  shortEnough(closing.exec(text.trimEnd().slice(-2 * most))?.groups?.['words']);
