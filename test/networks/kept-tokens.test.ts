import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { connectedNetwork, keepSealed, type ConnectedParts } from '../../src/connected.ts';
import { createExecutor } from '../../src/core/execute.ts';
import { auditKinds } from '../../src/core/audit.ts';
import { createOutliving } from '../../src/core/outliving.ts';
import { heldTokens, sealedTokens, tokensAggregate, tokensKind } from '../../src/networks/kept-tokens.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { xNetwork } from '../../src/networks/x/x.ts';
import { playFacebook } from '../peers/facebook.ts';
import { metaAccount } from '../peers/graph.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { throughProxy } from '../peers/outbound.ts';
import { playX, xAccount } from '../peers/x.ts';

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

test('a Page’s token that connecting again has sealed is taken by whoever runs, and by the next start; never beside other variables; in the version that is pinned', async () => {
  const { executor: writes } = executor();
  const folder = await mkdtemp(join(tmpdir(), 'crier-kept-'));
  const blobs = await openBlobFolder(folder);
  const peer = playFacebook();
  const outbound = await throughProxy(peer.hosts);
  try {
    const parts: Omit<ConnectedParts, 'blobs'> = {
      executor: writes,
      clock: Date.now,
      outliving: createOutliving(
        () => undefined,
        () => () => undefined,
      ).of('facebook-main'),
      tokenKey: randomBytes(32),
      mediaAddress: () => '',
      publicUrl: () => 'https://news.sefton.example',
    };
    const open = (pageToken: string = metaAccount.pageToken, pinned: { graphVersion?: string } = {}) =>
      connectedNetwork(
        {
          id: 'facebook-main',
          network: 'facebook',
          name: 'Sefton Council',
          owner: 'desk',
          purpose: 'News.',
          departments: [],
          byDefault: true,
        },
        { network: 'facebook', credentials: { ...metaAccount, pageToken } },
        { ...parts, ...pinned, blobs },
      );
    const reads = async (network: ReturnType<typeof open>) =>
      (await network.account?.(AbortSignal.timeout(10_000)))?.read;
    const running = open();
    expect(await reads(running)).toBe(true);
    peer.token.change();
    expect(await reads(running)).toBe(false);
    const sealable = { of: 'meta', insteadOf: 'PAGE_TOKEN', token: peer.token.now() } as const;
    await keepSealed('facebook-main', sealable, metaAccount.pageToken, parts);
    expect(await reads(running)).toBe(true);
    expect(await reads(open())).toBe(true);
    expect(await reads(open('peer-token-of-another-connection'))).toBe(false);
    expect(peer.requests.some((each) => each.includes('/v27.0/'))).toBe(false);
    expect(await reads(open(metaAccount.pageToken, { graphVersion: 'v27.0' }))).toBe(true);
    expect(peer.requests.at(-1)).toContain('/v27.0/');
  } finally {
    await outbound.close();
    await rm(folder, { recursive: true });
  }
});

test('on X a newer connection is not met by what an older one has left', async () => {
  const peer = playX();
  const outbound = await throughProxy(peer.hosts);
  try {
    const { clientId, clientSecret, refreshToken } = xAccount;
    // With and without the mark, as this release and an older one kept it.
    for (const from of [{ from: 'of-another-token' }, {}]) {
      let kept = { accessToken: 'dead', refreshToken: 'dead', until: 0, ...from };
      const network = xNetwork({
        credentials: {
          kind: 'oauth2',
          clientId,
          clientSecret,
          refreshToken: peer.refreshTokens.at(-1) ?? refreshToken,
        },
        media: async () => await Promise.resolve(undefined),
        clock: Date.now,
        keepTokens: {
          ...heldTokens(),
          read: async () => await Promise.resolve(kept),
          keep: async (tokens) => {
            kept = { from: '', ...tokens };
            await Promise.resolve();
          },
        },
      });
      expect(await network.account?.(AbortSignal.timeout(10_000))).toMatchObject({ read: true });
      expect(kept.refreshToken).toBe(peer.refreshTokens.at(-1));
    }
  } finally {
    await outbound.close();
  }
});
