import { waysOf, type Way } from '../../dispatch/put-right.ts';
import { goneOn } from '../taking-down/came-down.ts';
import { waysFor } from './correction-ways.ts';
import { standingOn } from '../leaving/what-is-public.ts';
import { isDescribedAnew, isReadOn } from './descriptions.ts';
import type { DeskRules, PostState } from '../post.ts';

/** What of a public post's descriptions a correction can put right. */
export interface Redescribable {
  /** the places, from 0, of the media of which it can say something else somewhere */
  readonly places: readonly number[];
  /** where it would only if the post were deleted there and posted again */
  readonly again: readonly string[];
  /** those of them where that is what is done unless somebody chooses otherwise */
  readonly usually: readonly string[];
  /** where what is read stays as it is */
  readonly staying: readonly string[];
}

/** @returns which descriptions can be put right, and on which accounts hardly or not */
export function redescribable(post: PostState, rules: DeskRules): Redescribable {
  const { revision } = post;
  const gone = goneOn(post);
  const ways = waysFor(post, {}, rules);
  const on = revision.accounts.flatMap((account) => {
    const network = rules.accounts[account]?.network;
    const isGone = gone.includes(account);
    if (network === undefined || (!isGone && ways[account] === undefined)) return [];
    const offered: readonly Way[] = isGone
      ? ['again']
      : standingOn(post, account).length > 0
        ? waysOf(network)
        : ['if-there'];
    const read = revision.media.flatMap((_medium, place) =>
      isReadOn(network, revision, place) ? [place] : [],
    );
    const anew = (way: Way): readonly number[] =>
      read.filter((place) => isDescribedAnew(network, way, revision, place));
    return [{ account, isGone, read, offered, anew }];
  });
  const can = on.map((each) => ({ ...each, places: each.offered.flatMap(each.anew) }));
  const again = can.filter(
    ({ isGone, offered, anew }) => !isGone && anew('again').length > 0 && offered.includes('again'),
  );
  return {
    places: revision.media.flatMap((_medium, place) =>
      can.some(({ places }) => places.includes(place)) ? [place] : [],
    ),
    again: again.map(({ account }) => account),
    usually: again.filter(({ offered }) => offered[0] === 'again').map(({ account }) => account),
    staying: can.flatMap(({ account, read, places }) =>
      read.length > 0 && places.length === 0 ? [account] : [],
    ),
  };
}
