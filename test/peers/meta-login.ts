import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { consentPage, type ConsentPage } from './consent.ts';
import { bodyOf, send, type Answer } from './faults.ts';
import { badParameter, graphError, graphHost, metaAccount } from './graph.ts';

/** Meta's side of letting an app in: tokens of a person, short and lasting, and the Pages that they look after. */
export interface MetaLogin {
  readonly page: ConsentPage;
  /** tokens of persons that were given */
  readonly tokens: readonly string[];
  readonly requests: readonly string[];
  /** whether a call is one of these */
  readonly takes: (request: IncomingMessage) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

export function playMetaLogin(): MetaLogin {
  const page = consentPage('https://www.facebook.com/v26.0/dialog/oauth', metaAccount.appId, false);
  const tokens: string[] = [];
  const lasting = new Set<string>();
  const requests: string[] = [];
  const pathOf = (request: IncomingMessage): string =>
    new URL(request.url ?? '/', `https://${graphHost}`).pathname.replace(/^\/v26\.0\//u, '');

  function give(form: URLSearchParams): Answer {
    const ofApp =
      form.get('client_id') === metaAccount.appId && form.get('client_secret') === metaAccount.appSecret;
    const exchanged = form.get('fb_exchange_token') ?? '';
    const lasts = form.get('grant_type') === 'fb_exchange_token' && tokens.includes(exchanged);
    if (!ofApp || (!lasts && page.spend(form) === undefined))
      return graphError(400, 100, 'This authorization code has been used.');
    const token = `peer-${lasts ? 'lasting' : 'short'}-token-${String(tokens.length)}`;
    tokens.push(token);
    if (lasts) lasting.add(token);
    return {
      status: 200,
      body: { access_token: token, token_type: 'bearer', expires_in: lasts ? 5_184_000 : 3_600 },
    };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', `https://${graphHost}`);
    requests.push(`${request.method ?? ''} ${address.href}`);
    if (pathOf(request) === 'oauth/access_token')
      return send(response, give(new URLSearchParams(String(await bodyOf(request)))));
    const bearer = (request.headers.authorization ?? '').replace(/^Bearer /u, '');
    const proof = createHmac('sha256', metaAccount.appSecret).update(bearer).digest('hex');
    // Only the Pages' tokens that come of a lasting token of a person last themselves.
    if (!lasting.has(bearer) || address.searchParams.get('appsecret_proof') !== proof)
      return send(response, badParameter());
    const data = [
      { id: '5', name: 'Sefton Libraries', access_token: 'peer-other-page-token' },
      {
        id: metaAccount.pageId,
        name: 'Sefton Council',
        access_token: metaAccount.pageToken,
        instagram_business_account: { id: metaAccount.userId, username: 'seftoncouncil' },
      },
    ];
    send(response, { status: 200, body: { data } });
  }

  return {
    page,
    tokens,
    requests,
    takes: (request) => ['oauth/access_token', 'me/accounts'].includes(pathOf(request)),
    handle: (request, response) => {
      void answer(request, response).catch(() => response.destroy());
    },
  };
}
