import { ApiPartialResponseError, ApiRequestError, ApiResponseError } from 'twitter-api-v2';
import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { beforePosting, brokenOff, NotLetIn } from '../answers.ts';
import { accountBlocked, type PublishOutcome } from '../network.ts';
import { RenewedElsewhere } from './access.ts';
import { waitFor } from './windows.ts';

/** By then another process that renews the token has most likely done so. */
const renewedWithin: Millis = seconds(5);

/**
 * How a request for a token is refused once the refresh token is dead, or the app is one that X does not know or let ask
 * for it any more (RFC 6749, 5.2).
 */
const letsNobodyIn = ['invalid_grant', 'invalid_request', 'invalid_client', 'unauthorized_client'];

/** X answers so for what is not there, or not any more. */
export const isGone = (fault: unknown): boolean => fault instanceof ApiResponseError && fault.code === 404;

/** The class of a fault of the client. Nothing of it goes on: it holds the request, and that our keys and the text. */
export function classOf(fault: unknown, now: Millis): PublishOutcome {
  if (fault instanceof NotLetIn) return beforePosting(classOf(fault.cause, now));
  if (fault instanceof RenewedElsewhere)
    return { outcome: 'retry', after: renewedWithin, reason: 'no-longer-permitted' };
  if (fault instanceof ApiRequestError) return brokenOff(behind(fault));
  if (fault instanceof ApiPartialResponseError || !(fault instanceof ApiResponseError))
    return brokenOff(fault);
  const { code, data, rateLimit } = fault;
  const told = z
    .object({ detail: z.string().optional(), error: z.string().optional() })
    .catch({})
    .parse(data);
  if (code >= 500) return { outcome: 'unknown', reason: `status-${code}` };
  if (code === 401 || letsNobodyIn.includes(told.error ?? '')) {
    return { outcome: 'refused', reason: accountBlocked };
  }
  if (code === 429) return { outcome: 'retry', after: waitFor(rateLimit, now), reason: 'busy' };
  // X tells it in words alone. It may be our own earlier success.
  if (code === 403 && /duplicate/i.test(told.detail ?? ''))
    return { outcome: 'unknown', reason: 'duplicate' };
  if (code === 403 && /video longer than/i.test(told.detail ?? ''))
    return { outcome: 'refused', reason: 'video-too-long' };
  if (code === 403 && /suspended|locked/i.test(told.detail ?? '')) {
    return { outcome: 'refused', reason: accountBlocked };
  }
  return { outcome: 'refused', reason: `status-${code}` };
}

/** The client keeps what broke a connection where only its own code sees it. */
function behind(fault: ApiRequestError): unknown {
  const options: unknown = Object.getOwnPropertyDescriptor(fault, '_options')?.value;
  return z.object({ error: z.unknown() }).catch({ error: fault }).parse(options).error;
}
