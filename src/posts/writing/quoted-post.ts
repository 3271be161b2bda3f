import type { Remote } from '../../networks/network.ts';
import { quotesOn } from '../../protocol/media-limits.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { pastedAddress } from './pasted-address.ts';

/** Longest of what somebody pastes; a phone's share puts words around the address. */
export const longestQuote = 1_000;

const hosts: ReadonlySet<string> = new Set(['x.com', 'twitter.com']);
/** X gives an address without a name, `/i/web/status/…`, where it does not know whose the post is. */
const status = /^\/(?<name>\w{1,15}|i\/web)\/status\/(?<id>\d{1,20})(?:\/|$)/u;

/**
 * The post on X that somebody pasted the address of, as its network knows it. What X adds to an address, such as who
 * shared it or which picture was open, is left out.
 *
 * @returns undefined where it is no address of a post there
 */
export function quotedPost(pasted: string): Remote | undefined {
  const address = pastedAddress(pasted);
  const url = address === undefined ? null : URL.parse(address);
  const of = url?.hostname.replace(/^(?:www|mobile)\./u, '') ?? '';
  if (url === null || url.port !== '' || !hosts.has(of)) return undefined;
  const { name = '', id = '' } = status.exec(url.pathname)?.groups ?? {};
  return id === '' ? undefined : { remoteId: id, url: `https://x.com/${name}/status/${id}` };
}

/** Which of these accounts can show another post within ours. */
export const accountsThatQuote = (
  accounts: readonly string[],
  protocol: Pick<Protocol, 'accounts'>,
): readonly string[] =>
  accounts.filter((id) => {
    const network = protocol.accounts[id]?.network;
    return network !== undefined && quotesOn(network);
  });
