import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { bodyOf, send } from './faults.ts';

/** A key vault of Azure, as far as secrets are read from it and written to it. */
export interface KeyVaultPeer {
  readonly host: string;
  readonly secrets: Map<string, string>;
  /** every request, as method and address */
  readonly requests: readonly string[];
  /** requests that were answered by the challenge, since they bore no token */
  readonly challenged: () => number;
  /** nobody is let in from now on, or one may read but not list */
  deny(what: 'all' | 'list' | 'nothing'): void;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

/** @param token the only access token that it takes @param tenant who is asked for one, which the challenge names */
export function playKeyVault(host: string, token: string, tenant: string): KeyVaultPeer {
  const secrets = new Map<string, string>();
  const requests: string[] = [];
  let denied: 'all' | 'list' | 'nothing' = 'nothing';
  let challenged = 0;
  const forbidden = {
    status: 403,
    body: {
      error: { code: 'Forbidden', message: 'Caller is not authorized to perform action on resource.' },
    },
  };
  const idOf = (name: string): string => `https://${host}/secrets/${name}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', `https://${host}`);
    requests.push(`${request.method ?? ''} ${address.href}`);
    const body = await bodyOf(request);
    if (request.headers.authorization !== `Bearer ${token}`) {
      challenged += 1;
      return send(response, {
        status: 401,
        headers: {
          'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/${tenant}", resource="https://vault.azure.net"`,
        },
        body: { error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer token.' } },
      });
    }
    const [, name = ''] = /^\/secrets\/?([^/]*)/u.exec(address.pathname) ?? [];
    if (denied === 'all' || (denied === 'list' && name === '')) return send(response, forbidden);
    if (!address.searchParams.has('api-version')) return send(response, { status: 400, body: {} });
    if (name === '') {
      // A page of two at a time, as the vault gives them by 25.
      const from = Number(address.searchParams.get('from') ?? '0');
      const all = [...secrets.keys()];
      const next = new URL(address);
      next.searchParams.set('from', String(from + 2));
      return send(response, {
        status: 200,
        body: {
          value: all.slice(from, from + 2).map((each) => ({ id: idOf(each), attributes: { enabled: true } })),
          nextLink: from + 2 < all.length ? next.href : null,
        },
      });
    }
    if (!/^[0-9A-Za-z-]{1,127}$/u.test(name)) return send(response, { status: 400, body: {} });
    if (request.method === 'PUT') {
      const { value } = z.object({ value: z.string() }).parse(JSON.parse(String(body)));
      secrets.set(name, value);
    }
    const value = secrets.get(name);
    if (value === undefined) {
      const error = { code: 'SecretNotFound', message: `A secret with (name/id) ${name} was not found.` };
      return send(response, { status: 404, body: { error } });
    }
    send(response, { status: 200, body: { value, id: `${idOf(name)}/1`, attributes: { enabled: true } } });
  }

  return {
    host,
    secrets,
    requests,
    challenged: () => challenged,
    deny: (what) => {
      denied = what;
    },
    handle: (request, response) => {
      void answer(request, response).catch(() => response.destroy());
    },
  };
}
