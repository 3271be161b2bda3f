import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { checkServerIdentity } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { begin, NoLongerPermitted, permittedBy } from '../../src/core/permit.ts';
import { standingAgent } from '../../src/networks/standing-agent.ts';
import { createAuthority } from '../peers/authority.ts';
import { playHosts, type HostHandler } from '../peers/microsoft-proxy.ts';
import { ended, listening } from '../peers/listening.ts';

const host = 'api.x.com';
const platforms = https.globalAgent;

afterEach(() => {
  https.globalAgent = platforms;
});

/** A host that notes what it is asked. */
interface Reached extends AsyncDisposable {
  readonly asked: string[];
  readonly port: number;
}

const noting =
  (asked: string[]): HostHandler =>
  (request, response) => {
    asked.push(request.url ?? '');
    response.end('taken');
  };

async function directly(): Promise<Reached> {
  const asked: string[] = [];
  const authority = createAuthority();
  const server = https.createServer(authority.issue(host), noting(asked));
  const { port } = await listening(server);
  https.globalAgent = new https.Agent({
    keepAlive: true,
    ca: authority.certificate,
    lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  return {
    asked,
    port,
    [Symbol.asyncDispose]: async () => {
      https.globalAgent.destroy();
      await ended(server);
    },
  };
}

async function byProxy(): Promise<Reached> {
  const asked: string[] = [];
  const played = await playHosts({ [host]: noting(asked) });
  const { HTTPS_PROXY, NODE_EXTRA_CA_CERTS = '' } = played.environment;
  https.globalAgent = new https.Agent({
    keepAlive: true,
    ca: readFileSync(NODE_EXTRA_CA_CERTS),
    proxyEnv: { HTTPS_PROXY },
  });
  return { asked, port: 443, [Symbol.asyncDispose]: async () => await played.close() };
}

describe.each([
  ['directly', directly],
  ['by a proxy', byProxy],
])('reached %s', (_way, reach) => {
  const ask = async (port: number, more: https.RequestOptions = {}): Promise<string> =>
    await new Promise((resolve, reject) => {
      const agent = standingAgent();
      https
        .request({ host, port, path: '/2/tweets', method: 'POST', agent, ...more }, (response) => {
          response.on('data', () => undefined).once('end', () => resolve('answered'));
        })
        .once('error', reject)
        .end('a post');
    });

  test('a request that may not begin any more once its connection stands sends nothing', async () => {
    await using place = await reach();
    const { signal } = new AbortController();
    let open = true;
    permittedBy(async () => await Promise.resolve(open ? 0 : undefined), signal);
    const asking = begin(
      signal,
      async () =>
        await ask(place.port, {
          checkServerIdentity: (name, certificate) => {
            open = false;
            return checkServerIdentity(name, certificate);
          },
        }),
    );
    await expect(asking).rejects.toThrow(NoLongerPermitted);
    expect(await ask(place.port)).toBe('answered');
    expect(place.asked).toHaveLength(1);
  });

  test('a connection that stands already is used again', async () => {
    await using place = await reach();
    const sockets = new Set<unknown>();
    for (let n = 0; n < 3; n += 1) {
      const [free] = await Promise.all([once(standingAgent(), 'free'), ask(place.port)]);
      sockets.add(free[0]);
    }
    expect(sockets.size).toBe(1);
  });

  test('a host that shows the certificate of another one is told once, and nothing is left in hand', async () => {
    await using place = await reach();
    await expect(ask(place.port, { servername: 'graph.facebook.com' })).rejects.toThrow(/altname/iu);
    expect(place.asked).toEqual([]);
  });
});
