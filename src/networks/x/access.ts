import { randomUUID } from 'node:crypto';
import { ApiResponseError, TwitterApi, type ITwitterApiClientPlugin } from 'twitter-api-v2';
import { z } from 'zod';
import type { Outliving } from '../../core/outliving.ts';
import { apart, mayStillBegin, permittedLike } from '../../core/permit.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { within } from '../answers.ts';
import { markOf, type SealedTokens } from '../kept-tokens.ts';
import { standingAgent } from '../standing-agent.ts';

/** How the account is spoken for: by the four texts of OAuth 1.0a, or by OAuth 2 with a refresh token that rotates. */
export type XCredentials =
  | {
      readonly kind: 'oauth1';
      readonly appKey: string;
      readonly appSecret: string;
      readonly accessToken: string;
      readonly accessSecret: string;
    }
  | {
      readonly kind: 'oauth2';
      readonly clientId: string;
      /** absent for a public client */
      readonly clientSecret?: string;
      /** as connecting gave it; only for as long as nothing newer is kept */
      readonly refreshToken: string;
    };

/** Tokens of OAuth 2 as they are now. A refresh token works once: whoever loses the newest loses the account. */
export interface XTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** when the access token ends */
  readonly until: Millis;
  /** the mark of the configured refresh token that these come from; absent in what older releases kept */
  readonly from?: string;
}

/** Where rotated tokens are kept, encrypted, shared by every process that speaks for the account. */
export type KeepTokens = SealedTokens<XTokens>;

/** Another process asks X for new tokens in this moment, and will have kept them when this one comes again. */
export class RenewedElsewhere extends Error {}

/** Gives a client of the vendor's for calls that end with the signal. */
export interface XAccess {
  readonly client: (signal: AbortSignal) => Promise<TwitterApi>;
  /**
   * After the network refused the client's token: a client with a token that is another one.
   * @returns undefined where there is no other to be had
   */
  readonly renewed: (signal: AbortSignal) => Promise<TwitterApi | undefined>;
}

/** A token that ends sooner than this is renewed before it is used: longer than any call. */
const renewBefore = seconds(60);
/** So long X may take to give a new token, however soon whoever wants it gives up. */
const longestRotation = seconds(60);
/** So long it is one process alone that may ask for one, were it to die: longer than X may take, by any of their clocks. */
const longestClaim = longestRotation + seconds(30);

/** Where X gives tokens, for a code as for an earlier one. */
export const tokenAddress = 'https://api.x.com/2/oauth2/token';

/** What X grants: tokens, and for how many seconds. */
export const granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** The client has no time limit of its own, and asks for compressed answers that it cannot end when they are cut off. */
function settingsFor(signal: AbortSignal) {
  const plugin: ITwitterApiClientPlugin = {
    // To bring a picture it makes several requests of one call.
    onBeforeRequest: async ({ requestOptions }) => {
      await mayStillBegin();
      requestOptions.signal = signal;
      requestOptions.agent = standingAgent();
    },
  };
  return { plugins: [plugin], compression: 'identity' as const };
}

/** For what outlives its caller once it was sent; until then it begins only as the caller's requests may. */
function ownSignal(caller: AbortSignal): AbortSignal {
  const signal = AbortSignal.timeout(longestRotation);
  permittedLike(caller, signal);
  return signal;
}

/**
 * @param keepTokens only for OAuth 2, which cannot do without
 * @param outliving what watches over a rotation; absent where nothing is published, and whoever asks waits for it
 */
export function xAccess(
  credentials: XCredentials,
  clock: () => Millis,
  keepTokens: KeepTokens | undefined,
  outliving?: Outliving,
): XAccess {
  if (credentials.kind === 'oauth1') {
    const { appKey, appSecret, accessToken, accessSecret } = credentials;
    return {
      client: async (signal) =>
        await Promise.resolve(
          new TwitterApi({ appKey, appSecret, accessToken, accessSecret }, settingsFor(signal)),
        ),
      renewed: async () => await Promise.resolve(undefined),
    };
  }
  if (keepTokens === undefined) throw new Error('OAuth 2 for X needs a place to keep its rotating tokens');
  return rotating(credentials, clock, keepTokens, outliving);
}

function rotating(
  credentials: Extract<XCredentials, { readonly kind: 'oauth2' }>,
  clock: () => Millis,
  keepTokens: KeepTokens,
  outliving: Outliving | undefined,
): XAccess {
  const { clientId, clientSecret } = credentials;
  let current: XTokens | undefined;
  /** granted, but not kept yet: keeping them failed */
  let unkept: XTokens | undefined;
  let rotation: Promise<XTokens> | undefined;
  /** names this process among those that speak for the account */
  const self = randomUUID();
  // What X gave and the store did not take is nowhere else: it is brought there before the process ends.
  outliving?.atEnd(async () => {
    if (unkept !== undefined) await keep(unkept);
  });

  const clientOf = ({ accessToken }: XTokens, signal: AbortSignal): TwitterApi =>
    new TwitterApi(accessToken, settingsFor(signal));

  const from = markOf(credentials.refreshToken);

  /** What is kept of this connection; another one's is dead, or somebody else's. */
  async function keptOfOurs(): Promise<XTokens | undefined> {
    const kept = await keepTokens.read();
    return kept?.from === undefined || kept.from === from ? kept : undefined;
  }

  async function keep(tokens: XTokens): Promise<XTokens> {
    unkept = tokens;
    // Kept before it is used: the old one is dead from now on.
    await keepTokens.keep(tokens);
    unkept = undefined;
    current = tokens;
    return tokens;
  }

  async function rotate(signal: AbortSignal): Promise<XTokens> {
    if (unkept !== undefined) return await keep(unkept);
    const newer = newerIn(await keptOfOurs());
    if (newer !== undefined) return newer;
    await claim();
    try {
      return await renew(signal);
    } finally {
      // While they could not be kept nobody else may ask: the old token is spent. If giving it back fails, it runs out.
      if (unkept === undefined) await keepTokens.free(self).catch(() => undefined);
    }
  }

  /** @throws RenewedElsewhere */
  async function claim(): Promise<void> {
    if (!(await keepTokens.claim(self, clock() + longestClaim))) throw new RenewedElsewhere();
  }

  /** What another process has kept since, which is taken up. */
  function newerIn(kept: XTokens | undefined): XTokens | undefined {
    if (kept === undefined || kept.accessToken === current?.accessToken || !lasts(kept)) return undefined;
    current = kept;
    return kept;
  }

  async function renew(signal: AbortSignal): Promise<XTokens> {
    const kept = await keptOfOurs();
    const newer = newerIn(kept);
    if (newer !== undefined) return newer;
    const spent = kept?.refreshToken ?? credentials.refreshToken;
    try {
      return await granting(spent, signal);
    } catch (fault) {
      if (unkept !== undefined) throw fault;
      // Held still for longer than it had the claim, another process may have spent it, or be about to keep what came of it.
      await claim();
      const theirs = newerIn(await keptOfOurs());
      if (theirs !== undefined) return theirs;
      // An older release did not say what it kept this for: somebody may have connected the account again since.
      const older = kept !== undefined && kept.from === undefined;
      if (older && fault instanceof ApiResponseError) return await granting(credentials.refreshToken, signal);
      throw fault;
    }
  }

  async function granting(spent: string, signal: AbortSignal): Promise<XTokens> {
    const asking = new TwitterApi(
      { clientId, ...(clientSecret === undefined ? {} : { clientSecret }) },
      settingsFor(signal),
    );
    // The client's own call for this sends JSON, where the standard and X's documentation ask for a form.
    const answer = await within(signal, async () =>
      asking.post<unknown>(
        tokenAddress,
        { grant_type: 'refresh_token', refresh_token: spent, client_id: clientId },
        { forceBodyMode: 'url' },
      ),
    );
    const grant = granted.parse(answer);
    return await keep({
      accessToken: grant.access_token,
      refreshToken: grant.refresh_token,
      until: clock() + seconds(grant.expires_in),
      from,
    });
  }

  const lasts = (tokens: XTokens): boolean => tokens.until - renewBefore > clock();

  /**
   * One rotation at a time: two would each spend the token of the other. It ends by its own time and not with whoever
   * began it: once X has spent the old token, an answer that nobody waits for is the account. So it is watched over by
   * itself.
   */
  async function once(signal: AbortSignal): Promise<XTokens> {
    return await within(signal, async () => {
      if (rotation === undefined) {
        rotation = apart(async () => await rotate(ownSignal(signal))).finally(() => {
          rotation = undefined;
        });
        outliving?.watch(rotation.catch(unlessElsewhere));
      }
      return await rotation;
    });
  }

  /** That another process asks is no fault that anybody has to hear of. */
  const unlessElsewhere = (fault: unknown): void => {
    if (!(fault instanceof RenewedElsewhere)) throw fault;
  };

  return {
    client: async (signal) => {
      current ??= await keptOfOurs();
      return clientOf(current !== undefined && lasts(current) ? current : await once(signal), signal);
    },
    renewed: async (signal) => clientOf(await once(signal), signal),
  };
}
