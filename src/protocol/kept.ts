import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { crier } from '../core/context.ts';
import type { Executor } from '../core/execute.ts';
import { readsForms } from '../core/forms.ts';
import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import type { Protocol } from './protocol.ts';

const stateSchema = z.object({
  /** the file as it was when this version first came into force */
  text: z.string(),
  at: z.int(),
  /** how far what earlier releases left has been looked through; absent: not at all */
  lookedThrough: z.int().exactOptional(),
});

/** One version of the protocol, under its hash: by what decisions were made then, whatever the file says now. */
export type KeptProtocol = Readonly<z.infer<typeof stateSchema>>;

/** Versions are found by their hash alone. */
export const protocolKind: AggregateKind<KeptProtocol> = {
  kind: 'protocol',
  form: 1,
  indexes: {},
  parse: readsForms('protocol', { 1: stateSchema }),
  index: () => ({}),
};

type KeepRefusal = Refusal<'no-change'> & { readonly facts: Record<never, never> };

/** Keeps the text of a version, once. */
const keep: Command<KeptProtocol, { readonly text: string }, unknown, KeepRefusal> = {
  name: 'protocol.keep',
  kind: protocolKind.kind,
  schema: z.object({ text: z.string() }),
  decide: (before, { text }, { now }) =>
    before === undefined
      ? { state: { text, at: now }, audit: [{ action: 'kept', facts: {} }], effects: [] }
      : { refused: 'no-change', facts: {} },
};

/** Notes that what earlier releases left has been looked through, so that the next start need not. */
const noteLooked: Command<KeptProtocol, { readonly release: number }, unknown, KeepRefusal> = {
  name: 'protocol.looked-through',
  kind: protocolKind.kind,
  schema: z.object({ release: z.int() }),
  decide: (before, { release }) =>
    before === undefined || before.lookedThrough === release
      ? { refused: 'no-change', facts: {} }
      : {
          state: { ...before, lookedThrough: release },
          audit: [{ action: 'looked-through', facts: { release } }],
          effects: [],
        },
};

/** The versions of the protocol as the store keeps them. */
export const protocolAggregate = <C>(): Aggregate<C> =>
  aggregate(protocolKind, [bind(keep), bind(noteLooked)]);

/** Keeps the version in force, before anything is decided under it. */
export async function keepVersion(executor: Executor, { version, text }: Protocol): Promise<void> {
  await executor.execute({ command: keep.name, id: version, params: { text }, actor: crier });
}

/** Raised where what earlier releases left has to be looked through once more. */
const release = 1;

/** Looks through what earlier releases left, once under a version of the protocol. */
export async function lookThroughOnce(
  executor: Executor,
  { version }: Pick<Protocol, 'version'>,
  look: () => Promise<void>,
): Promise<void> {
  const kept = await executor.load(protocolKind, version);
  if (kept?.state.lookedThrough === release) return;
  await look();
  await executor.execute({ command: noteLooked.name, id: version, params: { release }, actor: crier });
}
