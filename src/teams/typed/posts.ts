import { listFor } from '../lists.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lists the last posts: of everybody for the desk, else the person's own and their departments'. */
export const posts: TypedCommand = {
  name: 'posts',
  usage: 'posts',
  does: 'See the latest posts of your department.',
  run: async (_rest, turn, desk) => ({ show: 'list', list: await listFor('posts', turn, desk) }),
};
