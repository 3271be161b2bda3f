import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { crier } from '../core/context.ts';
import { readableState, stateOf, type Executor } from '../core/execute.ts';
import { readsForms, unlessNewer } from '../core/forms.ts';
import { canonical } from '../core/json.ts';
import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import type { Named, Protocol } from './protocol.ts';
import { networkNames } from './protocol.ts';

const stateSchema = z.object({
  people: z.record(z.string(), z.object({ name: z.string() })),
  departments: z.record(z.string(), z.object({ name: z.string(), short: z.string() })),
  accounts: z.record(z.string(), z.object({ name: z.string(), network: z.enum(networkNames) })),
});

/** What every version of the protocol so far called its people, departments and accounts, each as it was last. */
export const namesKind: AggregateKind<Named> = {
  kind: 'protocol-names',
  form: 1,
  indexes: {},
  parse: readsForms('protocol-names', { 1: stateSchema }),
  index: () => ({}),
};

type NamesRefusal = Refusal<'no-change'> & { readonly facts: Record<never, never> };

/** Adds the names of one more version. */
const note: Command<Named, Named, unknown, NamesRefusal> = {
  name: 'protocol-names.note',
  kind: namesKind.kind,
  schema: stateSchema,
  decide: (before, { people, departments, accounts }) => {
    const state = {
      people: { ...before?.people, ...people },
      departments: { ...before?.departments, ...departments },
      accounts: { ...before?.accounts, ...accounts },
    };
    if (canonical(state) === canonical(before)) return { refused: 'no-change', facts: {} };
    return { state, audit: [{ action: 'names-noted', facts: {} }], effects: [] };
  },
};

/** The names as the store keeps them. */
export const namesAggregate = <C>(): Aggregate<C> => aggregate(namesKind, [bind(note)]);

const id = 'names';

/** Notes the names of the version in force. @returns those of all versions so far */
export async function noteNames(executor: Executor, protocol: Protocol): Promise<Named> {
  const params: Named = stateSchema.parse(protocol);
  const noting = executor.execute({ command: note.name, id, params, actor: crier });
  const noted = await unlessNewer(noting, undefined);
  if (noted?.done === true) return stateOf(namesKind, noted);
  return (await readableState(executor, namesKind, id)) ?? params;
}
