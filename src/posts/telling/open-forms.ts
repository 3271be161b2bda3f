import { z } from 'zod';
import { minutes, type Millis } from '../../core/time.ts';
import { showCard } from './cards-to-show.ts';
import { crierCommand } from '../command.ts';
import type { AnswerOnCard, Copy } from '../post.ts';
import { refusePost } from '../refusals.ts';

/**
 * So long a card is left alone after somebody has opened a form on it: enough for a careful text with a telephone call
 * in between. Whoever has gone away without a word finds the post as it stands when they are back from a meeting. An
 * answer stays as long on a card that is drawn anew: a phone may be in a pocket by the time it comes.
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

/** The answers on a card that may not have been read yet; none: nothing is kept of them. */
export function stillSaid({ said = {} }: Pick<Copy, 'said'>, now: Millis): Pick<Copy, 'said'> {
  const fresh = Object.entries(said).filter(([, { at }]) => at + formKept > now);
  return fresh.length === 0 ? {} : { said: Object.fromEntries(fresh) };
}

/** What whoever sees a card was last answered on it, while they may not have read it. */
export const saidTo = (copy: Pick<Copy, 'said'>, person: string, now: Millis): AnswerOnCard | undefined =>
  stillSaid(copy, now).said?.[person];

/** What the owner of a card in their own chat was last answered on it. In a Teams channel everybody reads along. */
export const saidToOwner = (copy: Pick<Copy, 'said' | 'to'>, now: Millis): AnswerOnCard | undefined =>
  copy.to.kind === 'person' ? saidTo(copy, copy.to.person, now) : undefined;

/** What an answer to somebody brings onto a card: a form, words of its own, or nothing but the post. */
export const onCard = z.object({
  form: z.literal(true).exactOptional(),
  said: z
    .object({ words: z.string(), typed: z.record(z.string(), z.string()), turn: z.int() })
    .exactOptional(),
});
export type OnCard = z.infer<typeof onCard>;

/** What somebody has on a card since it was answered to them. */
export function withAnswer(
  { forms = {}, said = {}, ...copy }: Copy,
  person: string,
  { form, said: words }: OnCard,
  now: Millis,
): Copy {
  const { [person]: _form, ...otherForms } = forms;
  const { [person]: _said, ...otherSaid } = said;
  return {
    ...copy,
    ...(form === true
      ? { forms: opened({ forms: otherForms }, person, now) }
      : stillOpen({ forms: otherForms }, now)),
    ...stillSaid(
      { said: words === undefined ? otherSaid : { ...otherSaid, [person]: { ...words, at: now } } },
      now,
    ),
  };
}

/**
 * Somebody was answered on a card. With a form on it, or what they typed once more, the card stays as it is for a while;
 * with words of their own it is drawn anew with these. With neither, what was put off is shown.
 *
 * `seen` is the turn of the post that they saw as they pressed.
 */
export const answeredThere = crierCommand(
  'post.answered-on-card',
  onCard.extend({ activityId: z.string(), person: z.string(), seen: z.int() }),
  (post, { activityId, person, seen, ...answer }, { now }) => {
    const copy = post.copies.find(({ posted }) => posted?.activityId === activityId);
    if (copy === undefined) return refusePost('settled-already', {});
    // What they did not see yet may be on its way still, and come over the answer.
    const isTheirs = copy.to.kind === 'person' && copy.to.person === person;
    const comesOver = answer.said !== undefined && isTheirs && copy.shown > seen;
    const kept: Copy = { ...withAnswer(copy, person, answer, now), ...(comesOver ? { shown: 0 } : {}) };
    const isPutOff = answer.form === true || copy.forms?.[person] !== undefined;
    return {
      state: { ...post, copies: post.copies.map((each) => (each === copy ? kept : each)) },
      audit: [],
      // What waits to be shown there waits on, or no longer.
      effects: isPutOff || comesOver ? [showCard(kept, now)] : [],
    };
  },
);
