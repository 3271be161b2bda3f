import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanPart, PublicationKey, PublishOutcome } from '../../../src/networks/network.ts';
import { canEdit } from '../../../src/dispatch/put-right.ts';
import { areOfOneCall, permittedBy } from '../../../src/core/permit.ts';
import type { Millis } from '../../../src/core/time.ts';
import { createLeaving } from '../../../src/outbox/leaving.ts';
import { afterCommit } from '../../peers/faults.ts';
import { picture, places, type Place, type Wire } from './places.ts';

/** Longer than anything here takes; a call that needs it has hung. */
const patience = 10_000;
const soon = (): AbortSignal => AbortSignal.timeout(patience);

let numbers = 0;
/** A publication that nothing else here has anything to do with. */
function publication(place: Place): { part: PlanPart; key: PublicationKey } {
  numbers += 1;
  const n = numbers;
  return {
    part: {
      account: 'an-account',
      network: place.network.name,
      part: 0,
      text: `Notice ${String(n)}: Café Lane & Moor Lane are closed.\n\nMore: https://www.sefton.gov.uk/roads/closed/${String(n)} #SeftonRoads`,
      ...place.carried,
      from: 'Highways',
    },
    key: { id: `pub-${String(n)}`, post: `post-${String(n)}`, number: n, begun: place.clock() },
  };
}

/** How often a text stands; Bluesky shows its links shortened, so that only its beginning is compared. */
const timesOf = async (place: Place, { text }: PlanPart): Promise<number> =>
  (await place.standing()).filter((each) => each.startsWith(text.split('\n')[0] ?? text)).length;

/** Publishes so that the network falls silent: the call's time is over once the network has done its part. */
async function publishIntoSilence(
  place: Place,
  wire: Wire,
  part: PlanPart,
  key: PublicationKey,
): Promise<PublishOutcome> {
  const time = new AbortController();
  const call = place.network.publish(part, key, time.signal);
  await wire.faults.silent();
  time.abort();
  return await call;
}

/** A line on which each answer takes a good while, though not so long that what leaves with it may not any more. */
function slowLine() {
  let still: Millis = 0;
  let call = new AbortController();
  const takesTime = (): void => {
    still += 700;
  };
  const channels = ['undici:client:sendHeaders', 'http.client.request.created'];
  const leaving = createLeaving({
    monotonic: () => still,
    later: () => () => undefined,
    isOurs: (request) => areOfOneCall(request, call.signal),
    end: (_request, why) => call.abort(why),
  });
  leaving.watch();
  // Behind the watch, which looks at each before its answer is waited for.
  for (const channel of channels) subscribe(channel, takesTime);
  return {
    signal: (): AbortSignal => {
      call = new AbortController();
      return permittedBy(async () => await Promise.resolve(still), call.signal);
    },
    [Symbol.dispose]: () => {
      leaving.rest();
      for (const channel of channels) unsubscribe(channel, takesTime);
    },
  };
}

const carriesVideo = ({ carried }: Place): boolean =>
  carried.media.some(({ contentType }) => contentType.startsWith('video/'));

/** Opens a place that is reached over a wire. */
async function wired(name: string): Promise<{ readonly place: Place; readonly wire: Wire }> {
  const place = await places[name]?.();
  if (place?.wire === undefined) throw new Error('no such place');
  return { place, wire: place.wire };
}

const overWire = Object.keys(places).filter((name) => name !== 'website' && name !== 'a rehearsal timeline');

describe.each(Object.keys(places))('%s', (name) => {
  let place: Place;
  beforeAll(async () => {
    const open = places[name];
    if (open === undefined) throw new Error('no such place');
    place = await open();
  });
  afterAll(async () => await place[Symbol.asyncDispose]());

  test('publishes once, and says where it stands', async () => {
    const { part, key } = publication(place);
    const outcome = await place.network.publish(part, key, soon());
    expect(outcome.outcome === 'published' ? outcome.remote.url : outcome).toMatch(/^https?:/);
    expect(await timesOf(place, part)).toBe(1);
  });

  test('finds what stands, nothing else, and nothing before it stood', async () => {
    const [one, two] = [publication(place), publication(place)];
    const since = place.clock();
    expect(await place.network.find(one.part, one.key, since, soon())).toMatchObject({ found: false });
    const outcome = await place.network.publish(one.part, one.key, soon());
    const remote = outcome.outcome === 'published' ? outcome.remote : undefined;
    const found = await place.network.find(one.part, one.key, since, soon());
    expect(found).toMatchObject({ found: true, remotes: [remote] });
    // A network that tells since when it stands counts in seconds.
    const [{ at = since } = {}] = found.found === true ? found.remotes : [];
    expect(Math.abs(at - since)).toBeLessThan(10_000);
    expect(await place.network.find(two.part, two.key, since, soon())).toMatchObject({ found: false });
  });

  test('takes down, for good, and again without harm', async () => {
    const { part, key } = publication(place);
    const since = place.clock();
    const outcome = await place.network.publish(part, key, soon());
    if (outcome.outcome !== 'published') throw new Error('not published');
    for (let time = 0; time < 2; time += 1) {
      const removed = await place.network.remove(outcome.remote, key, soon());
      expect(removed).toMatchObject({ outcome: 'published' });
      expect(await timesOf(place, part)).toBe(0);
    }
    expect(await place.network.find(part, key, since, soon())).toMatchObject({ found: false });
  });

  test('tells of what was published whether it stands still', async () => {
    const { part, key } = publication(place);
    const outcome = await place.network.publish(part, key, soon());
    if (outcome.outcome !== 'published') throw new Error('not published');
    expect(await place.network.stands(outcome.remote, key, soon())).toBe('there');
    await place.network.remove(outcome.remote, key, soon());
    expect(await place.network.stands(outcome.remote, key, soon())).toBe('gone');
  });

  test('puts right what stands, or says that it cannot', async () => {
    // What the form of a correction offers is what the network can do.
    expect(canEdit(place.network.name)).toBe(place.network.edit !== undefined);
    const { part, key } = publication(place);
    const outcome = await place.network.publish(part, key, soon());
    if (outcome.outcome !== 'published') throw new Error('not published');
    if (place.network.edit === undefined) {
      expect(place.network.cannot).toContain('edit');
      return;
    }
    const right = { ...part, text: `Put right, ${part.text}` };
    const edited = await place.network.edit(outcome.remote, right, key, 'The wrong road.', soon());
    expect(edited).toMatchObject({ outcome: 'published' });
    expect(await timesOf(place, part)).toBe(0);
    expect(await timesOf(place, right)).toBe(1);
  });

  test('does not begin when the time is over', async () => {
    const { part, key } = publication(place);
    const outcome = await place.network.publish(part, key, AbortSignal.abort());
    if (name === 'a rehearsal timeline') expect(outcome.outcome).not.toBe('published');
    else expect(outcome).toMatchObject({ outcome: 'retry' });
    expect(await timesOf(place, part)).toBe(0);
  });
});

describe.each(overWire)('%s, while somebody may stop its account', (name) => {
  let place: Place;
  let wire: Wire;
  beforeAll(async () => {
    ({ place, wire } = await wired(name));
  });
  afterAll(async () => await place[Symbol.asyncDispose]());

  test('asks nothing of the network where nothing may begin', async () => {
    const { part, key } = publication(place);
    const signal = permittedBy(async () => await Promise.resolve(undefined), new AbortController().signal);
    const before = wire.requests.length;
    const outcome = await place.network.publish(part, key, signal);
    expect(outcome).toMatchObject({ outcome: 'retry' });
    expect(wire.requests.slice(before)).toEqual([]);
  });

  test('goes through on a slow line, where a post takes many requests: each is let begin by itself', async () => {
    const { part, key } = publication(place);
    const media = part.media.length > 0 || part.video !== undefined ? part.media : [picture];
    using line = slowLine();
    let outcome: PublishOutcome;
    do outcome = await place.network.publish({ ...part, media }, key, line.signal());
    while (outcome.outcome === 'retry' && outcome.reason !== 'no-longer-permitted');
    expect(outcome).toMatchObject({ outcome: 'published' });
  });
});

describe.each(overWire)('%s, when things go wrong', (name) => {
  let place: Place;
  let wire: Wire;
  beforeAll(async () => {
    ({ place, wire } = await wired(name));
  });
  afterAll(async () => await place[Symbol.asyncDispose]());

  test.each(afterCommit)('%s: nobody is told that it failed, and it is found', async (fault) => {
    const { part, key } = publication(place);
    const since = place.clock();
    wire.faults.next(fault);
    const outcome =
      fault === 'time-out after commit'
        ? await publishIntoSilence(place, wire, part, key)
        : await place.network.publish(part, key, soon());
    expect(['unknown', 'published']).toContain(outcome.outcome);
    expect(await timesOf(place, part)).toBe(1);
    const found = await place.network.find(part, key, since, soon());
    expect(found).toMatchObject({ found: true, remotes: [{ remoteId: wire.posts().at(-1)?.id }] });
  });

  test('a time-out before commit: nobody can tell, and a look finds nothing', async () => {
    const { part, key } = publication(place);
    const since = place.clock();
    wire.faults.next('time-out before commit');
    expect(await publishIntoSilence(place, wire, part, key)).toMatchObject({ outcome: 'unknown' });
    expect(await place.network.find(part, key, since, soon())).toMatchObject({ found: false });
    expect(await place.network.publish(part, key, soon())).toMatchObject({ outcome: 'published' });
    expect(await timesOf(place, part)).toBe(1);
  });

  test.each(['refused', 'name not found'] as const)(
    '%s: it is certain, and tried again soon',
    async (how) => {
      const { part, key } = publication(place);
      wire.cut(how);
      try {
        expect(await place.network.publish(part, key, soon())).toMatchObject({
          outcome: 'retry',
          reason: 'not-reached',
        });
        const found = await place.network.find(part, key, place.clock(), soon());
        // Where a post begins with an upload that never began, there is nothing to look for.
        if (carriesVideo(place)) expect(found).toEqual({ found: false, goesOn: true });
        else expect(found).toMatchObject({ found: 'cannot-look' });
      } finally {
        wire.mend();
      }
      expect(await timesOf(place, part)).toBe(0);
    },
  );

  test.each(['refused', 'name not found'] as const)(
    '%s: whether something stands is not known',
    async (how) => {
      const { part, key } = publication(place);
      const outcome = await place.network.publish(part, key, soon());
      if (outcome.outcome !== 'published') throw new Error('not published');
      wire.cut(how);
      try {
        expect(await place.network.stands(outcome.remote, key, soon())).toBe('unseen');
      } finally {
        wire.mend();
      }
    },
  );

  test('busy: comes again when the network says, or after a while when it does not', async () => {
    const { part, key } = publication(place);
    wire.faults.next('429 with reset', '429 without reset');
    const told = await place.network.publish(part, key, soon());
    expect(told).toMatchObject({ outcome: 'retry', reason: 'busy' });
    // The peers say 40 seconds, and Meta's says two minutes.
    const after = told.outcome === 'retry' ? told.after : 0;
    expect(after).toBeGreaterThan(30_000);
    expect(after).toBeLessThanOrEqual(120_000);
    const untold = await place.network.publish(part, key, soon());
    expect(untold).toMatchObject({ outcome: 'retry', reason: 'busy' });
    expect(untold.outcome === 'retry' ? untold.after : 0).toBeGreaterThanOrEqual(60_000);
    expect(await timesOf(place, part)).toBe(0);
  });

  test('a token that is dead or old: renewed where that can be, else the account is blocked; nothing stands twice', async () => {
    for (const fault of ['401', 'expired token refreshed'] as const) {
      const { part, key } = publication(place);
      wire.faults.next(fault);
      const outcome = await place.network.publish(part, key, soon());
      const renews = ['X by OAuth 2', 'a video on X', 'Bluesky', 'a video on Bluesky', 'YouTube'].includes(
        name,
      );
      const connectedAgain = ['facebook', 'instagram'].includes(place.network.name) && fault !== '401';
      if (renews || connectedAgain) expect(outcome).toMatchObject({ outcome: 'published' });
      else expect(outcome).toEqual({ outcome: 'refused', reason: 'account-blocked' });
      expect(await timesOf(place, part)).toBe(outcome.outcome === 'published' ? 1 : 0);
    }
  });

  test('a token that is old and cannot be renewed for now: certainly nothing left, and it is tried again by itself', async () => {
    if (name === 'X by OAuth 1.0a') return;
    // There is a token by then.
    const before = publication(place);
    await place.network.publish(before.part, before.key, soon());
    const { part, key } = publication(place);
    wire.faults.next('expired token refreshed');
    wire.tokens.away = true;
    const outcome = await place.network.publish(part, key, soon());
    wire.tokens.away = false;
    expect(outcome).toMatchObject({ outcome: 'retry' });
    expect(await timesOf(place, part)).toBe(0);
    expect(await place.network.publish(part, key, soon())).toMatchObject({ outcome: 'published' });
    expect(await timesOf(place, part)).toBe(1);
  });

  test('keys, tokens and words are in no address, and in nothing that it says', async () => {
    const secrets = [...wire.secrets, 'Moor Lane', 'Moor%20Lane', 'Moor+Lane'];
    expect(wire.requests.length).toBeGreaterThan(10);
    const said: unknown[] = [];
    const faults = [
      '400 after commit',
      '500 after commit',
      'cut-off 201',
      'duplicate refused',
      '401',
    ] as const;
    for (const fault of faults) {
      const { part, key } = publication(place);
      wire.faults.next(fault);
      const since = place.clock();
      said.push(await place.network.publish(part, key, soon()));
      said.push(await place.network.find(part, key, since, soon()));
      said.push(await place.network.remove({ remoteId: '1', url: 'https://gone.example/' }, key, soon()));
    }
    const all = [...wire.requests, JSON.stringify(said)].join('\n');
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  test('reads the account, and says so when it cannot', async () => {
    const read = await place.network.account?.(soon());
    if (read?.read !== true) throw new Error(JSON.stringify(read));
    expect(read.name).toMatch(/\w/);
    expect(read.followers).toBeGreaterThan(0);
    wire.cut('refused');
    try {
      expect(await place.network.account?.(soon())).toEqual({ read: false, reason: 'not-reached' });
    } finally {
      wire.mend();
    }
  });

  test('lists what stands on the account, whoever put it there, answers left out, and what is planned', async () => {
    const { part, key } = publication(place);
    const since = place.clock() - 2_000;
    const outcome = await place.network.publish(part, key, soon());
    if (outcome.outcome !== 'published') throw new Error(JSON.stringify(outcome));
    const long = `The library is open late. ${'More about it soon. '.repeat(5)}`.slice(0, 110);
    const id = wire.byHand(long);
    const planned = wire.plan?.('The pool opens again.', since + 86_400_000);
    const thread = { ...part, part: 1, text: `And ${part.text}`, replyTo: outcome.remote };
    const answers = place.network.cannot?.includes('thread') !== true;
    const answer = answers
      ? await place.network.publish(thread, { ...key, id: `${key.id}-1` }, soon())
      : undefined;
    const listed = (await place.network.recent?.(since, soon())) ?? [];
    const ids = listed.map(({ remote }) => remote.remoteId);
    expect(ids).toContain(outcome.remote.remoteId);
    if (answer !== undefined) {
      if (answer.outcome !== 'published') throw new Error(JSON.stringify(answer));
      expect(ids).not.toContain(answer.remote.remoteId);
    }
    const byHand = listed.find(({ remote }) => remote.remoteId === id);
    expect(byHand?.words).toMatch(/^The library is open late\. More about it soon\. .*…$/u);
    expect(byHand?.words.length).toBeLessThanOrEqual(80);
    expect(byHand?.remote.url).toMatch(/^https:/u);
    expect(byHand?.at).toBeGreaterThanOrEqual(since);
    if (planned !== undefined) {
      expect(listed.find(({ remote }) => remote.remoteId === planned)).toMatchObject({
        planned: true,
        words: 'The pool opens again.',
      });
    }
    const later = (await place.network.recent?.(place.clock() + 60_000, soon())) ?? [];
    expect(later.filter((each) => each.planned !== true)).toEqual([]);
    wire.cut('refused');
    try {
      expect(await place.network.recent?.(since, soon())).toBeUndefined();
    } finally {
      wire.mend();
    }
  });

  test('brings pictures with what is said of them, and tells how a post is doing', async () => {
    const { part, key } = publication(place);
    // Nothing is kept of what is said of a video's one picture, the still.
    const described = carriesVideo(place) ? [] : [1, 2];
    const media = described.map((n) => ({
      hash: String(n).repeat(43),
      contentType: 'image/jpeg',
      alt: `Picture ${String(n)}`,
    }));
    const whole = { ...part, media: media.length === 0 ? part.media : media };
    const outcome = await place.network.publish(whole, key, soon());
    if (outcome.outcome !== 'published') throw new Error(JSON.stringify(outcome));
    expect(
      wire
        .posts()
        .at(-1)
        ?.pictures.map((each) => each.alt),
    ).toEqual(media.map(({ alt }) => alt));
    const found = await place.network.find(whole, key, key.begun ?? 0, soon());
    expect(found).toMatchObject({ found: true });
    const measures = await place.network.measure?.(outcome.remote, soon());
    // What each network tells: Bluesky counts no views, and YouTube nobody who passed a video on.
    const untold = { bluesky: 'views', youtube: 'shares' }[String(place.network.name)];
    const told = ['likes', 'replies', 'shares', 'views'].filter((each) => each !== untold);
    expect(Object.keys(measures ?? {}).toSorted()).toEqual(told);
    for (const each of Object.values(measures ?? {})) expect(each).toBeGreaterThan(0);
  });
});
