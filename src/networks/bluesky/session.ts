import { AtpAgent, XRPCError } from '@atproto/api';
import { seconds } from '../../core/time.ts';
import { lettingIn, NotLetIn, within } from '../answers.ts';
import { fetchEnding } from './fetching.ts';

export interface BlueskyCredentials {
  /** such as `sefton.gov.uk` or `council.bsky.social` */
  readonly handle: string;
  /** made for Crier in the account's settings; never the account's own password */
  readonly appPassword: string;
  /** where the account is signed in to, such as `https://bsky.social` */
  readonly service?: string;
}

/** An account at its server, by the vendor's client. */
export interface Session {
  readonly agent: AtpAgent;
  /** Signs in when there is no session; the client renews one that runs out. @returns the account's own id */
  readonly signedIn: (signal: AbortSignal) => Promise<string>;
  /** Asks within a session. One that cannot be renewed any more is begun afresh once: its refusal is certain. */
  readonly ask: <T>(signal: AbortSignal, call: (did: string) => Promise<T>) => Promise<T>;
}

/** Every request to the account's server ends by then. */
const requestDeadline = seconds(25);

/** Upon these the client renews its session. */
const isOfToken = ({ status, error }: XRPCError): boolean => status === 401 || error === 'ExpiredToken';

/** Nobody is signed in yet. */
export function sessionOf({
  handle,
  appPassword,
  service = 'https://bsky.social',
}: BlueskyCredentials): Session {
  const agent = new AtpAgent({ service, fetch: fetchEnding(requestDeadline) });
  let signingIn: Promise<unknown> | undefined;

  async function signedIn(signal: AbortSignal): Promise<string> {
    if (agent.session === undefined) {
      await within(signal, async () => {
        signingIn ??= agent.login({ identifier: handle, password: appPassword }).finally(() => {
          signingIn = undefined;
        });
        await signingIn;
      });
    }
    const did = agent.session?.did;
    if (did === undefined) throw new Error('Bluesky gave no session');
    return did;
  }

  async function ask<T>(signal: AbortSignal, call: (did: string) => Promise<T>): Promise<T> {
    const did = await lettingIn(async () => await signedIn(signal));
    const before = agent.session?.accessJwt;
    try {
      return await within(signal, async () => call(did));
    } catch (fault) {
      if (!(fault instanceof XRPCError)) throw fault;
      // The client keeps a session whose renewal came to nothing, and gives the refusal of the old token instead.
      const { session } = agent;
      if (session !== undefined && session.accessJwt === before && isOfToken(fault))
        throw new NotLetIn(new Error('the session was not renewed'));
      // It drops a session whose renewal was refused, and only then.
      if (session !== undefined) throw fault;
      const again = await lettingIn(async () => await signedIn(signal));
      return await within(signal, async () => call(again));
    }
  }

  return { agent, signedIn, ask };
}
