import type { Millis } from '../../core/time.ts';

/** The input of the question whether a post ends when its corrected text says. */
export const namedEnd = 'named-end';

const answers = ['asked', 'then', 'not-then'] as const;

/** What was answered about the end that a text names, be it nothing yet. Of another end, it is no answer. */
export interface AboutEnd {
  readonly end: Millis;
  readonly is: (typeof answers)[number];
}

/** The answer as the input carries it. */
export const inputAboutEnd = ({ end, is }: AboutEnd): string => `${is} ${String(end)}`;

/** What the input carries; undefined where nothing has been asked. */
export function aboutEnd(input: string | undefined): AboutEnd | undefined {
  const [, said = '', end] = /^([a-z-]+) (\d{1,15})$/u.exec(input ?? '') ?? [];
  const is = answers.find((answer) => answer === said);
  return is === undefined ? undefined : { end: Number(end), is };
}
