import { z } from 'zod';
import { minutes, type Millis } from '../../core/time.ts';
import { showCard } from './cards-to-show.ts';
import { crierCommand } from '../command.ts';
import type { Copy } from '../post.ts';
import { refusePost } from '../refusals.ts';

/**
 * So long a card is left alone after somebody has opened a form on it: enough for a careful text with a telephone call
 * in between. Whoever has gone away without a word finds the post as it stands when they are back from a meeting.
 */
export const formKept: Millis = minutes(30);

/** The forms on a card once somebody has opened theirs; those of others that are still open stay. */
export const opened = (
  copy: Pick<Copy, 'forms'>,
  person: string,
  now: Millis,
): NonNullable<Copy['forms']> => ({
  ...stillOpen(copy, now).forms,
  [person]: now + formKept,
});

/** The forms on a card that are not over; none: nothing is kept of them. */
export function stillOpen({ forms = {} }: Pick<Copy, 'forms'>, now: Millis): Pick<Copy, 'forms'> {
  const open = Object.entries(forms).filter(([, until]) => until > now);
  return open.length === 0 ? {} : { forms: Object.fromEntries(open) };
}

/** Whose form, on which card. */
const onCard = z.object({ activityId: z.string(), person: z.string() });

/** Somebody has opened a form on a card, or what they typed came back to it: the card stays as it is for a while. */
export const formOpened = crierCommand(
  'post.form-opened',
  onCard,
  (post, { activityId, person }, { now }) => {
    const copy = post.copies.find(({ posted }) => posted?.activityId === activityId);
    if (copy === undefined) return refusePost('settled-already', {});
    const kept: Copy = { ...copy, forms: opened(copy, person, now) };
    return {
      state: { ...post, copies: post.copies.map((each) => (each === copy ? kept : each)) },
      audit: [],
      // What waits to be shown there waits on.
      effects: [showCard(kept, now)],
    };
  },
);

/** They have saved it, gone back or pressed something else there: what was put off is shown. */
export const formClosed = crierCommand(
  'post.form-closed',
  onCard,
  (post, { activityId, person }, { now }) => {
    const copy = post.copies.find(({ posted }) => posted?.activityId === activityId);
    if (copy?.forms?.[person] === undefined) return refusePost('settled-already', {});
    const {
      forms: { [person]: _over, ...others },
      ...rest
    } = copy;
    const closed: Copy = { ...rest, ...stillOpen({ forms: others }, now) };
    return {
      state: { ...post, copies: post.copies.map((each) => (each === copy ? closed : each)) },
      audit: [],
      effects: [showCard(closed, now)],
    };
  },
);
