import type { AuditNote, Change, NewEffect } from '../core/change.ts';
import { handingNotes, withWhoIsAsked } from './deciding/asked.ts';
import { cardEffects, progressKey } from './telling/cards-to-show.ts';
import { copiesOf } from './telling/copies.ts';
import { waitingForWords } from './correcting/correctable.ts';
import { goneLooksOf } from './correcting/deletions-begun.ts';
import { heldAgain } from './stopping/held-again.ts';
import { tell } from './post-effect.ts';
import type { PostContext, PostState } from './post.ts';
import {
  byHandTimer,
  correctionTimers,
  isStageTimer,
  stageTimerKeys,
  timersOf,
} from './deciding/set-timers.ts';
import { settledByHand } from './by-hand/settled-by-hand.ts';

/** What a decision changed, before the cards that show it are asked for. */
export interface Changed {
  readonly post: PostState;
  readonly audit: readonly AuditNote[];
  readonly effects?: readonly NewEffect[];
  readonly drop?: readonly string[];
}

/**
 * Makes a change of it: what may leave again is held where its hold was never released, or waits for the
 * words that were asked for, the post's turn grows, everybody who is asked now gets a copy, and every copy is
 * asked to show the new state. A later state replaces an earlier one that was not shown yet.
 */
export function changed(
  { post: before, audit, effects = [], drop = [] }: Changed,
  context: PostContext,
): Change<PostState> {
  const again = heldAgain(before, context);
  const held = again?.post ?? before;
  const waiting = waitingForWords(held, context);
  const { post: settled, over, told } = settledByHand(waiting ?? held);
  const post = withWhoIsAsked(settled, context.protocol, context.now);
  const copies = copiesOf(post, context.protocol, context.now);
  const state: PostState = { ...post, turn: post.turn + 1, changedAt: context.now, copies };
  const cards = cardEffects(state, context.now);
  const timers = timersOf(state, context.protocol, context.now);
  const looks = goneLooksOf(state, context.now);
  return {
    state,
    audit: [...audit, ...(again?.audit ?? []), ...handingNotes(settled, post)],
    effects: [
      ...(waiting === undefined
        ? [...effects, ...(again?.effects ?? [])]
        : [...effects.filter(({ key }) => !isStageTimer(key)), ...correctionTimers(waiting, context.now)]),
      ...tell(told, 'do-not-post', context.now),
      ...timers.effects,
      ...looks.effects,
      ...cards,
    ],
    drop: [
      ...drop,
      ...(again?.drop ?? []),
      ...(waiting === undefined ? [] : stageTimerKeys),
      ...over.map((part) => byHandTimer(part)),
      ...timers.drop,
      ...looks.drop,
      progressKey,
    ],
  };
}
