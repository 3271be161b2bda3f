import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { bodyOf, send, type Answer, type PlayedNetwork, type VendorErrors } from './faults.ts';

/** A Page of Facebook and the Instagram account that belongs to it, with the app that speaks for both. */
export const metaAccount = {
  pageId: '112233445566',
  userId: '17841400000000001',
  pageToken: 'peer-page-token',
  appId: '99887766',
  appSecret: 'peer-app-secret',
} as const;

/** The Graph API's own host. */
export const graphHost = 'graph.facebook.com';

/** A Page's token, which changes when somebody connects the Page again. */
export interface GraphToken {
  /** what Meta says of its life: whole seconds since 1970, 0 for none; absent: it does not tell */
  life?: { readonly expires_at: number; readonly data_access_expires_at: number };
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
  readonly token: GraphToken;
}

export interface GraphCall {
  readonly method: string;
  /** below the version, such as `112233445566/feed` */
  readonly path: string;
  /** of the body, or of the address where there is none */
  readonly fields: ReadonlyMap<string, string>;
  /** the file in it, where there is one */
  readonly file: { readonly name: string; readonly bytes: Buffer } | undefined;
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

/** @param throttled the code by which what a Page's token asks for is throttled */
export const graphErrors = (token: GraphToken, throttled: 80_001 | 80_002): VendorErrors => ({
  broken: (status) => graphError(status, status === 500 ? 1 : 2, 'Service temporarily unavailable'),
  busy: (withReset) =>
    withReset
      ? graphError(
          400,
          throttled,
          'There have been too many calls to this account. Wait a bit and try again.',
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

/** Answers a batch of questions about tokens: only an app, or the token itself, may ask. */
function batch(fields: ReadonlyMap<string, string>, token: GraphToken): Answer {
  const asked = z
    .array(z.object({ method: z.literal('GET'), relative_url: z.string() }))
    .parse(JSON.parse(fields.get('batch') ?? '[]'));
  return {
    status: 200,
    body: asked.map(({ relative_url: relative }) => {
      const { pathname, searchParams } = new URL(relative, `https://${graphHost}/v26.0/`);
      const knows = pathname.endsWith('/debug_token') && token.life !== undefined;
      if (!knows) return { code: 400, body: JSON.stringify(badParameter().body) };
      const valid = searchParams.get('input_token') === token.now();
      return {
        code: 200,
        body: JSON.stringify({ data: { is_valid: valid, type: 'PAGE', ...(valid ? token.life : {}) } }),
      };
    }),
  };
}

/** Numbers that Meta counts of something. */
export const graphInsights = (
  counts: Readonly<Record<string, number>>,
  fields: GraphCall['fields'],
): Answer => {
  const asked = (fields.get('metric') ?? '').split(',');
  if (asked.some((name) => counts[name] === undefined)) return badParameter();
  return {
    status: 200,
    body: {
      data: asked.map((name) => ({ name, period: 'lifetime', values: [{ value: counts[name] }] })),
    },
  };
};

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
    let file: GraphCall['file'];
    if (bytes.length > 0 && type !== undefined) {
      const form = await new Response(new Uint8Array(bytes), {
        headers: { 'content-type': type },
      }).formData();
      for (const [name, value] of form) {
        if (typeof value === 'string') fields.set(name, value);
        else file = { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
      }
    }
    const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const proof = createHmac('sha256', metaAccount.appSecret).update(bearer).digest('hex');
    const ofApp = bearer === `${metaAccount.appId}|${metaAccount.appSecret}`;
    if (ofApp && fields.get('appsecret_proof') === proof) return send(response, batch(fields, token));
    if (bearer !== token.now()) {
      return send(response, graphError(400, 190, 'Error validating access token', { error_subcode: 460 }));
    }
    if (fields.get('appsecret_proof') !== proof) {
      return send(response, graphError(400, 100, 'Invalid appsecret_proof provided in the API argument'));
    }
    if (fields.has('batch')) return send(response, batch(fields, token));
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
