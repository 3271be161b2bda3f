import type { PostState } from '../posts/post.ts';
import type { PlannedTime } from '../posts/writing/revision.ts';
import { parseTypedTime } from '../protocol/typed-time.ts';
import { sayTypedTime } from '../words/typed-times.ts';
import type { TimeMoved } from '../words/late-forms.ts';
import { typedForm } from './cards/typed-form.ts';
import type { OnPost } from './press.ts';
import type { Inputs, Turn } from './turn.ts';

/** What a field for a time says: nothing typed means none; the problem is said beside the field. */
export type Field<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: string };

/** What was typed into a field for a time. */
export function timeField(
  typed: string | undefined,
  turn: Turn,
  parse: typeof parseTypedTime,
): Field<PlannedTime | undefined> {
  const text = typed?.trim() ?? '';
  if (text === '') return { ok: true, value: undefined };
  const parsed = parse(text, turn.now);
  if (!parsed.ok) return { ok: false, words: sayTypedTime(parsed, turn.now) };
  return { ok: true, value: { wall: parsed.wall, zone: parsed.zone, at: parsed.at } };
}

/**
 * Where nobody touched the time in a form, and another one is planned by now, or none: that counts, and whoever pressed
 * is told. A time by itself makes no other revision, so nothing else would tell that the form is older.
 */
export function timeMoved({ when: planned }: PostState, card: OnPost, inputs: Inputs): TimeMoved | undefined {
  const was = card.planned;
  if (was === undefined || inputs['when']?.trim() !== was || was === typedForm(planned)) return undefined;
  return planned === undefined ? { was } : { was, at: planned.at };
}
