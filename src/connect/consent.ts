import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { consentWords, connectFault } from '../words/connect.ts';
import type { Terminal } from './terminal.ts';

/** The port on which the answer of the network's page comes back, unless another one is asked for. */
export const usualPort = 8976;
const path = '/crier';

/** Where the page of consent sends the browser: to this machine, or to an address that is pasted. */
export type Return =
  { readonly by: 'loopback'; readonly port: number } | { readonly by: 'pasting'; readonly redirect: string };

/** What proves that the code is used by whoever asked for it (RFC 7636). */
export interface Proof {
  readonly verifier: string;
  readonly challenge: string;
}

/** A proof for one consent: who brings its code back is who asked (PKCE, RFC 7636). */
export function newProof(): Proof {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Where the network sends the person's browser back to. */
export const redirectOf = (back: Return): string =>
  back.by === 'pasting' ? back.redirect : `http://127.0.0.1:${String(back.port)}${path}`;

/**
 * Shows the address at which somebody lets Crier in, and waits for the code: from the browser on this machine, or
 * pasted. An answer with another state than ours is not ours, and is not taken.
 *
 * @param address the network's page, which gets the state added
 * @throws with words for the person when they were refused there
 */
export async function consent(address: URL, back: Return, terminal: Terminal): Promise<string> {
  const state = randomBytes(24).toString('base64url');
  address.searchParams.set('state', state);
  address.searchParams.set('redirect_uri', redirectOf(back));
  const said = consentWords(back.by);
  const answered = new AbortController();
  try {
    // It listens before anybody can come back.
    const come = back.by === 'loopback' ? await listening(back.port, state, answered.signal) : undefined;
    terminal.say(said.visit);
    terminal.say(`  ${address.href}`);
    const pasted = pastedCode(state, said.paste, terminal, answered.signal);
    if (come === undefined) return await orEnded(pasted);
    // Whichever is first; where nothing more can be typed, the browser alone counts.
    return await Promise.race([come.code, pasted.then(async (code) => code ?? (await come.code))]);
  } finally {
    answered.abort();
  }
}

async function orEnded(pasted: Promise<string | undefined>): Promise<string> {
  const code = await pasted;
  if (code === undefined) throw new Error(connectFault('ended'));
  return code;
}

/** @returns undefined when nothing more can be typed, or the answer came another way */
async function pastedCode(
  state: string,
  question: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    const typed = await terminal.ask(question, { signal }).catch(() => undefined);
    if (typed === undefined) return undefined;
    const read = URL.canParse(typed) ? codeIn(new URL(typed), state) : 'not-ours';
    if (typeof read === 'object') return read.code;
    if (read === 'refused') throw new Error(connectFault('refused-there'));
    terminal.say(connectFault('not-the-address'));
  }
}

/** What an address bears that the network's page sent the browser to. */
function codeIn(address: URL, state: string): { readonly code: string } | 'refused' | 'not-ours' {
  if (address.searchParams.get('state') !== state) return 'not-ours';
  const code = address.searchParams.get('code') ?? '';
  return code === '' ? 'refused' : { code };
}

/** Waits on this machine for the browser to come back. @returns once it listens */
async function listening(
  port: number,
  state: string,
  signal: AbortSignal,
): Promise<{ readonly code: Promise<string> }> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://127.0.0.1');
    const read = address.pathname === path ? codeIn(address, state) : 'not-ours';
    response.writeHead(read === 'not-ours' ? 400 : 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    response.end(`${consentWords('loopback')[read === 'not-ours' ? 'stray' : 'back']}\n`);
    if (typeof read === 'object') resolve(read.code);
    else if (read === 'refused') reject(new Error(connectFault('refused-there')));
  });
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    throw new Error(connectFault('port-taken'));
  }
  signal.addEventListener('abort', () => {
    server.close();
    server.closeIdleConnections();
  });
  return { code: promise };
}
