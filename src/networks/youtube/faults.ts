import { z } from 'zod';
import { jsonIn } from '../../core/json.ts';
import { notReached } from '../../core/not-reached.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { NotLetIn } from '../answers.ts';
import { accountBlocked, type PublishOutcome } from '../network.ts';
import type { Bucket } from './quota.ts';

/** What an answer of Google's that is no success means for us. */
export type Fault =
  /** the token is not taken: another one may be */
  | { readonly fault: 'token' }
  /** nobody gets past this before somebody connects the account again */
  | { readonly fault: 'blocked' }
  /** a bucket of the day is empty */
  | { readonly fault: 'empty'; readonly bucket: Bucket }
  | { readonly fault: 'busy'; readonly after: Millis }
  | { readonly fault: 'gone' }
  /** it stands already as it was wanted */
  | { readonly fault: 'is-there' }
  | { readonly fault: 'refused'; readonly reason: string }
  | { readonly fault: 'not-reached' }
  /** no token was to be had for now, so that nothing of the call itself was sent */
  | { readonly fault: 'not-let-in'; readonly reason: string }
  /** nobody can tell what was done */
  | { readonly fault: 'unclear'; readonly reason: string };

const errorBody = z.object({
  error: z.object({ errors: z.array(z.object({ reason: z.string() })).min(1) }),
});
/** The token endpoint has another form of error than the interface. */
const tokenBody = z.object({ error: z.string() });
/** Headers as any kind of fetch has them. */
interface Headed {
  readonly get: (name: string) => string | null;
}
const isHeaded = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
const thrown = z.object({
  response: z.object({ status: z.int(), data: z.unknown(), headers: z.custom<Headed>(isHeaded).optional() }),
});

/** Codes that mean that a person has to connect the account again. */
const blocking = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'insufficientPermissions',
  'youtubeSignupRequired',
  'authenticatedUserAccountClosed',
  'authenticatedUserAccountSuspended',
  'authenticatedUserNotChannel',
  'accountClosed',
  'accountSuspended',
  'channelClosed',
  'channelSuspended',
]);
const emptied: ReadonlyMap<string, Bucket> = new Map([
  ['quotaExceeded', 'units'],
  ['dailyLimitExceeded', 'units'],
  ['uploadLimitExceeded', 'uploads'],
]);
const hurried = new Set(['rateLimitExceeded', 'userRateLimitExceeded']);
/** Refusals that `words/` has a sentence for. */
const named: Readonly<Record<string, string>> = {
  invalidTitle: 'title-not-taken',
  invalidDescription: 'description-not-taken',
  invalidPublishAt: 'publish-time-not-taken',
  playlistNotFound: 'playlist-missing',
  playlistForbidden: 'playlist-missing',
  invalidMetadata: 'details-not-taken',
  forbiddenPrivacySetting: 'privacy-not-taken',
  mediaBodyRequired: 'video-missing',
  invalidImage: 'picture-not-taken',
  mediaTooLarge: 'picture-too-large',
};

/** Reads an answer by its first reason, which is where Google says what is meant. */
export function faultOf(status: number, body: unknown, headers?: Headed): Fault {
  const api = errorBody.safeParse(body);
  const token = tokenBody.safeParse(body);
  const reason = api.success
    ? (api.data.error.errors[0]?.reason ?? '')
    : token.success
      ? token.data.error
      : '';
  if (status >= 500) return { fault: 'unclear', reason: `status-${String(status)}` };
  if (blocking.has(reason)) return { fault: 'blocked' };
  const bucket = emptied.get(reason);
  if (bucket !== undefined) return { fault: 'empty', bucket };
  if (status === 429 || hurried.has(reason)) return { fault: 'busy', after: waitOf(headers) };
  if (status === 401) return { fault: 'token' };
  if (status === 409) return { fault: 'is-there' };
  if (status === 404 || status === 410) return { fault: 'gone' };
  if (status === 408) return { fault: 'unclear', reason: 'status-408' };
  return { fault: 'refused', reason: named[reason] ?? `status-${String(status)}` };
}

function waitOf(headers: Headed | undefined): Millis {
  const after = Number(headers?.get('retry-after') ?? Number.NaN);
  return seconds(Number.isFinite(after) && after >= 0 ? after : 60);
}

/** Reads what the client throws. Of what it throws nothing is passed on: it holds the request. */
export function faultThrown(fault: unknown): Fault {
  if (fault instanceof NotLetIn) return faultLettingIn(faultThrown(fault.cause));
  const read = thrown.safeParse(fault);
  if (read.success) {
    const { status, data, headers } = read.data.response;
    // The client reads a body whose type it does not know as a text or a blob.
    const body: unknown = typeof data === 'string' ? jsonIn(data) : data;
    return faultOf(status, body, headers);
  }
  return notReached(fault) ? { fault: 'not-reached' } : { fault: 'unclear', reason: 'no-clear-answer' };
}

/** A fault of asking for a token: it is none of what the call was to do. */
function faultLettingIn(fault: Fault): Fault {
  switch (fault.fault) {
    case 'unclear':
      return { fault: 'not-let-in', reason: fault.reason };
    case 'gone':
    case 'is-there':
      return { fault: 'not-let-in', reason: 'no-clear-answer' };
    default:
      return fault;
  }
}

/** A fault as an outcome; `until` tells when a bucket is filled again, as a wait from now. */
export async function outcomeOf(
  fault: Fault,
  until: (bucket: Bucket) => Promise<Millis>,
): Promise<PublishOutcome> {
  switch (fault.fault) {
    case 'token':
    case 'blocked':
      return { outcome: 'refused', reason: accountBlocked };
    case 'empty':
      return { outcome: 'retry', after: await until(fault.bucket), reason: 'quota-spent' };
    case 'busy':
      return { outcome: 'retry', after: fault.after, reason: 'busy' };
    case 'not-reached':
      return { outcome: 'retry', after: seconds(5), reason: 'not-reached' };
    case 'not-let-in':
      return { outcome: 'retry', after: seconds(10), reason: fault.reason };
    case 'gone':
      return { outcome: 'refused', reason: 'not-there' };
    case 'is-there':
      return { outcome: 'refused', reason: 'status-409' };
    case 'refused':
      return { outcome: 'refused', reason: fault.reason };
    case 'unclear':
      return { outcome: 'unknown', reason: fault.reason };
  }
}
