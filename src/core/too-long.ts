import type { z } from 'zod';
import type { Refusal } from './change.ts';

/** A text among a command's parameters that is longer than the command takes. */
export type LongText = {
  /** where it stands among them, such as `media`, `2`, `alt` */
  readonly at: readonly string[];
  /** in UTF-16 units, as its field counts them */
  readonly characters: number;
  readonly most: number;
};

/** Texts are longer than they may be: whoever typed them shortens them. */
export type TooLong = Refusal<'too-long'> & { readonly facts: { readonly texts: readonly LongText[] } };

/** Whether a refusal is of texts that are too long. */
export const isTooLong = (refusal: Refusal): refusal is TooLong => refusal.refused === 'too-long';

/** @returns which texts are too long, where nothing else is wrong with the parameters; undefined where something is */
export function tooLong(issues: readonly z.core.$ZodIssue[], params: unknown): TooLong | undefined {
  const texts = issues.flatMap((issue): LongText[] => {
    const text = issue.path.reduce(within, params);
    if (issue.code !== 'too_big' || typeof text !== 'string') return [];
    return [{ at: issue.path.map(String), characters: text.length, most: Number(issue.maximum) }];
  });
  return texts.length === 0 || texts.length < issues.length
    ? undefined
    : { refused: 'too-long', facts: { texts } };
}

const within = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
