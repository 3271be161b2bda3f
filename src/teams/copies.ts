import { minutes, type Millis } from '../core/time.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { StopOfPost } from '../posts/stopping/stop-of-post.ts';
import { rightsOf, type Viewer } from './cards/viewer.ts';
import type { Content } from './courier.ts';

/**
 * A post's card as a copy of it shows it; `refreshFor` as in `postCard`, `stop` who stopped what it leaves by, `redrawn`
 * where what its viewer may have begun to write is gone.
 */
export type DrawCopy = (
  post: PostState,
  viewer: Viewer,
  refreshFor: readonly string[],
  stop: StopOfPost | undefined,
  redrawn?: true,
) => Content;

/** Drawings of one state under one protocol within one minute, by what they show. */
interface Drawings {
  readonly rules: DeskRules;
  readonly minute: number;
  readonly drawn: Map<string, Content>;
}

/**
 * Draws the copies of a sent post, which is shown to up to a dozen people at once. Those who may do the same with it
 * see the same, so that one drawing does for them all. A card says times by the minute.
 */
export function drawnOnce(
  draw: DrawCopy,
  { rules, clock }: { readonly rules: () => DeskRules; readonly clock: () => Millis },
): DrawCopy {
  const byState = new WeakMap<PostState, Drawings>();

  function drawingsOf(post: PostState): Map<string, Content> {
    const now = { rules: rules(), minute: Math.floor(clock() / minutes(1)) };
    const before = byState.get(post);
    if (before?.rules === now.rules && before.minute === now.minute) return before.drawn;
    const fresh = { ...now, drawn: new Map<string, Content>() };
    byState.set(post, fresh);
    return fresh.drawn;
  }

  return (post, viewer, refreshFor, stop, redrawn) => {
    const { person: _who, ...rights } = rightsOf(post, viewer, rules(), clock());
    const drawn = drawingsOf(post);
    const key = JSON.stringify([viewer.kind, rights, refreshFor, stop, redrawn]);
    const before = drawn.get(key);
    if (before !== undefined) return before;
    const content = draw(post, viewer, refreshFor, stop, redrawn);
    drawn.set(key, content);
    return content;
  };
}
