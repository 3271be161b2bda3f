import { leftOver } from './named-posts.ts';

/**
 * Reads `all`, `everything`, `all of the posts` at the beginning of what was typed after "hold", and what else was
 * written; undefined where nobody said that everything is meant.
 */
export function readEverything(rest: string): { readonly left: string } | undefined {
  const match =
    /^(?:all|everything)\b(?:\s+(?:of\s+)?(?:the\s+)?(?:posts|them|it)\b)?(?<after>[\s\S]*)$/iu.exec(
      rest.trim(),
    );
  return match?.groups === undefined ? undefined : { left: leftOver(match.groups['after'] ?? '') };
}

/** What is left over of words after "pause", "stop" or "resume", which are for everything in any case. */
export function besidesEverything(rest: string): string {
  const own = /^(?:(?:of\s+)?(?:the\s+)?(?:all|everything|routine|posts|posting|it|them|again)\b\s*)*/iu;
  return leftOver(rest.trim().replace(own, ''));
}
