import { kinds } from '../../src/kinds.ts';
import type { AggregateKind } from '../../src/core/aggregate.ts';
import { stateIn } from '../../src/core/forms.ts';
import type { Store } from '../../src/core/store.ts';
import { accountId, accountKind, type AccountState } from '../../src/dispatch/account.ts';
import { postKind } from '../../src/posts/kind.ts';
import { numberId, numberKind } from '../../src/posts/number.ts';
import type { PostState } from '../../src/posts/post.ts';
import { memoryStore } from '../peers/memory-store.ts';

/**
 * How a store fails: it gives nothing, it takes nothing as on a full disk, or it takes what it is given and its answer is
 * lost on the way.
 */
export const failures = ['reading', 'writing', 'answering'] as const;
/** What it fails with: with everything, or with documents of one kind. */
export const kept = ['everything', 'post', 'account', 'person', 'page'] as const;

export interface Failing {
  readonly fails: (typeof failures)[number];
  readonly of: (typeof kept)[number];
  /** so many times it still works */
  readonly after: number;
}

/** A store that fails as it is told to, and that a walk itself can always look into. */
export interface Shelf {
  readonly store: Store;
  readonly isFailing: () => boolean;
  /** whether it has failed anybody since it was last asked */
  failed(): boolean;
  fail(how: Failing): void;
  mend(): void;
  /** does something while the next post or account is being saved */
  meanwhile(does: () => Promise<void>): void;
  /** what is stored, whoever else can read it */
  post(number: number): Promise<PostState | undefined>;
  account(id: string): Promise<AccountState | undefined>;
}

/** What fails is tried again and again: once that has been seen so often in a step, nothing can be read any more in it. */
const enough = 20;

const full = () => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

export function createShelf(): Shelf {
  const memory = memoryStore(kinds);
  let failing: Failing | undefined;
  let left = 0;
  let failures = 0;
  let during: (() => Promise<void>)[] = [];

  function works(what: Failing['fails'], kind: string): void {
    if (failing?.fails !== what || (failing.of !== 'everything' && failing.of !== kind)) return;
    left -= 1;
    if (left >= 0) return;
    failures += 1;
    throw full();
  }

  function reads(kind: string): void {
    if (failures > enough) throw full();
    works('reading', kind);
  }

  memory.beforeWrite = async ({ kind }) => {
    works('writing', kind);
    if (kind !== 'post' && kind !== 'account') return;
    const next = during.shift();
    await next?.();
  };
  memory.afterWrite = ({ kind }) => works('answering', kind);

  async function stateOf<S>(kind: AggregateKind<S>, id: string): Promise<S | undefined> {
    const document = await memory.get(kind.kind, id);
    return document === undefined ? undefined : stateIn(kind, document);
  }

  return {
    store: {
      ...memory,
      get: async (kind, id) => {
        reads(kind);
        return await memory.get(kind, id);
      },
      list: async (query) => {
        reads(query.kind);
        return await memory.list(query);
      },
      count: async (query) => {
        reads(query.kind);
        return await memory.count(query);
      },
      scan: async (kind, ...rest) => {
        reads(kind);
        return await memory.scan(kind, ...rest);
      },
      due: async (query) => {
        reads('');
        return await memory.due(query);
      },
      remove: async (kind, ...rest) => {
        works('writing', kind);
        return await memory.remove(kind, ...rest);
      },
    },
    isFailing: () => failing !== undefined,
    failed: () => {
      const any = failures > 0;
      failures = 0;
      return any;
    },
    fail: (how) => {
      failing = how;
      left = how.after;
    },
    mend: () => {
      failing = undefined;
      failures = 0;
      during = [];
    },
    meanwhile: (does) => void during.push(does),
    post: async (number) => {
      const taken = await stateOf(numberKind, numberId(number));
      return taken === undefined ? undefined : await stateOf(postKind, taken.post);
    },
    account: async (id) => await stateOf(accountKind, accountId(id)),
  };
}
