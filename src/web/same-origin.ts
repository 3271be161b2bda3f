import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Names under which only this machine is meant. A page elsewhere can point any other name here (DNS rebinding). */
const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function isOurs(authority: string, port: number): boolean {
  const address = URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`) : undefined;
  if (address === undefined || address.host !== authority.toLowerCase().replace(/:80$/, '')) return false;
  return loopbackNames.has(address.hostname) && Number(address.port === '' ? 80 : address.port) === port;
}

const isLoopback = (address: string | undefined): boolean => {
  if (address === undefined) return false;
  const four = address.replace(/^::ffff:/i, '');
  return isIP(four) === 4 ? four.startsWith('127.') : four === '::1';
};

/** Who may send: no browser at all, pages of our own site, or whoever follows a link to a page. */
export type Callers = 'no-page' | 'own-pages' | 'links';

/**
 * In rehearsal there is no sign-in, so that what keeps other web pages out is this: the call comes over loopback,
 * to a loopback name with our own port (Host), and from no page, or from our own (Origin). A read that a browser
 * sends without an Origin is ours only when it says `same-origin`, or when somebody opened the address (`none`).
 * A page that changes nothing may also be opened by a link elsewhere (the simulator's cards have such links): nobody
 * elsewhere can read it then.
 */
export function mayCome(
  request: Pick<IncomingMessage, 'headers' | 'method' | 'socket'>,
  { port, callers }: { readonly port: number; readonly callers: Callers },
): boolean {
  const { host, origin } = request.headers;
  if (!isLoopback(request.socket.remoteAddress)) return false;
  if (host === undefined || !isOurs(host, port)) return false;
  const site = request.headers['sec-fetch-site'];
  if (callers === 'no-page') return origin === undefined && (site === undefined || site === 'none');
  if (origin !== undefined) return origin.toLowerCase() === `http://${host.toLowerCase()}`;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (callers === 'links' && request.headers['sec-fetch-mode'] === 'navigate') return reads;
  return reads && (site === undefined || site === 'same-origin' || site === 'none');
}
