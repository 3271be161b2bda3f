import type { IncomingMessage, ServerResponse } from 'node:http';
import { tenantId } from '../teams/door.ts';

/**
 * Entra, as far as an app that signs in with its secret asks of it.
 * @param asked is told of each request for a token: its address and its body
 */
export const entra =
  (asked: (request: string) => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const base = `https://login.microsoftonline.com/${tenantId}`;
      const json = (body: object): void => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (request.method === 'POST') {
        asked(`${request.url ?? ''} ${Buffer.concat(chunks).toString()}`);
        json({ token_type: 'Bearer', expires_in: 3_600, access_token: 'token-of-entra' });
      } else if (request.url?.includes('/discovery/instance') === true)
        json({ tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`, metadata: [] });
      else
        json({
          issuer: `${base}/v2.0`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          token_endpoint: `${base}/oauth2/v2.0/token`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
        });
    });
  };
