import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountBlocked, type PlanPart, type PublicationKey } from '../../../src/networks/network.ts';
import { afterCommit, networkFaults } from '../../peers/faults.ts';
import { throughProxy, type Outbound } from '../../peers/outbound.ts';
import { saidPart } from './channel.ts';
import { openYoutube, type YoutubePlace } from './place.ts';

const soon = (): AbortSignal => AbortSignal.timeout(10_000);
let place: YoutubePlace;
let outbound: Outbound;
beforeAll(async () => {
  place = await openYoutube(Date.now);
  outbound = await throughProxy(place.played.hosts);
});
afterAll(async () => {
  await outbound.close();
  await place[Symbol.asyncDispose]();
});

let numbers = 0;
function publication(): { readonly part: PlanPart; readonly key: PublicationKey } {
  numbers += 1;
  const n = String(numbers);
  return {
    part: {
      ...saidPart(`Film ${n}: Café Lane is closed.`),
      media: place.media,
      video: { madeForKids: false, privacy: 'public' },
    },
    key: { id: `pub-${n}`, post: `post-${n}`, number: numbers },
  };
}
const timesOf = ({ text }: PlanPart): number =>
  place.played.posts().filter((each) => each.text.startsWith(text)).length;

describe('the faults that every network has, in the call that lets the public see the video', () => {
  test.each(networkFaults)('%s', async (fault) => {
    const { part, key } = publication();
    const since = Date.now();
    const cut = fault === 'refused' || fault === 'name not found';
    if (cut) outbound.cut(fault);
    else place.played.faults.next(fault);
    const time = new AbortController();
    const call = place.network.publish(part, key, time.signal);
    if (fault.startsWith('time-out')) {
      await place.played.faults.silent();
      time.abort();
    }
    const outcome = await call;
    outbound.mend();
    // Whatever was said, it stands if it was done, and nobody was told otherwise.
    expect(timesOf(part)).toBe(
      afterCommit.includes(fault) || fault.includes('401') || fault.startsWith('expired') ? 1 : 0,
    );
    expect(outcome.outcome).not.toBe('refused');
    expect(outcome).not.toMatchObject({ reason: accountBlocked });
    const found = await place.network.find(part, key, since, soon());
    expect(found.found).toBe(timesOf(part) === 1);
    // Nobody is asked: a repeat ends in exactly one.
    expect(await place.network.publish(part, key, soon())).toMatchObject({ outcome: 'published' });
    expect(timesOf(part)).toBe(1);
  });

  test('tells how a video and the channel are doing, and when the access ends', async () => {
    const { part, key } = publication();
    const outcome = await place.network.publish(part, key, soon());
    if (outcome.outcome !== 'published') throw new Error(JSON.stringify(outcome));
    const measures = await place.network.measure?.(outcome.remote, soon());
    // YouTube does not count who passed a video on.
    expect(measures).toEqual({ likes: 17, replies: 3, views: 1204 });
    expect(await place.network.account?.(soon())).toMatchObject({ followers: 1530, expires: 'never' });
    place.played.peer.limit(86_400);
    const read = await place.network.account?.(soon());
    const ends = read?.read === true && typeof read.expires === 'number' ? read.expires - Date.now() : 0;
    expect(ends).toBeGreaterThan(86_390_000);
    expect(ends).toBeLessThanOrEqual(86_400_000);
  });
});
