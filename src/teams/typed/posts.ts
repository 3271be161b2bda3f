import { maySeeAllOf } from '../../posts/may.ts';
import { findDepartment } from '../../protocol/people.ts';
import { withoutAtEnd } from '../../protocol/text/at-end.ts';
import { departmentPosts, listFor } from '../lists.ts';
import { leftOver, readNumber } from './named-posts.ts';
import { show } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

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
