import { accountStates } from '../stop-everything.ts';
import type { TypedCommand } from './typed-command.ts';

/** Shows every account: who looks after it, whether it is connected, what stands there last. */
export const accounts: TypedCommand = {
  name: 'accounts',
  usage: 'accounts',
  does: 'See every account: who looks after it, whether it is connected, and its last post.',
  run: async (_rest, _turn, desk) => {
    const states = await accountStates(desk);
    return {
      show: 'accounts',
      accounts: Object.values(desk.rules().accounts).map((entry) => ({
        entry,
        state: states.get(entry.id),
        connection: desk.connectionOf(entry),
      })),
    };
  },
};
