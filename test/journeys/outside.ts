import { canEdit } from '../../src/dispatch/put-right.ts';
import type { FindOutcome, Network, PlanPart, PublishOutcome } from '../../src/networks/network.ts';
import type { AccountEntry } from '../../src/protocol/protocol.ts';

/** What stands on an account outside. */
export interface Standing {
  readonly account: string;
  readonly id: string;
  readonly at: number;
  text: string;
  /** the id of the post that it answers */
  readonly answers?: string;
  removed: boolean;
}

/** How the next call on an account goes. `through`: as usual; `lost`: it is taken, and nobody hears so; `stays`: never taken, nobody hears. */
type Way =
  | { readonly way: 'through' | 'lost' | 'nothing' }
  | { readonly way: 'answer'; readonly outcome: PublishOutcome };

/** Social networks that do not know a repeated post from a new one, and whose answers a test can spoil. */
export interface Outside {
  readonly network: (account: AccountEntry) => Network;
  /** everything ever taken on an account, or on all of them */
  entries(account?: string): readonly Standing[];
  /** texts that stand on an account */
  standing(account: string): readonly string[];
  /** the next publish on the account goes so */
  next(account: string, way: Way): void;
  /** the next change or removal on the account is answered so, and does nothing */
  answer(what: 'edit' | 'remove', account: string, outcome: PublishOutcome): void;
  /** whether accounts can be looked up; they can unless this is said */
  blind(account: string): void;
  /** looks on the account tell nothing, though it can be looked up at other times */
  unseen(account: string): void;
  /** publishing on the account waits until the returned function is called */
  pause(account: string): { readonly begun: Promise<void>; readonly go: () => void };
  /** ids in the order in which they were taken down */
  readonly takenDown: readonly string[];
  /** does something while the next removal on the account is under way */
  pauseRemoval(account: string, meanwhile: () => Promise<void>): void;
  /** the removal on the account that is under way is answered so, and does nothing */
  answerRemoval(account: string, outcome: PublishOutcome): void;
  /** does something while the next change on the account is under way */
  pauseEdit(account: string, meanwhile: () => Promise<void>): void;
  /** calls by `<what> <account>` */
  readonly calls: readonly string[];
}

export function createOutside(clock: () => number): Outside {
  const all: Standing[] = [];
  const ways = new Map<string, Way[]>();
  const answers = new Map<string, PublishOutcome[]>();
  const blind = new Set<string>();
  const unseen = new Set<string>();
  const late = new Map<string, PublishOutcome>();
  const calls: string[] = [];
  const takenDown: string[] = [];
  const pauses = new Map<string, { begin: () => void; gone: Promise<void> }>();
  const removals = new Map<string, () => Promise<void>>();
  const edits = new Map<string, () => Promise<void>>();
  const remoteOf = (each: Standing) => ({
    remoteId: each.id,
    url: `https://${each.account}.example/${each.id}`,
  });

  const post = (part: PlanPart): Standing => {
    const entry: Standing = {
      account: part.account,
      id: `${part.account}-${String(all.length + 1)}`,
      at: clock(),
      text: part.text,
      ...(part.replyTo === undefined ? {} : { answers: part.replyTo.remoteId }),
      removed: false,
    };
    all.push(entry);
    return entry;
  };

  return {
    calls,
    takenDown,
    entries: (account) => all.filter((each) => account === undefined || each.account === account),
    standing: (account) =>
      all.filter((each) => each.account === account && !each.removed).map(({ text }) => text),
    next: (account, way) => void ways.set(account, [...(ways.get(account) ?? []), way]),
    answer: (what, account, outcome) => {
      const key = `${what} ${account}`;
      answers.set(key, [...(answers.get(key) ?? []), outcome]);
    },
    blind: (account) => void blind.add(account),
    unseen: (account) => void unseen.add(account),
    pause: (account) => {
      let go = (): void => undefined;
      let begin = (): void => undefined;
      const gone = new Promise<void>((resolve) => (go = resolve));
      const begun = new Promise<void>((resolve) => (begin = resolve));
      pauses.set(account, { begin, gone });
      return { begun, go };
    },
    answerRemoval: (account, outcome) => void late.set(account, outcome),
    pauseRemoval: (account, meanwhile) => void removals.set(account, meanwhile),
    pauseEdit: (account, meanwhile) => void edits.set(account, meanwhile),
    network: ({ id: account, network }): Network => ({
      name: network,
      get canLookUp() {
        return !blind.has(account);
      },
      publish: async (part): Promise<PublishOutcome> => {
        calls.push(`publish ${account}`);
        const pause = pauses.get(account);
        pauses.delete(account);
        pause?.begin();
        await pause?.gone;
        const way = ways.get(account)?.shift();
        if (way?.way === 'answer') return way.outcome;
        if (way?.way === 'nothing') return { outcome: 'unknown', reason: 'no-answer' };
        const entry = post(part);
        if (way?.way === 'lost') return { outcome: 'unknown', reason: 'no-answer' };
        return { outcome: 'published', remote: remoteOf(entry) };
      },
      find: async (part): Promise<FindOutcome> => {
        calls.push(`find ${account}`);
        if (blind.has(account)) return { found: 'cannot-look', lookAt: `https://${account}.example/` };
        const found = all.filter(
          (each) => each.account === account && !each.removed && each.text === part.text,
        );
        return found.length === 0 ? { found: false } : { found: true, remotes: found.map(remoteOf) };
      },
      remove: async (remote) => {
        calls.push(`remove ${account}`);
        const answered = answers.get(`remove ${account}`)?.shift();
        if (answered !== undefined) return answered;
        const meanwhile = removals.get(account);
        removals.delete(account);
        await meanwhile?.();
        const came = late.get(account);
        late.delete(account);
        if (came !== undefined) return came;
        takenDown.push(remote.remoteId);
        for (const each of all) if (each.id === remote.remoteId) each.removed = true;
        return { outcome: 'published', remote };
      },
      stands: async (remote) => {
        calls.push(`stands ${account}`);
        if (blind.has(account) || unseen.has(account)) return await Promise.resolve('unseen');
        const entry = all.find((each) => each.id === remote.remoteId);
        return entry === undefined || entry.removed ? 'gone' : 'there';
      },
      ...(canEdit(network)
        ? {
            edit: async (remote, part): Promise<PublishOutcome> => {
              calls.push(`edit ${account}`);
              const meanwhile = edits.get(account);
              edits.delete(account);
              await meanwhile?.();
              const answered = answers.get(`edit ${account}`)?.shift();
              if (answered !== undefined) return answered;
              for (const each of all) if (each.id === remote.remoteId) each.text = part.text;
              return await Promise.resolve({ outcome: 'published', remote });
            },
          }
        : {}),
      measure: async (remote) => {
        const replies = all.filter((each) => each.answers === remote.remoteId && !each.removed).length;
        return await Promise.resolve({ likes: 4, replies, shares: 3 });
      },
    }),
  };
}
