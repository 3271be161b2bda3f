import { withoutAtEnd } from '../../protocol/text/at-end.ts';
import type { Desk } from '../desk.ts';
import { listFor, departmentPosts } from '../lists.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { leftOver, readNumber } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';
import { maySeeAllOf } from '../../posts/deciding/may.ts';
import { findDepartment } from '../../protocol/people.ts';
import { show, openByNumber } from './numbered.ts';
import { notice } from '../notices.ts';
import { whereUsed } from '../where-used.ts';

/** The commands that list posts: what waits, what goes out, the last ones, and those with one picture. */

/** Words behind the command's that ask for nothing else than the whole list. */
const own = {
  calendar: /^(?:(?:for|of|the|this|coming|all|next weeks|four weeks|weeks|everything)\b\s*)*/iu,
  waiting: /^(?:(?:for|on|me|us|posts?)\b\s*)*/iu,
} as const;

/** Lists all there is, and says what of the words it could not heed: `calendar december`, `waiting for Tom`. */
async function wholeList(of: 'calendar' | 'waiting', rest: string, turn: Turn, desk: Desk): Promise<Reply> {
  const words = withoutAtEnd(rest, /[\s?!.]/u).trim();
  const left = leftOver(words.replace(own[of], ''));
  const list = await listFor(of, turn, desk);
  return { show: 'list', list: left === '' ? list : { ...list, unheeded: words } };
}

/** Lists what waits for the person, the most pressing first. */
export const waiting: TypedCommand = {
  name: 'waiting',
  run: async (rest, turn, desk) => await wholeList('waiting', rest, turn, desk),
};

/** Lists what goes out in the next four weeks, and leads to what went out in the hours before. */
export const calendar: TypedCommand = {
  name: 'calendar',
  run: async (rest, turn, desk) => await wholeList('calendar', rest, turn, desk),
};

/**
 * Lists the last posts: of everybody for the desk, else the person's own and their departments'; or of the department
 * that is named. With a number somebody means that post.
 */
export const posts: TypedCommand = {
  name: 'posts',
  run: async (rest, turn, desk) => {
    if (readNumber(rest) !== undefined) return await show.run(rest, turn, desk);
    const words = leftOver(rest).replace(/^(?:of|for|from|by|in)\s+/iu, '');
    const typed = withoutAtEnd(words, /[\s.!?]/u);
    const list = await listFor('posts', turn, desk);
    if (/^(?:all|latest|recent|mine|ours|today)?$/iu.test(typed)) return { show: 'list', list };
    const rules = desk.rules();
    const found = findDepartment(typed.replace(/^the\s+/iu, ''), rules);
    if (found.found === 'no') return { show: 'list', list: { ...list, scope: { is: 'unknown', typed } } };
    const { id: department } = found.department;
    return maySeeAllOf(department, turn.person, rules)
      ? { show: 'list', list: await departmentPosts(department, turn, desk) }
      : { show: 'list', list: { ...list, scope: { is: 'not-theirs', department } } };
  },
};

/** Lists every post with a picture of this one, so that each use is found when a consent is withdrawn. */
export const where: TypedCommand = {
  name: 'where',
  run: async (rest, turn, desk) => {
    // `where is my post`, `where are the posts of Highways`
    const lost = /^(?:is|are)\s+(?:(?:my|our|the)\s+)?posts?\b(?<of>[^\d]*)$/iu.exec(rest.trim());
    if (lost !== null) return await posts.run(lost.groups?.['of'] ?? '', turn, desk);
    return await openByNumber(
      rest.trim().replace(/^(?:is\s+)?used\b\s*/iu, ''),
      turn,
      desk,
      'where used',
      async (post) =>
        post.revision.media.length === 0
          ? notice('no-picture', { number: post.number })
          : { show: 'list', list: await whereUsed(post, turn, desk) },
    );
  },
};
