import { mayDecide, mayDecideCorrection, mayPassOn } from '../../posts/deciding/may.ts';
import { isOut } from '../../posts/leaving/not-now.ts';
import { whyNotAsked } from '../../posts/deciding/refused-review.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { cameToNothing } from '../../words/several.ts';
import { sayNotice } from '../../words/typed.ts';
import { answered } from '../answered.ts';
import type { Desk } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { withLine } from './besides.ts';
import { openByNumber } from './numbered.ts';

/** What is decided on a card, and by no word that somebody types. */

/** Whether somebody decides on a post, or passes it on, now. */
export const isAsked = (post: PostState, person: string, rules: DeskRules): boolean =>
  mayDecide(post, person, rules) ||
  mayPassOn(post, person, rules) ||
  mayDecideCorrection(post, person, rules);

/**
 * The card of a post, on which it is decided: nobody decides by a number on what they may not have read.
 * @param said `note`: what was said to it, which stands in the card's own field then; `isNo`: that it is not to go out so
 */
export async function decideOnCard(
  number: string,
  turn: Turn,
  desk: Desk,
  { note, isNo }: { readonly note?: string | undefined; readonly isNo?: true } = {},
): Promise<Reply> {
  return await openByNumber(number, turn, desk, 'show', async (post) => {
    const rules = desk.rules();
    if (isAsked(post, turn.person, rules)) {
      const { words } = sayNotice('decide-on-card', { noted: note !== undefined });
      const typed = note === undefined ? {} : { typed: { note } };
      return await Promise.resolve({ show: 'post', post, view: 'main', notice: words, ...typed });
    }
    // It is too late for a no, which can be urgent: whoever says it hears who takes it down.
    const out = isNo === true ? isOut(post, 'refuse', turn.person, rules) : undefined;
    const refusal = out ?? whyNotAsked(post, turn.person, rules, turn.now);
    if (refusal !== undefined) return withNote(answered(refusal, post, turn, desk), note);
    const { is } = post.status;
    // Nothing can be done with it any more, whoever looks.
    const { words } =
      is === 'cancelled' || is === 'not-to-be-published'
        ? sayNotice('over-for-good', { state: is })
        : sayNotice('nothing-to-decide', {});
    return withNote({ show: 'post', post, view: 'main', notice: words }, note);
  });
}

/** A note for which the card has no field is not lost without a word. */
const withNote = (reply: Reply, note: string | undefined): Reply =>
  note === undefined ? reply : withLine(reply, cameToNothing(note));
