import { act } from '../desk.ts';
import { shown } from '../answered.ts';
import { withPost } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Gives a post up that is not public yet. */
export const cancel: TypedCommand = {
  name: 'cancel',
  usage: 'cancel 142',
  does: 'Give up a post that is not public yet.',
  run: async (rest, turn, desk) =>
    await withPost(rest, turn, desk, 'cancel', async (post) => {
      const call = { command: 'post.cancel', post: post.id, params: {}, person: turn.person, key: turn.key };
      return shown(await act(desk, call), turn, desk);
    }),
};
