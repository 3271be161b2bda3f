/** Whether there is nothing to read in a text: no letter, digit or emoji, such as in `:` or in characters that nobody sees. */
export const saysNothing = (text: string): boolean =>
  !/[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(text);
