import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { isRefusedSince, isUntouched, mayComeBack, stop } from '../../dispatch/stop.ts';
import { isSettled, together } from '../../dispatch/together.ts';
import { before, type Publications } from '../../dispatch/thread.ts';
import { outAgain, statusFrom } from './let-go.ts';
import { changesInPlace } from '../correcting/changes-in-place.ts';
import { hasEndedFor } from './its-end.ts';
import { walkedOf } from '../deciding/reviews.ts';
import { publicationsOf } from './what-is-public.ts';
import type { Outgoing, PostState, Status } from '../post.ts';

type Held = Extract<Status, { readonly is: 'held' }>;

/** Whether something of a part may still go out once the post is let go on: then it stays held. */
function isHeldBack(
  post: PostState,
  held: Held,
  part: string,
  publication: Publication,
  now: number,
): boolean {
  if (mayComeBack(publication) || publication.is === 'failed')
    return !hasEndedFor(post, part, now) && !isPastRelease(publicationsOf(post), held, part);
  return (
    !isSettled(publication) ||
    // The desk may still say that it is to be posted, which is no decision on what was held.
    publication.is === 'unknown' ||
    makesRoom(publication)
  );
}

/**
 * Whether no release sends a part, nor what it answers. What its account refused before the hold was not to leave then:
 * whoever wants it tries again. Behind what is not to go out, or is gone, nothing of a thread leaves.
 */
function isPastRelease(publications: Publications, held: Held, part: string): boolean {
  const publication = publications[part];
  const earlier = before(part);
  return (
    (publication?.is === 'failed' && !isRefusedSince(publication, held.at)) ||
    (publication?.is === 'stopped' && !mayComeBack(publication)) ||
    publication?.is === 'removed' ||
    (earlier !== undefined && isPastRelease(publications, held, earlier))
  );
}

/** The post with some of its publications changed, in the state that all of them together give it. */
export function withPublications(
  post: PostState,
  changed: Readonly<Record<string, Publication>>,
  now: number,
): PostState {
  const { status } = post;
  const publications = { ...publicationsOf(post), ...changed };
  if (status.is === 'held') return { ...post, status: heldStatus(post, status, publications, now) };
  if (status.is === 'taken-down') return { ...post, status: { ...status, publications } };
  if (!('publications' in status)) return post;
  const at = status.is === 'published' || status.is === 'partly-published' ? status.at : now;
  return { ...post, status: statusOf(post, { ...status, publications }, at) };
}

/** The state of what is on its way: where nothing of it went out after all, that is as it was decided, if it was. */
function statusOf(post: PostState, outgoing: Outgoing, at: number): Status {
  const { restRefused } = post;
  if (restRefused === undefined || together(Object.values(outgoing.publications)) !== 'stopped')
    return statusFrom(outgoing, at);
  const { only: _only, ...refused } = restRefused;
  return { is: 'not-to-be-published', ...refused, ...walkedOf(post) };
}

/**
 * The same, with some that an open hold keeps back: where nothing of it is out or leaves, it stays in its state until that
 * hold takes it.
 */
export function untilHeld(
  post: PostState,
  changed: Readonly<Record<string, Publication>>,
  now: number,
): PostState {
  const { status } = post;
  const next = withPublications(post, changed, now);
  return 'publications' in next.status || !('publications' in status)
    ? next
    : { ...post, status: { ...status, publications: { ...status.publications, ...changed } } };
}

/** The post, which is held no longer than something of it is held back. */
export const unlessHeldBack = (post: PostState, now: number): PostState =>
  post.status.is === 'held' && post.status.out !== undefined ? withPublications(post, {}, now) : post;

/** The post without what is not to go out any more, and has not left. */
export function withoutPublications(post: PostState, parts: readonly string[]): PostState {
  const left = Object.entries(publicationsOf(post)).filter(([part]) => !parts.includes(part));
  return parts.length === 0 ? post : withThese(post, Object.fromEntries(left));
}

/** The post with these publications and no others, in the state that it is in. */
export function withThese(post: PostState, publications: Publications): PostState {
  const { status } = post;
  if (status.is === 'held') return { ...post, status: { ...status, out: publications } };
  return 'publications' in status ? { ...post, status: { ...status, publications } } : post;
}

/** What was leaving when the post was held, and certainly did not, is held with the rest and tries nothing by itself. */
function heldStatus(post: PostState, held: Held, former: Publications, now: number): Status {
  const out = Object.fromEntries(
    Object.entries(former).map(([part, publication]) => [part, stop(publication, now)]),
  );
  const each = Object.values(out);
  const next: PostState = { ...post, status: { ...held, out } };
  const isHeld =
    changesInPlace(next).length > 0 ||
    Object.entries(out).some(([part, publication]) => isHeldBack(next, held, part, publication, now));
  if (!isHeld) return statusOf(post, { ...outAgain(held), publications: out }, now);
  const { out: _before, ...rest } = held;
  // Where nothing has left after all, the post is as one that was held before its time: it may be edited, and planned anew.
  return each.every(isUntouched) ? rest : { ...held, out };
}
