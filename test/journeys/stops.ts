import { accountId } from '../../src/dispatch/account.ts';
import type { Council, Pressed } from './council.ts';

/** How somebody stops what goes out, and lets it go out again: typed, and its one question answered. */

async function confirmed(council: Council, person: string, words: string, title: string): Promise<Pressed> {
  const [question] = await council.as(person).say(words);
  if (question === undefined) throw new Error('nothing was asked');
  return await council.as(person).press(title, {}, question);
}

export const stopEverything = async (council: Council, person = 'gareth-molyneux'): Promise<Pressed> =>
  await confirmed(council, person, 'stop everything', 'Yes, stop everything');

export const pauseRoutine = async (council: Council, person = 'gareth-molyneux'): Promise<Pressed> =>
  await confirmed(council, person, 'pause routine', 'Yes, pause routine posts');

export const resumeAll = async (council: Council, person = 'gareth-molyneux'): Promise<Pressed> =>
  await confirmed(council, person, 'resume', 'Yes, resume');

/** Accounts are stopped, all of them where none is named, and whoever stopped them goes no further: nothing is held by it. */
export async function stopAccounts(
  council: Council,
  person = 'gareth-molyneux',
  accounts: readonly string[] = Object.keys(council.protocol.accounts),
): Promise<void> {
  for (const account of accounts)
    await council.app.executor.execute({
      command: 'account.stop',
      id: accountId(account),
      params: { what: 'all' },
      actor: { by: 'person', person },
    });
}
