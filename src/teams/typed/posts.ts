import { departmentsOf, isDesk, isDuty } from '../../protocol/people.ts';
import { postsBy } from '../lists.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lists the last posts: the desk's of everybody, others' of their first department, or their own. */
export const posts: TypedCommand = {
  name: 'posts',
  usage: 'posts',
  does: 'See the latest posts of your department.',
  run: async (_rest, turn, desk) => {
    const rules = desk.rules();
    const all = isDesk(turn.person, rules) || isDuty(turn.person, rules) || rules.headOfCommunications === turn.person;
    const departments = departmentsOf(turn.person, rules);
    const list = all
      ? await postsBy(desk, [{ index: 'newest' }])
      : await postsBy(desk, [
          { index: 'of-author', equals: turn.person },
          ...departments.map((department) => ({ index: 'of-department' as const, equals: department.id })),
        ]);
    return { show: 'list', list: { of: 'posts', ...list } };
  },
};
