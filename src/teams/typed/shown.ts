import type { TypedCommand } from './typed-command.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import type { AccountShown } from '../../words/accounts.ts';
import { accountStates, postByNumber, type Desk } from '../desk.ts';
import { whereWorks, whoseNamed } from './whose.ts';

/** The commands that show the same whatever stands behind them. */

/** Shows what can be typed. */
export const help: TypedCommand = {
  name: 'help',
  run: async () => await Promise.resolve({ show: 'help' }),
};

/** Shows who approves what, who is away and who cannot be reached: everywhere, or where somebody names, or works whom they name. */
export const people: TypedCommand = {
  name: 'people',
  run: async (rest, _turn, desk) => {
    const whose = whoseNamed(rest, desk.rules());
    const of = whose === undefined ? whereWorks(rest, desk.rules()) : [whose];
    return await Promise.resolve({ show: 'people', ...(of.length === 0 ? {} : { of }) });
  },
};

/** Shows every account: who looks after it, whether it is connected, what stands there last. */
export const accounts: TypedCommand = {
  name: 'accounts',
  run: async (_rest, _turn, desk) => {
    const states = await accountStates(desk);
    const shown = Object.values(desk.rules().accounts).map(async (entry): Promise<AccountShown> => {
      const state = states.get(entry.id);
      const lastAt =
        state?.last === undefined ? undefined : await addressOf(state.last.number, entry.id, desk);
      const connection = desk.connectionOf(entry);
      return { entry, state, connection, ...(lastAt === undefined ? {} : { lastAt }) };
    });
    return { show: 'accounts', accounts: await Promise.all(shown) };
  },
};

/** Where a post stands on an account, be it that it is to come down: empty where it has no address; undefined: it is gone. */
async function addressOf(number: number, account: string, desk: Desk): Promise<string | undefined> {
  const post = await postByNumber(desk, number);
  const [first] = Object.entries(post === undefined ? {} : publicationsOf(post)).flatMap(
    ([part, publication]) =>
      accountOf(part) === account && (publication.is === 'published' || publication.is === 'removing')
        ? [publication.remote.url]
        : [],
  );
  return first;
}
