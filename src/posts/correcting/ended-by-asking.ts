import { closed } from './correction-closed.ts';
import { withoutWhatNeverLeft } from './correction-parts.ts';
import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { correctionIsStuck, correctionWaitsForAccount } from './correction-goes-on.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { PostState } from '../post.ts';
import { withPublications } from '../leaving/publications.ts';

/** What asking for another correction ends of one that was agreed to. */

/** The post as somebody corrects it again: of what an earlier correction came to, nothing more comes by itself. */
export function asCorrected(post: PostState): PostState {
  const rest = withoutWhatNeverLeft(post);
  return correctionIsStuck(rest) ? closed(withoutRoom(rest)) : rest;
}

/** A correction that was agreed to and waits for accounts: asking for another one ends it there. */
export interface EndedByAsking {
  /** who agreed to it */
  readonly by: string;
  readonly accounts: readonly string[];
}

/** What asking for another correction ends of one that was agreed to; undefined where nothing of it would still come. */
export function endedByAsking(post: PostState): EndedByAsking | undefined {
  const applied = post.correction?.applied;
  if (applied === undefined || !correctionIsStuck(post)) return undefined;
  // What is only to leave goes on waiting, unless others agree to other words for it.
  const waits = Object.keys(applied.parts).filter(
    (part) => correctionWaitsForAccount(post, part) && publicationsOf(post)[part]?.is !== 'queued',
  );
  const accounts = [...new Set(waits.map(accountOf))];
  return accounts.length === 0 ? undefined : { by: applied.by, accounts };
}

/** The post with what was to make room once its account is connected again staying, all of a thread: it is corrected anew. */
function withoutRoom(post: PostState): PostState {
  const stays = Object.entries(publicationsOf(post)).flatMap(([part, each]): [string, Publication][] =>
    each.is === 'removing' && makesRoom(each)
      ? [[part, { is: 'published', remote: each.remote, at: each.publishedAt }]]
      : [],
  );
  const at = post.correction?.applied?.at;
  return at === undefined ? post : withPublications(post, Object.fromEntries(stays), at);
}
