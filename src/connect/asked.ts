import { parseArgs } from 'node:util';
import { isConnectable, type Connectable } from '../networks/connectable.ts';
import type { AccountEntry, Protocol } from '../protocol/protocol.ts';
import { cannotKeepWords, connectUsage, notAsTyped, whichAccount } from '../words/connect.ts';
import { usualPort } from './consent.ts';

/** Where what the network gives is to go. */
export type AskedWay =
  { readonly to: 'screen' | 'vault' | 'store' } | { readonly to: 'file'; readonly path: string };

/** What somebody asked for by the words behind `npm run connect --`. */
export type Asked =
  | { readonly ask: 'help' }
  | {
      readonly ask: 'connect';
      readonly network: Connectable;
      /** the account's id in the protocol, whole or without the network; absent where there is but one */
      readonly id?: string;
      readonly port: number;
      readonly way: AskedWay;
    };

/**
 * Reads the words of the command.
 * @throws with words for whoever typed them
 */
export function readAsked(typed: readonly string[]): Asked {
  const { positionals, values } = parsed(typed);
  if (values.help === true) return { ask: 'help' };
  const [network, id, more] = positionals;
  if (network === undefined || more !== undefined) throw new Error(connectUsage);
  if (!isConnectable(network)) throw new Error(notAsTyped.network(network));
  const port = values.port === undefined ? usualPort : Number(values.port);
  if (!Number.isSafeInteger(port) || port < 1 || port > 65_535) throw new Error(notAsTyped.port);
  return { ask: 'connect', network, port, way: wayOf(values), ...(id === undefined ? {} : { id }) };
}

function parsed(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        show: { type: 'boolean' },
        file: { type: 'string' },
        vault: { type: 'boolean' },
        keep: { type: 'boolean' },
        port: { type: 'string' },
      },
    });
  } catch {
    throw new Error(notAsTyped.option);
  }
}

function wayOf({
  show,
  file,
  vault,
  keep,
}: Readonly<Partial<Record<'show' | 'vault' | 'keep', boolean>>> & { readonly file?: string }): AskedWay {
  const ways: readonly AskedWay[] = [
    ...(show === true ? [{ to: 'screen' } as const] : []),
    ...(file === undefined ? [] : [{ to: 'file', path: file } as const]),
    ...(vault === true ? [{ to: 'vault' } as const] : []),
    ...(keep === true ? [{ to: 'store' } as const] : []),
  ];
  const [way, another] = ways;
  if (way === undefined || another !== undefined) throw new Error(cannotKeepWords.noWay);
  return way;
}

/**
 * The account of the protocol that is meant.
 * @throws with words that name those there are
 */
export function accountMeant(
  { network, id }: Extract<Asked, { readonly ask: 'connect' }>,
  { accounts }: Pick<Protocol, 'accounts'>,
): AccountEntry {
  const all = Object.values(accounts).filter((each) => each.network === network);
  const named = all.filter((each) => id === undefined || each.id === id || each.id === `${network}-${id}`);
  const [account, another] = named;
  if (account === undefined || another !== undefined)
    throw new Error(
      whichAccount(
        network,
        id,
        all.map((each) => each.id),
      ),
    );
  return account;
}
