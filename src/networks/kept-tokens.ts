import { crier } from '../core/context.ts';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { Refusal } from '../core/change.ts';
import type { Executor } from '../core/execute.ts';
import { aggregate, bind, type Aggregate } from '../core/registry.ts';

const stateSchema = z.object({
  account: z.string(),
  /** nonce, tag and AES-256-GCM of the tokens, in base64; the key stands outside the store */
  sealed: z.string(),
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

const keep: Command<TokensState, TokensState, unknown, Refusal<never>> = {
  name: 'account-tokens.keep',
  kind: 'account-tokens',
  schema: stateSchema,
  decide: (_before, kept) => ({
    state: kept,
    audit: [{ action: 'tokens-rotated', facts: { account: kept.account } }],
    effects: [],
  }),
};

/** The kind with its command, for the list of aggregates. */
export const tokensAggregate = (): Aggregate<unknown> => aggregate(tokensKind, [bind(keep)]);

/** Keeps one account's tokens, shared by every process that speaks for it. */
export interface SealedTokens<T> {
  /** undefined where none were kept yet, or where the key is another one by now */
  readonly read: () => Promise<T | undefined>;
  /** resolves once the tokens would survive the death of this process */
  readonly keep: (tokens: T) => Promise<void>;
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
  executor: Pick<Executor, 'execute' | 'load'>,
  account: string,
  key: Uint8Array,
  schema: z.ZodType<T>,
): SealedTokens<T> {
  const id = `tokens-${account}`;
  return {
    read: async () => {
      const kept = (await executor.load(tokensKind, id))?.state;
      const opened = kept === undefined ? undefined : open(kept.sealed, account, key);
      return opened === undefined ? undefined : schema.parse(JSON.parse(opened));
    },
    keep: async (tokens) => {
      const sealed = seal(JSON.stringify(tokens), account, key);
      const params = { account, sealed };
      await executor.execute({ command: keep.name, id, params, actor: crier });
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
