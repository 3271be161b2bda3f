import { crier } from '../../core/context.ts';
import type { Executor } from '../../core/execute.ts';
import {
  isRehearsed,
  rehearsedMark,
  rehearses,
  rehearsesSince,
  type Network,
  type PublicationKey,
  type PublishOutcome,
} from '../network.ts';
import { canEdit } from '../../dispatch/put-right.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { entryKind } from './entry.ts';
import { editOf, saidOf } from './said.ts';

/**
 * An account that rehearses while others are real: what was agreed to for its rehearsal stays in Crier's own store, and
 * nothing is sent anywhere. What stands on the real account from before is left alone and said to be out of reach, and
 * what was agreed to for the public is not said to be out by standing here.
 */
export function keptTimeline(network: NetworkName, executor: Executor): Network {
  const outOfReach: PublishOutcome = { outcome: 'refused', reason: rehearses };
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
      if (!isForRehearsal(key)) return { outcome: 'refused', reason: rehearsesSince };
      const id = `${rehearsedMark}${key.id}`;
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
      if (!isForRehearsal(key)) return { found: 'cannot-look' };
      const id = `${rehearsedMark}${key.id}`;
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

const isForRehearsal = ({ rehearsed }: PublicationKey): boolean => rehearsed === true;

/**
 * A real account that rehearsed before: what was agreed to for the rehearsal never reaches it, and what stands in the
 * rehearsal comes down and is changed there.
 */
export function afterRehearsal(real: Network, kept: Network): Network {
  const { edit, prepare, measure } = real;
  const by = (key: PublicationKey): Network => (isForRehearsal(key) ? kept : real);
  return {
    ...real,
    // Read when it is asked: whether one can look may change while an account is used.
    get canLookUp() {
      return real.canLookUp;
    },
    publish: async (part, key, ...rest) => await by(key).publish(part, key, ...rest),
    find: async (part, key, ...rest) => await by(key).find(part, key, ...rest),
    ...(prepare === undefined
      ? {}
      : {
          // A rehearsal shows it at its time: nothing is brought there before.
          prepare: async (part, key, ...rest) =>
            isForRehearsal(key) ? undefined : await prepare(part, key, ...rest),
        }),
    remove: async (remote, ...rest) => await (isRehearsed(remote) ? kept : real).remove(remote, ...rest),
    stands: async (remote, ...rest) => await (isRehearsed(remote) ? kept : real).stands(remote, ...rest),
    ...(edit === undefined
      ? {}
      : {
          edit: async (remote, ...rest) =>
            await ((isRehearsed(remote) ? kept.edit : undefined) ?? edit)(remote, ...rest),
        }),
    ...(measure === undefined
      ? {}
      : {
          measure: async (remote, ...rest) =>
            isRehearsed(remote) ? undefined : await measure(remote, ...rest),
        }),
  };
}
