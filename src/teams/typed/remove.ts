import { act } from '../desk.ts';
import { shown } from '../answered.ts';
import { withPost } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Takes down what is public. */
export const remove: TypedCommand = {
  name: 'remove',
  usage: 'remove 142',
  does: 'Take down a post that is public (the desk and the duty officer).',
  run: async (rest, turn, desk) =>
    await withPost(rest, turn, desk, 'remove', async (post) => {
      const call = { command: 'post.remove', post: post.id, params: {}, person: turn.person, key: turn.key };
      return shown(await act(desk, call), turn, desk);
    }),
};
