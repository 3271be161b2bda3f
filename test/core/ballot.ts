import { z } from 'zod';
import type { AggregateKind, Command } from '../../src/core/aggregate.ts';
import { readsForms } from '../../src/core/forms.ts';
import { refuse } from '../../src/core/change.ts';
import { aggregate, bind } from '../../src/core/registry.ts';

/** A small aggregate to write with: a ballot that people vote in, with a note that is personal. */
export interface Ballot {
  readonly votes: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly receipts: readonly string[];
  readonly open: boolean;
}

export interface Rules {
  readonly version: string;
  readonly most: number;
}

const schema = z.object({
  votes: z.record(z.string(), z.number()),
  notes: z.array(z.string()),
  receipts: z.array(z.string()),
  open: z.boolean(),
});

export const ballotKind: AggregateKind<Ballot> = {
  kind: 'ballot',
  form: 1,
  indexes: { size: { order: 'size', direction: 'ascending' } },
  search: { order: 'size' },
  parse: readsForms('ballot', { 1: schema }),
  index: ({ votes }) => ({ size: Object.keys(votes).length }),
  words: ({ votes }) => Object.keys(votes),
  redact: (state) => ({ state: { ...state, notes: [] }, effects: [] }),
};

const vote: Command<Ballot, { choice: string; note?: string | undefined }, Rules> = {
  name: 'ballot.vote',
  kind: 'ballot',
  schema: z.object({ choice: z.string().min(1), note: z.string().max(1_000).optional() }),
  decide: (state, { choice, note }, context) => {
    if (state?.open === false) return refuse('closed');
    const before = state ?? { votes: {}, notes: [], receipts: [], open: true };
    const count = (before.votes[choice] ?? 0) + 1;
    if (count > context.protocol.most) return refuse('too-many', { choice });
    return {
      state: {
        ...before,
        votes: { ...before.votes, [choice]: count },
        notes: note === undefined ? before.notes : [...before.notes, note],
        receipts: [...before.receipts, context.newId('r')],
      },
      audit: [
        { action: 'voted', facts: { choice, count }, ...(note === undefined ? {} : { personal: { note } }) },
      ],
      effects: [{ key: `tell:${choice}`, type: 'tell', data: { choice }, due: context.now }],
    };
  },
};

const close: Command<Ballot, Record<string, never>, Rules> = {
  name: 'ballot.close',
  kind: 'ballot',
  schema: z.object({}).strict(),
  decide: (state) => {
    if (state === undefined) return refuse('missing');
    return {
      state: { ...state, open: false },
      audit: [{ action: 'closed', facts: {} }],
      effects: [],
      drop: ['tell:*'],
    };
  },
};

export const ballots = aggregate(ballotKind, [bind(vote), bind(close)]);
