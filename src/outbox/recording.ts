import type { CommandCall } from '../core/aggregate.ts';
import { crier } from '../core/context.ts';
import type { Draft } from '../core/draft.ts';
import type { Executor } from '../core/execute.ts';
import type { Outcome } from '../core/handler.ts';
import { sha256 } from '../core/json.ts';
import type { Log } from '../logging.ts';
import type { Started } from './calls.ts';

export interface RecordingDeps {
  readonly executor: Pick<Executor, 'kindOf'>;
  readonly log: Pick<Log, 'warn'>;
}

export type Recording = ReturnType<typeof createRecording>;

/** @returns how what a run came to is said to the aggregate that it was for, within one commit of it */
export function createRecording({ executor, log }: RecordingDeps) {
  /** Decides the command that an outcome gives, once however often the commit is tried. */
  function record(draft: Draft, { kind, id, type, run, bound, patient }: Started, outcome: Outcome): void {
    const command = bound.settled(outcome);
    if (command === undefined) return;
    // What patient work gives may be given again, so that no key of it need be kept.
    const key = patient ? undefined : sha256(`settled ${run.attempt} ${outcome.outcome}`);
    if (key !== undefined && draft.handled(key)) return;
    const refusal = same(draft, command);
    if (refusal === undefined) {
      if (key !== undefined) draft.handle(key, command.command);
    } else
      log.warn('an outcome was refused', {
        kind,
        id,
        effect: type,
        command: command.command,
        reason: refusal,
      });
  }

  /** Decides a command on the effect's own aggregate. @returns the code of a refusal */
  function same(draft: Draft, command: CommandCall): string | undefined {
    if (command.id !== draft.id || executor.kindOf(command.command) !== draft.kind) {
      throw new Error(`${command.command} is not for the ${draft.kind} whose effect gave it`);
    }
    return draft.call(command, crier)?.refused;
  }

  return { record, same };
}
