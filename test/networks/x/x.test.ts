import { describe, expect, test } from 'vitest';
import { heldTokens } from '../../../src/networks/kept-tokens.ts';
import type { Found, PlanPart, Remote } from '../../../src/networks/network.ts';
import type { KeepTokens, XTokens } from '../../../src/networks/x/access.ts';
import { xNetwork, type XOptions } from '../../../src/networks/x/x.ts';
import { send } from '../../peers/faults.ts';
import { playX, xAccount, type XPeer, type XPeerOptions } from '../../peers/x.ts';
import { key, partsOn, playedBy, remoteOf, signal } from '../played.ts';

const morning = Date.UTC(2026, 10, 24, 9, 0);
const { appKey, appSecret, accessToken, accessSecret, clientId, clientSecret, refreshToken } = xAccount;
const oauth1: XOptions['credentials'] = { kind: 'oauth1', appKey, appSecret, accessToken, accessSecret };
const oauth2: XOptions['credentials'] = { kind: 'oauth2', clientId, clientSecret, refreshToken };

const part = (text: string, more: Partial<PlanPart> = {}): PlanPart => partsOn('x')({ text, ...more });

let peer: XPeer;
let now = morning;
playedBy(['api.x.com'], () => peer);

function open(options: Partial<XOptions> = {}, played: XPeerOptions = {}) {
  now = morning;
  peer = playX({ clock: () => now, ...played });
  return another(options);
}

const another = (options: Partial<XOptions>) =>
  xNetwork({
    credentials: oauth1,
    handle: 'SeftonCouncil',
    media: async () => await Promise.resolve(new Uint8Array(3)),
    clock: () => now,
    ...options,
  });

function keeper(over: Partial<KeepTokens> = {}): KeepTokens & { readonly kept: XTokens[] } {
  const kept: XTokens[] = [];
  return {
    ...heldTokens(),
    kept,
    read: async () => await Promise.resolve(kept.at(-1)),
    keep: async (tokens) => {
      await Promise.resolve();
      kept.push(tokens);
    },
    ...over,
  };
}

const asked = (what: RegExp): number => peer.requests.filter((each) => what.test(each)).length;

test('what X does not show may stand: only what it says is not there is gone', async () => {
  const network = open();
  const stands = async (remote: Remote) => await network.stands(remote, key, signal);
  const remote = remoteOf(await network.publish(part('Gritting.'), key, signal));
  peer.hidden.add(remote.remoteId);
  expect(await stands(remote)).toBe('unseen');
  peer.hidden.clear();
  expect(await stands(remote)).toBe('there');
  await network.remove(remote, key, signal);
  expect(await stands(remote)).toBe('gone');
});

describe('a thread on X', () => {
  test('each part answers the one before it, and is found by that', async () => {
    const network = open({}, { refusesDuplicates: false });
    const first = remoteOf(await network.publish(part('The works go on.'), key, signal));
    const second = part('The works go on.', { part: 1, replyTo: first });
    const answer = remoteOf(await network.publish(second, key, signal));
    expect(peer.posts().map((each) => each.replyTo)).toEqual([undefined, first.remoteId]);
    expect(await network.find(second, key, now, signal)).toMatchObject({ found: true, remotes: [answer] });
    const alone = await network.find(part('The works go on.'), key, now, signal);
    expect(alone).toMatchObject({ found: true, remotes: [first] });
  });

  test('a part without the one before it does not leave', async () => {
    const network = open();
    const outcome = await network.publish(part('The works go on.', { part: 1 }), key, signal);
    expect(outcome).toEqual({ outcome: 'refused', reason: 'part-before-missing' });
    expect(peer.requests).toEqual([]);
  });

  test('an answer to what is gone is refused, after a look that finds nothing', async () => {
    const network = open();
    const replyTo = { remoteId: '17', url: 'https://x.com/SeftonCouncil/status/17' };
    const outcome = await network.publish(part('The works go on.', { part: 1, replyTo }), key, signal);
    expect(outcome).toEqual({ outcome: 'refused', reason: 'status-400' });
    expect(asked(/\/tweets\?/)).toBe(1);
  });
});

test('quotes a post, and finds it by that', async () => {
  const network = open({}, { refusesDuplicates: false });
  const quote = remoteOf(await network.publish(part('Road closed.'), key, signal));
  const about = part('This is over now.', { quote });
  const remote = remoteOf(await network.publish(about, key, signal));
  expect(peer.posts().at(-1)?.quote).toBe(quote.remoteId);
  expect(await network.find(about, key, now, signal)).toMatchObject({ found: true, remotes: [remote] });
  expect(await network.find(part('This is over now.'), key, now, signal)).toEqual({ found: false });
});

test.each([
  'Fish & chips <today> "only" at 5 > 4',
  'See www.sefton.gov.uk/roads, sefton.gov.uk and https://www.sefton.gov.uk/a?b=1&c=2.',
  'See https://www.sefton.gov.uk/search?price=$&page=2 and https://www.sefton.gov.uk/a?b=$`c now.',
  'Cafe\u0301  open\n\n\tagain',
  'Two links: https://www.sefton.gov.uk/ https://www.sefton.gov.uk/',
])('knows its words again as X gives them back: %s', async (text) => {
  const network = open();
  const remote = remoteOf(await network.publish(part(text), key, signal));
  expect(await network.find(part(text), key, now, signal)).toMatchObject({ found: true, remotes: [remote] });
  expect(await network.find(part(`${text} no`), key, now, signal)).toEqual({ found: false });
});

test('gives all candidates, the oldest first, from a minute before and over every page', async () => {
  const network = open({}, { refusesDuplicates: false, limit: 1_000 });
  await network.publish(part('Gritting.'), key, signal);
  now += 120_000;
  const since = now;
  const wanted: Found[] = [];
  for (let n = 0; n < 130; n += 1) {
    const same = n % 60 === 0;
    const remote = remoteOf(
      await network.publish(part(same ? 'Gritting.' : `Other ${String(n)}`), key, signal),
    );
    if (same) wanted.push({ ...remote, at: Math.floor(now / 1_000) * 1_000 });
    now += 1_000;
  }
  expect(await network.find(part('Gritting.'), key, since, signal)).toEqual({ found: true, remotes: wanted });
  expect(asked(/pagination_token/)).toBe(1);
});

test('a post whose time nobody can read may be ours: a look says nothing, and a list leaves it out', async () => {
  const network = open();
  const post = (id: string, created_at: string) => ({ id, text: 'Gritting.', created_at });
  const data = [post('2', 'soon'), post('1', new Date(now).toISOString())];
  const self = { id: '7', username: 'SeftonCouncil' };
  peer = {
    ...peer,
    hosts: {
      'api.x.com': ({ url = '' }, response) =>
        send(response, { status: 200, body: url.includes('/me') ? { data: self } : { data, meta: {} } }),
    },
  };
  expect(await network.find(part('Gritting.'), key, now, signal)).toMatchObject({ found: 'cannot-look' });
  expect(await network.recent?.(now, signal)).toMatchObject([{ remote: { remoteId: '1' }, at: now }]);
});

test('what X says is said already may be ours: nobody can tell', async () => {
  const network = open();
  await network.publish(part('Gritting.'), key, signal);
  expect(await network.publish(part('Gritting.'), key, signal)).toEqual({
    outcome: 'unknown',
    reason: 'duplicate',
  });
});

test('what stood before it was to leave is refused for good, since X will never take it', async () => {
  const network = open();
  const begun = now + 3_600_000;
  await network.publish(part('Gritting.'), { ...key, begun: now }, signal);
  now = begun;
  const again = await network.publish(part('Gritting.'), { ...key, id: 'pub-2', begun }, signal);
  expect(again).toEqual({ outcome: 'refused', reason: 'said-already' });
  // The same publication, tried again an hour later, may well be what stands.
  const ours = await network.publish(part('Gritting.'), { ...key, begun: begun - 3_600_000 }, signal);
  expect(ours).toEqual({ outcome: 'unknown', reason: 'duplicate' });
});

test('tells with each post how many more X takes, and until when', async () => {
  const network = open({}, { refusesDuplicates: false });
  const until = morning + 15 * 60_000;
  for (const left of [99, 98])
    expect(await network.publish(part('The works go on.'), key, signal)).toMatchObject({
      outcome: 'published',
      left: { left, until },
    });
});

test('waits for the window that X names when it is used up', async () => {
  const network = open({}, { limit: 2 });
  await network.publish(part('One.'), key, signal);
  await network.publish(part('Two.'), key, signal);
  now += 5 * 60_000;
  expect(await network.publish(part('Three.'), key, signal)).toEqual({
    outcome: 'retry',
    after: 10 * 60_000,
    reason: 'busy',
  });
  now += 10 * 60_000;
  remoteOf(await network.publish(part('Three.'), key, signal));
});

test.each([
  [
    'picture-missing',
    { contentType: 'image/png' },
    async (): Promise<Uint8Array | undefined> => await Promise.resolve(undefined),
  ],
  ['picture-type', { contentType: 'image/svg+xml' }, async () => await Promise.resolve(new Uint8Array(1))],
] as const)('a picture that cannot go: %s', async (reason, { contentType }, media) => {
  const network = open({ media });
  const medium = { hash: 'h', contentType, alt: '' };
  const outcome = await network.publish(part('With a picture.', { media: [medium] }), key, signal);
  expect(outcome).toEqual({ outcome: 'refused', reason });
  expect(peer.posts()).toEqual([]);
});

test('a request that X cannot have signed by us is refused by the peer', async () => {
  const network = open({ credentials: { ...oauth1, accessSecret: 'another' } });
  expect(await network.publish(part('Gritting.'), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'account-blocked',
  });
});

describe('tokens that rotate', () => {
  test('are kept before the first request that bears them', async () => {
    const seen: number[] = [];
    const tokens = keeper();
    const network = open({
      credentials: oauth2,
      keepTokens: {
        ...tokens,
        keep: async (given) => {
          seen.push(asked(/POST .*\/2\/tweets/));
          await tokens.keep(given);
        },
      },
    });
    remoteOf(await network.publish(part('One.'), key, signal));
    expect(seen).toEqual([0]);
    expect(tokens.kept.at(-1)?.refreshToken).toBe(peer.refreshTokens.at(-1));
    now += 2 * 3_600_000;
    remoteOf(await network.publish(part('Two.'), key, signal));
    expect(seen).toEqual([0, 1]);
    expect(asked(/oauth2\/token/)).toBe(2);
  });

  test('that could not be kept are not used, not lost, and not asked for again', async () => {
    const tokens = keeper();
    let broken = true;
    const network = open({
      credentials: oauth2,
      keepTokens: {
        ...tokens,
        keep: async (given) => {
          if (broken) throw new Error('the store is away');
          await tokens.keep(given);
        },
      },
    });
    expect(await network.publish(part('One.'), key, signal)).toMatchObject({ outcome: 'retry' });
    expect(peer.posts()).toEqual([]);
    broken = false;
    remoteOf(await network.publish(part('One.'), key, signal));
    expect(asked(/oauth2\/token/)).toBe(1);
    expect(tokens.kept).toHaveLength(1);
  });

  test('are asked for once by many at a time, and shared by two processes', async () => {
    const keepTokens = keeper();
    const network = open({ credentials: oauth2, keepTokens });
    const other = another({ credentials: oauth2, keepTokens });
    const all = ['One.', 'Two.', 'Three.', 'Four.'].map((text) => network.publish(part(text), key, signal));
    for (const outcome of await Promise.all(all)) remoteOf(outcome);
    remoteOf(await other.publish(part('Five.'), key, signal));
    expect(asked(/oauth2\/token/)).toBe(1);
    // Both find the token refused, at different times: the second takes what the first has kept.
    peer.faults.next('expired token refreshed');
    remoteOf(await network.publish(part('Six.'), key, signal));
    remoteOf(await other.publish(part('Seven.'), key, signal));
    expect(asked(/oauth2\/token/)).toBe(2);
  });

  test('are kept though whoever asked for them gave up meanwhile, and whoever joined has them', async () => {
    const keepTokens = keeper();
    const spent = Promise.withResolvers<undefined>();
    const answered = Promise.withResolvers<undefined>();
    const onGrant = async () => {
      spent.resolve(undefined);
      await answered.promise;
    };
    const network = open({ credentials: oauth2, keepTokens }, { onGrant });
    const patience = new AbortController();
    const measured = network.measure?.({ remoteId: '17', url: 'https://x.com/i/17' }, patience.signal);
    const joined = network.account?.(signal);
    await spent.promise;
    patience.abort();
    expect(await measured).toBeUndefined();
    answered.resolve(undefined);
    expect(await joined).toMatchObject({ read: true });
    expect(await network.account?.(signal)).toMatchObject({ read: true });
    expect(keepTokens.kept.map(({ refreshToken: kept }) => kept)).toEqual(peer.refreshTokens.slice(1));
    expect(asked(/oauth2\/token/)).toBe(1);
  });

  test('a refresh token that is dead blocks the account', async () => {
    const network = open({ credentials: { ...oauth2, refreshToken: 'spent' }, keepTokens: keeper() });
    expect(await network.publish(part('One.'), key, signal)).toEqual({
      outcome: 'refused',
      reason: 'account-blocked',
    });
    expect(await network.account?.(signal)).toEqual({ read: false, reason: 'account-blocked' });
  });

  test('need a place to be kept', () => {
    expect(() => open({ credentials: oauth2 })).toThrow('place to keep');
  });
});
