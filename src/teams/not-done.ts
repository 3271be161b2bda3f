import type { Call, Executor } from '../core/execute.ts';
import { UnknownForm } from '../core/forms.ts';

/** What somebody asked for was not carried out, and nobody has refused it: the store failed, or a fault is in us. */
export class NotDone extends Error {
  readonly call: Pick<Call, 'command' | 'id'>;

  constructor({ command, id }: Call, fault: unknown) {
    super('a command was not carried out', { cause: fault });
    this.call = { command, id };
  }
}

/** The same executor, whose faults say which command came to nothing: whoever asked for it is told what is not so. */
export const namingWhatFails = (executor: Executor): Executor => ({
  ...executor,
  execute: async (call) => {
    try {
      return await executor.execute(call);
    } catch (fault) {
      throw fault instanceof UnknownForm ? fault : new NotDone(call, fault);
    }
  },
});
