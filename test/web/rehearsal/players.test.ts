import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { parseProtocol } from '../../../src/protocol/parse.ts';
import type { Protocol } from '../../../src/protocol/protocol.ts';
import { playersOf } from '../../../src/web/rehearsal/players.ts';

const read = (file: string): Promise<string> =>
  readFile(new URL(`../../../${file}`, import.meta.url), 'utf8');
const user = z.object({ userPrincipleName: z.string(), aadObjectId: z.string() });

let protocol: Protocol;
let simulatorFile: string;

beforeAll(async () => {
  const parsed = parseProtocol(await read('protocol.yaml'));
  if (!parsed.ok) throw new Error('the sample does not parse');
  protocol = parsed.protocol;
  simulatorFile = await read('.m365agentsplayground.yml');
});

test('everybody of the protocol can be played, each as somebody else', () => {
  const players = playersOf(protocol, simulatorFile);
  expect(players.map(({ person }) => person).sort()).toEqual(Object.keys(protocol.people).sort());
  expect(new Set(players.map(({ objectId }) => objectId)).size).toBe(players.length);
});

test('whom the simulator knows has the same object id there and here', () => {
  const { currentUser, users } = z
    .object({ currentUser: user, users: z.array(user) })
    .parse(parse(simulatorFile));
  const here = new Map(
    playersOf(protocol, simulatorFile).map((each) => [each.userPrincipalName, each.objectId]),
  );
  const there = [currentUser, ...users];
  expect(there).toHaveLength(6);
  for (const { userPrincipleName, aadObjectId } of there)
    expect(here.get(userPrincipleName)).toBe(aadObjectId);
});

test.each([
  ['no file', undefined],
  ['another file', 'people: []'],
  ['an empty file', ''],
])('with %s everybody has an object id that stays the same', (_case, file) => {
  const ids = playersOf(protocol, file).map(({ objectId }) => objectId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(playersOf(protocol, file).map(({ objectId }) => objectId)).toEqual(ids);
});
