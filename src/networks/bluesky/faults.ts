import { XRPCError } from '@atproto/api';
import { minutes, seconds, type Millis } from '../../core/time.ts';
import { beforePosting, brokenOff, NotLetIn } from '../answers.ts';
import { accountBlocked, type PublishOutcome } from '../network.ts';

/** So long is waited where the server does not say: its windows are five minutes. */
const waitUntold = minutes(5);

/** The class of a fault of the client. Nothing of it goes on: it can hold the record, and that the text. */
export function classOf(fault: unknown, now: Millis): PublishOutcome {
  if (fault instanceof NotLetIn) return beforePosting(classOf(fault.cause, now));
  if (!(fault instanceof XRPCError)) return brokenOff(fault);
  const { status, error, headers } = fault;
  // 1 and 2 are the client's own: no answer came, or none that could be read.
  if (status < 100) return brokenOff(fault);
  if (status >= 500) return { outcome: 'unknown', reason: `status-${String(status)}` };
  if (status === 429) return { outcome: 'retry', after: waitOf(headers, now), reason: 'busy' };
  const ended = ['ExpiredToken', 'InvalidToken', 'AccountTakedown', 'AccountDeactivated'];
  if (status === 401 || ended.includes(error)) return { outcome: 'refused', reason: accountBlocked };
  return { outcome: 'refused', reason: `status-${String(status)}` };
}

/** Until the window opens again, which the server tells in whole seconds since 1970. */
function waitOf(headers: Readonly<Record<string, string | undefined>> | undefined, now: Millis): Millis {
  const resets = seconds(Number(headers?.['ratelimit-reset'] ?? 'none'));
  return Number.isFinite(resets) && resets > now ? resets - now : waitUntold;
}
