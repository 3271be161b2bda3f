import { isIP } from 'node:net';
import { minutes, seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import type { IncomingAttachment } from './activity.ts';
import type { TeamsAdapter } from './adapter.ts';
import { before } from './in-time.ts';

export type FetchedAttachment =
  | {
      readonly fetched: true;
      /** its pieces, to be read once, as fast as they come; breaks off when none come for long */
      readonly bytes: AsyncIterable<Uint8Array>;
      /** as Teams says */
      readonly size?: number;
    }
  | { readonly fetched: false; readonly why: 'not-from-teams' | 'gone' | 'later' };

/** For a file: the longest that nothing of it comes, and that all of it takes. */
export interface Download {
  readonly silence: Millis;
  readonly within: Millis;
}

export const usualDownload: Download = { silence: seconds(20), within: minutes(30) };

/** Hosts, and what ends in them, where Teams keeps the files of chats and channels. */
const fileHosts = ['.sharepoint.com', '.sharepoint.us', '.svc.ms'];

/** Whether an address may be fetched from, and whether our token goes with it. */
function sourceOf(
  { contentUrl, downloadUrl, serviceUrl }: IncomingAttachment,
  rehearsal: boolean,
): { readonly url: URL; readonly withToken: boolean } | undefined {
  const address = downloadUrl ?? contentUrl;
  if (address === undefined || !URL.canParse(address) || !URL.canParse(serviceUrl)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return undefined;
  const ofService = url.origin === new URL(serviceUrl).origin;
  if (rehearsal) return ofService ? { url, withToken: false } : undefined;
  // A bare address, private ones above all, is never where Teams keeps anything.
  const bare = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 || url.hostname === 'localhost';
  if (url.protocol !== 'https:' || bare || url.port !== '') return undefined;
  if (downloadUrl === undefined) return ofService ? { url, withToken: true } : undefined;
  return fileHosts.some((host) => url.hostname.endsWith(host)) ? { url, withToken: false } : undefined;
}

/** Ends a call when nothing is heard for so long; every sound begins the wait anew. */
function silenceOf(longest: Millis): {
  readonly signal: AbortSignal;
  readonly heard: () => void;
  readonly end: () => void;
} {
  const silent = new AbortController();
  const wait = (): NodeJS.Timeout => setTimeout(() => silent.abort(new Error('nothing came')), longest);
  let timer = wait();
  return {
    signal: silent.signal,
    heard: () => {
      clearTimeout(timer);
      timer = wait();
    },
    end: () => clearTimeout(timer),
  };
}

/** The pieces of a body. Whoever leaves off reading cancels it, so that no more of it is sent. */
async function* piecesOf(
  response: Response,
  silence: ReturnType<typeof silenceOf>,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of response.body ?? []) {
      const piece: unknown = part;
      if (!(piece instanceof Uint8Array)) throw new Error('a body came as something else than bytes');
      silence.end();
      yield piece;
      silence.heard();
    }
  } finally {
    silence.end();
  }
}

/** Fetches a file from where Teams keeps it, and from nowhere else. */
export async function fetchAttachment(
  attachment: IncomingAttachment,
  {
    adapter,
    log,
    download,
  }: {
    readonly adapter: Pick<TeamsAdapter, 'config' | 'token'>;
    readonly log: Pick<Log, 'fault'>;
    readonly download: Download;
  },
): Promise<FetchedAttachment> {
  const source = sourceOf(attachment, adapter.config.mode === 'rehearsal');
  if (source === undefined) return { fetched: false, why: 'not-from-teams' };
  const silence = silenceOf(download.silence);
  const ends = AbortSignal.any([silence.signal, AbortSignal.timeout(download.within)]);
  try {
    const token = source.withToken ? await before(ends, adapter.token(attachment.serviceUrl)) : undefined;
    const response = await fetch(source.url, {
      // Where a redirect leads is not for whoever holds the file to say.
      redirect: 'manual',
      signal: ends,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    if (response.status === 200) {
      silence.heard();
      const size = Number(response.headers.get('content-length') ?? Number.NaN);
      return {
        fetched: true,
        bytes: piecesOf(response, silence),
        ...(Number.isNaN(size) ? {} : { size }),
      };
    }
    silence.end();
    await response.body?.cancel();
    if (response.status >= 300 && response.status < 400) return { fetched: false, why: 'not-from-teams' };
    return { fetched: false, why: response.status < 500 && response.status !== 429 ? 'gone' : 'later' };
  } catch (fault) {
    silence.end();
    log.fault('could not fetch a file from Teams', fault);
    return { fetched: false, why: 'later' };
  }
}
