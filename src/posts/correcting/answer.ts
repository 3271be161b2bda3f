/** The words that a reply is made of: what was wrong, and the right words where there is room. */
export interface Answer {
  readonly reply: string;
  readonly what: string;
  readonly right: string;
}

/** Where the right words begin in a reply; -1 where they do not stand in it. */
export function rightIn({ reply, what, right }: Answer): number {
  const begins = reply.indexOf(what);
  return begins < 0 || right === '' ? -1 : reply.indexOf(right, begins + what.length);
}
