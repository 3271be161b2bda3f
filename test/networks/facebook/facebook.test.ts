import { expect, test } from 'vitest';
import { facebookNetwork, type FacebookOptions } from '../../../src/networks/facebook/facebook.ts';
import type { Found, Network, PlanPart } from '../../../src/networks/network.ts';
import { playFacebook } from '../../peers/facebook.ts';
import { graphHost, metaAccount, type GraphPeer } from '../../peers/graph.ts';
import { key, partsOn, playedBy, remoteOf, signal } from '../played.ts';

const part = (text: string, more: Partial<PlanPart> = {}): PlanPart => partsOn('facebook')({ text, ...more });
const picture = { hash: 'h', contentType: 'image/png', alt: 'A road' };

let peer: GraphPeer;
let now = Date.UTC(2026, 10, 24, 9, 0);
playedBy([graphHost], () => peer);

function open(options: Partial<FacebookOptions> = {}, refusesDuplicates = true): Network {
  peer = playFacebook({ clock: () => now, refusesDuplicates });
  return facebookNetwork({
    credentials: metaAccount,
    media: async () => await Promise.resolve(new Uint8Array(9)),
    clock: () => now,
    ...options,
  });
}

test('shows the card of the first link, unless there are photos', async () => {
  const network = open();
  await network.publish(part('See sefton.gov.uk/roads and https://gov.uk.'), key, signal);
  await network.publish(part('See https://www.sefton.gov.uk/roads.', { media: [picture] }), key, signal);
  await network.publish(part('Nothing to see.'), key, signal);
  expect(peer.posts().map((each) => each.link)).toEqual([
    'https://sefton.gov.uk/roads',
    undefined,
    undefined,
  ]);
  expect(peer.posts()[1]?.pictures).toEqual([{ alt: 'A road', bytes: 9 }]);
});

test('speaks the version that it was written for, or the one that is pinned', async () => {
  await open().publish(part('One.'), key, signal);
  expect(peer.requests).toEqual([`POST https://graph.facebook.com/v26.0/${metaAccount.pageId}/feed`]);
  await open({ version: 'v27.0' }).publish(part('One.'), key, signal);
  expect(peer.requests[0]).toContain('/v27.0/');
});

test('tells one post from another by how many photos it has, and finds them over pages, oldest first', async () => {
  const network = open({}, false);
  const since = now;
  const wanted: Found[] = [];
  for (let n = 0; n < 120; n += 1) {
    const same = n % 55 === 0;
    const remote = remoteOf(
      await network.publish(part(same ? 'Gritting.' : `Other ${String(n)}`), key, signal),
    );
    if (same) wanted.push({ ...remote, at: Math.floor(now / 1_000) * 1_000 });
    now += 1_000;
  }
  await network.publish(part('Gritting.', { media: [picture, picture] }), key, signal);
  expect(await network.find(part('Gritting.'), key, since, signal)).toEqual({ found: true, remotes: wanted });
  // The address of the next page that Facebook gives bears the token: it is not used.
  expect(peer.requests.filter((each) => each.includes('after='))).toHaveLength(1);
  expect(peer.requests.join(' ')).not.toContain('access_token');
});

test('what Facebook says is said already may be ours', async () => {
  const network = open();
  await network.publish(part('Gritting.'), key, signal);
  expect(await network.publish(part('Gritting.'), key, signal)).toEqual({
    outcome: 'unknown',
    reason: 'duplicate',
  });
});

test('what stood before it was to leave is refused for good', async () => {
  const network = open();
  await network.publish(part('Gritting.'), { ...key, begun: now }, signal);
  now += 3_600_000;
  expect(await network.publish(part('Gritting.'), { ...key, id: 'pub-2', begun: now }, signal)).toEqual({
    outcome: 'refused',
    reason: 'said-already',
  });
});

test('a part of a thread is refused: there are none here', async () => {
  expect(await open().publish(part('Two.', { part: 1 }), key, signal)).toEqual({
    outcome: 'refused',
    reason: 'no-threads',
  });
});

test('a proof by another secret is not taken, and nothing stands', async () => {
  const network = open({ credentials: { ...metaAccount, appSecret: 'another' } });
  const outcome = await network.publish(part('Gritting.'), key, signal);
  // The look before a refusal is believed fails for the same reason, so that nobody can tell.
  expect(outcome).toEqual({ outcome: 'unknown', reason: 'status-400' });
  expect(peer.posts()).toEqual([]);
});

test('a token that connecting again has kept is taken up, at once and after a restart', async () => {
  const network = open({ keptToken: async () => await peer.keptToken() });
  peer.faults.next('expired token refreshed');
  remoteOf(await network.publish(part('One.'), key, signal));
  const restarted = facebookNetwork({
    credentials: metaAccount,
    media: async () => await Promise.resolve(undefined),
    clock: () => now,
    keptToken: async () => await peer.keptToken(),
  });
  remoteOf(await restarted.publish(part('Two.'), key, signal));
  expect(peer.requests.filter((each) => each.startsWith('POST'))).toHaveLength(3);
});

test('tells when the access ends: the sooner of its own end and of its right to read', async () => {
  const { appId: _, ...withoutApp } = metaAccount;
  for (const credentials of [metaAccount, withoutApp]) {
    const network = open({ credentials });
    const read = async () => await network.account?.(signal);
    // Meta does not tell: the account is read all the same.
    expect(await read()).toEqual({ read: true, name: 'Sefton Council', followers: 42_000 });
    peer.token.life = { expires_at: 0, data_access_expires_at: 0 };
    expect(await read()).toMatchObject({ read: true, expires: 'never' });
    peer.token.life = { expires_at: 0, data_access_expires_at: 1_800_000_000 };
    expect(await read()).toMatchObject({ read: true, expires: 1_800_000_000_000 });
    peer.token.life = { expires_at: 1_790_000_000, data_access_expires_at: 1_800_000_000 };
    expect(await read()).toMatchObject({ read: true, expires: 1_790_000_000_000 });
    for (const secret of [metaAccount.pageToken, metaAccount.appSecret])
      expect(peer.requests.join('\n')).not.toContain(secret);
  }
});

test('what somebody deleted there cannot be changed any more, and is said to be gone', async () => {
  const network = open();
  const remote = remoteOf(await network.publish(part('One.'), key, signal));
  peer.drop(remote.remoteId);
  expect(await network.edit?.(remote, part('Two.'), key, '', signal)).toEqual({
    outcome: 'refused',
    reason: 'not-there',
  });
});
