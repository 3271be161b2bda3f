import type { Millis } from '../../core/time.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { mayComeBack } from '../../dispatch/stop.ts';
import { accountOf, inSameThread, isOneOf, isReply, partKey } from '../../dispatch/thread.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { ByHand, Correction, PostState } from '../post.ts';

/** What has come down, is to come down, or could not; and what is left of it where it did. */

/** What could not be taken down, with why: part keys and reasons. */
export function notDownOf(post: PostState): readonly (readonly [string, string])[] {
  if (post.status.is !== 'taken-down') return [];
  return Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
    publication.is === 'removing' && publication.problem !== undefined ? [[part, publication.problem]] : [],
  );
}

/** A part that is public and comes down, whatever is held or stopped meanwhile. */
export interface StillToComeDown {
  readonly part: string;
  /** who is asked to take it down; absent: it comes down by itself */
  readonly asked?: ByHand;
  readonly publication: Extract<Publication, { readonly is: 'removing' }>;
}

/** @returns what comes down, by itself or by hand; what makes room for another leaves with that */
export const stillToComeDown = (post: PostState): readonly StillToComeDown[] =>
  Object.entries(publicationsOf(post)).flatMap(([part, publication]): StillToComeDown[] => {
    if (publication.is !== 'removing' || publication.instead !== undefined) return [];
    const asked = post.byHand?.[part];
    if (asked === undefined) return publication.problem === undefined ? [{ part, publication }] : [];
    return asked.cannot === true ? [] : [{ part, publication, asked }];
  });

/**
 * The accounts on which the post was deleted to be posted again, and somebody had decided that it is not before anybody
 * knew that it was gone: nothing of it stands there.
 */
export function goneForNothing(post: PostState): readonly string[] {
  if (post.status.is === 'taken-down') return [];
  const all = Object.entries(publicationsOf(post));
  const gone = all.flatMap(([part, each]) => {
    if (each.is !== 'removed' || each.instead === undefined) return [];
    const instead = publicationsOf(post)[each.instead];
    // Whoever decided it later knew that it was gone.
    const isUnknowing =
      instead?.is === 'stopped' && instead.at === each.at && (post.restRefused?.at ?? 0) <= each.at;
    return isUnknowing && !mayComeBack(instead) ? [accountOf(part)] : [];
  });
  return [...new Set(gone)].filter(
    (account) => !all.some(([key, each]) => accountOf(key) === account && standsStill(each)),
  );
}

/**
 * The accounts on which the post was deleted to be posted again, and nothing of it stands or comes by itself: its account
 * refused what was to take its place, or somebody decided that it is not posted again. Another correction may do that.
 */
export function goneOn(post: PostState): readonly string[] {
  if (post.status.is === 'taken-down' || post.status.is === 'held') return [];
  const all = Object.entries(publicationsOf(post));
  const isOver = (each: Publication): boolean =>
    each.is === 'removed' || each.is === 'failed' || (each.is === 'stopped' && !mayComeBack(each));
  return [...new Set(deletedToCorrect(post).map(({ account }) => account))].filter((account) =>
    all.every(([part, each]) => accountOf(part) !== account || isOver(each)),
  );
}

/** What was deleted to be posted again, and when. */
const deletedToCorrect = (post: PostState): readonly { readonly account: string; readonly at: Millis }[] =>
  Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
    each.is === 'removed' && each.instead !== undefined ? [{ account: accountOf(part), at: each.at }] : [],
  );

/**
 * Where and when a post was deleted to be posted again of which nothing stands since: no account took what was to take its
 * place. Undefined for any other; of one that no account ever took, nothing was public.
 */
export function refusedAnew(
  post: PostState,
): { readonly accounts: readonly string[]; readonly at: Millis } | undefined {
  const deleted = post.status.is === 'failed' ? deletedToCorrect(post) : [];
  return deleted.length === 0
    ? undefined
    : {
        accounts: [...new Set(deleted.map(({ account }) => account))],
        at: Math.max(...deleted.map(({ at }) => at)),
      };
}

/** Whether a correction posts again what was deleted there before, so that nothing is deleted for it. */
export function bringsBack(post: PostState, { plan }: Correction, account: string): boolean {
  const instead = partKey(account, 0, `r${String(plan.revision)}`);
  return Object.entries(publicationsOf(post))
    .filter(([part]) => accountOf(part) === account && !isOneOf(part, [instead]))
    .every(
      ([, each]) =>
        each.is === 'stopped' ||
        each.is === 'failed' ||
        (each.is === 'removed' && (each.instead === undefined || !isOneOf(instead, [each.instead]))),
    );
}

/** Whether it stands there, be it that it is on its way down. */
export const standsStill = ({ is }: Publication): boolean => is === 'published' || is === 'removing';

/**
 * How many posts are left of a thread of which the last ones came down for a correction, and the first ones did not;
 * undefined where nothing is torn like that. They come down from the last one.
 */
export function leftOn(post: PostState, account: string): { stand: number; of: number } | undefined {
  const all = Object.entries(publicationsOf(post)).filter(([key]) => accountOf(key) === account);
  const first = all.find(([key, each]) => !isReply(key) && standsStill(each))?.[0];
  if (first === undefined) return undefined;
  const thread = all.filter(([key]) => inSameThread(key, first)).map(([, each]) => each);
  return thread.some((each) => each.is === 'removed' && each.instead !== undefined)
    ? { stand: thread.filter(standsStill).length, of: thread.length }
    : undefined;
}
