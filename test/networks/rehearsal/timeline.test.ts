import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { timelineNetwork } from '../../../src/networks/rehearsal/timeline.ts';
import type { Network, PlanPart } from '../../../src/networks/network.ts';
import { startTimeline, type TimelinePeer } from '../../peers/timeline.ts';

const key = { id: 'pub-1', post: 'post-1', number: 1 };
const partOf = (text: string): PlanPart => ({
  account: 'x-main',
  network: 'x',
  part: 0,
  text,
  media: [],
  from: 'Highways',
});
const signal = (): AbortSignal => AbortSignal.timeout(10_000);

let peer: TimelinePeer;
let network: Network;
let texts = 0;
const fresh = (): PlanPart => partOf(`Text ${String((texts += 1))}`);
const standing = (part: PlanPart): number => peer.ledger.filter(({ text }) => text === part.text).length;

beforeAll(async () => {
  peer = await startTimeline();
  network = timelineNetwork({ network: 'facebook', base: peer.base });
});
afterAll(async () => await peer.close());

describe('a rehearsal account over HTTP', () => {
  test('takes the same post as often as it is given: nothing here is idempotent', async () => {
    const part = fresh();
    const first = await network.publish(part, key, signal());
    const second = await network.publish(part, key, signal());
    expect([first.outcome, second.outcome]).toEqual(['published', 'published']);
    expect(standing(part)).toBe(2);
    const found = await network.find(part, key, Date.now(), signal());
    const remotes = found.found === true ? found.remotes.map(({ remoteId }) => remoteId.split('/')[0]) : [];
    expect(remotes).toEqual(['x-main', 'x-main']);
  });

  test.each([
    [{ status: 429, headers: { 'retry-after': '7' } }, { outcome: 'retry', after: 7_000 }, 0],
    [{ status: 400 }, { outcome: 'refused', reason: 'status-400' }, 0],
    [{ status: 500 }, { outcome: 'unknown' }, 0],
    [{ takenStatus: 500 }, { outcome: 'unknown' }, 1],
    ['reset', { outcome: 'unknown' }, 0],
    ['reset-after-commit', { outcome: 'unknown' }, 1],
    ['cut-off', { outcome: 'unknown' }, 1],
  ] as const)('answered with %j it says what is certain and no more', async (answer, outcome, stands) => {
    const part = fresh();
    peer.fail({ answer });
    expect(await network.publish(part, key, signal())).toMatchObject(outcome);
    expect(standing(part)).toBe(stands);
    expect((await network.find(part, key, Date.now(), signal())).found).toBe(stands === 1);
  });

  test('a call that is given up is not clear, and the late post is found', async () => {
    const time = new AbortController();
    const slow = await startTimeline({
      at: (moment) => {
        if (moment === 'arrived') time.abort();
        return 'go on';
      },
    });
    const late = timelineNetwork({ network: 'facebook', base: slow.base });
    const part = fresh();
    expect(await late.publish(part, key, time.signal)).toMatchObject({ outcome: 'unknown' });
    await slow.until((ledger) => ledger.length === 1);
    expect(await late.find(part, key, Date.now(), signal())).toMatchObject({ found: true });
    await slow.close();
  });

  test('a network that is not there was certainly not reached, and can not be looked at either', async () => {
    const closed = await startTimeline();
    const { base } = closed;
    await closed.close();
    const gone = timelineNetwork({ network: 'x', base });
    expect(await gone.publish(fresh(), key, signal())).toMatchObject({ outcome: 'retry' });
    expect(await gone.find(fresh(), key, Date.now(), signal())).toEqual({ found: 'cannot-look' });
  });

  test('removes once and for all, and changes what stands', async () => {
    const part = fresh();
    const published = await network.publish(part, key, signal());
    if (published.outcome !== 'published') throw new Error('not published');
    const changed = { ...part, text: `${part.text}, put right` };
    expect(await network.edit?.(published.remote, changed, key, 'a slip', signal())).toMatchObject({
      outcome: 'published',
    });
    expect(standing(changed)).toBe(1);
    for (let n = 0; n < 2; n += 1) {
      expect(await network.remove(published.remote, key, signal())).toMatchObject({ outcome: 'published' });
    }
    expect((await network.find(changed, key, Date.now(), signal())).found).toBe(false);
  });
});
