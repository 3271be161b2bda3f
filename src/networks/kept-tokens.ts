import { crier } from '../core/context.ts';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { Change, Refusal } from '../core/change.ts';
import type { Executor } from '../core/execute.ts';
import { aggregate, bind, type Aggregate } from '../core/registry.ts';
import type { Millis } from '../core/time.ts';

const stateSchema = z.object({
  account: z.string(),
  /** nonce, tag and AES-256-GCM of the tokens, in base64; the key stands outside the store. Absent: none were kept yet */
  sealed: z.string().exactOptional(),
  /** the process that asks for new ones just now; until then no other one may */
  renewing: z.object({ by: z.string(), until: z.int() }).exactOptional(),
});

type TokensState = Readonly<z.infer<typeof stateSchema>>;

/** Rotated tokens of an account. What is stored is of no use without the key. */
export const tokensKind: AggregateKind<TokensState> = {
  kind: 'account-tokens',
  form: 1,
  indexes: {},
  parse: readsForms('account-tokens', { 1: stateSchema }),
  index: () => ({}),
};

const keepParams = z.object({ account: z.string(), sealed: z.string() });

/** Keeps new tokens; whoever asked for them has them, so that the next may ask. */
const keep: Command<TokensState, z.infer<typeof keepParams>, unknown, Refusal<never>> = {
  name: 'account-tokens.keep',
  kind: 'account-tokens',
  schema: keepParams,
  decide: (_before, kept) => ({
    state: kept,
    audit: [{ action: 'tokens-rotated', facts: { account: kept.account } }],
    effects: [],
  }),
};

type TokensRefusal = Refusal<'being-renewed' | 'no-change'> & { readonly facts: Record<never, never> };

const claimParams = z.object({ account: z.string(), by: z.string(), until: z.int() });

/**
 * Lets one process at a time ask for new tokens: a token that works once is spent by whoever asks, and whoever asks
 * beside them is told that it is dead. What a process has that died meanwhile is another's from then on.
 */
const claim: Command<TokensState, z.infer<typeof claimParams>, unknown, TokensRefusal> = {
  name: 'account-tokens.claim',
  kind: 'account-tokens',
  schema: claimParams,
  decide: (state, { account, by, until }, { now }): Change<TokensState> | TokensRefusal => {
    const { renewing } = state ?? {};
    if (renewing !== undefined && renewing.by !== by && renewing.until > now)
      return { refused: 'being-renewed', facts: {} };
    return { state: { ...state, account, renewing: { by, until } }, audit: [], effects: [] };
  },
};

const freeParams = z.object({ by: z.string() });

/** Nothing came of asking: the next may at once. */
const free: Command<TokensState, z.infer<typeof freeParams>, unknown, TokensRefusal> = {
  name: 'account-tokens.free',
  kind: 'account-tokens',
  schema: freeParams,
  decide: (before, { by }): Change<TokensState> | TokensRefusal => {
    if (before?.renewing?.by !== by) return { refused: 'no-change', facts: {} };
    const { renewing: _, ...state } = before;
    return { state, audit: [], effects: [] };
  },
};

/** The kind with its commands, for the list of aggregates. */
export const tokensAggregate = (): Aggregate<unknown> =>
  aggregate(tokensKind, [bind(keep), bind(claim), bind(free)]);

/** Keeps one account's tokens, shared by every process that speaks for it. */
export interface SealedTokens<T> {
  /** undefined where none were kept yet, or where the key is another one by now */
  readonly read: () => Promise<T | undefined>;
  /** resolves once the tokens would survive the death of this process */
  readonly keep: (tokens: T) => Promise<void>;
  /**
   * Before new ones are asked for that only one process may ask for; keeping them gives it back.
   * @param until so long at most nobody else may, were this process to die
   * @returns false: another process asks for them
   */
  readonly claim: (by: string, until: Millis) => Promise<boolean>;
  /** gives it back where nothing came of it */
  readonly free: (by: string) => Promise<void>;
}

/** Tokens that this process alone knows of, for as long as it runs. @param first what is known of them already */
export function heldTokens<T>(first?: T): SealedTokens<T> {
  let held = first;
  return {
    read: async () => await Promise.resolve(held),
    keep: async (tokens) => {
      held = tokens;
      await Promise.resolve();
    },
    claim: async () => await Promise.resolve(true),
    free: async () => await Promise.resolve(),
  };
}

/**
 * Names a token without telling it: what is kept takes the place of that one alone, so that whoever connects the
 * account by new variables is not met by what an older connection has left.
 */
export const markOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const nonceBytes = 12;
const tagBytes = 16;

/** Tokens of an account under a key of 32 bytes that is kept outside the store. */
export function sealedTokens<T>(
  executor: Pick<Executor, 'execute' | 'load' | 'store'>,
  account: string,
  key: Uint8Array,
  schema: z.ZodType<T>,
): SealedTokens<T> {
  const id = `tokens-${account}`;
  return {
    read: async () => {
      const sealed = (await executor.load(tokensKind, id))?.state.sealed;
      const opened = sealed === undefined ? undefined : open(sealed, account, key);
      return opened === undefined ? undefined : schema.parse(JSON.parse(opened));
    },
    keep: async (tokens) => {
      const sealed = seal(JSON.stringify(tokens), account, key);
      const params = { account, sealed };
      await executor.execute({ command: keep.name, id, params, actor: crier });
    },
    claim: async (by, until) => {
      // Where one process alone may write, nobody else asks: what one that died has claimed must not be waited for.
      if (!executor.store.shared) return true;
      const params = { account, by, until };
      return (await executor.execute({ command: claim.name, id, params, actor: crier })).done;
    },
    free: async (by) => {
      if (!executor.store.shared) return;
      await executor.execute({ command: free.name, id, params: { by }, actor: crier });
    },
  };
}

/** The account's id is bound in, so that one account's tokens are never taken for another's. */
function seal(text: string, account: string, key: Uint8Array): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(account));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(sealed: string, account: string, key: Uint8Array): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(account));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    // Another key, or changed bytes: as good as none, and whoever connects the account again keeps new ones.
    return undefined;
  }
}
