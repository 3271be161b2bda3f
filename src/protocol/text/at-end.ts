/**
 * A text without the signs at its end that a pattern takes, one at a time. A pattern such as `[.!]+$` would be begun
 * again at each of them wherever they stand, and keep everybody waiting over a text that is full of them.
 *
 * @param signs matches one of them
 */
export function withoutAtEnd(text: string, signs: RegExp): string {
  let end = text.length;
  while (end > 0 && signs.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
