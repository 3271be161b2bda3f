import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { blueskyNetwork } from '../../src/networks/bluesky/bluesky.ts';
import type { PlanPart, PublicationKey, PublishOutcome, Remote } from '../../src/networks/network.ts';

/**
 * The adapter for Bluesky against Bluesky's own server. That one is 340 MB, so it is no dependency of Crier: it is
 * installed beside this file when it is wanted, by its own lock file.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));
const handle = 'council.test';
const appPassword = 'a-password-for-one-run';

async function install(): Promise<void> {
  if (existsSync(`${folder}node_modules/@atproto/pds`)) return;
  console.log('Bluesky’s own server is being installed (340 MB) …');
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const ended = z
    .tuple([z.number().nullable()])
    .rest(z.unknown())
    .parse(await once(npm, 'exit'));
  if (ended[0] !== 0) throw new Error('Bluesky’s server could not be installed');
}

const ready = z.object({ service: z.string(), folder: z.string() });

/** Starts the server with one account; what it logs is left out. */
async function start() {
  const server = fork(`${folder}server.cjs`, [handle, appPassword], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const told = z
    .tuple([ready])
    .rest(z.unknown())
    .parse(await once(server, 'message'));
  return { ...told[0], server };
}

const soon = (): AbortSignal => AbortSignal.timeout(20_000);
const keyOf = (n: number): PublicationKey => ({
  id: `pub-${String(n)}`,
  post: `post-${String(n)}`,
  number: n,
  begun: Date.UTC(2026, 10, 24, 9, n),
});
const part = (text: string, more: Partial<PlanPart> = {}): PlanPart => ({
  account: 'bluesky-main',
  network: 'bluesky',
  part: 0,
  text,
  media: [],
  from: 'Highways',
  ...more,
});

function remoteOf(outcome: PublishOutcome): Remote {
  assert.equal(outcome.outcome, 'published', JSON.stringify(outcome));
  return outcome.outcome === 'published' ? outcome.remote : { remoteId: '', url: '' };
}

await install();
const { service, folder: data, server } = await start();
try {
  const picture = await plainPhoto('#0b6', 40, 30);
  const network = blueskyNetwork({
    credentials: { handle, appPassword, service },
    media: async () => await Promise.resolve(picture),
    clock: Date.now,
  });
  const listed = z.object({
    records: z.array(
      z.object({ uri: z.string(), cid: z.string(), value: z.record(z.string(), z.unknown()) }),
    ),
  });
  const records = async () => {
    const query = new URLSearchParams({ repo: handle, collection: 'app.bsky.feed.post' });
    const response = await fetch(`${service}/xrpc/com.atproto.repo.listRecords?${query.toString()}`);
    return listed.parse(await response.json()).records;
  };
  const checks: Readonly<Record<string, () => Promise<void>>> = {
    'a post with a picture, a link and a hashtag is taken': async () => {
      const words = 'Café Lane is closed: https://www.sefton.gov.uk/roads/closed/cafe-lane #SeftonRoads';
      const media = [{ hash: 'h', contentType: 'image/jpeg', alt: 'A closed road' }];
      const remote = remoteOf(await network.publish(part(words, { media }), keyOf(1), soon()));
      const before = await records();
      assert.deepEqual(
        before.map((each) => each.uri),
        [remote.remoteId],
      );
      assert.equal(
        before[0]?.value['text'],
        'Café Lane is closed: sefton.gov.uk/roads/closed... #SeftonRoads',
      );
      // The same again, as after an answer that was lost.
      assert.deepEqual(remoteOf(await network.publish(part(words, { media }), keyOf(1), soon())), remote);
      assert.deepEqual(await records(), before);
      const found = await network.find(part(words), keyOf(1), 0, soon());
      assert.deepEqual(found, { found: true, remotes: [remote] });
    },
    'the card of a link is taken, with its picture': async () => {
      const uri = 'https://www.sefton.gov.uk/bins';
      const linkCard = {
        uri,
        title: 'Bins',
        description: 'When we come.',
        picture: { hash: 'h', contentType: 'image/jpeg' },
      } as const;
      const remote = remoteOf(await network.publish(part(`See ${uri}`, { linkCard }), keyOf(7), soon()));
      const kept = (await records()).find((each) => each.uri === remote.remoteId);
      const embed = z.object({
        external: z.object({ uri: z.string(), thumb: z.object({ size: z.number() }) }),
      });
      const { external } = embed.parse(kept?.value['embed']);
      assert.deepEqual([external.uri, external.thumb.size], [uri, picture.length]);
    },
    'a thread holds together': async () => {
      const first = remoteOf(await network.publish(part('One.'), keyOf(2), soon()));
      const second = part('Two.', { part: 1, replyTo: first });
      const answer = remoteOf(await network.publish(second, keyOf(3), soon()));
      const kept = (await records()).find((each) => each.uri === answer.remoteId);
      const reply = z.object({ root: z.object({ uri: z.string() }), parent: z.object({ uri: z.string() }) });
      const { root, parent } = reply.parse(kept?.value['reply']);
      assert.deepEqual([root.uri, parent.uri], [first.remoteId, first.remoteId]);
    },
    'what is taken down is gone, again without harm, and nothing is found': async () => {
      const remote = remoteOf(await network.publish(part('Three.'), keyOf(4), soon()));
      for (let time = 0; time < 2; time += 1) remoteOf(await network.remove(remote, keyOf(4), soon()));
      assert.deepEqual(await network.find(part('Three.'), keyOf(4), 0, soon()), { found: false });
    },
    'a text that is too long is refused, and none stands': async () => {
      const outcome = await network.publish(part('a'.repeat(301)), keyOf(5), soon());
      assert.deepEqual(outcome, { outcome: 'refused', reason: 'status-400' });
    },
    'a wrong password blocks the account': async () => {
      const wrong = blueskyNetwork({
        credentials: { handle, appPassword: 'another', service },
        media: async () => await Promise.resolve(picture),
        clock: Date.now,
      });
      const outcome = await wrong.publish(part('Four.'), keyOf(6), soon());
      assert.deepEqual(outcome, { outcome: 'refused', reason: 'account-blocked' });
    },
  };
  for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`ok  ${name}`);
  }
} finally {
  server.kill();
  await rm(data, { recursive: true, force: true });
}
