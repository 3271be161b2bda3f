import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { openSharedStore } from '../src/open-store.ts';
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
