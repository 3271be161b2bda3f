import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import { idFrom } from '../core/json.ts';

const stateSchema = z.object({
  /** the conversation, without a thread */
  conversationId: z.string(),
  serviceUrl: z.string(),
});

/** A conversation with several people, of which Teams has told that somebody came or went. Who is in it, Teams knows. */
export type RosterState = Readonly<z.infer<typeof stateSchema>>;

/** Nobody lists them. */
export const rosterKind: AggregateKind<RosterState> = {
  kind: 'roster',
  form: 1,
  indexes: {},
  parse: readsForms('roster', { 1: stateSchema }),
  index: () => ({}),
};

/** The id of a conversation's aggregate: hashed, since Teams' ids have characters that stores refuse. */
export const rosterId = (conversationId: string): string => idFrom('roster', conversationId);

/** Somebody came or went: what stands there is looked after, also where the process that heard of it dies. */
export const membersChanged: Command<RosterState, RosterState, unknown, never> = {
  name: 'roster.changed',
  kind: 'roster',
  schema: stateSchema,
  decide: (_before, state, { now }) => ({
    state,
    audit: [],
    effects: [{ key: 'look', type: 'roster.look', data: {}, due: now }],
  }),
};
