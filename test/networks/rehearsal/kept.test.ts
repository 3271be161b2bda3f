import { expect, test } from 'vitest';
import { auditKinds } from '../../../src/core/audit.ts';
import { createExecutor } from '../../../src/core/execute.ts';
import { entryKind, rehearsalAggregates, rehearsalKinds } from '../../../src/networks/rehearsal/entry.ts';
import { afterRehearsal, keptTimeline } from '../../../src/networks/rehearsal/kept.ts';
import { createOutside } from '../../journeys/outside.ts';
import { memoryStore } from '../../peers/memory-store.ts';
import { key as asked, partsOn, remoteOf, signal } from '../played.ts';

const key = { ...asked, rehearsed: true } as const;

const executorAt = (clock: () => number) =>
  createExecutor({
    store: memoryStore([...rehearsalKinds, ...Object.values(auditKinds)]),
    aggregates: rehearsalAggregates,
    clock,
    protocol: () => ({ version: 'v1' }),
    auditKey: new Uint8Array(32).fill(7),
    randomId: () => 'r',
  });

test('a late repeat of what was put right or taken down in a rehearsal changes nothing', async () => {
  let now = 1_000;
  const executor = executorAt(() => now);
  const network = keptTimeline('facebook', executor);
  const part = partsOn('facebook')();
  const entry = async (id: string) => (await executor.load(entryKind, id))?.state;

  const remote = remoteOf(await network.publish(part, key, signal));
  now = 2_000;
  await network.edit?.(remote, { ...part, text: 'It is open.' }, key, 'the road', signal);
  now = 3_000;
  expect(await network.publish(part, key, signal)).toEqual({ outcome: 'published', remote });
  expect(await entry(remote.remoteId)).toMatchObject({ text: 'It is open.', at: 1_000, changedAt: 2_000 });

  await network.remove(remote, key, signal);
  now = 4_000;
  expect(await network.publish(part, key, signal)).toEqual({ outcome: 'published', remote });
  expect(await entry(remote.remoteId)).toMatchObject({ text: '', at: 1_000, removedAt: 3_000 });
});

test('a rehearsal tells of what stands in it whether it still does, and of nothing else', async () => {
  const executor = executorAt(() => 1_000);
  const network = keptTimeline('x', executor);
  const remote = remoteOf(await network.publish(partsOn('x')(), key, signal));
  expect(await network.stands(remote, key, signal)).toBe('there');
  await network.remove(remote, key, signal);
  expect(await network.stands(remote, key, signal)).toBe('gone');
  const real = { remoteId: '1789', url: 'https://x.com/i/1789' };
  expect(await network.stands(real, key, signal)).toBe('unseen');
});

test('what a rehearsed post quotes stands with it, and is gone with it', async () => {
  const executor = executorAt(() => 1_000);
  const network = keptTimeline('x', executor);
  const quote = { remoteId: '1789', url: 'https://x.com/MerseyFire/status/1789' };
  const remote = remoteOf(await network.publish(partsOn('x')({ quote }), key, signal));
  const entry = async () => (await executor.load(entryKind, remote.remoteId))?.state;
  expect(await entry()).toMatchObject({ quote: quote.url });
  await network.remove(remote, key, signal);
  expect(await entry()).not.toHaveProperty('quote');
});

test('a rehearsed video shows what people would read beside it on the network, and an edit changes no more than it does there', async () => {
  const executor = executorAt(() => 1_000);
  const film = { hash: 'a', contentType: 'video/mp4', alt: 'A brick home.', width: 1, height: 1, bytes: 1 };
  const standing = async (of: 'youtube' | 'facebook' | 'bluesky') => {
    const network = keptTimeline(of, executor);
    const part = { ...partsOn(of)(), text: 'See how we build. It is quick.', media: [film] };
    const remote = remoteOf(await network.publish(part, { ...key, id: of }, signal));
    const right = {
      ...part,
      text: 'See how we mend. It is quick.',
      media: [{ ...film, alt: 'A stone home.' }],
    };
    await network.edit?.(remote, right, key, 'We build nothing.', signal);
    return (await executor.load(entryKind, remote.remoteId))?.state;
  };
  expect(await standing('youtube')).toMatchObject({
    title: 'See how we mend',
    media: [{ alt: '' }],
    note: 'We build nothing.',
  });
  const onFacebook = await standing('facebook');
  expect(onFacebook).toMatchObject({ text: 'See how we mend. It is quick.', media: [{ alt: '' }] });
  expect(onFacebook).not.toHaveProperty('note');
  expect(await standing('bluesky')).toMatchObject({ media: [{ alt: 'A brick home.' }] });
});

test('what was agreed to for the public does not stand in a rehearsal, nor is looked for there; what was for a rehearsal never reaches the network', async () => {
  const executor = executorAt(() => 1_000);
  const kept = keptTimeline('x', executor);
  const part = partsOn('x')();
  expect(await kept.publish(part, asked, signal)).toEqual({ outcome: 'refused', reason: 'rehearses-since' });
  expect(await kept.find(part, asked, 0, signal)).toEqual({ found: 'cannot-look' });

  const outside = createOutside(() => 1_000);
  const account = { id: 'x-main', network: 'x', name: '@Sefton', owner: 'desk', purpose: '' } as const;
  const real = outside.network({ ...account, departments: [], byDefault: true });
  const after = afterRehearsal(real, kept);
  const remote = remoteOf(await after.publish(part, key, signal));
  expect(await after.find(part, key, 0, signal)).toEqual({ found: true, remotes: [remote] });
  expect(await after.measure?.(remote, signal)).toBeUndefined();
  expect(outside.calls).toEqual([]);
  await after.publish(part, asked, signal);
  expect(outside.standing('x-main')).toEqual([part.text]);
});
