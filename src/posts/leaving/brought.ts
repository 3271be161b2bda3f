import type { Change, NewEffect } from '../../core/change.ts';
import type { Millis } from '../../core/time.ts';
import { hasStood, type Publication } from '../../dispatch/publication.ts';
import { mayComeBack } from '../../dispatch/stop.ts';
import { isVideoType } from '../../protocol/media-limits.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { effect } from '../post-effect.ts';
import type { Brought, PostState } from '../post.ts';
import { readPart } from '../writing/plan.ts';
import { hasEndedFor } from './its-end.ts';
import { publicationsOf } from './what-is-public.ts';
import { plannedPart } from './what-was-sent.ts';

/** Films that are brought to their networks before anybody sees them, and are not left there by a post that does not go out. */

/** Networks that keep a film which was brought there and is never shown; elsewhere it goes by itself. */
const keeping: readonly NetworkName[] = ['youtube', 'facebook'];

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
      // An edit left that account out, somebody said that it does not go out there, or its end came while it was held.
      return (
        publication === undefined ||
        (publication.is === 'stopped' && (!mayComeBack(publication) || hasEndedFor(post, part, now)))
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
  const begun = Object.entries(publications).filter(([part, each]) => isBringing(state, part, each));
  const films = { ...Object.fromEntries(unseen), ...Object.fromEntries(begun.map(([part]) => [part, {}])) };
  const after = withFilms(state, films);
  const [over, already] = [leftBehind(after, now), leftBehind(before, now)];
  const deletions = over
    .filter((part) => !already.includes(part))
    .map((part): NewEffect => effect(deleteKey(part), { type: 'post.delete-film', data: { part } }, now));
  return { ...change, state: after, effects: [...change.effects, ...deletions] };
}

/** Whether a film is on its way to a network that keeps it. */
function isBringing(post: PostState, key: string, publication: Publication): boolean {
  if (publication.is !== 'sending') return false;
  const part = plannedPart(post, key);
  return (
    part !== undefined &&
    keeping.includes(part.network) &&
    readPart(part).media.some(({ contentType }) => isVideoType(contentType))
  );
}
