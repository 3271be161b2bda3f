import { stateOf } from '../../core/execute.ts';
import { unlessNewer } from '../../core/forms.ts';
import { accountId, accountKind, type AccountState } from '../../dispatch/account.ts';
import { accountStates, type Desk } from '../desk.ts';
import { byPerson, type Turn } from '../turn.ts';

/**
 * Gives a command to every account at once, and to one of those that it changes after all others, which then tells
 * whatever waits: so it tells of all of them, and a process that dies meanwhile leaves something to do by saying it again.
 *
 * @returns the accounts that were changed by it, as they then stood; and those that a newer release has written, which
 *   are left to that
 */
export async function everyAccount(
  command: string,
  params: Readonly<Record<string, string | number>>,
  isChanged: (state: AccountState | undefined) => boolean,
  turn: Turn,
  desk: Desk,
): Promise<{ readonly changed: ReadonlyMap<string, AccountState>; readonly newer: readonly string[] }> {
  const states = await accountStates(desk);
  const accounts = Object.keys(desk.rules().accounts);
  const newer: string[] = [];
  const last = accounts.findLast((account) => isChanged(states.get(account)));
  const give = async (account: string, more: object): Promise<[string, AccountState][]> => {
    const executed = await unlessNewer(
      desk.executor.execute({
        command,
        id: accountId(account),
        params: { ...params, ...more },
        ...byPerson(turn),
      }),
      undefined,
    );
    if (executed === undefined) newer.push(account);
    return executed?.done === true ? [[account, stateOf(accountKind, executed)]] : [];
  };
  const others = accounts.filter((account) => account !== last);
  const first = await Promise.all(others.map(async (account) => await give(account, {})));
  const changed = [...first.flat(), ...(last === undefined ? [] : await give(last, { last: true }))];
  return { changed: new Map(changed), newer };
}
