import type { ChoiceField, Field } from './data.ts';
import { cardText } from './text.ts';
import type { PostCardOptions } from './viewer.ts';

/** Inputs with what was typed before, else what stands; and what is wrong with it, beside the field. */
export function formFields(options: PostCardOptions) {
  const field = (id: string, value: string): Field => ({
    show: true,
    value: options.typed?.[id] ?? value,
    error: cardText(options.errors?.[id] ?? ''),
  });
  const choices = (id: string, value: string, of: ChoiceField['choices']): ChoiceField => ({
    ...field(id, value),
    choices: of,
  });
  return { field, choices };
}

export type FormFields = ReturnType<typeof formFields>;
