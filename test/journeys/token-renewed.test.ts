import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectedNetwork } from '../../src/connected.ts';
import type { Executor } from '../../src/core/execute.ts';
import type { Network } from '../../src/networks/network.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { playedBy } from '../networks/played.ts';
import { playX, xAccount, type XPeer, type XPeerOptions } from '../peers/x.ts';
import { morning, openCouncil } from './council.ts';
import { createOutside } from './outside.ts';

/** X gives a token once: it is kept whatever becomes of the call that asked for it, and of the process. */

let peer: XPeer;
playedBy(['api.x.com'], () => peer);

/** A council whose X account is connected by a token that rotates. */
async function openOnX(
  played: XPeerOptions,
  over: { executor?: (real: Executor) => Executor; published?: () => void } = {},
) {
  const clock = { now: () => morning };
  peer = playX({ clock: () => clock.now(), ...played });
  const outside = createOutside(() => clock.now());
  const folder = await mkdtemp(join(tmpdir(), 'crier-renewed-'));
  const blobs = await openBlobFolder(folder);
  const { clientId, clientSecret, refreshToken } = xAccount;
  const council = await openCouncil({
    outside,
    networkOf: (account, executor, outliving) => {
      if (account.network !== 'x') return outside.network(account);
      const network: Network = connectedNetwork(
        account,
        { network: 'x', credentials: { kind: 'oauth2', clientId, clientSecret, refreshToken } },
        {
          executor: over.executor?.(executor) ?? executor,
          blobs,
          clock: () => clock.now(),
          outliving,
          tokenKey: new Uint8Array(32).fill(5),
          mediaAddress: () => '',
          publicUrl: () => 'https://news.sefton.example',
        },
      );
      return {
        ...network,
        publish: async (...given) => {
          const outcome = await network.publish(...given);
          over.published?.();
          return outcome;
        },
      };
    },
  });
  clock.now = () => council.now();
  return { council, [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true }) };
}

/** Every token in a line of the log. */
const tokensIn = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /peer-(?:access|refresh|client-secret)/u.test(line));

const renewals = (): number => peer.requests.filter((each) => each.includes('oauth2/token')).length;

test('a stop waits for the token that X has just given, though the call that asked for it was given up', async () => {
  const spent = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const givenUp = Promise.withResolvers<void>();
  let slow = false;
  await using opened = await openOnX(
    {
      // Every call needs another one.
      tokenLife: 30,
      onGrant: async () => {
        if (!slow) return;
        spent.resolve();
        await answered.promise;
      },
    },
    { published: () => givenUp.resolve() },
  );
  const { council: first } = opened;
  const ellen = first.as('ellen-rimmer');
  await ellen.say('propose for Highways: Moor Lane is closed.');
  await ellen.press('Send to Highways approvers');
  slow = true;
  const approved = first.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await spent.promise;
  const again = first.restart();
  await givenUp.promise;
  await approved;
  answered.resolve();
  await using council = await again;
  await council.pass(60_000);
  expect((await council.post(1)).status.is).toBe('published');
  expect(peer.posts()).toHaveLength(1);
  expect(tokensIn(first.lines)).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a token that could not be kept is brought to the store before the process ends, and the log says so without it', async () => {
  let away = true;
  const failing = (real: Executor): Executor => ({
    ...real,
    execute: async (call) => {
      if (away && call.command === 'account-tokens.keep') throw new Error(JSON.stringify(call.params));
      return await real.execute(call);
    },
  });
  const tried = Promise.withResolvers<void>();
  await using opened = await openOnX({}, { executor: failing, published: () => tried.resolve() });
  const { council: first } = opened;
  const ellen = first.as('ellen-rimmer');
  await ellen.say('propose for Highways: Moor Lane is closed.');
  await ellen.press('Send to Highways approvers');
  await first.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await tried.promise;
  expect(peer.posts()).toEqual([]);
  const said = first.lines.filter((line) => line.includes('went on after its call'));
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((line) => !line.includes('"account":"x-main"'))).toEqual([]);
  expect(tokensIn(first.lines)).toEqual([]);
  away = false;
  await using council = await first.restart();
  await council.pass(60_000);
  expect(peer.posts()).toHaveLength(1);
  expect(renewals()).toBe(1);
  expect((await council.audit()).findings).toEqual([]);
});
