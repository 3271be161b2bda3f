import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { aggregates } from '../../src/app.ts';
import { connectedAggregates } from '../../src/connected.ts';
import { auditKinds } from '../../src/core/audit.ts';
import { createExecutor } from '../../src/core/execute.ts';
import { readsForms, stateIn, UnknownForm } from '../../src/core/forms.ts';
import { rehearsalAggregates } from '../../src/networks/rehearsal/entry.ts';
import { sqliteFile } from '../../src/store/sqlite.ts';
import { openCouncil } from '../journeys/council.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { ballotKind, ballots } from './ballot.ts';

test('every kind refuses a form that it does not know, older and newer', () => {
  for (const { kind, visit } of [...aggregates, ...rehearsalAggregates, ...connectedAggregates]) {
    const read = (form: number) => visit((registered) => () => registered.kind.parse({}, form));
    expect(read(99), kind).toThrow(UnknownForm);
    expect(read(0), kind).toThrow(UnknownForm);
    expect(read(1), kind).not.toThrow(UnknownForm);
  }
});

test('each form that is known is read by its own schema', () => {
  const kind = {
    kind: 'pair',
    parse: readsForms('pair', {
      1: z.object({ both: z.string() }).transform(({ both }) => ({ one: both, other: both })),
      2: z.object({ one: z.string(), other: z.string() }),
    }),
  };
  expect(stateIn(kind, { id: 'p1', form: 1, body: { state: { both: 'a' } } })).toEqual({
    one: 'a',
    other: 'a',
  });
  expect(stateIn(kind, { id: 'p1', form: 2, body: { state: { one: 'a', other: 'b' } } })).toEqual({
    one: 'a',
    other: 'b',
  });
  expect(() => stateIn(kind, { id: 'p1', form: 1, body: [] })).toThrow('pair p1 holds no state');
});

test('what a newer release wrote is neither read nor written', async () => {
  const store = memoryStore([ballotKind, ...Object.values(auditKinds)]);
  const build = () =>
    createExecutor({
      store,
      aggregates: [ballots],
      clock: () => 1_000_000,
      protocol: () => ({ version: 'v1', most: 500 }),
      auditKey: new Uint8Array(32).fill(7),
      randomId: () => 'random',
    });
  const actor = { by: 'person', person: 'ann' } as const;
  const vote = { command: 'ballot.vote', id: 'b1', params: { choice: 'yes' }, actor };
  await build().execute(vote);
  for (const [name, text] of store.documents) store.documents.set(name, text.replace('"form":1', '"form":2'));
  const before = JSON.stringify([...store.documents]);
  await expect(build().execute(vote)).rejects.toThrow(UnknownForm);
  await expect(build().load(ballotKind, 'b1')).rejects.toThrow(UnknownForm);
  expect(JSON.stringify([...store.documents])).toBe(before);
});

test('somebody who meets a post that a newer release wrote is told so, and it stays as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crier-forms-'));
  try {
    {
      await using newer = await openCouncil();
      await newer.as('nadia-hartley').say('propose Moor Lane is closed.');
      // Files of a database that is in use, copied one after the other, do not belong together.
      const inUse = new DatabaseSync(sqliteFile(newer.folder), { readOnly: true });
      inUse.exec(`VACUUM INTO '${sqliteFile(folder)}'`);
      inUse.close();
    }
    const database = new DatabaseSync(sqliteFile(folder));
    database.exec("UPDATE documents SET form = 99 WHERE kind = 'post'");
    const stored = () => database.prepare("SELECT * FROM documents WHERE kind = 'post'").all();
    const before = stored();
    expect(before).toHaveLength(1);
    database.close();
    await using council = await openCouncil({ folder });
    const nadia = council.as('nadia-hartley');
    for (const typed of ['show 1', 'cancel 1']) {
      const [said] = await nadia.say(typed);
      expect(said?.text).toContain('A newer Crier has written this already');
    }
    expect((await nadia.say('propose Park Lane is closed.')).map(({ text }) => text).join()).toContain('#2');
    const read = new DatabaseSync(sqliteFile(folder), { readOnly: true });
    expect(read.prepare("SELECT * FROM documents WHERE kind = 'post' AND form = 99").all()).toEqual(before);
    read.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
