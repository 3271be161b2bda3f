import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { auditKinds } from '../../../src/core/audit.ts';
import { createExecutor } from '../../../src/core/execute.ts';
import { sealedTokens, tokensAggregate, tokensKind } from '../../../src/networks/kept-tokens.ts';
import type { PublishOutcome } from '../../../src/networks/network.ts';
import type { KeepTokens, XTokens } from '../../../src/networks/x/access.ts';
import { xNetwork } from '../../../src/networks/x/x.ts';
import { memoryStore } from '../../peers/memory-store.ts';
import { playX, xAccount, type XPeer, type XPeerOptions } from '../../peers/x.ts';
import { key, partsOn, playedBy, signal } from '../played.ts';

/** Several processes speak for one account by a token that works once. */

const tokenLife = 7_200;
const tokens: z.ZodType<XTokens> = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  until: z.int(),
  from: z.string().exactOptional(),
});

let peer: XPeer;
let now = 0;
playedBy(['api.x.com'], () => peer);
const renewals = (): number => peer.requests.filter((each) => each.includes('oauth2/token')).length;

/** A store that several processes share, and as many of them as are wanted. */
function open(played: XPeerOptions = {}) {
  now = Date.UTC(2026, 10, 24, 9, 0);
  peer = playX({ clock: () => now, tokenLife, ...played });
  const store = memoryStore([tokensKind, ...Object.values(auditKinds)], { shared: true });
  const executor = () =>
    createExecutor({
      store,
      aggregates: [tokensAggregate()],
      clock: () => now,
      protocol: () => ({ version: 'v1' }),
      auditKey: new Uint8Array(32).fill(7),
      randomId: randomUUID,
    });
  const { clientId, clientSecret, refreshToken } = xAccount;
  let posts = 0;
  const another = (over: (kept: KeepTokens) => Partial<KeepTokens> = () => ({})) => {
    const kept = sealedTokens(executor(), 'x-main', new Uint8Array(32).fill(5), tokens);
    const network = xNetwork({
      credentials: { kind: 'oauth2', clientId, clientSecret, refreshToken },
      media: async () => await Promise.resolve(undefined),
      clock: () => now,
      keepTokens: { ...kept, ...over(kept) },
    });
    return {
      publish: async (): Promise<PublishOutcome> =>
        await network.publish(partsOn('x')({ text: `Notice ${String((posts += 1))}.` }), key, signal),
    };
  };
  return { store, another };
}

const comesAgain = { outcome: 'retry', reason: 'no-longer-permitted' };

test('one of two that need a new token in the same moment asks for it, and the other comes again: nobody is told that it is dead', async () => {
  const { store, another } = open();
  const both = [another(), another()];
  for (let round = 0; round < 30; round += 1) {
    store.beforeWrite = async () => {
      for (let turns = 0; turns < round; turns += 1) await turn();
    };
    const before = renewals();
    const outcomes = await Promise.all(both.map(async ({ publish }) => await publish()));
    expect(outcomes.some(({ outcome }) => outcome === 'published')).toBe(true);
    now += 5_000;
    for (const [n, outcome] of outcomes.entries()) {
      if (outcome.outcome === 'published') continue;
      expect(outcome).toMatchObject(comesAgain);
      expect(await both[n]?.publish()).toMatchObject({ outcome: 'published' });
    }
    expect(renewals()).toBe(before + 1);
    now += tokenLife * 1_000;
  }
});

test('what a process that died has not kept is waited for a while, and then the account is blocked', async () => {
  const { another } = open();
  const asked = Promise.withResolvers<void>();
  const dies = another(() => ({
    keep: async () => {
      asked.resolve();
      await new Promise<never>(() => undefined);
    },
  }));
  void dies.publish();
  await asked.promise;
  const lives = another();
  for (let waited = 0; waited < 90_000; waited += 5_000) {
    expect(await lives.publish()).toMatchObject(comesAgain);
    now += 5_000;
  }
  expect(renewals()).toBe(1);
  expect(await lives.publish()).toEqual({ outcome: 'refused', reason: 'account-blocked' });
});

test.each(['invalid_grant', 'invalid_client', 'unauthorized_client'])(
  'an app that gets no token any more (%s) leaves the account blocked, and no post is said to be refused',
  async (refusesApp) => {
    const { another } = open({ refusesApp });
    expect(await another().publish()).toEqual({ outcome: 'refused', reason: 'account-blocked' });
  },
);

test('one that X did not answer lets the other ask at once', async () => {
  const { another } = open();
  const [first, second] = [another(), another()];
  const { hosts } = peer;
  peer = { ...peer, hosts: { 'api.x.com': (request) => void request.socket.destroy() } };
  expect(await first.publish()).toMatchObject({ outcome: 'retry', reason: 'no-clear-answer' });
  peer = { ...peer, hosts };
  expect(await second.publish()).toMatchObject({ outcome: 'published' });
});

test('one that was held still for longer than it alone might ask takes what another has, or is about to', async () => {
  const spent = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const { another } = open({
    onGrant: async () => {
      spent.resolve();
      await answered.promise;
    },
  });
  const held = Promise.withResolvers<void>();
  const claimed = Promise.withResolvers<void>();
  const still = another((kept) => ({
    claim: async (by, until) => {
      const mine = await kept.claim(by, until);
      claimed.resolve();
      await held.promise;
      return mine;
    },
  }));
  const late = still.publish();
  await claimed.promise;
  now += 91_000;
  const other = another().publish();
  await spent.promise;
  held.resolve();
  expect(await late).toMatchObject(comesAgain);
  answered.resolve();
  expect(await other).toMatchObject({ outcome: 'published' });
  expect(await still.publish()).toMatchObject({ outcome: 'published' });
  expect(renewals()).toBe(2);
});
