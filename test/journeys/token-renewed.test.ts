import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectedNetwork } from '../../src/connected.ts';
import type { Executor } from '../../src/core/execute.ts';
import type { Network } from '../../src/networks/network.ts';
import { kinds } from '../../src/kinds.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { playedBy } from '../networks/played.ts';
import { playX, xAccount, type XPeer, type XPeerOptions } from '../peers/x.ts';
import { memoryStore, type MemoryStore } from '../peers/memory-store.ts';
import { minute, morning, openCouncil, type Council, type CouncilOptions } from './council.ts';
import { createOutside } from './outside.ts';

/** X gives a token once: it is kept whatever becomes of the call that asked for it, and of the process. */

let peer: XPeer;
playedBy(['api.x.com'], () => peer);

interface Over {
  readonly executor?: (real: Executor) => Executor;
  readonly published?: () => void;
  /** in a store that several instances share */
  readonly store?: MemoryStore;
}

/** A council whose X account is connected by a token that rotates, and others of its instances. */
async function openOnX(played: XPeerOptions, over: Over = {}) {
  const clock = { now: () => morning };
  peer = playX({ clock: () => clock.now(), ...played });
  const outside = createOutside(() => clock.now());
  const folder = await mkdtemp(join(tmpdir(), 'crier-renewed-'));
  const blobs = await openBlobFolder(folder);
  const { clientId, clientSecret, refreshToken } = xAccount;
  const of = ({ executor: through, published, store }: Over): CouncilOptions => ({
    outside,
    ...(store === undefined ? {} : { store }),
    networkOf: (account, executor, outliving) => {
      if (account.network !== 'x') return outside.network(account);
      const network: Network = connectedNetwork(
        account,
        { network: 'x', credentials: { kind: 'oauth2', clientId, clientSecret, refreshToken } },
        {
          executor: through?.(executor) ?? executor,
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
          published?.();
          return outcome;
        },
      };
    },
  });
  const council = await openCouncil(of(over));
  clock.now = () => council.now();
  const another = async (): Promise<Council> =>
    await openCouncil({
      ...of(over.store === undefined ? {} : { store: over.store }),
      connector: council.connector,
      folder: council.folder,
      met: [],
      at: council.now(),
    });
  return { council, another, [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true }) };
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

/** A post that is out, and one that is due a minute before another. @returns when the first of them is */
async function twoDue(council: Council): Promise<number> {
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  const [use] = await ellen.say('use this channel for the desk', { channel: desk });
  await ellen.press('Yes, use this channel', {}, use);
  for (const [number, when] of [[1], [2, 'today 11:39'], [3, 'today 11:40']] as const) {
    await ellen.say(`propose for Highways: Road number ${String(number)} is closed.`);
    if (when !== undefined) await ellen.say(`schedule ${String(number)} ${when}`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(number));
    const approve = priya.buttons(priya.card(number)).find((each) => each.startsWith('Approve'));
    await priya.press(approve ?? '', { confirm: 'true' }, priya.card(number));
  }
  return Date.UTC(2026, 10, 24, 11, 39);
}

const desk = '19:desk@thread.tacv2';
const saidDead = (council: Council): number =>
  council.shown(desk).filter(({ text }) => text.includes('does not let Crier in')).length;

test('two instances that need a new token in the same moment: both posts go out, and nobody hears of it', async () => {
  let meanwhile: (() => Promise<void>) | undefined;
  await using opened = await openOnX(
    {
      onGrant: async () => {
        const work = meanwhile;
        meanwhile = undefined;
        await work?.();
      },
    },
    { store: memoryStore(kinds, { shared: true }) },
  );
  await using first = opened.council;
  const due = await twoDue(first);
  await first.until(due - 5 * minute);
  await using second = await opened.another();
  const before = renewals();
  peer.faults.next('expired token refreshed');
  // While X's answer is on its way to the one, the other has a post that is due as well.
  meanwhile = async () => await second.until(due + minute);
  await first.until(due);
  for (let waited = 0; waited < 30_000; waited += 5_000) await second.pass(5_000);
  expect(peer.posts()).toHaveLength(3);
  expect(renewals()).toBe(before + 1);
  expect(saidDead(first)).toBe(0);
});

test('an instance that dies before it has kept the new token: the desk hears once that X lets nobody in', async () => {
  let dying = false;
  const executor = (real: Executor): Executor => ({
    ...real,
    execute: async (call) => {
      if (dying && call.command === 'account-tokens.keep') throw new Error('the process has died');
      return await real.execute(call);
    },
  });
  const store = memoryStore(kinds, { shared: true });
  await using opened = await openOnX({}, { executor, store });
  await using first = opened.council;
  const due = await twoDue(first);
  await first.until(due - 5 * minute);
  await using second = await opened.another();
  peer.faults.next('expired token refreshed');
  dying = true;
  await first.until(due);
  await second.until(due + minute + minute / 4);
  expect(saidDead(second)).toBe(0);
  await second.until(due + 20 * minute);
  expect(saidDead(second)).toBe(1);
  expect(peer.posts()).toHaveLength(1);
});
