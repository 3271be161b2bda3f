import type { NewEffect } from '../core/change.ts';
import type { Told } from './telling/tellings.ts';

/** An effect of a post: which handler runs it, and with what. */
export type PostEffect =
  | { readonly type: 'post.show-card'; readonly data: { readonly copy: string } }
  /** a card that no longer follows the post says so */
  | { readonly type: 'post.retire-card'; readonly data: RetiredCard }
  | { readonly type: 'post.timer'; readonly data: { readonly what: TimerName; readonly review: string } }
  | {
      readonly type: 'post.tell';
      readonly data: { readonly person: string; readonly about: Told; readonly late?: true };
    }
  | {
      readonly type: 'post.tell-channel';
      readonly data: { readonly of: string; readonly people: readonly string[] };
    }
  | { readonly type: 'post.publish'; readonly data: { readonly part: string } }
  | { readonly type: 'post.look'; readonly data: { readonly part: string; readonly attempt: string } }
  | {
      readonly type: 'post.look-whether-gone';
      readonly data: { readonly part: string; readonly attempt: string };
    }
  | { readonly type: 'post.take-down'; readonly data: { readonly part: string } }
  | { readonly type: 'post.delete-film'; readonly data: { readonly part: string } }
  | { readonly type: 'post.note-last'; readonly data: { readonly part: string } }
  | { readonly type: 'post.put-right'; readonly data: { readonly part: string } };

/** A card that showed the post, and where it stands; `of` is whose Teams channel it stood in, if in one. */
export type RetiredCard = Readonly<
  Record<'activityId' | 'conversationId' | 'serviceUrl', string> & { of?: string }
>;

/**
 * What a timer of a post is for: `planned` is when what still waits for a decision was to go out, `day` when a word for
 * a day in it comes to mean another, `over` when an end comes that its words name, `training` when somebody's who writes on it runs out, `end` when the post ends, `by-hand` reminds whoever does something by hand,
 * `correction` those who have not agreed to one yet, `progress` is when the cards say what has come of it so far, and `not-out`
 * tells of an emergency that is not out everywhere by then.
 */
export type TimerName = (typeof timerNames)[number];
export const timerNames = [
  'remind',
  'escalate',
  'expire',
  'planned',
  'day',
  'over',
  'training',
  'end',
  'by-hand',
  'correction',
  'progress',
  'not-out',
] as const;

/** An effect by its key, typed by its handler. */
export function effect(key: string, of: PostEffect, due: number): NewEffect {
  return { key, type: of.type, data: of.data, due };
}

/** Messages to people about the post: what is not told yet is not lost where something else happens to it meanwhile. */
export function tell(people: readonly string[], about: Told, now: number): readonly NewEffect[] {
  return people.map((person) =>
    effect(`tell:${person}:${about}`, { type: 'post.tell', data: { person, about } }, now),
  );
}

/** The same of a post that did not go out as it was to, of which somebody hears in one message with all others that did not. */
export function tellOfLate(people: readonly string[], about: Told, now: number): readonly NewEffect[] {
  return people.map((person) =>
    effect(`tell:${person}:${about}`, { type: 'post.tell', data: { person, about, late: true } }, now),
  );
}

/** Whether it is such a message. */
export const isOfLate = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'late' in data;

/** To whom a message is by the key of its effect: nobody, where it is none. */
export function toldBy(key: string): readonly string[] {
  const [what, person = ''] = key.split(':');
  return what === 'tell' ? [person] : [];
}
