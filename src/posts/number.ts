import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import { refuse, type Refusal } from '../core/change.ts';

const stateSchema = z.object({ number: z.int().positive(), post: z.string() });

/** A short number that people say, given to one post for ever. Gaps are allowed, reuse is not. */
export type NumberState = Readonly<z.infer<typeof stateSchema>>;

/** Found by the newest, to give the next one, and by its post, so that a retry finds its own. */
export const numberKind: AggregateKind<NumberState> = {
  kind: 'number',
  form: 1,
  indexes: {
    newest: { order: 'number', direction: 'descending' },
    'of-post': { of: { field: 'post', holds: 'one' }, order: 'number', direction: 'ascending' },
  },
  parse: readsForms('number', { 1: stateSchema }),
  index: (state) => ({ number: state.number, post: state.post }),
};

/** Gives a number to a post, unless another post has it. */
export const takeNumber: Command<NumberState, NumberState, unknown, Refusal<'number-taken'>> = {
  name: 'number.take',
  kind: 'number',
  schema: stateSchema,
  decide: (taken, wanted) => {
    if (taken !== undefined && taken.post !== wanted.post) return refuse('number-taken', {});
    return {
      state: wanted,
      audit: taken === undefined ? [{ action: 'number-given', facts: { ...wanted } }] : [],
      effects: [],
    };
  },
};

/** The id of a number's aggregate, such as `num-142`. */
export const numberId = (number: number): string => `num-${number}`;
