import { crier } from '../../core/context.ts';
import type { Executor } from '../../core/execute.ts';
import type { Network, PublishOutcome, Remote } from '../network.ts';
import { canEdit } from '../../dispatch/put-right.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { entryKind } from './entry.ts';
import { editOf, saidOf } from './said.ts';

/** What stands in a rehearsal is told from what stands on a network by the beginning of its id. */
const mark = 'rehearsed-';
/** Whether something stands in a rehearsal alone. */
const isRehearsed = ({ remoteId }: Remote): boolean => remoteId.startsWith(mark);

/**
 * An account that rehearses while others are real: what is posted stays in Crier's own store, and nothing is sent
 * anywhere. What stands on the real account from before is left alone and said to be out of reach.
 */
export function keptTimeline(network: NetworkName, executor: Executor): Network {
  const outOfReach: PublishOutcome = { outcome: 'refused', reason: 'rehearses' };
  const give = async (command: string, id: string, params: unknown): Promise<boolean> =>
    (await executor.execute({ command, id, params, actor: crier })).done;
  const edit: NonNullable<Network['edit']> = async (remote, part, _key, note) => {
    const isDone =
      isRehearsed(remote) && (await give('timeline-entry.change', remote.remoteId, editOf(part, note)));
    return isDone ? { outcome: 'published', remote } : outOfReach;
  };
  return {
    name: network,
    // Whether an attempt before it rehearsed reached the real account can not be told from here.
    canLookUp: false,
    publish: async (part, key) => {
      const id = `${mark}${key.id}`;
      const { replyTo, quote } = part;
      // The same id over every attempt: writing it again changes nothing.
      await give('timeline-entry.post', id, {
        account: part.account,
        ...saidOf(part),
        ...(replyTo === undefined ? {} : { replyTo: replyTo.remoteId }),
        ...(quote === undefined ? {} : { quote: quote.url }),
      });
      return { outcome: 'published', remote: { remoteId: id, url: '' } };
    },
    find: async (_part, key) => {
      const id = `${mark}${key.id}`;
      return (await executor.load(entryKind, id)) === undefined
        ? { found: 'cannot-look' }
        : { found: true, remotes: [{ remoteId: id, url: '' }] };
    },
    remove: async (remote) => {
      if (!isRehearsed(remote)) return outOfReach;
      await give('timeline-entry.remove', remote.remoteId, {});
      return { outcome: 'published', remote };
    },
    stands: async (remote) => {
      if (!isRehearsed(remote)) return 'unseen';
      const entry = await executor.load(entryKind, remote.remoteId);
      return entry === undefined || entry.state.removedAt !== undefined ? 'gone' : 'there';
    },
    ...(canEdit(network) ? { edit } : { cannot: ['edit'] as const }),
  };
}

/** A real account that rehearsed before: what stands in the rehearsal comes down and is changed there. */
export function afterRehearsal(real: Network, kept: Network): Network {
  const { edit } = real;
  return {
    ...real,
    // Read when it is asked: whether one can look may change while an account is used.
    get canLookUp() {
      return real.canLookUp;
    },
    remove: async (remote, ...rest) => await (isRehearsed(remote) ? kept : real).remove(remote, ...rest),
    stands: async (remote, ...rest) => await (isRehearsed(remote) ? kept : real).stands(remote, ...rest),
    ...(edit === undefined
      ? {}
      : {
          edit: async (remote, ...rest) =>
            await ((isRehearsed(remote) ? kept.edit : undefined) ?? edit)(remote, ...rest),
        }),
  };
}
