import type { Publication } from '../../dispatch/publication.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { isSettled } from '../../dispatch/together.ts';
import { isRemovalUnclear } from '../../dispatch/tried.ts';
import { refusedAnew } from './came-down.ts';
import type { PostState } from '../post.ts';

/** It does not go on by itself: its writers have to know. What was held with everything else is told on the stop's list. */
export function isOver(post: PostState): boolean {
  const { status } = post;
  switch (status.is) {
    case 'sent-back':
    case 'not-to-be-published':
    case 'cancelled':
    case 'expired':
      return true;
    case 'taken-down':
      // Until then nobody knows whether it came down.
      return Object.entries(status.publications).every(
        ([part, each]) => isSettled(each) && (each.is !== 'removing' || isAskedToRemove(post, part)),
      );
    case 'held':
      return !status.all;
    default:
      return false;
  }
}

const isAskedToRemove = ({ byHand }: PostState, part: string): boolean => byHand?.[part]?.what === 'remove';

/** Where a post that was taken down stands still, account by account. */
export interface Down {
  readonly down: readonly string[];
  /** it stands there, or nobody knows that it does not */
  readonly still: readonly string[];
  /** it may yet arrive there, or may have arrived, or may have come down already */
  readonly perhaps: readonly string[];
  /** whether Crier could take none of the rest down, and tries no more by itself */
  readonly isStuck: boolean;
}

/** How far a post that was taken down has come down; undefined for any other. */
export function downOf({ status, byHand }: PostState): Down | undefined {
  if (status.is !== 'taken-down') return undefined;
  const all = Object.entries(status.publications);
  const accountsWhere = (isSo: (publication: Publication) => boolean): readonly string[] => [
    ...new Set(all.flatMap(([part, each]) => (isSo(each) ? [accountOf(part)] : []))),
  ];
  const mayStand = (each: Publication): boolean =>
    each.is === 'sending' || each.is === 'unknown' || isRemovalUnclear(each);
  const still = accountsWhere((each) => each.is === 'removing' && !isRemovalUnclear(each));
  const perhaps = accountsWhere(mayStand).filter((account) => !still.includes(account));
  const down = accountsWhere(({ is }) => is === 'removed').filter(
    (each) => !still.includes(each) && !perhaps.includes(each),
  );
  const isStuck = all.every(
    ([part, each]) => each.is !== 'removing' || each.problem !== undefined || byHand?.[part]?.cannot === true,
  );
  return { down, still, perhaps, isStuck };
}

/** Whether all of a post that was taken down is gone, as far as anybody knows. */
export function isAllDown(post: PostState): boolean {
  const stands = downOf(post);
  return stands !== undefined && stands.still.length === 0 && stands.perhaps.length === 0;
}

/** Whether all that stood of a post came down to be posted again, and nothing of it is posted after all. */
export const isPublicNoMore = ({ status }: PostState): boolean =>
  status.is === 'partly-published' &&
  Object.values(status.publications).every(({ is }) => is === 'removed' || is === 'stopped');

/** How it stands, for whoever wants what cannot be done now: what is still public somewhere is not said to be taken down. */
export function stateOf(post: PostState): string {
  if (isPublicNoMore(post) || refusedAnew(post) !== undefined) return publicNoMore;
  return post.status.is === 'taken-down' && !isAllDown(post) ? comingDown : post.status.is;
}

/** The state of a post that is to be taken down, and is not everywhere. */
export const comingDown = 'coming-down';
/** The state of a post that was public, and of which nothing is left there. */
export const publicNoMore = 'public-no-more';
