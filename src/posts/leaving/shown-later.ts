import type { Millis } from '../../core/time.ts';
import type { NetworkName, Protocol } from '../../protocol/protocol.ts';
import { publishTime, shownOn } from '../writing/draft.ts';
import type { PostState } from '../post.ts';

/** What says when a film is shown. */
type Timed = Pick<PostState, 'revision' | 'when'>;

/**
 * From when on the film of a post is shown on a network, where that is later than the post goes out: it is brought
 * there before, and nobody sees it.
 */
export function shownFrom(
  { revision, when }: Timed,
  network: NetworkName | undefined,
  now: Millis,
): Millis | undefined {
  const out = publishTime(when, now);
  const shown = shownOn(network, revision, out);
  return shown > out ? shown : undefined;
}

/** When the first of a post is seen, where every one of its accounts shows it later than it goes out. */
export function firstSeen(post: Timed, rules: Protocol, now: Millis): Millis | undefined {
  const times = post.revision.accounts.map((id) => shownFrom(post, rules.accounts[id]?.network, now));
  const later = times.filter((at) => at !== undefined);
  return later.length === 0 || later.length < times.length ? undefined : Math.min(...later);
}
