import { mayBegin, NoLongerPermitted } from '../../src/core/permit.ts';
import type { Network, PublishOutcome, Remote } from '../../src/networks/network.ts';
import type { AccountEntry } from '../../src/protocol/protocol.ts';
import { morning } from '../journeys/council.ts';
import { createOutside, type Outside, type Standing } from '../journeys/outside.ts';
import type { Ledger } from './ledger.ts';
import type { Fault, Meanwhile } from './steps.ts';

const minute = 60_000;
const noAnswer = { outcome: 'unknown', reason: 'no-answer' } as const;
const notReached = { outcome: 'retry', after: 5_000, reason: 'not-reached' } as const;
const noLongerPermitted = { outcome: 'retry', after: 1_000, reason: 'no-longer-permitted' } as const;

/** Adapters ask before every request whether it may begin. */
async function mayLeave(signal: AbortSignal): Promise<boolean> {
  try {
    await mayBegin(signal);
    return true;
  } catch (fault) {
    if (fault instanceof NoLongerPermitted) return false;
    throw fault;
  }
}

/** How often which call did what it was to do. */
export type Calls = Readonly<Record<Fault['call'] | 'shown', number>>;

/** Networks that keep everything as new, go wrong as they are told, and hold every call against the ledger. */
export interface Places {
  readonly outside: Outside;
  /** what stands on an account */
  standing(account: string): readonly Standing[];
  readonly network: (account: AccountEntry) => Network;
  readonly calls: Calls;
  /** ids of what came down or was changed, of which nobody has heard: where that was given up, nobody can tell */
  readonly unheard: ReadonlySet<string>;
  goWrong(fault: Fault): void;
  /** does something while the next call of that kind on an account is under way */
  meanwhile(call: Pick<Meanwhile, 'account' | 'call'>, does: () => Promise<void>): void;
  /** nothing reaches an account, until it is back */
  goAway(account: string): void;
  comeBack(account: string): void;
  /** every account lets Crier in again, and nothing goes wrong that was to */
  mend(): void;
}

export function createPlaces(ledger: Ledger): Places {
  const outside = createOutside(() => morning);
  const shut = new Set<string>();
  const away = new Set<string>();
  const unheard = new Set<string>();
  let faults: Fault[] = [];
  let during: (Pick<Meanwhile, 'account' | 'call'> & { readonly does: () => Promise<void> })[] = [];
  const calls = { publish: 0, edit: 0, remove: 0, shown: 0 };

  async function inTheMiddle(account: string, call: Meanwhile['call']): Promise<void> {
    const meanwhile = during.find((each) => each.account === account && each.call === call);
    during = during.filter((each) => each !== meanwhile);
    await meanwhile?.does();
  }

  /** A call as it goes: the next fault of its kind on the account is its own. */
  async function goes(
    call: Fault['call'],
    account: string,
    isLeft: () => void,
    made: () => Promise<PublishOutcome>,
    signal: AbortSignal,
    remoteId = '',
  ): Promise<PublishOutcome> {
    if (!(await mayLeave(signal))) return noLongerPermitted;
    if (away.has(account)) return notReached;
    isLeft();
    await inTheMiddle(account, call);
    const next = faults.find((each) => each.account === account && each.call === call);
    faults = faults.filter((each) => each !== next);
    if (next?.fault === 'shut') shut.add(account);
    if (shut.has(account)) return { outcome: 'refused', reason: 'account-blocked' };
    if (next?.fault === 'busy') return { outcome: 'retry', after: 20 * minute, reason: 'busy' };
    if (next?.fault === 'refused') return { outcome: 'refused', reason: 'no-permission' };
    if (next?.fault === 'nothing') return noAnswer;
    const came = await made();
    calls[call] += 1;
    if (next?.fault === 'lost') unheard.add(remoteId);
    else unheard.delete(remoteId);
    return next?.fault === 'lost' ? noAnswer : came;
  }

  return {
    outside,
    standing: (account) => outside.entries(account).filter(({ removed }) => !removed),
    calls,
    unheard,
    goWrong: (fault) => void faults.push(fault),
    meanwhile: ({ account, call }, does) => void during.push({ account, call, does }),
    goAway: (account) => void away.add(account),
    comeBack: (account) => void away.delete(account),
    mend: () => {
      shut.clear();
      away.clear();
      faults = [];
      during = [];
    },
    network: (entry) => {
      const network = outside.network(entry);
      const { id: account } = entry;
      const { edit } = network;
      return {
        ...network,
        get canLookUp() {
          return network.canLookUp;
        },
        // As networks do: a person gives the address, and the id stands in it.
        idIn: (link) => new URL(link).pathname.slice(1),
        publish: async (part, key, signal) => {
          let which = '';
          return await goes(
            'publish',
            account,
            () => (which = ledger.leaves(key.number, part, 'posted')),
            async () => {
              const came = await network.publish(part, key, signal);
              if (part.media.length > 0) calls.shown += 1;
              if (came.outcome === 'published') ledger.arrived(came.remote.remoteId, key.number, which, part);
              return came;
            },
            signal,
          );
        },
        find: async (...call) => {
          await inTheMiddle(account, 'find');
          return away.has(account) ? { found: 'cannot-look' } : await network.find(...call);
        },
        stands: async (...call) => (away.has(account) ? 'unseen' : await network.stands(...call)),
        remove: async (remote, key, signal) => {
          // What is gone already is answered so, whatever else the account refuses.
          const isGone = outside
            .entries(account)
            .some(({ id, removed }) => id === remote.remoteId && removed);
          if (isGone && !shut.has(account) && !away.has(account)) {
            unheard.delete(remote.remoteId);
            return { outcome: 'published', remote };
          }
          return await goes(
            'remove',
            account,
            () => ledger.comesDown(remote),
            async () => await network.remove(remote, key, signal),
            signal,
            remote.remoteId,
          );
        },
        ...(edit === undefined
          ? {}
          : {
              edit: async (remote: Remote, part, key, note, signal) =>
                await goes(
                  'edit',
                  account,
                  () => void ledger.leaves(key.number, part, 'changed'),
                  async () => await edit(remote, part, key, note, signal),
                  signal,
                  remote.remoteId,
                ),
            }),
      };
    },
  };
}
