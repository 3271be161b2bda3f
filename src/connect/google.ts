import { z } from 'zod';
import { googleHosts, youtubeAccess } from '../networks/youtube/access.ts';
import { readChannel } from '../networks/youtube/channel.ts';
import { outcomeOf } from '../networks/youtube/faults.ts';
import { askWords, connectFault, stepsFor } from '../words/connect.ts';
import type { Authorised, ConnectParts } from './authorised.ts';
import { consent, newProof, redirectOf } from './consent.ts';
import { exchange } from './exchange.ts';

/** Uploading, captions, changing and deleting: the one right that holds them all. */
const scope = 'https://www.googleapis.com/auth/youtube.force-ssl';

const granted = z.object({ refresh_token: z.string().min(1), scope: z.string() });

/** YouTube by Google's flow for apps on a machine, with offline access (Google, "OAuth 2.0 for Mobile & Desktop Apps"). */
export async function authoriseYoutube({ terminal, back }: ConnectParts): Promise<Authorised<'youtube'>> {
  for (const step of stepsFor('youtube', redirectOf(back))) terminal.say(step);
  const clientId = await terminal.ask(askWords.clientId);
  const clientSecret = await terminal.ask(askWords.clientSecret, { hidden: true });
  const proof = newProof();
  const address = new URL('https://accounts.google.com/o/oauth2/v2/auth');
  address.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    scope,
    access_type: 'offline',
    // Without it Google gives no refresh token to an app that was let in before.
    prompt: 'consent',
    code_challenge: proof.challenge,
    code_challenge_method: 'S256',
  }).toString();
  const code = await consent(address, back, terminal);
  const grant = await exchange(
    googleHosts.token,
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectOf(back),
      code_verifier: proof.verifier,
      client_id: clientId,
      client_secret: clientSecret,
    },
    granted,
  );
  if (!grant.scope.split(' ').includes(scope)) throw new Error(connectFault('too-little'));
  const refreshToken = grant.refresh_token;
  return {
    variables: { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, REFRESH_TOKEN: refreshToken },
    secret: ['CLIENT_SECRET', 'REFRESH_TOKEN'],
    read: async (signal) =>
      await readChannel(
        youtubeAccess({ clientId, clientSecret, refreshToken }, googleHosts),
        signal,
        async (fault) => await outcomeOf(fault, async () => await Promise.resolve(0)),
      ),
  };
}
