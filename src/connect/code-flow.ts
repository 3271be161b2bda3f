import type { z } from 'zod';
import { askWords, connectFault, stepsFor } from '../words/connect.ts';
import type { ConnectParts } from './authorised.ts';
import { consent, newProof, redirectOf } from './consent.ts';
import { exchange } from './exchange.ts';
import { askFor, ofApp } from './typed.ts';

/** The council's own app at a network, as whoever connects the account gives it. */
export interface NetworkApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How a network lets an app in by a code, with a proof that the code is used by whoever asked for it. */
export interface CodeFlow<T extends { readonly scope: string }> {
  readonly network: 'x' | 'youtube';
  /** its page of consent */
  readonly page: string;
  /** all that Crier needs there */
  readonly scopes: readonly string[];
  /** what else the page is told */
  readonly more?: Readonly<Record<string, string>>;
  /** where it gives tokens */
  readonly tokens: string;
  readonly granted: z.ZodType<T>;
  /** how the app proves itself where it asks for tokens */
  readonly proves: (app: NetworkApp) => {
    readonly fields?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/**
 * Asks for the app, sends whoever connects the account to the network's page, and takes what it gives for the code that
 * comes back.
 *
 * @throws with words for the person; also where they gave less than Crier needs
 */
export async function grantedByCode<T extends { readonly scope: string }>(
  { network, page, scopes, more, tokens, granted, proves }: CodeFlow<T>,
  { terminal, back }: ConnectParts,
): Promise<{ readonly app: NetworkApp; readonly grant: T }> {
  for (const step of stepsFor(network, redirectOf(back))) terminal.say(step);
  const clientId = await askFor(terminal, askWords.clientId, ofApp);
  const clientSecret = await askFor(terminal, askWords.clientSecret, ofApp, { hidden: true });
  const app = { clientId, clientSecret };
  const proof = newProof();
  const address = new URL(page);
  address.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    scope: scopes.join(' '),
    ...more,
    code_challenge: proof.challenge,
    code_challenge_method: 'S256',
  }).toString();
  const code = await consent(address, back, terminal);
  const { fields, headers } = proves(app);
  const grant = await exchange(
    tokens,
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectOf(back),
      code_verifier: proof.verifier,
      client_id: clientId,
      ...fields,
    },
    granted,
    headers,
  );
  const given = new Set(grant.scope.split(' '));
  if (scopes.some((scope) => !given.has(scope))) throw new Error(connectFault('too-little'));
  return { app, grant };
}
