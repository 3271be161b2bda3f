import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createExecutor } from '../../src/core/execute.ts';
import { auditKinds } from '../../src/core/audit.ts';
import { sealedTokens, tokensAggregate, tokensKind } from '../../src/networks/kept-tokens.ts';
import { memoryStore } from '../peers/memory-store.ts';

const schema = z.object({ refreshToken: z.string() });

function executor() {
  const store = memoryStore([tokensKind, ...Object.values(auditKinds)]);
  return {
    store,
    executor: createExecutor({
      store,
      aggregates: [tokensAggregate()],
      clock: () => 1,
      protocol: () => ({ version: 'v' }),
      auditKey: randomBytes(32),
      randomId: () => randomBytes(16).toString('base64url'),
    }),
  };
}

test('tokens come back under their key and account alone, and never stand in the store as they are', async () => {
  const { store, executor: writes } = executor();
  const key = randomBytes(32);
  const tokens = sealedTokens(writes, 'x-main', key, schema);
  expect(await tokens.read()).toBeUndefined();
  await tokens.keep({ refreshToken: 'the-first-token' });
  await tokens.keep({ refreshToken: 'the-second-token' });
  expect(await tokens.read()).toEqual({ refreshToken: 'the-second-token' });
  expect(await sealedTokens(writes, 'x-main', randomBytes(32), schema).read()).toBeUndefined();
  const kept = JSON.stringify(await store.get('account-tokens', 'tokens-x-main'));
  expect(kept).not.toContain('token"');
  expect(kept).not.toContain('the-second-token');
});

test('one account’s tokens are not another’s, though somebody puts them there', async () => {
  const { executor: writes } = executor();
  const key = randomBytes(32);
  await sealedTokens(writes, 'x-main', key, schema).keep({ refreshToken: 'of-main' });
  const sealed = (await writes.load(tokensKind, 'tokens-x-main'))?.state.sealed ?? '';
  await writes.execute({
    command: 'account-tokens.keep',
    id: 'tokens-x-roads',
    params: { account: 'x-roads', sealed },
    actor: { by: 'crier' },
  });
  expect(await sealedTokens(writes, 'x-roads', key, schema).read()).toBeUndefined();
});
