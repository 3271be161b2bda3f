import {
  isRefused,
  roomWaitsForAccount,
  waitsForAccount,
  type Publication,
} from '../../dispatch/publication.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { accountBlocked } from '../../networks/network.ts';
import { beingChanged } from '../correcting/changes-in-place.ts';
import { correctionWaitsForAccount } from '../correcting/correction-goes-on.ts';
import { publicationsOf } from './what-is-public.ts';
import type { PostState } from '../post.ts';

/** What is done again once an account is connected again, each by part key. */
export interface WaitsForAccount {
  readonly leave: readonly string[];
  readonly takeDown: readonly string[];
  readonly putRight: readonly string[];
  /** what does not leave by itself any more, since the account was blocked for so long: somebody may try it again */
  readonly keptAway: readonly string[];
}

/** Whether it still stands because its account refused Crier. */
const staysForAccount = (publication: Publication): boolean =>
  roomWaitsForAccount(publication) ||
  (publication.is === 'removing' && publication.problem === accountBlocked);

/** What of a post waits until its accounts, or this one, are connected again. */
export function waitsForAccounts(post: PostState, account?: string): WaitsForAccount {
  const all = Object.entries(publicationsOf(post)).filter(
    ([part]) => account === undefined || accountOf(part) === account,
  );
  const those = (is: (publication: Publication) => boolean): readonly string[] =>
    all.flatMap(([part, publication]) => (is(publication) ? [part] : []));
  const underWay = beingChanged(post);
  return {
    leave: those(waitsForAccount),
    takeDown: those(staysForAccount),
    putRight: all.flatMap(([part, { is }]) =>
      is === 'published' && correctionWaitsForAccount(post, part) && !underWay.includes(part) ? [part] : [],
    ),
    keptAway: those((publication) => isRefused(publication) && publication.reason === accountBlocked),
  };
}

/** The accounts that a post waits for. */
export const accountsWaitedFor = (post: PostState): readonly string[] => [
  ...new Set(Object.values(waitsForAccounts(post)).flat().map(accountOf)),
];
