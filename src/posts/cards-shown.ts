import { z } from 'zod';
import type { NewEffect } from '../core/change.ts';
import { askedAndHere, changed, effect, isAway, tell, withCard } from './changed.ts';
import { withHandsNow } from './asked-by-hand.ts';
import { crierCommand } from './command.ts';
import type { Copy } from './post.ts';
import { refusePost } from './refusals.ts';

/** Records what a copy of the card shows now; a state that came meanwhile is asked for by its own effect. */
export const recordShown = crierCommand(
  'post.shown',
  z.object({
    copy: z.string(),
    turn: z.int(),
    posted: z.object({ activityId: z.string(), conversationId: z.string() }),
  }),
  (post, { copy: key, turn, posted }) => {
    const copy = post.copies.find((each) => each.key === key);
    if (copy === undefined) return refusePost('settled-already', {});
    const shown: Copy = { key: copy.key, to: copy.to, posted, shown: Math.max(turn, copy.shown) };
    return {
      state: { ...post, copies: post.copies.map((each) => (each.key === key ? shown : each)) },
      audit: [],
      effects: [],
    };
  },
);

/** Records that nobody can be reached at a copy's place; the other cards say so. A gone place is not tried again. */
export const recordUnreachable = crierCommand(
  'post.unreachable',
  z.object({ copy: z.string() }),
  (post, { copy: key }, context) => {
    const copy = post.copies.find((each) => each.key === key);
    if (copy === undefined || copy.unreachable !== undefined) return refusePost('settled-already', {});
    const gone: Copy = { key: copy.key, to: copy.to, shown: copy.shown, unreachable: true };
    return changed(
      {
        post: { ...post, copies: post.copies.map((each) => (each.key === key ? gone : each)) },
        audit: [{ action: 'not-reached', facts: { copy: key } }],
      },
      context,
    );
  },
);

/** Somebody who was asked is away, or is back: whoever is asked now gets a card, and the cards say who is awaited. */
export const reconsider = crierCommand(
  'post.reconsider',
  z.object({ person: z.string() }),
  (post, { person }, context) =>
    changed(
      {
        post: withHandsNow(post, context),
        audit: [
          {
            action: isAway(person, context.protocol, context.now) ? 'asked-person-away' : 'asked-person-back',
            facts: { person },
          },
        ],
        effects:
          askedAndHere(post, context.protocol, context.now).length > 0
            ? []
            : tell(withCard([post.author, ...context.protocol.desk.officers], post), 'all-away', context.now),
      },
      context,
    ),
);

/** A lost card is asked for again, such as when somebody has become reachable. */
export const showAgain = crierCommand(
  'post.show-again',
  z.object({ copy: z.string() }),
  (post, { copy: key }, context) => {
    const copies = post.copies.map((each): Copy => {
      if (each.key !== key) return each;
      return { key: each.key, to: each.to, shown: 0 };
    });
    const effects: NewEffect[] = [
      effect(`card:${key}`, { type: 'post.show-card', data: { copy: key } }, context.now),
    ];
    return { state: { ...post, copies }, audit: [{ action: 'show-again', facts: { copy: key } }], effects };
  },
);
