// Bluesky's own server with one account, for the suite beside it, to which it says when it is ready.
'use strict';
const { randomBytes } = require('node:crypto');
const { mkdtemp } = require('node:fs/promises');
const { createServer } = require('node:http');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

async function main() {
  const { PDS } = await import('@atproto/pds');
  const [handle = '', password = ''] = process.argv.slice(2);

  /** The directory of accounts that the network has one of: it keeps what it is told and gives it back. */
  const operations = new Map();
  const directory = createServer(async (request, response) => {
    const did = decodeURIComponent((request.url ?? '').split('/')[1] ?? '');
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += chunk;
      operations.set(did, JSON.parse(body));
      response.end('{}');
      return;
    }
    const operation = operations.get(did);
    response.writeHead(operation === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        operation === undefined
          ? {}
          : {
              id: did,
              alsoKnownAs: operation.alsoKnownAs,
              verificationMethod: [
                {
                  id: `${did}#atproto`,
                  type: 'Multikey',
                  controller: did,
                  publicKeyMultibase: operation.verificationMethods.atproto.replace('did:key:', ''),
                },
              ],
              service: [
                {
                  id: '#atproto_pds',
                  type: 'AtprotoPersonalDataServer',
                  serviceEndpoint: operation.services.atproto_pds.endpoint,
                },
              ],
            },
      ),
    );
  });
  await new Promise((resolve) => directory.listen(0, '127.0.0.1', resolve));

  /** A port that nobody has now: the server has to know its own before it listens. */
  const free = createServer();
  await new Promise((resolve) => free.listen(0, '127.0.0.1', resolve));
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));

  const folder = await mkdtemp(join(tmpdir(), 'crier-bluesky-server-'));
  const server = await PDS.fromEnv({
    devMode: true,
    port,
    hostname: 'localhost',
    dataDirectory: folder,
    blobstoreDiskLocation: join(folder, 'blobs'),
    didPlcUrl: `http://127.0.0.1:${directory.address().port}`,
    serviceHandleDomains: ['.test'],
    jwtSecret: randomBytes(16).toString('hex'),
    adminPassword: randomBytes(16).toString('hex'),
    plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
    inviteRequired: false,
    rateLimitsEnabled: false,
  });
  await server.start();
  const service = `http://localhost:${port}`;
  const made = await fetch(`${service}/xrpc/com.atproto.server.createAccount`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle, password, email: 'news@sefton.example' }),
  });
  if (!made.ok) throw new Error(`no account was made: ${await made.text()}`);
  process.send?.({ service, folder });
  process.on('disconnect', () => process.exit());
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
