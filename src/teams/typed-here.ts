import { sha256 } from '../core/json.ts';
import { mayDecideCorrection, mayTurnDown } from '../posts/deciding/may.ts';
import type { Copy, DeskRules, PostState } from '../posts/post.ts';
import type { Content } from './courier.ts';

/** By what two drawings of a card differ that read the same: which turn a press names, and what a client fetches. */
const unread: ReadonlySet<string> = new Set(['turn', 'url']);

/**
 * What a card in somebody's own chat asks them to decide, as a hash of all that they read there; undefined where they have
 * nothing to tick or to write. Nobody can tell whether they have begun to, and Teams takes that with the card.
 */
export function asksOf(
  post: PostState,
  { to }: Pick<Copy, 'to'>,
  content: Content,
  rules: DeskRules,
): string | undefined {
  if (to.kind !== 'person' || 'text' in content) return undefined;
  if (!mayTurnDown(post, to.person, rules) && !mayDecideCorrection(post, to.person, rules)) return undefined;
  return sha256(JSON.stringify(content.card, (key, value: unknown) => (unread.has(key) ? undefined : value)));
}
