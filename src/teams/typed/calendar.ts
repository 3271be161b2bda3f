import { days } from '../../core/time.ts';
import { maySee } from '../../posts/may.ts';
import { postsBy } from '../lists.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lists what goes out in the next four weeks, and what went out today. */
export const calendar: TypedCommand = {
  name: 'calendar',
  usage: 'calendar',
  does: 'See what goes out when.',
  run: async (_rest, turn, desk) => {
    const list = await postsBy(desk, [
      { index: 'calendar', equals: 'yes', from: turn.now - days(0.5), to: turn.now + days(28) },
    ]);
    return {
      show: 'list',
      list: { of: 'calendar', ...list, posts: list.posts.filter((post) => maySee(post, turn.person, desk.rules())) },
    };
  },
};
