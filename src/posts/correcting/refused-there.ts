import type { Millis } from '../../core/time.ts';
import { isRefused } from '../../dispatch/publication.ts';
import { notByHand, notWanted } from '../../dispatch/said.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { awaitsCorrection } from './correctable.ts';
import { correctionWaitsForAccount } from './correction-goes-on.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { editors, isStillOurs, isToTryAgain, mayLeaveAgain } from '../deciding/may.ts';
import type { DeskRules, PostState } from '../post.ts';
import { isReplyLeft, isUnclear, notPutRight, notPutRightBecause } from './standing.ts';

/**
 * What an account refused, can be tried again, and nobody has decided to leave so: part keys. Whoever said that they will
 * not post it by hand has settled that.
 */
export const refusedThere = (post: PostState, rules: DeskRules, now: Millis): readonly string[] =>
  isToTryAgain(post, rules, now)
    ? Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
        publication.is === 'failed' &&
        isRefused(publication) &&
        publication.reason !== notByHand &&
        mayLeaveAgain(post, part, rules, now)
          ? [part]
          : [],
      )
    : [];

/**
 * Where the wrong words stand since an account did not take a correction, and nobody chose that they do: part keys. What
 * waits for its account is put right by itself. While a correction waits for a decision, be it held, that comes first.
 */
export function wrongThere(post: PostState, rules: DeskRules): readonly string[] {
  if (awaitsCorrection(post) || post.status.is === 'held') return [];
  const last = post.corrected.at(-1);
  const ways = post.correction?.ways ?? last?.ways;
  if (last !== undefined && (post.restRefused?.at ?? 0) >= last.at) return [];
  return notPutRight(post).filter(
    (part) =>
      isStillOurs(part, rules) &&
      !correctionWaitsForAccount(post, part) &&
      ways?.[accountOf(part)] !== 'leave' &&
      notPutRightBecause(post, part) !== notWanted &&
      !isReplyLeft(post, part),
  );
}

/** Whether somebody has decided to leave all that a correction that was agreed to did not put right. */
export function isMissLeft(post: PostState): boolean {
  const parts = Object.entries(post.correction?.applied?.parts ?? {}).filter(([, is]) => is !== 'done');
  return parts.every(([part]) => isReplyLeft(post, part) || notPutRightBecause(post, part) === notWanted);
}

/** The words that are right where a correction was made nowhere, and the wrong ones still stand; undefined where nobody wants them. */
export const agreedInVain = (post: PostState, rules: DeskRules): PostState['notMade'] =>
  wrongThere(post, rules).length > 0 ? post.notMade : undefined;

/** Of which the wrong words are known to stand, be it that its correction is still being made elsewhere. */
const wrongForSure = (post: PostState, rules: DeskRules): readonly string[] =>
  wrongThere(post, rules).filter((part) => !isUnclear(notPutRightBecause(post, part) ?? ''));

/** Something that an account did not take, by a name of its own: where it is tried again and refused once more, that is another. */
export interface Refused {
  readonly name: string;
  readonly part: string;
  /** of the post itself, or the wrong words that a correction was to put right */
  readonly what: 'post' | 'correction';
}

/** What accounts did not take, of the post or of a correction, and nobody has left as it is yet. */
export function refusalsOf(post: PostState, rules: DeskRules, now: Millis): readonly Refused[] {
  const publications = publicationsOf(post);
  const corrected = post.correction?.applied?.at ?? post.corrected.at(-1)?.at ?? 0;
  return [
    ...refusedThere(post, rules, now).map((part): Refused => {
      const publication = publications[part];
      const at = publication?.is === 'failed' ? publication.at : 0;
      return { name: `${part}@${String(at)}`, part, what: 'post' };
    }),
    ...wrongForSure(post, rules).map((part): Refused => ({
      name: `${part}~${String(corrected)}`,
      part,
      what: 'correction',
    })),
  ];
}

/** Whether somebody may leave what accounts refused as it is: whoever may try it again, or ask for the correction anew. */
export const mayLeaveAsItIs = (post: PostState, person: string, rules: DeskRules, now: Millis): boolean =>
  refusalsOf(post, rules, now).length > 0 && editors(post, rules).includes(person);
