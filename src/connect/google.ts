import { z } from 'zod';
import { googleHosts, youtubeAccess } from '../networks/youtube/access.ts';
import { outcomeOf } from '../networks/youtube/faults.ts';
import { readChannel } from '../networks/youtube/told.ts';
import type { Authorised, ConnectParts } from './authorised.ts';
import { grantedByCode } from './code-flow.ts';

/** Uploading, captions, changing and deleting: the one right that holds them all. */
const scope = 'https://www.googleapis.com/auth/youtube.force-ssl';

const granted = z.object({ refresh_token: z.string().min(1), scope: z.string() });

/** YouTube by Google's flow for apps on a machine, with offline access (Google, "OAuth 2.0 for Mobile & Desktop Apps"). */
export async function authoriseYoutube(parts: ConnectParts): Promise<Authorised<'youtube'>> {
  const { app, grant } = await grantedByCode(
    {
      network: 'youtube',
      page: 'https://accounts.google.com/o/oauth2/v2/auth',
      scopes: [scope],
      // Without asking for consent Google gives no refresh token to an app that was let in before.
      more: { access_type: 'offline', prompt: 'consent' },
      tokens: googleHosts.token,
      granted,
      proves: ({ clientSecret }) => ({ fields: { client_secret: clientSecret } }),
    },
    parts,
  );
  const { clientId, clientSecret } = app;
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
