import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kinds } from '../src/kinds.ts';
import { checkOurs, noteUse, openSharedStore } from '../src/open-store.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { ended, listening } from './peers/listening.ts';
import { fixtureProtocol } from './protocol/fixture-registers.ts';

test.each([
  [401, 'did not take the key. Check COSMOS_ENDPOINT and COSMOS_KEY'],
  [403, "lets nobody in from here, or not by this key. Check the account's firewall, COSMOS_KEY"],
  [500, 'could not be reached, or gave no clear answer. Check COSMOS_ENDPOINT'],
])(
  'Cosmos DB that answers %d names what to look at, and tells nothing of the answer',
  async (status, words) => {
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{"code":"told","message":"told"}');
    });
    const { url } = await listening(server);
    try {
      const names = { endpoint: url, key: 'a2V5', database: 'crier', container: 'crier' };
      const opened = openSharedStore({ kind: 'cosmos', ...names }, fixtureProtocol);
      await expect(opened).rejects.toThrow(`Cosmos DB at ${new URL(url).host} ${words}`);
      await expect(opened).rejects.not.toThrow(/told|a2V5/u);
    } finally {
      await ended(server);
    }
  },
);

const played = 'http://127.0.0.1:3978/rehearsal/connector';
const simulator = 'http://localhost:56150/_connector';
const teams = 'https://smba.trafficmanager.net/uk/';

test.each([
  ['people that one person played', [played], 'rehearsal'],
  ['somebody in the simulator', [simulator], 'rehearsal'],
  ['nobody yet', [], undefined],
  ['the council in Teams', [teams], 'production'],
  ['people that one person played, and the council in Teams since', [played, teams], 'production'],
] as const)("what an earlier release kept, which had met %s, is that use's", async (_whom, met, shown) => {
  for (const mode of ['rehearsal', 'production'] as const) {
    const folder = await mkdtemp(join(tmpdir(), 'crier-use-'));
    const open = async () => await openSqlite({ folder, kinds, council: 'sefton', written: 'here' });
    const key = randomBytes(32);
    try {
      const store = await open();
      for (const [n, serviceUrl] of met.entries()) {
        const id = `person-${String(n)}`;
        const state = { id, chat: { conversationId: 'a:1', serviceUrl, userId: '29:1' } };
        await store.create({ kind: 'person', id, form: 1, index: { id }, words: [], body: { state } });
      }
      const use = (mode: 'rehearsal' | 'production') =>
        ({ mode, data: folder, store: { kind: 'sqlite' } }) as const;
      const checked = checkOurs(store, key, use(mode));
      if (shown === undefined || shown === mode) {
        await checked;
        await noteUse(store, use(mode));
        await store.close();
        const other = mode === 'rehearsal' ? 'production' : 'rehearsal';
        await expect(checkOurs(await open(), key, use(other))).rejects.toThrow(`The data in ${folder} is a `);
        const again = await open();
        await checkOurs(again, key, use(mode));
        await noteUse(again, use(mode));
        await again.close();
      } else await expect(checked).rejects.toThrow(`The data in ${folder} is a `);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
});
