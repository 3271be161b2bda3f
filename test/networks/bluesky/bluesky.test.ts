import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blueskyNetwork } from '../../../src/networks/bluesky/bluesky.ts';
import { faceted, recordKey } from '../../../src/networks/bluesky/record.ts';
import type { Network, PlanPart, PublicationKey, Remote } from '../../../src/networks/network.ts';
import { weigh } from '../../../src/protocol/text/length.ts';
import { blueskyAccount, playBluesky, type BlueskyPeer } from '../../peers/bluesky.ts';
import { partsOn, playedBy, remoteOf, signal } from '../played.ts';

const keyOf = (n: number): PublicationKey => ({
  id: `pub-${String(n)}`,
  post: `post-${String(n)}`,
  number: n,
});
const part = (text: string, more: Partial<PlanPart> = {}): PlanPart => partsOn('bluesky')({ text, ...more });

let peer: BlueskyPeer;
let network: Network;
let now = Date.UTC(2026, 10, 24, 9, 0);
playedBy(['bsky.social'], () => peer);

function open(): void {
  peer = playBluesky({ clock: () => now });
  network = blueskyNetwork({
    credentials: blueskyAccount,
    media: async () => await Promise.resolve(new Uint8Array(5)),
    clock: () => now,
  });
}

describe('a record on Bluesky', () => {
  test.each([true, false])(
    'is the same however often it is put, with the time of the first attempt or without: %s',
    async (told) => {
      open();
      const key = told ? { ...keyOf(1), begun: now } : keyOf(1);
      const media = [{ hash: 'h', contentType: 'image/jpeg', alt: 'A road' }];
      const first = remoteOf(await network.publish(part('Gritting.', { media }), key, signal));
      const records = JSON.stringify([...peer.records]);
      now += 600_000;
      expect(remoteOf(await network.publish(part('Gritting.', { media }), key, signal))).toEqual(first);
      expect(JSON.stringify([...peer.records])).toBe(records);
      expect(peer.rewritten()).toBe(0);
    },
  );

  test('says that it is in English where that is plain, and of any other language nothing', async () => {
    open();
    const langsOf = async (text: string, n: number): Promise<unknown> => {
      const { remoteId } = remoteOf(await network.publish(part(text), keyOf(n), signal));
      return peer.records.get(remoteId.split('/').at(-1) ?? '');
    };
    expect(await langsOf('The road is closed until Thursday.', 1)).toMatchObject({ langs: ['en'] });
    for (const [n, text] of ["Mae'r ffordd ar gau tan ddydd Iau.", 'الطريق مغلق حتى الخميس'].entries())
      expect(await langsOf(text, n + 2)).not.toHaveProperty('langs');
  });

  test('is found by the words that were sent: other words under the same key are another attempt', async () => {
    open();
    const sent = part('Closed until Thursday: www.sefton.gov.uk/roads');
    const stands = remoteOf(await network.publish(sent, keyOf(1), signal));
    expect(await network.find(sent, keyOf(1), 0, signal)).toEqual({ found: true, remotes: [stands] });
    const corrected = part('Closed until Friday: www.sefton.gov.uk/roads');
    expect(await network.find(corrected, keyOf(1), 0, signal)).toEqual({ found: false });
  });

  test('brings the card of a link with its picture first, and the same card again', async () => {
    open();
    const picture = { hash: 'h', contentType: 'image/jpeg' } as const;
    const linkCard = { uri: 'https://sefton.gov.uk/bins?a=1', title: 'Bins', description: '', picture };
    const told = { ...keyOf(1), begun: now };
    const remote = remoteOf(
      await network.publish(part('See sefton.gov.uk/bins', { linkCard }), told, signal),
    );
    const { picture: _left, ...plain } = linkCard;
    const other = remoteOf(await network.publish(part('Again', { linkCard: plain }), keyOf(2), signal));
    const embedOf = ({ remoteId }: Remote) => peer.records.get(remoteId.split('/').at(-1) ?? '');
    const shown = { uri: 'https://sefton.gov.uk/bins?a=1', title: 'Bins', description: '' };
    expect(embedOf(remote)).toMatchObject({
      embed: { $type: 'app.bsky.embed.external', external: { ...shown, thumb: { size: 5 } } },
    });
    expect(embedOf(other)).toMatchObject({ embed: { external: shown } });
    expect(JSON.stringify(embedOf(other))).not.toContain('thumb');
    await network.publish(part('See sefton.gov.uk/bins', { linkCard }), told, signal);
    expect(peer.rewritten()).toBe(0);
  });

  test('of a thread names the part before it and the first', async () => {
    open();
    const first = remoteOf(await network.publish(part('One.'), keyOf(1), signal));
    const second = remoteOf(
      await network.publish(part('Two.', { part: 1, replyTo: first }), keyOf(2), signal),
    );
    const third = remoteOf(
      await network.publish(part('Three.', { part: 2, replyTo: second }), keyOf(3), signal),
    );
    expect(peer.posts().map((each) => each.replyTo)).toEqual([undefined, first.remoteId, second.remoteId]);
    expect(peer.records.get(third.remoteId.split('/').at(-1) ?? '')).toMatchObject({
      reply: { root: { uri: first.remoteId }, parent: { uri: second.remoteId } },
    });
    const orphan = await network.publish(part('Four.', { part: 3 }), keyOf(4), signal);
    expect(orphan).toEqual({ outcome: 'refused', reason: 'part-before-missing' });
  });

  test('that the server does not take is refused, when none stands', async () => {
    open();
    expect(await network.publish(part('a'.repeat(301)), keyOf(1), signal)).toEqual({
      outcome: 'refused',
      reason: 'status-400',
    });
  });

  test('signs in once for all, and again only when it must', async () => {
    open();
    await Promise.all([1, 2, 3].map((n) => network.publish(part(`Post ${String(n)}`), keyOf(n), signal)));
    peer.faults.next('expired token refreshed');
    remoteOf(await network.publish(part('Post 4'), keyOf(4), signal));
    peer.faults.next('401');
    remoteOf(await network.publish(part('Post 5'), keyOf(5), signal));
    const count = (what: string) => peer.requests.filter((each) => each.includes(what)).length;
    expect(count('createSession')).toBe(2);
    expect(count('refreshSession')).toBe(2);
    expect(peer.posts()).toHaveLength(5);
  });

  test('with a password that is wrong, the account is blocked', async () => {
    open();
    const wrong = blueskyNetwork({
      credentials: { ...blueskyAccount, appPassword: 'another' },
      media: async () => await Promise.resolve(undefined),
      clock: () => now,
    });
    expect(await wrong.publish(part('Gritting.'), keyOf(1), signal)).toEqual({
      outcome: 'refused',
      reason: 'account-blocked',
    });
  });
});

test('a key has the form of a time that has passed, and is another one for every publication', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 50 }), (ids) => {
      const keys = ids.map(recordKey);
      expect(new Set(keys).size).toBe(ids.length);
      for (const key of keys) {
        expect(key).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
        const digits = '234567abcdefghijklmnopqrstuvwxyz';
        const value = [...key].reduce((sum, digit) => sum * 32n + BigInt(digits.indexOf(digit)), 0n);
        // The ten lowest bits name the clock; the rest are microseconds.
        expect(Number(value >> 10n) / 1000).toBeLessThan(Date.UTC(2006, 0, 1));
      }
    }),
  );
  expect(recordKey('pub-1')).toBe(recordKey('pub-1'));
});

test('links stand shortened with the whole address beside them, hashtags are marked, both by bytes', () => {
  const { text, facets } = faceted(
    'Café: https://www.sefton.gov.uk/roads/liverpool-road#now and sefton.gov.uk. #SeftonRoads 🚧 #Crosby',
  );
  expect(text).toBe('Café: sefton.gov.uk/roads/liverp... and sefton.gov.uk. #SeftonRoads 🚧 #Crosby');
  const bytes = Buffer.from(text);
  const found = facets.map(({ index, features }) => [
    bytes.subarray(index.byteStart, index.byteEnd).toString(),
    features[0],
  ]);
  expect(found).toEqual([
    [
      'sefton.gov.uk/roads/liverp...',
      { $type: 'app.bsky.richtext.facet#link', uri: 'https://www.sefton.gov.uk/roads/liverpool-road#now' },
    ],
    ['sefton.gov.uk', { $type: 'app.bsky.richtext.facet#link', uri: 'https://sefton.gov.uk' }],
    ['#SeftonRoads', { $type: 'app.bsky.richtext.facet#tag', tag: 'SeftonRoads' }],
    ['#Crosby', { $type: 'app.bsky.richtext.facet#tag', tag: 'Crosby' }],
  ]);
});

test('is as long as the composer said', () => {
  const word = fc.constantFrom(
    'Road',
    '🚧',
    'é',
    'https://www.sefton.gov.uk/roads/closed?x=1',
    '#Crosby',
    'x.org/a',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const whole = words.join(' ');
      const { text } = faceted(whole);
      const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;
      expect(graphemes).toBe(weigh('bluesky', whole));
    }),
  );
});
