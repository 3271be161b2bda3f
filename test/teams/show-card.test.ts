import { expect, test } from 'vitest';
import { createExecutor } from '../../src/core/execute.ts';
import { postAggregates } from '../../src/posts/index.ts';
import { postKind } from '../../src/posts/kind.ts';
import { showCardHandler } from '../../src/teams/show-card.ts';
import { now, rules } from '../fixtures/cards/rules.ts';
import { memoryStore } from '../peers/memory-store.ts';

test('a run that was due before a form was opened draws nothing over it', async () => {
  let ids = 0;
  const executor = createExecutor({
    store: memoryStore([postKind]),
    aggregates: postAggregates,
    clock: () => now,
    protocol: () => rules,
    auditKey: new Uint8Array(32),
    randomId: () => `random-${String((ids += 1))}`,
  });
  const id = 'post-1';
  const give = async (command: string, params: unknown, person?: string) =>
    await executor.execute({
      command,
      id,
      params,
      actor: person === undefined ? { by: 'crier' } : { by: 'person', person },
    });
  const drawn: string[] = [];
  const call = async () => {
    drawn.push('called');
    return await Promise.resolve({ sent: true, activityId: 'card-1', conversationId: 'channel-1' } as const);
  };
  const none = async () => await Promise.reject(new Error('not asked for here'));
  const { open } = showCardHandler({
    executor,
    courier: { post: call, update: call, members: none, fetchAttachment: none },
    draw: async () => await Promise.resolve({ text: 'drawn' }),
    mayPost: async () => await Promise.resolve(undefined),
    guests: { areIn: async () => await Promise.resolve(false), forget: () => undefined },
    rules: () => rules,
    clock: () => now,
    tenantId: undefined,
  });
  const run = open({
    kind: 'post',
    id,
    key: 'card:thread',
    data: { copy: 'thread' },
    attempt: 'attempt-1',
    attempts: 1,
    now,
    load: async (kind) => (await executor.load(kind, id))?.state,
  });

  const thread = { conversationId: 'channel-1', serviceUrl: 'https://teams.example' };
  const words = {
    number: 1,
    text: 'Moor Lane is closed.',
    media: [],
    urgency: 'normal',
    department: 'highways',
  };
  await give('post.propose', { ...words, accounts: ['website'], thread }, 'nadia-hartley');
  const posted = { activityId: 'card-1', conversationId: 'channel-1' };
  await give('post.shown', { copy: 'thread', turn: 0, posted });
  await give('post.form-opened', { activityId: 'card-1', person: 'nadia-hartley' });
  expect(await run.run(AbortSignal.timeout(1_000))).toEqual({ outcome: 'done' });
  expect(drawn).toEqual([]);
  await give('post.form-closed', { activityId: 'card-1', person: 'nadia-hartley' });
  expect(await run.run(AbortSignal.timeout(1_000))).toMatchObject({ outcome: 'done', value: { shown: 1 } });
  expect(drawn).toEqual(['called']);
});
