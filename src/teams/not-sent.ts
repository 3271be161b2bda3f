import { notReached } from '../core/not-reached.ts';
import { hours, seconds, type Millis } from '../core/time.ts';
import { ConnectorRefusal } from './connector.ts';

/** Why something was not brought to Teams, and when it is tried again. */

export type NotSent =
  /** the conversation, or the message, is not there for us any more (403, 404) */
  | { readonly sent: false; readonly why: 'gone' }
  /** not now: Teams asked to wait, or could not be reached */
  | { readonly sent: false; readonly why: 'later'; readonly after: Millis }
  /** Teams takes nothing as large, not even the words that it is too large: the same again would be refused again */
  | { readonly sent: false; readonly why: 'too-large' }
  /** nobody can tell whether it arrived, or Teams will not have it like this; `reason` is a short code */
  | { readonly sent: false; readonly why: 'unknown'; readonly reason: string };

/** When what was not sent is tried again. */
export const tryAgainAfter = (told: NotSent): Millis => (told.why === 'later' ? told.after : seconds(2));

/** How long to wait when Teams does not say; the outbox's own back-off may make it longer. */
const aWhile = seconds(2);
const longestWait = hours(1);

/**
 * @param header seconds or an HTTP date
 * @returns how long to wait, a second at least and an hour at most; undefined when the header says nothing
 */
export function retryAfter(header: string | undefined, now: Millis): Millis | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const text = header.trim();
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(Math.ceil(wait), seconds(1)), longestWait);
}

/** How a refusal says that a message is too large where its status does not. */
const tooBig = /MessageSizeTooBig|RequestEntityTooLarge|message size|too (?:big|large)/iu;

/** @returns why a call of the connector sent nothing, or may not have */
export function whyNot(fault: unknown, signal: AbortSignal, now: Millis): NotSent {
  if (fault instanceof ConnectorRefusal) {
    const { status, wait } = fault;
    if (status === 413 || (status === 400 && tooBig.test(fault.said)))
      return { sent: false, why: 'too-large' };
    if (status === 403 || status === 404 || status === 410) return { sent: false, why: 'gone' };
    if ([412, 429, 502, 503, 504].includes(status))
      return { sent: false, why: 'later', after: retryAfter(wait, now) ?? aWhile };
    return { sent: false, why: 'unknown', reason: `status-${String(status)}` };
  }
  if (signal.aborted) return { sent: false, why: 'unknown', reason: 'no-answer-in-time' };
  if (notReached(fault)) return { sent: false, why: 'later', after: aWhile };
  const isNamed = fault instanceof Error && 'code' in fault && fault.code !== undefined;
  return {
    sent: false,
    why: 'unknown',
    reason: isNamed ? 'connection-lost' : 'answer-unreadable',
  };
}
