import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { crier } from '../core/context.ts';
import type { Executor } from '../core/execute.ts';
import { readsForms, unlessNewer } from '../core/forms.ts';
import { handler, type BoundHandler } from '../core/handler.ts';
import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import { hours, minutes } from '../core/time.ts';
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

const lookThrough = 'protocol.look-through';

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

/** Raised where what earlier releases left has to be looked through once more. */
const release = 3;

/**
 * Asks for a look through what earlier releases left, once under a version of the protocol. It reads every post, which
 * no start waits for.
 */
const askForLook: Command<KeptProtocol, Record<never, never>, unknown, KeepRefusal> = {
  name: 'protocol.ask-for-look',
  kind: protocolKind.kind,
  schema: z.object({}),
  decide: (before, _params, { now }) =>
    before === undefined || before.lookedThrough === release
      ? { refused: 'no-change', facts: {} }
      : {
          state: before,
          audit: [],
          effects: [{ key: 'look-through', type: lookThrough, data: {}, due: now }],
        },
};

/** Notes that what earlier releases left has been looked through, so that the next start need not. */
const noteLooked: Command<KeptProtocol, { readonly release: number }, unknown, KeepRefusal> = {
  name: 'protocol.looked-through',
  kind: protocolKind.kind,
  schema: z.object({ release: z.int() }),
  decide: (before, { release: looked }) =>
    before === undefined || before.lookedThrough === looked
      ? { refused: 'no-change', facts: {} }
      : {
          state: { ...before, lookedThrough: looked },
          audit: [{ action: 'looked-through', facts: { release: looked } }],
          effects: [],
        },
};

/** The versions of the protocol as the store keeps them. */
export const protocolAggregate = <C>(): Aggregate<C> =>
  aggregate(protocolKind, [bind(keep), bind(askForLook), bind(noteLooked)]);

/** Keeps the version in force, before anything is decided under it, and asks for the look under it. */
export async function keepVersion(executor: Executor, { version, text }: Protocol): Promise<void> {
  // A version that a newer release has written is kept, and looked through by that.
  for (const call of [
    { command: keep.name, params: { text } },
    { command: askForLook.name, params: {} },
  ])
    await unlessNewer(executor.execute({ ...call, id: version, actor: crier }), undefined);
}

/** Looks through what earlier releases left, beside everything else, and again from the start where its process dies. */
export function lookThroughHandler(look: () => Promise<void>): BoundHandler {
  return handler({
    type: lookThrough,
    schema: z.object({}),
    deadline: minutes(5),
    onLostLease: 'again',
    patient: true,
    before: async () => await Promise.resolve({ go: true, longest: hours(2) }),
    run: async () => {
      await look();
      return { outcome: 'done' };
    },
    settled: ({ id }, { outcome }) =>
      outcome === 'done' ? { command: noteLooked.name, id, params: { release } } : undefined,
  });
}
