import { z } from 'zod';
import { seconds } from '../core/time.ts';
import { heldTokens } from '../networks/kept-tokens.ts';
import { granted, tokenAddress, type XTokens } from '../networks/x/access.ts';
import { xNetwork } from '../networks/x/x.ts';
import type { Authorised, ConnectParts } from './authorised.ts';
import { grantedByCode } from './code-flow.ts';

/** What Crier does on X: reads and writes posts, brings pictures, and goes on doing so without the person. */
const scopes = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];

const grantedToUs = granted.extend({ scope: z.string() });

/** X by OAuth 2.0 with PKCE, for a confidential client (docs.x.com, "Authorization Code Flow with PKCE"). */
export async function authoriseX(parts: ConnectParts): Promise<Authorised<'x'>> {
  const { clock } = parts;
  const { app, grant } = await grantedByCode(
    {
      network: 'x',
      page: 'https://x.com/i/oauth2/authorize',
      scopes,
      tokens: tokenAddress,
      granted: grantedToUs,
      proves: ({ clientId, clientSecret }) => ({ headers: { authorization: basic(clientId, clientSecret) } }),
    },
    parts,
  );
  const { clientId, clientSecret } = app;
  const tokens: XTokens = {
    accessToken: grant.access_token,
    refreshToken: grant.refresh_token,
    until: clock() + seconds(grant.expires_in),
  };
  const { refreshToken } = tokens;
  const { account } = xNetwork({
    credentials: { kind: 'oauth2', clientId, clientSecret, refreshToken },
    media: async () => await Promise.resolve(undefined),
    clock,
    // The refresh token works once: the read is made with the access token that came beside it.
    keepTokens: heldTokens(tokens),
  });
  return {
    variables: { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, REFRESH_TOKEN: refreshToken },
    secret: ['CLIENT_SECRET', 'REFRESH_TOKEN'],
    sealable: { of: 'x', insteadOf: 'REFRESH_TOKEN', tokens },
    read: async (signal) => (await account?.(signal)) ?? { read: false, reason: 'no-clear-answer' },
  };
}

const basic = (clientId: string, clientSecret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
