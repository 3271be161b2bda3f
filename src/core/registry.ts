import type { z } from 'zod';
import type { AggregateKind, Command } from './aggregate.ts';
import type { Change, Refusal } from './change.ts';
import type { Context } from './context.ts';
import { tooLong } from './too-long.ts';

/** A command with its parameters' type closed over, so that commands of one kind can stand in one list. */
export interface BoundCommand<S, C> {
  readonly name: string;
  readonly kind: string;
  readonly schema: z.ZodType;
  /**
   * Refuses what somebody typed where it is too long.
   *
   * @throws a fault that names the command and the paths, never the values, for parameters of another shape
   */
  readonly decide: (state: S | undefined, params: unknown, context: Context<C>) => Change<S> | Refusal;
}

/** A kind of aggregate with the commands that may change it. */
export interface Registered<S, C> {
  readonly kind: AggregateKind<S>;
  readonly commands: ReadonlyMap<string, BoundCommand<S, C>>;
}

/** A registered kind whose state's type only its visitor sees. */
export interface Aggregate<C> {
  readonly kind: string;
  /** names and shapes of the commands, for help texts, cards and the manifest */
  readonly commands: readonly { readonly name: string; readonly schema: z.ZodType }[];
  readonly visit: <T>(see: <S>(registered: Registered<S, C>) => T) => T;
}

/** Closes over the parameters' type of a command. */
export function bind<S, P, C, R extends Refusal>(command: Command<S, P, C, R>): BoundCommand<S, C> {
  const { name, kind, schema, decide } = command;
  return {
    name,
    kind,
    schema,
    decide: (state, params, context) => {
      const read = schema.safeParse(params);
      if (read.success) return decide(state, read.data, context);
      // Nobody is there to shorten what Crier gives itself.
      const long = context.actor.by === 'person' ? tooLong(read.error.issues, params) : undefined;
      if (long === undefined) throw new AnotherShape(name, read.error.issues);
      return long;
    },
  };
}

/** A command's parameters are of another shape: however often it is given them, it will not take them. */
export class AnotherShape extends Error {
  override readonly name = 'AnotherShape';

  /** A zod message can quote what was given, so only the paths and codes go into the fault. */
  constructor(command: string, issues: readonly z.core.$ZodIssue[]) {
    const faults = issues.map(({ path, code }) => `${path.map(String).join('.') || '(all)'}: ${code}`);
    super(`${command} was given parameters of another shape: ${faults.join(', ')}`);
  }
}

/**
 * Registers a kind with its commands.
 * @throws for a command of another kind or a name given twice
 */
export function aggregate<S, C>(
  kind: AggregateKind<S>,
  commands: readonly BoundCommand<S, C>[],
): Aggregate<C> {
  const byName = new Map<string, BoundCommand<S, C>>();
  for (const command of commands) {
    if (command.kind !== kind.kind) throw new Error(`${command.name} is not a command of ${kind.kind}`);
    if (byName.has(command.name)) throw new Error(`${command.name} is registered twice`);
    byName.set(command.name, command);
  }
  return { kind: kind.kind, commands, visit: (see) => see({ kind, commands: byName }) };
}
