import { letOutByDesk } from './beginnings.ts';
import { minute, type Council } from './council.ts';

/** What the journeys of corrections begin with: a post of the desk's for Highways that is public, and its correction. */

/** Proposes for Highways by the desk, chooses the accounts, and lets it go out at once. */
export async function published(council: Council, text: string, accounts: string): Promise<void> {
  await letOutByDesk(council, text, { accounts });
  await council.pass(minute);
}

/** Asks for a correction of the first post. @returns the answer to that */
export async function asked(council: Council, typed: Readonly<Record<string, string>>) {
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  return await council.as('ellen-rimmer').press('Ask for this correction', typed, form);
}

/** Somebody else agrees to it, and a minute passes. */
export async function agreed(council: Council): Promise<void> {
  const joseph = council.as('joseph-adeyemi');
  // It says that it is made now, who is asked then, or neither while its accounts are stopped.
  const title = joseph.buttons(joseph.card(1)).find((each) => each.startsWith('Agree')) ?? 'Agree';
  await joseph.press(title, { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
}

/** An account that refused Crier was read again. */
export async function connected(council: Council, account: string): Promise<void> {
  await council.app.executor.execute({
    command: 'account.was-read',
    id: `account-${account}`,
    params: { account, read: { is: 'connected' } },
    actor: { by: 'crier' },
  });
}
