import { mayTurnUp } from '../../dispatch/publication.ts';
import {
  canEdit,
  tellsEnd,
  tellsWhatWasWrong,
  wayFor,
  waysOf,
  type ChosenWay,
  type Way,
  type WayOnAccount,
  type Ways,
} from '../../dispatch/put-right.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { isDescribedOtherwise } from './descriptions.ts';
import { publicationsOf, standingOn } from '../leaving/what-is-public.ts';
import { showsHeadline } from '../writing/headline.ts';
import { isMissed, isTorn, nameOfWords, repliedOn } from './standing.ts';
import { goneOn, refusedAnew } from '../taking-down/came-down.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import type { Correction, DeskRules, PostState } from '../post.ts';
import type { Revision } from '../writing/revision.ts';

/** How what stands of a post is put right on each account, and what the public reads of that there. */

/**
 * How each account on which the post stands or may stand is put right: as somebody chose, else as its network usually
 * lets one. Where it was deleted and does not stand since, only who chooses that has it posted there, unless it stands
 * nowhere.
 */
export function waysFor(
  post: PostState,
  chosen: Readonly<Record<string, ChosenWay>>,
  rules: DeskRules,
): Readonly<Record<string, ChosenWay | 'if-there'>> {
  return Object.fromEntries(
    post.revision.accounts.flatMap((id): [string, ChosenWay | 'if-there'][] => {
      const account = rules.accounts[id];
      if (account === undefined) return [];
      if (standingOn(post, id).length > 0) return [[id, wayFor(account.network, chosen[id])]];
      if (mayTurnUpOn(post, id)) return [[id, 'if-there']];
      const back = chosen[id] ?? usuallyBack(post);
      return back === 'again' && goneOn(post).includes(id) ? [[id, 'again']] : [];
    }),
  );
}

/** What becomes of an account on which a post was deleted, and does not stand since, where nobody chooses that. */
export const usuallyBack = (post: PostState): 'again' | 'leave' =>
  refusedAnew(post) === undefined ? 'leave' : 'again';

/** Whether something may stand on an account though nobody knows yet that it does. */
const mayTurnUpOn = (post: PostState, account: string): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([key, publication]) => accountOf(key) === account && mayTurnUp(publication),
  );

/** How what stands on an account is put right: where that could not be asked, as its network lets one. */
export function wayOn(account: string, { plan, ways = {} }: Pick<Correction, 'plan' | 'ways'>): Way {
  const way = ways[account] ?? 'edit';
  if (way !== 'if-there') return way;
  const network = plan.parts.find((part) => part.account === account)?.network;
  return network === undefined || canEdit(network) ? 'edit' : 'again';
}

/** The same ways, but that an account that says all of it already is left alone. */
export function waysTo(post: PostState, right: Revision, ways: Ways, rules: DeskRules): Ways {
  return Object.fromEntries(
    Object.entries(ways).map(([account, way]): [string, Way] => {
      const network = rules.accounts[account]?.network;
      const isToChange = network === undefined || isToChangeOn({ account, network, way }, post, right);
      return [account, isToChange ? way : 'same'];
    }),
  );
}

/** Whether what stands on an account is to be changed so that it says what is right. */
function isToChangeOn(on: WayOnAccount, post: PostState, right: Revision): boolean {
  const { account, network, way } = on;
  const { revision: before } = post;
  if (isTorn(post, account) || goneOn(post).includes(account)) return true;
  const replied = repliedOn(post, account);
  // What a reply has put right stands beside what was wrong: posted again, the right words stand there alone.
  if (replied !== undefined) return way === 'again' || replied !== nameOfWords(right.text);
  if (!isMissed(post, account))
    return isChangedOn(network, before, right) || isDescribedOtherwise(on, post, right);
  // What could not be put right there may be right now; a place that can be changed shows more than the words.
  const kept = before.keeps?.includes(account) === true ? before.variants[account] : undefined;
  return canEdit(network) || kept !== right.text;
}

/** Whether anything that a network shows of the one, but for descriptions, differs in the other. */
function isChangedOn(network: NetworkName, before: Revision, right: Revision): boolean {
  if (before.text !== right.text) return true;
  return (
    (showsHeadline(network, before) && before.headline !== right.headline) ||
    (network === 'youtube' && before.youtube?.title !== right.youtube?.title) ||
    (network === 'website' && before.summary !== right.summary) ||
    (tellsEnd(network) && before.until?.at !== right.until?.at)
  );
}

/** Whether the public reads what was wrong: in a reply, or where a network tells it with what is changed. */
export const isWhyTold = ({ ways }: Pick<Correction, 'ways'>, rules: DeskRules): boolean =>
  ways === undefined ||
  Object.entries(ways).some(([account, way]) => {
    const network = rules.accounts[account]?.network;
    if (network === undefined) return false;
    return way === 'reply' || ((way === 'edit' || way === 'if-there') && tellsWhatWasWrong(network));
  });

/** Whether a correction of what stands can tell the public what was wrong, as `isWhyTold`. */
export const whyCanBeTold = (post: PostState, rules: DeskRules): boolean =>
  post.revision.accounts.some((id) => {
    const network = rules.accounts[id]?.network;
    if (network === undefined || standingOn(post, id).length === 0) return false;
    return tellsWhatWasWrong(network) || waysOf(network).includes('reply');
  });

/** Whether somebody who corrects it is asked when it ends: people read that, or it would not go out again after it. */
export const endIsAsked = (post: PostState, rules: DeskRules): boolean =>
  endIsTold(post, rules) || (refusedAnew(post) !== undefined && post.revision.until !== undefined);

/** Whether the post stands where people read when it ends. */
export const endIsTold = (post: PostState, rules: DeskRules): boolean =>
  post.revision.accounts.some((id) => {
    const account = rules.accounts[id];
    return account !== undefined && tellsEnd(account.network) && standingOn(post, id).length > 0;
  });
