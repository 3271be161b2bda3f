import type { Config } from './config.ts';
import { connectedNetwork, type ConnectedParts } from './connected.ts';
import type { Executor } from './core/execute.ts';
import type { Outliving } from './core/outliving.ts';
import { connectingVariables, rehearsalVariable, type Credentials } from './credentials.ts';
import type { Connection } from './dispatch/access.ts';
import type { Network } from './networks/network.ts';
import { unconnected } from './networks/of-accounts.ts';
import { afterRehearsal, keptTimeline } from './networks/rehearsal/kept.ts';
import { timelineNetwork } from './networks/rehearsal/timeline.ts';
import type { AccountEntry } from './protocol/protocol.ts';

/** Which adapter speaks for each account, and what is said of that: the real network, a rehearsal, or nothing yet. */
export function accountsOf(
  config: Config,
  credentials: ReadonlyMap<string, Credentials>,
  parts: Omit<ConnectedParts, 'executor' | 'outliving'> & { readonly here: () => string },
) {
  const networkOf = (account: AccountEntry, executor: Executor, outliving: Outliving): Network => {
    const spoken = credentials.get(account.id);
    const { network } = account;
    const kept = keptTimeline(network, executor);
    if (account.rehearsed) return kept;
    if (spoken !== undefined) {
      return afterRehearsal(connectedNetwork(account, spoken, { ...parts, executor, outliving }), kept);
    }
    return config.mode === 'rehearsal'
      ? timelineNetwork({ network, base: config.timelines ?? `${parts.here()}/rehearsal/timelines` })
      : unconnected(network);
  };
  const connectedBy = (account: AccountEntry): Pick<Connection, 'by'> => {
    const variables = connectingVariables(account, credentials.get(account.id));
    if (variables === undefined) return {};
    return { by: { into: config.vault === undefined ? 'file' : 'vault', ...variables } };
  };
  const connectionOf = (account: AccountEntry): Connection => ({
    is:
      config.mode === 'rehearsal' || account.rehearsed
        ? 'rehearsal'
        : credentials.has(account.id)
          ? 'connected'
          : 'not-connected',
    ...connectedBy(account),
    ...(account.rehearsed ? { rehearsedBy: rehearsalVariable(account) } : {}),
  });
  return { networkOf, connectionOf };
}
