import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, send, type Answer, type PlayedNetwork, type VendorErrors } from './faults.ts';

/** A Page of Facebook and the Instagram account that belongs to it, with the app that speaks for both. */
export const metaAccount = {
  pageId: '112233445566',
  userId: '17841400000000001',
  pageToken: 'peer-page-token',
  appSecret: 'peer-app-secret',
} as const;

/** The Graph API's own host. */
export const graphHost = 'graph.facebook.com';

/** A Page's token, which changes when somebody connects the Page again. */
export interface GraphToken {
  readonly now: () => string;
  /** the token has run out, and somebody has connected the Page again */
  readonly change: () => void;
}

export function graphToken(): GraphToken {
  let changes = 0;
  return {
    now: () => (changes === 0 ? metaAccount.pageToken : `${metaAccount.pageToken}-${String(changes)}`),
    change: () => {
      changes += 1;
    },
  };
}

/** A peer with what `connect` would have kept. */
export interface GraphPeer extends PlayedNetwork {
  readonly keptToken: () => Promise<string>;
}

export interface GraphCall {
  readonly method: string;
  /** below the version, such as `112233445566/feed` */
  readonly path: string;
  /** of the body, or of the address where there is none */
  readonly fields: ReadonlyMap<string, string>;
  /** bytes of the file in it, where there is one */
  readonly file: number | undefined;
  readonly response: ServerResponse;
}

export const graphError = (
  status: number,
  code: number,
  message: string,
  more = {},
  headers = {},
): Answer => ({
  status,
  headers,
  body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'Apeer', ...more } },
});

export const graphErrors = (token: GraphToken): VendorErrors => ({
  broken: (status) => graphError(status, status === 500 ? 1 : 2, 'Service temporarily unavailable'),
  busy: (withReset) =>
    withReset
      ? graphError(
          403,
          4,
          'Application request limit reached',
          {},
          {
            'x-business-use-case-usage': JSON.stringify({
              [metaAccount.pageId]: [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: 2 }],
            }),
          },
        )
      : graphError(400, 17, 'User request limit reached'),
  deadToken: () => graphError(400, 190, 'Error validating access token', { error_subcode: 460 }),
  oldToken: () => {
    token.change();
    return graphError(400, 190, 'Session has expired', { error_subcode: 463 });
  },
  duplicate: () => graphError(400, 506, 'Duplicate status message'),
  bad: badParameter,
});

export function badParameter(): Answer {
  return graphError(400, 100, 'Invalid parameter');
}

/** Verifies what every call must bear, reads it, and gives it to whoever answers. */
export function graphDoor(
  requests: string[],
  token: GraphToken,
  answer: (call: GraphCall) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = new URL(request.url ?? '/', `https://${graphHost}`);
    requests.push(`${request.method ?? ''} ${address.href}`);
    const type = request.headers['content-type'];
    const bytes = await bodyOf(request);
    const fields = new Map(address.searchParams);
    let file: number | undefined;
    if (bytes.length > 0 && type !== undefined) {
      const form = await new Response(new Uint8Array(bytes), {
        headers: { 'content-type': type },
      }).formData();
      for (const [name, value] of form) {
        if (typeof value === 'string') fields.set(name, value);
        else file = value.size;
      }
    }
    const proof = createHmac('sha256', metaAccount.appSecret).update(token.now()).digest('hex');
    if (request.headers.authorization !== `Bearer ${token.now()}`) {
      return send(response, graphError(400, 190, 'Error validating access token', { error_subcode: 460 }));
    }
    if (fields.get('appsecret_proof') !== proof) {
      return send(response, graphError(400, 100, 'Invalid appsecret_proof provided in the API argument'));
    }
    const [, version = '', path = ''] = /^\/(v\d+\.\d+)\/(.+)$/.exec(address.pathname) ?? [];
    if (version === '') return send(response, graphError(400, 2500, 'Unknown path components'));
    answer({ method: request.method ?? '', path, fields, file, response });
  };
  return (request, response) => {
    void handle(request, response).catch(() => response.destroy());
  };
}

/** Meta's way of writing a time. */
export const graphTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
