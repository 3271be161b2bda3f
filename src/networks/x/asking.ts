import { ApiResponseError, type TwitterApi } from 'twitter-api-v2';
import { minutes } from '../../core/time.ts';
import { lettingIn, within } from '../answers.ts';
import { endingWithin } from '../ending-within.ts';
import type { Remote } from '../network.ts';
import type { XAccess } from './access.ts';

/** Makes one request of a call, when it may begin; each ends in a while of its own. */
export type Ask = <T>(signal: AbortSignal, call: (client: TwitterApi) => Promise<T>) => Promise<T>;

/** An account to which requests are made, and where its posts stand. */
export interface Asked {
  readonly ask: Ask;
  readonly remoteOf: (id: string) => Remote;
}

/** So long one request may take, however long the whole call may: a piece of a video on a slow line. */
const longestRequest = minutes(2);

/** Asks with a client; a token that is refused is renewed once, since a refusal is certain. */
export const asking =
  (access: XAccess): Ask =>
  async (signal, call) =>
    await endingWithin(longestRequest, signal, async (ends) => {
      const client = await lettingIn(async () => await access.client(ends));
      try {
        return await within(ends, async () => call(client));
      } catch (fault) {
        if (!(fault instanceof ApiResponseError) || fault.code !== 401) throw fault;
        const renewed = await lettingIn(async () => await access.renewed(ends));
        if (renewed === undefined) throw fault;
        return await within(ends, async () => call(renewed));
      }
    });

/** Where posts stand by their ids: without the account's name the links still lead there. */
export const remotesOf =
  (handle: string | undefined) =>
  (id: string): Remote => ({
    remoteId: id,
    url: handle === undefined ? `https://x.com/i/web/status/${id}` : `https://x.com/${handle}/status/${id}`,
  });
