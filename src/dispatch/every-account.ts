import { crier } from '../core/context.ts';
import { readableState, type Executor } from '../core/execute.ts';
import { unlessNewer } from '../core/forms.ts';
import type { Json } from '../core/json.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { stopInForce } from './access.ts';
import { accountId, accountKind } from './account.ts';

/** Frees what a former process held of every account, and stops those that are new while everything is stopped. */
export async function watchAccounts(executor: Executor, protocol: Protocol): Promise<void> {
  const accounts = Object.keys(protocol.accounts);
  const known = accounts.map(
    async (account) => await readableState(executor, accountKind, accountId(account)),
  );
  const stopped = stopInForce(await Promise.all(known));
  // Side by side, so that they share their commits: each alone would wait for the disk.
  await Promise.all(
    accounts.map(async (account) => {
      const id = accountId(account);
      const give = async (command: string, params: Json): Promise<unknown> =>
        await unlessNewer(executor.execute({ command, id, params, actor: crier }), undefined);
      if (!executor.store.shared) await give('account.free-all-slots', {});
      await give('account.watch', { account, ...(stopped === undefined ? {} : { stopped }) });
    }),
  );
}
