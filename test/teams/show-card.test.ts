import { expect, test } from 'vitest';
import { createExecutor, type Executor } from '../../src/core/execute.ts';
import { peopleAggregates } from '../../src/people/index.ts';
import { personDocument, personKind } from '../../src/people/person.ts';
import { placeKind } from '../../src/people/place.ts';
import { rosterKind } from '../../src/people/roster.ts';
import { postAggregates } from '../../src/posts/index.ts';
import { postKind } from '../../src/posts/kind.ts';
import type { Courier } from '../../src/teams/courier.ts';
import { showCardHandler } from '../../src/teams/show-card.ts';
import { now, rules } from '../fixtures/cards/rules.ts';
import { memoryStore } from '../peers/memory-store.ts';

const id = 'post-1';
const none = async () => await Promise.reject(new Error('not asked for here'));

/** Posts and Teams channels by themselves, and how one post is given its commands. */
function desk() {
  let ids = 0;
  const executor = createExecutor({
    store: memoryStore([postKind, placeKind, personKind, rosterKind]),
    aggregates: [...postAggregates, ...peopleAggregates],
    clock: () => now,
    protocol: () => rules,
    auditKey: new Uint8Array(32),
    randomId: () => `random-${String((ids += 1))}`,
  });
  const give = async (command: string, params: unknown, person?: string) =>
    await executor.execute({
      command,
      id,
      params,
      actor: person === undefined ? { by: 'crier' } : { by: 'person', person },
    });
  return { executor, give };
}

/** A run that shows one copy of the post, by a courier that does so. */
function runOf(executor: Executor, copy: string, courier: Pick<Courier, 'post' | 'update'>) {
  const { open } = showCardHandler({
    executor,
    courier: { ...courier, members: none, beginChat: none, fetchAttachment: none },
    draw: async () => await Promise.resolve({ text: 'drawn' }),
    mayPost: async () => await Promise.resolve(undefined),
    guests: { areIn: async () => await Promise.resolve(false), forget: () => undefined },
    rules: () => rules,
    clock: () => now,
    tenantId: undefined,
  });
  return open({
    kind: 'post',
    id,
    key: `card:${copy}`,
    data: { copy },
    attempt: 'attempt-1',
    attempts: 1,
    due: now,
    now,
    load: async (kind) => (await executor.load(kind, id))?.state,
  });
}

test('a run that was due before a form was opened draws nothing over it', async () => {
  const { executor, give } = desk();
  const drawn: string[] = [];
  const call = async () => {
    drawn.push('called');
    return await Promise.resolve({ sent: true, activityId: 'card-1', conversationId: 'channel-1' } as const);
  };
  const run = runOf(executor, 'thread', { post: call, update: call });

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
  await give('post.answered-on-card', {
    activityId: 'card-1',
    person: 'nadia-hartley',
    seen: 0,
    form: true,
  });
  expect(await run.run(AbortSignal.timeout(1_000))).toEqual({ outcome: 'done' });
  expect(drawn).toEqual([]);
  await give('post.answered-on-card', { activityId: 'card-1', person: 'nadia-hartley', seen: 0 });
  expect(await run.run(AbortSignal.timeout(1_000))).toMatchObject({ outcome: 'done', value: { shown: 1 } });
  expect(drawn).toEqual(['called']);
});

test('what was on its way to a card as somebody was answered on it comes once more, with the answer', async () => {
  const { executor, give } = desk();
  const words = { number: 1, text: 'Moor Lane is closed.', media: [], urgency: 'normal' };
  await give('post.propose', { ...words, department: 'highways', accounts: ['website'] }, 'nadia-hartley');
  const person = 'nadia-hartley';
  const copy = `person:${person}`;
  const posted = { activityId: 'card-1', conversationId: 'chat-1' };
  const chat = { conversationId: 'chat-1', serviceUrl: 'https://teams.example', userId: '29:nadia' };
  await executor.execute({
    command: 'person.meet',
    id: personDocument(person),
    params: { person, objectId: 'aad-nadia', chat },
    actor: { by: 'crier' },
  });
  await give('post.card-moved', {
    to: { kind: 'person', person },
    posted,
    turn: 0,
    serviceUrl: 'https://teams.example',
  });
  const said = { words: 'Ellen was first.', typed: {}, turn: 1 };
  const run = runOf(executor, copy, {
    post: none,
    update: async () => {
      const answer = await give('post.answered-on-card', { activityId: 'card-1', person, seen: 0, said });
      expect(answer.done).toBe(true);
      return { sent: true, ...posted };
    },
  });
  const outcome = await run.run(AbortSignal.timeout(1_000));
  if (outcome.outcome === 'full') throw new Error('nothing else is sent here');
  const call = run.settled(outcome);
  if (call === undefined) throw new Error('nothing was shown');
  await give(call.command, call.params);
  const shown = async () =>
    (await executor.load(postKind, id))?.state.copies.find(({ key }) => key === copy)?.shown;
  expect(await shown()).toBe(0);

  const again = runOf(executor, copy, {
    post: none,
    update: async () => await Promise.resolve({ sent: true, ...posted }),
  });
  const shownAgain = await again.run(AbortSignal.timeout(1_000));
  expect(shownAgain).toMatchObject({ outcome: 'done', value: { said: now } });
  const recorded = shownAgain.outcome === 'full' ? undefined : again.settled(shownAgain);
  if (recorded !== undefined) await give(recorded.command, recorded.params);
  expect(await shown()).toBe(1);
});

test('a card that comes to a Teams channel while another one takes its place is looked after again at once', async () => {
  const { executor, give } = desk();
  const serviceUrl = 'https://teams.example';
  const choose = async (conversationId: string) =>
    await executor.execute({
      command: 'place.use',
      id: 'place-desk',
      params: { of: 'desk', conversationId, serviceUrl, guests: false },
      actor: { by: 'person', person: 'ellen-rimmer' },
    });
  await choose('19:one');
  const words = { number: 1, text: 'Moor Lane is closed.', media: [], urgency: 'normal' };
  await give('post.propose', { ...words, department: 'highways', accounts: ['website'] }, 'nadia-hartley');
  expect(await give('post.send', { revision: 1 }, 'nadia-hartley')).toMatchObject({ done: true });
  const copy = async () =>
    (await executor.load(postKind, id))?.state.copies.find(({ key }) => key === 'channel:desk');
  expect(await copy()).toMatchObject({ shown: 0 });

  const run = runOf(executor, 'channel:desk', {
    post: async () => {
      await choose('19:other');
      return { sent: true, activityId: 'card-1', conversationId: '19:one;messageid=1' };
    },
    update: none,
  });
  const settle = async (outcome: Awaited<ReturnType<typeof run.run>>): Promise<void> => {
    if (outcome.outcome === 'full') throw new Error('nothing else is sent here');
    const call = run.settled(outcome);
    if (call !== undefined) expect((await give(call.command, call.params)).done).toBe(true);
  };
  const first = await run.run(AbortSignal.timeout(1_000));
  expect(first).toMatchObject({ outcome: 'retry', value: { shown: 2 } });
  await settle(first);
  expect(await copy()).toMatchObject({ posted: { conversationId: '19:one;messageid=1' } });
  const second = await run.run(AbortSignal.timeout(1_000));
  expect(second).toMatchObject({ outcome: 'done', value: { left: { of: 'desk', used: '19:other' } } });
  await settle(second);
  expect(await copy()).toEqual({
    key: 'channel:desk',
    to: { kind: 'teams-channel', of: 'desk' },
    shown: 0,
    left: [
      { activityId: 'card-1', conversationId: '19:one;messageid=1', serviceUrl: 'https://teams.example' },
    ],
  });
  // A copy that is none any more may have been drawn all the same: what came of that is retired as well.
  const late = { activityId: 'card-2', conversationId: '19:two;messageid=2' };
  const began = { at: 'card-2', serviceUrl };
  await give('post.shown', { copy: 'channel:highways', turn: 2, posted: late, began });
  const { effects } = await executor.waiting('post', id);
  const retired = effects.filter(({ type }) => type === 'post.retire-card').map(({ data }) => data);
  expect(retired).toMatchObject([{ activityId: 'card-1' }, { activityId: 'card-2' }]);
});
