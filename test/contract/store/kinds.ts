import type { KindDeclaration } from '../../../src/core/store.ts';

/** The kinds of the contract: a filter by one value, by each of several, by none, and a search. */
export const kinds = [
  {
    kind: 'post',
    form: 1,
    indexes: {
      byState: { of: { field: 'state', holds: 'one' }, order: 'at', direction: 'descending' },
      byTopic: { of: { field: 'topics', holds: 'each' }, order: 'at', direction: 'ascending' },
      byNumber: { of: { field: 'number', holds: 'one' }, order: 'at', direction: 'ascending' },
      calendar: { order: 'at', direction: 'ascending' },
      byTitle: { order: 'title', direction: 'descending' },
    },
    search: { order: 'at' },
  },
  { kind: 'account', form: 2, indexes: {} },
] as const satisfies readonly KindDeclaration[];
