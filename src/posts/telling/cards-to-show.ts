import type { NewEffect } from '../../core/change.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { effect } from '../post-effect.ts';
import type { Copy, PostState } from '../post.ts';

/** Every card of the post that can be reached is to show its newest state. */
export function cardEffects({ copies }: PostState, now: number): readonly NewEffect[] {
  return copies.filter((copy) => copy.unreachable === undefined).map((copy) => showCard(copy, now));
}

/** The key of the timer at which the cards show what has come of it so far; whatever draws them before drops it. */
export const progressKey = 'timer:progress';

/** So long the cards wait for the other accounts: those that answer together are drawn at once, and a phone once. */
export const drawnTogether: Millis = seconds(2);

/** What has come of it on one account is to be shown soon, also while another account still waits. */
export const showSoon = (now: Millis): NewEffect => ({
  ...effect(progressKey, { type: 'post.timer', data: { what: 'progress', review: '' } }, now + drawnTogether),
  unlessAsked: true,
});

/** The key of the effect that shows a copy the post's newest state. */
export const cardKey = (copy: string): string => `card:${copy}`;

/** A copy is to show the post's newest state: at once, or when the forms that are open on it are done with. */
export const showCard = (copy: Copy, now: Millis): NewEffect =>
  effect(
    cardKey(copy.key),
    { type: 'post.show-card', data: { copy: copy.key } },
    Math.max(now, untouchedUntil(copy)),
  );

/**
 * Until when a card is not drawn anew, since Teams replaces all of a card and what somebody has typed in it would be
 * gone. 0 where no form was opened on it.
 */
export const untouchedUntil = ({ forms = {} }: Copy): Millis => Math.max(0, ...Object.values(forms));
