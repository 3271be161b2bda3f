import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createPublicKey } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { ended, listening } from './listening.ts';

/** Who signs the tokens that Teams sends with activities, and names the keys for them. */
export interface TokenAuthority {
  readonly issuer: string;
  readonly metadataUrl: string;
  /** a token as Teams' own, with whatever the changes say */
  token(changes?: TokenChanges): Promise<string>;
  /** the public key's text, which a forger could take for a shared secret */
  readonly publicKey: string;
  /** answers requests for metadata and keys; for a host that is played behind a proxy */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** `off`: answers 503; `silent`: never answers */
  state: 'on' | 'off' | 'silent';
  /** requests for metadata and keys so far */
  readonly asked: number;
  close(): Promise<void>;
}

export interface TokenChanges {
  /** claims in place of the usual ones; undefined takes one away */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** which key signs: one endorsed for Teams, for another channel, for none at all, or one that is not named */
  readonly by?: 'teams' | 'webchat' | 'no-endorsements' | 'stranger' | 'forger';
}

export interface AuthorityOptions {
  readonly audience: string;
  readonly serviceUrl: string;
  /** how the metadata calls its own place; absent: the loopback address it listens on */
  readonly base?: string;
  readonly issuer?: string;
}

/** Starts the authority on a free loopback port. */
export async function startTokenAuthority(options: AuthorityOptions): Promise<TokenAuthority> {
  const issuer = options.issuer ?? 'https://api.botframework.com';
  const names = ['teams', 'webchat', 'no-endorsements', 'stranger', 'forger'] as const;
  const made = await Promise.all(
    names.map(async () => await generateKeyPair('RS256', { extractable: true })),
  );
  const keys = new Map(names.map((name, at) => [name, made[at]] as const));
  const pairOf = (name: (typeof names)[number]) => {
    const pair = keys.get(name);
    if (pair === undefined) throw new Error(`there is no key ${name}`);
    return pair;
  };
  const endorsements = { teams: ['msteams'], webchat: ['webchat'], 'no-endorsements': undefined } as const;
  const named = await Promise.all(
    (['teams', 'webchat', 'no-endorsements'] as const).map(async (name) => ({
      ...(await exportJWK(pairOf(name).publicKey)),
      kid: name,
      use: 'sig',
      ...(endorsements[name] === undefined ? {} : { endorsements: endorsements[name] }),
    })),
  );

  let state: TokenAuthority['state'] = 'on';
  let asked = 0;
  let base = options.base ?? '';
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    asked += 1;
    if (state === 'silent') return;
    if (state === 'off') {
      // restify, where it is loaded, makes `writeHead` answer nothing, so that it cannot be chained.
      response.writeHead(503);
      response.end();
      return;
    }
    const body =
      request.url?.includes('/keys') === true
        ? { keys: named }
        : { issuer, jwks_uri: `${base}/v1/.well-known/keys` };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const server = createServer(handle);
  const { url } = await listening(server);
  if (base === '') base = url;

  return {
    issuer,
    metadataUrl: `${base}/v1/.well-known/openidconfiguration`,
    publicKey: createPublicKey(await exportSPKI(pairOf('teams').publicKey))
      .export({ type: 'pkcs1', format: 'pem' })
      .toString(),
    handle,
    get state() {
      return state;
    },
    set state(next) {
      state = next;
    },
    get asked() {
      return asked;
    },
    token: async ({ claims = {}, by = 'teams' } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const payload: JWTPayload = {
        iss: issuer,
        aud: options.audience,
        serviceurl: options.serviceUrl,
        nbf: now - 60,
        exp: now + 3600,
        ...claims,
      };
      // A forger signs with their own key and calls it by the name of Teams'.
      const kid = by === 'forger' ? 'teams' : by;
      return await new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .sign(pairOf(by).privateKey);
    },
    close: async () => await ended(server),
  };
}
