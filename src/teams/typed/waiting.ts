import { postsBy } from '../lists.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lists what waits for the person, the most pressing first. */
export const waiting: TypedCommand = {
  name: 'waiting',
  usage: 'waiting',
  does: 'See what waits for you.',
  run: async (_rest, turn, desk) => ({
    show: 'list',
    list: { of: 'waiting', ...(await postsBy(desk, [{ index: 'waiting-for', equals: turn.person }])) },
  }),
};
