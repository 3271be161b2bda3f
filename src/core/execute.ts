import type { AggregateKind, CommandCall } from './aggregate.ts';
import type { Refusal } from './change.ts';
import type { Actor } from './context.ts';
import type { Draft } from './draft.ts';
import type { Waiting } from './effects.ts';
import { stateIn, UnknownForm, unlessNewer } from './forms.ts';
import { sha256 } from './json.ts';
import type { Aggregate } from './registry.ts';
import type { Store } from './store.ts';
import type { Millis } from './time.ts';
import { createWriter } from './writer.ts';
import type { Committed, Writer, WriterDeps } from './writer.ts';

/** What an executor stands on. */
export interface ExecutorDeps<C extends { readonly version: string }> extends WriterDeps<C> {
  readonly aggregates: readonly Aggregate<C>[];
}

/** A command as somebody gives it. */
export interface Call extends CommandCall {
  readonly actor: Actor;
  /** what makes a second giving the same one, such as conversation and activity id; only its hash is kept */
  readonly key?: string;
}

/** What came of a command. */
export type Executed =
  | {
      readonly done: true;
      /** `stateOf` says of which type it is */
      readonly state: unknown;
      readonly kind: object;
      readonly version: string;
      /** the same key had been handled before: nothing was changed now */
      readonly repeated: boolean;
    }
  | { readonly done: false; readonly refusal: Refusal };

/** Nobody can tell whether a command was carried out, now or as it was given before: the store failed, and the look as well. */
export class PerhapsDone extends Error {
  constructor(fault: unknown) {
    super('nobody can tell whether a command was carried out', { cause: fault });
  }
}

/** The state of an aggregate where many are looked through; undefined: there is none, or a newer release has written it. */
export const readableState = async <S>(
  executor: Pick<Executor, 'load'>,
  kind: AggregateKind<S>,
  id: string,
): Promise<S | undefined> => (await unlessNewer(executor.load(kind, id), undefined))?.state;

/** The one way to write. */
export interface Executor {
  readonly store: Store;
  readonly clock: () => Millis;
  readonly kinds: readonly string[];
  /**
   * Decides a command and commits what it changes: state, audit entries, effects and the key, in one document.
   * @throws a fault for an unknown command, parameters of another shape, a store that fails, or a race lost 20 times;
   *   `PerhapsDone` where it may have been written all the same
   */
  execute(call: Call): Promise<Executed>;
  /** @returns the aggregate's state and version; undefined when there is none */
  load<S>(
    kind: AggregateKind<S>,
    id: string,
  ): Promise<{ readonly state: S; readonly version: string } | undefined>;
  /**
   * Changes one aggregate's document. `edit` may run several times (after a lost race it sees the newer
   * document), so it does nothing but read and change its draft. Edits that meet are committed together.
   */
  amend<T>(kind: string, id: string, edit: (draft: Draft) => T): Promise<T>;
  /** @returns which work of an aggregate waits, whatever its state is: for whoever looks through many */
  waiting(kind: string, id: string): Promise<Waiting>;
  /** drops what is remembered of an aggregate whose document was changed or removed in the store itself */
  forget(kind: string, id: string): void;
  /** which kind a command belongs to; undefined for one that is not registered */
  kindOf(command: string): string | undefined;
  /** calls back after every commit, with what must not throw: the change is made; wakes the outbox, tells anchors */
  onCommit(tell: (committed: Committed) => void): () => void;
}

/** Builds the executor over its store and registered kinds. */
export function createExecutor<C extends { readonly version: string }>(deps: ExecutorDeps<C>): Executor {
  const listeners = new Set<(committed: Committed) => void>();
  const committed = (commit: Committed): void => {
    for (const tell of listeners) tell(commit);
  };
  const writers = new Map<string, Writer>();
  const kindOf = new Map<string, string>();
  for (const registered of deps.aggregates) {
    if (writers.has(registered.kind)) throw new Error(`the kind ${registered.kind} is registered twice`);
    writers.set(
      registered.kind,
      registered.visit((typed) => createWriter(deps, typed, committed)),
    );
    for (const { name } of registered.commands) kindOf.set(name, registered.kind);
  }
  const writerOf = (kind: string): Writer => {
    const writer = writers.get(kind);
    if (writer === undefined) throw new Error(`the kind ${kind} is not registered`);
    return writer;
  };

  return {
    store: deps.store,
    clock: deps.clock,
    kinds: [...writers.keys()],
    kindOf: (command) => kindOf.get(command),
    execute: async ({ command, id, params, actor, key }) => {
      const kind = kindOf.get(command);
      if (kind === undefined) throw new Error(`the command ${command} is not registered`);
      const seed = deps.randomId();
      const kept = key === undefined ? undefined : sha256(key);
      const writer = writerOf(kind);
      const decide = (draft: Draft): { readonly repeated: boolean; readonly refusal?: Refusal } => {
        if (kept !== undefined && draft.handled(kept)) return { repeated: true };
        const refusal = draft.call({ command, id, params }, actor, seed);
        if (refusal !== undefined) return { repeated: false, refusal };
        if (kept !== undefined) draft.handle(kept, command);
        return { repeated: false };
      };
      const amended = await writer.amend(id, decide).catch(async (fault: unknown) => {
        // It may have been written all the same, by a store whose answer did not come, or as it was given before.
        if (kept === undefined || fault instanceof UnknownForm) throw fault;
        const seen = await writer
          .amend(id, (draft) => draft.handled(kept))
          .catch(() => {
            throw new PerhapsDone(fault);
          });
        if (!seen.value) throw fault;
        return { ...seen, value: { repeated: true, refusal: undefined } };
      });
      if (amended.value.refusal !== undefined) return { done: false, refusal: amended.value.refusal };
      const { value, state, version } = amended;
      return { done: true, state, kind: writer.kind, version, repeated: value.repeated };
    },
    load: async (kind, id) => {
      const writer = writers.get(kind.kind);
      if (writer?.kind === kind && !deps.store.shared) {
        const { kind: of } = writer;
        const loaded = await writer.load(id);
        return loaded === undefined
          ? undefined
          : { state: stateOf(kind, { kind: of, state: loaded.state }), version: loaded.version };
      }
      const document = await deps.store.get(kind.kind, id);
      return document === undefined
        ? undefined
        : { state: stateIn(kind, document), version: document.version };
    },
    forget: (kind, id) => writers.get(kind)?.forget(id),
    amend: async (kind, id, edit) => (await writerOf(kind).amend(id, edit)).value,
    waiting: async (kind, id) => await writerOf(kind).waiting(id),
    onCommit: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}

/** A state as the writer of its kind holds it. */
interface OfKind {
  readonly kind: object;
  readonly state: unknown;
}

/** Whoever writes a kind's aggregates has its states from its parse and its decisions alone. */
function isOf<S>(kind: AggregateKind<S>, held: OfKind): held is { readonly kind: object; readonly state: S } {
  return held.kind === kind;
}

/**
 * @returns the state after a command as its kind has it
 * @throws when the command was for an aggregate of another kind
 */
export function stateOf<S>(kind: AggregateKind<S>, held: OfKind): S {
  if (isOf(kind, held)) return held.state;
  throw new Error(`a state was asked for as a ${kind.kind}, which it is not`);
}
