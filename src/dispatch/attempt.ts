import type { Millis } from '../core/time.ts';
import { isNotTaken, type Remote } from '../networks/network.ts';
import type { InVain, NotNow, NotTaken, Publication, Sent } from './publication.ts';

/** What is known of earlier attempts goes on from state to state. */
export const inVain = ({ lookFrom, rounds, sentBefore }: InVain): InVain => ({
  ...(lookFrom === undefined ? {} : { lookFrom }),
  ...(rounds === undefined ? {} : { rounds }),
  ...(sentBefore === undefined ? {} : { sentBefore }),
});

/**
 * Since when its network fails to take it, once it is to come again for a reason. What the network says it waits for is
 * not counted, and what was counted before goes on after it: a network in trouble answers both by turns.
 */
export function notTaken(before: NotTaken, reason: string, now: Millis): NotTaken {
  const { notTakenSince, notTakenFor } = before;
  if (isNotTaken(reason)) return { notTakenSince: notTakenSince ?? now - (notTakenFor ?? 0) };
  return notTakenSince === undefined ? notTakenOf(before) : { notTakenFor: now - notTakenSince };
}

const notTakenOf = ({ notTakenSince, notTakenFor }: NotTaken): NotTaken => ({
  ...(notTakenSince === undefined ? {} : { notTakenSince }),
  ...(notTakenFor === undefined ? {} : { notTakenFor }),
});

const ofAttempt = ({ sent }: Sent): Sent => (sent === undefined ? {} : { sent });

/** What an attempt sent is remembered with those before it, once it is one of them. */
export function sentInVain({ sent, sentBefore = [] }: Sent & InVain): Pick<InVain, 'sentBefore'> {
  const all = sent === undefined ? sentBefore : [...new Set([...sentBefore, sent])];
  return all.length === 0 ? {} : { sentBefore: all };
}

/** @returns a part of which an attempt is known not to have arrived: it is sent once more, and the attempt is remembered */
export const queuedAgain = (
  publication: Extract<Publication, { readonly is: 'unknown' }>,
): Extract<Publication, { readonly is: 'queued' }> => ({
  is: 'queued',
  tries: publication.tries,
  lookFrom: mayStandSince(publication),
  ...sentInVain(publication),
});

/**
 * A part as its plan gets other bytes: what its attempts have sent is kept with it until it is known what became of
 * them, since it is what may stand.
 *
 * @param before what the plan said until now
 */
export function withOtherBytes(publication: Publication, before: string): Publication {
  switch (publication.is) {
    case 'sending':
    case 'unknown':
      return {
        ...publication,
        sent: publication.sent ?? before,
        ...(publication.lookFrom === undefined ? {} : sentInVain({ ...publication, sent: before })),
      };
    case 'queued':
    case 'stopped':
      return publication.lookFrom === undefined
        ? publication
        : { ...publication, ...sentInVain({ ...publication, sent: before }) };
    default:
      return publication;
  }
}

/** A publication that no longer holds what its attempts sent: nothing of it can be looked for any more. */
export function withoutBytes(publication: Publication): Publication {
  if (!('sent' in publication) && !('sentBefore' in publication)) return publication;
  return {
    ...publication,
    ...('sent' in publication ? { sent: '' } : {}),
    ...('sentBefore' in publication ? { sentBefore: [] } : {}),
  };
}

/** Commits that an attempt begins; only what is queued may begin. */
export function begin(publication: Publication, attempt: string, now: Millis): Publication | NotNow {
  if (publication.is !== 'queued') return { notNow: publication.is };
  const { tries } = publication;
  return {
    is: 'sending',
    attempt,
    since: now,
    tries: tries + 1,
    ...notTakenOf(publication),
    ...inVain(publication),
  };
}

/** What the network answered to an attempt, or what a look found. */
export type Answer =
  | { readonly answer: 'published'; readonly remote: Remote }
  /** `shownFrom`: all that can be done before then is done */
  | { readonly answer: 'retry'; readonly reason: string; readonly shownFrom?: Millis }
  | { readonly answer: 'refused'; readonly reason: string }
  | { readonly answer: 'unknown' }
  /** no machine does it: a person is asked */
  | { readonly answer: 'asked' };

/**
 * Settles an attempt. A late answer of the same attempt is taken also from `unknown`; an answer of another
 * attempt, or to something already settled, changes nothing.
 *
 * @param late nobody was at work for hours before the answer was heard: what it tells of had come about before that
 */
export function settle(
  publication: Publication,
  attempt: string,
  answer: Answer,
  now: Millis,
  late?: true,
): Publication | NotNow {
  if (publication.is !== 'sending' && publication.is !== 'unknown') return { notNow: publication.is };
  if (publication.attempt !== attempt) return { notNow: publication.is };
  switch (answer.answer) {
    case 'published':
      return { is: 'published', remote: answer.remote, at: late === true ? publication.since : now };
    case 'retry':
      return {
        is: 'queued',
        tries: publication.tries,
        lastReason: answer.reason,
        ...(answer.shownFrom === undefined ? {} : { shownFrom: answer.shownFrom }),
        ...notTaken(publication.is === 'sending' ? publication : {}, answer.reason, now),
        ...inVain(publication),
      };
    case 'refused':
      return { is: 'failed', reason: answer.reason, at: now };
    case 'asked':
      return { is: 'asked', since: now };
    case 'unknown':
      return publication.is === 'unknown'
        ? publication
        : {
            is: 'unknown',
            attempt,
            since: publication.since,
            tries: publication.tries,
            looks: 0,
            asked: false,
            ...ofAttempt(publication),
            ...inVain(publication),
          };
  }
}

/** From when on anything of a publication may have arrived: also of attempts before the present one. */
export const mayStandSince = ({
  since,
  lookFrom,
}: Extract<Publication, { readonly is: 'sending' | 'unknown' }>): Millis => lookFrom ?? since;
