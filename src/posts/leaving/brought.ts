import type { Change, NewEffect } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { hasStood, isLeft, type Publication } from '../../dispatch/publication.ts';
import { mayComeBack } from '../../dispatch/stop.ts';
import { isVideoType } from '../../protocol/media-limits.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { effect } from '../post-effect.ts';
import type { Brought, PostState } from '../post.ts';
import { readPart } from '../writing/plan.ts';
import { endOf, hasEndedFor } from './its-end.ts';
import { publicationsOf } from './what-is-public.ts';
import { plannedPart } from './what-was-sent.ts';

/** Films that are brought to their networks before anybody sees them, and are not left there by a post that does not go out. */

/** Networks that keep a film which was brought there and is never shown; elsewhere it goes by itself. */
const keeping: readonly NetworkName[] = ['youtube', 'facebook'];

/** Why a film is left there: somebody else shows it. */
export const seenThere = 'seen-there';

type Films = Readonly<Record<string, Brought>>;

const deleteKey = (part: string): string => `delete-film:${part}`;

/** The post with these films brought and not seen. */
export function withFilms({ brought: _before, ...post }: PostState, films: Films): PostState {
  return Object.keys(films).length === 0 ? post : { ...post, brought: films };
}

/** The parts whose films lie on their networks, or may, and are not to be shown any more; what Crier could not delete is told. */
export const leftBehind = (post: PostState, now: Millis): readonly string[] =>
  Object.entries(post.brought ?? {}).flatMap(([part, { left }]) =>
    left === undefined && isOverFor(post, part, now) ? [part] : [],
  );

/** Whether a part goes out no more, whatever somebody lets go on. */
function isOverFor(post: PostState, part: string, now: Millis): boolean {
  const publication = publicationsOf(post)[part];
  switch (post.status.is) {
    case 'cancelled':
    case 'not-to-be-published':
    case 'expired':
      return true;
    case 'taken-down':
      return publication === undefined || publication.is === 'stopped' || publication.is === 'failed';
    case 'published':
    case 'partly-published':
    case 'failed':
      // An edit left that account out, somebody said that it does not go out there, or that it stays so where it was not
      // taken, or its end came before it was let out, or tried, again.
      return (
        publication === undefined ||
        isLeft(publication) ||
        (publication.is === 'stopped' && !mayComeBack(publication)) ||
        ((publication.is === 'stopped' || publication.is === 'failed') && hasEndedFor(post, part, now))
      );
    default:
      return false;
  }
}

/**
 * A change with the films that begin to be brought by it, without those that people see, and with the deletion of those
 * that are not to be shown any more.
 */
export function withBrought(before: PostState, change: Change<PostState>, now: Millis): Change<PostState> {
  const { state } = change;
  const publications = publicationsOf(state);
  const isSeen = (part: string): boolean => {
    const publication = publications[part];
    return publication !== undefined && hasStood(publication);
  };
  const unseen = Object.entries(state.brought ?? {}).filter(([part]) => !isSeen(part));
  // Earlier releases noted none: what waits to be shown is there.
  const there = broughtIn(before).filter((part) => !(part in (before.brought ?? {})) && !isSeen(part));
  const films: Films = Object.fromEntries([
    ...there.map((part): [string, Brought] => [part, {}]),
    ...unseen,
    ...broughtIn(state).map((part): [string, Brought] => [part, {}]),
  ]);
  const after = withFilms(state, films);
  const deletions = Object.keys(films).flatMap((part): readonly NewEffect[] => {
    const due = overFrom(after, part, now);
    return due === undefined || due === overFrom(before, part, now)
      ? []
      : [effect(deleteKey(part), { type: 'post.delete-film', data: { part } }, due)];
  });
  return { ...change, state: after, effects: [...change.effects, ...deletions] };
}

/** From when on a film is not to be shown any more, unless somebody has it tried again before; undefined where nobody knows. */
function overFrom(post: PostState, part: string, now: Millis): Millis | undefined {
  if (post.brought?.[part]?.left !== undefined) return undefined;
  if (isOverFor(post, part, now)) return now;
  return publicationsOf(post)[part]?.is === 'failed' ? endOf(post)?.at : undefined;
}

/** The parts whose films are on their way to networks that keep them, or there already. */
const broughtIn = (post: PostState): readonly string[] =>
  Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
    isBringing(post, part, each) ? [part] : [],
  );

function isBringing(post: PostState, key: string, publication: Publication): boolean {
  const isThere = publication.is === 'queued' && publication.shownFrom !== undefined;
  if (publication.is !== 'sending' && !isThere) return false;
  const part = plannedPart(post, key);
  return (
    part !== undefined &&
    keeping.includes(part.network) &&
    readPart(part).media.some(({ contentType }) => isVideoType(contentType))
  );
}
