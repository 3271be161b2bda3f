/** What stands in the drawings of what a post will look like, beside what people wrote. */
export const inLooks = {
  justNow: 'Just now',
  /** the actions that a network names in words */
  like: 'Like',
  comment: 'Comment',
  share: 'Share',
  subscribe: 'Subscribe',
  /** below what a person posts somewhere for us */
  roughly: 'Roughly like this: it is posted by hand',
} as const;

/** @returns `1 of 4`: which of several pictures is seen before anybody turns to the next */
export function pictureOf(shown: number, all: number): string {
  return `${String(shown)} of ${String(all)}`;
}

/** @returns `+3`: how many pictures stand behind the last one that is seen */
export function moreBehind(hidden: number): string {
  return `+${String(hidden)}`;
}

/**
 * @param cut whether each is cut to a place of its own until somebody opens it
 * @returns `9 pictures, 4 of them drawn here`, `4 pictures. Each is seen whole once it is opened`
 */
export function picturesDrawn(all: number, drawn: number, cut: boolean): string {
  const here = drawn < all ? `, ${String(drawn)} of them drawn here` : '';
  return `${String(all)} pictures${here}${cut ? '. Each is seen whole once it is opened' : ''}`;
}
