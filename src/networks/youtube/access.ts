import { auth, youtube, type youtube_v3 } from '@googleapis/youtube';
import { z } from 'zod';
import { mayStillBegin } from '../../core/permit.ts';
import { seconds } from '../../core/time.ts';
import { lettingIn, within } from '../answers.ts';
import { faultThrown } from './faults.ts';

/** How a channel is spoken for. Google's refresh tokens do not rotate: one lasts until somebody takes it back. */
export interface YoutubeCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** Where Google is; elsewhere only in tests. */
export interface GoogleHosts {
  /** without a slash at the end */
  readonly root: string;
  readonly token: string;
}

/** Google's own. */
export const googleHosts: GoogleHosts = {
  root: 'https://youtube.googleapis.com',
  token: 'https://oauth2.googleapis.com/token',
};

/** Calls of the client that are over with the signal and are never made again by the client itself. */
export interface CallOptions {
  readonly signal: AbortSignal;
  readonly retry: false;
  readonly rootUrl: string;
}

/** One raw request in the account's name. */
export interface RawRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer, whatever its status. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Google's client, in the account's name. */
export interface YoutubeAccess {
  /**
   * Makes a call; one that is refused for its token is made once more with a new token, since that refusal is
   * certain. @throws what the client throws
   */
  readonly call: <T>(
    signal: AbortSignal,
    make: (client: youtube_v3.Youtube, options: CallOptions) => Promise<T>,
  ) => Promise<T>;
  /** Makes a request as it is, with the account's token; statuses are for the caller to read. */
  readonly raw: (request: RawRequest, signal: AbortSignal) => Promise<RawAnswer>;
  /** The next call asks for a new token. */
  readonly renew: () => void;
}

/** A refresh token that was given for a time alone says with each access token how long it still lives. */
const life = z.object({ refresh_token_expires_in: z.number().optional() });

/**
 * The client goes through the environment's proxy as everything here does, by Node's own fetch.
 *
 * @param onLife is told with each new access token how many seconds the refresh token still lives; undefined where
 * it has no end
 */
export function youtubeAccess(
  credentials: YoutubeCredentials,
  hosts: GoogleHosts,
  onLife: (seconds: number | undefined) => void = () => undefined,
): YoutubeAccess {
  const { clientId, clientSecret, refreshToken } = credentials;
  const client = new auth.OAuth2({
    clientId,
    clientSecret,
    endpoints: { oauth2TokenUrl: hosts.token },
    transporterOptions: {
      // A call for a token knows no signal, and every later call waits for it.
      timeout: seconds(20),
      // Of its own accord the client brings a fetch and a proxy agent along; ours goes where all our calls go.
      fetchImplementation: async (...request) => {
        await mayStillBegin();
        return await fetch(...request);
      },
    },
  });
  client.on('tokens', (tokens) => onLife(life.parse(tokens).refresh_token_expires_in));
  const renew = (): void => {
    client.setCredentials({ refresh_token: refreshToken });
  };
  renew();
  const api = youtube({ version: 'v3', auth: client });

  /** Of its own accord the client asks for a token within the call, and throws its fault as if it were the call's. */
  const letIn = async (signal: AbortSignal): Promise<void> =>
    void (await lettingIn(async () => await within(signal, async () => await client.getAccessToken())));

  return {
    renew,
    call: async (signal, make) => {
      const options = { signal, retry: false, rootUrl: `${hosts.root}/` } as const;
      const once = async () => {
        await letIn(signal);
        return await within(signal, async () => await make(api, options));
      };
      try {
        return await once();
      } catch (fault) {
        if (faultThrown(fault).fault !== 'token') throw fault;
        renew();
        return await once();
      }
    },
    raw: async ({ method, url, headers, body }, signal) => {
      await letIn(signal);
      return await within(signal, async () => {
        const answer = await client.request<string>({
          method,
          url,
          headers: { ...headers },
          ...(body === undefined ? {} : { data: body }),
          signal,
          retry: false,
          // A slow line is no fault; the signal says when it is enough.
          timeout: 0,
          // 308 is how an upload says "go on", not where it has moved to.
          redirect: 'manual',
          responseType: 'text',
          validateStatus: () => true,
        });
        return { status: answer.status, headers: answer.headers, text: String(answer.data) };
      });
    },
  };
}
