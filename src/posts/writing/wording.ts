import { z } from 'zod';

/** What words have to be like that people write for the public. */

/**
 * What hides in a text and nobody means: control characters, and marks that turn the direction of reading, by which
 * a name or an address can be made to read as another. Joiners stay, since emoji and some scripts need them.
 */
const hidden = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

/** Words that people write for the public, at most so many UTF-16 units of them, without what hides in them. */
export const wording = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) =>
      text
        .replace(/\r\n?/gu, '\n')
        .replace(hidden, (mark) => (mark === '\n' ? mark : mark === '\t' ? ' ' : '')),
    );
/** Whether there is nothing to read in a text: no letter, digit or emoji, such as in `:` or in characters that nobody sees. */
export const saysNothing = (text: string): boolean =>
  !/[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(text);
