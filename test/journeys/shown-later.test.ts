import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { auditKinds } from '../../src/core/audit.ts';
import { createExecutor } from '../../src/core/execute.ts';
import { storedUploads, uploadAggregates, uploadKinds } from '../../src/networks/uploads.ts';
import { quotaAggregates, quotaKinds, storedQuota } from '../../src/networks/youtube/quota.ts';
import { youtubeNetwork } from '../../src/networks/youtube/youtube.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { withBrought } from '../../src/posts/leaving/brought.ts';
import { mp4 } from '../media/video-files.ts';
import { credentials } from '../networks/youtube/account.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { youtubePeer, type YoutubePeer } from '../peers/youtube.ts';
import { day, hour, minute, morning, openCouncil, type Council } from './council.ts';
import { createOutside } from './outside.ts';
import { ended, listening } from '../peers/listening.ts';

/** When the film is to be shown: the day after the journey begins. */
const nine = Date.UTC(2026, 10, 25, 9);

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A film for the accounts that waits to be sent, of a council whose channel is the real adapter's. */
async function filmFor(
  accounts: string,
  during: { call?: () => Promise<void>; arrived?: () => Promise<void> } = {},
): Promise<{ readonly council: Council; readonly peer: YoutubePeer }> {
  const time: { council?: Council } = {};
  const now = (): number => time.council?.now() ?? morning;
  const peer = youtubePeer({ ...credentials, clock: now });
  const hosts = await peer.listen();
  closing.push(async () => await hosts.close());
  const executor = createExecutor({
    store: memoryStore([...uploadKinds, ...quotaKinds, ...Object.values(auditKinds)]),
    aggregates: [...uploadAggregates, ...quotaAggregates],
    clock: now,
    protocol: () => ({ version: 'v1' }),
    auditKey: new Uint8Array(32).fill(7),
    randomId: randomUUID,
  });
  const outside = createOutside(now);
  const folder = await mkdtemp(join(tmpdir(), 'crier-journey-'));
  const uploads = storedUploads(executor);
  const youtube = youtubeNetwork({
    credentials,
    blobs: await openBlobFolder(join(folder, 'media')),
    uploads: {
      ...uploads,
      arrive: async (...video) => {
        const { arrived } = during;
        delete during.arrived;
        await arrived?.();
        return await uploads.arrive(...video);
      },
    },
    quota: storedQuota(executor, credentials.clientId),
    clock: now,
    hosts,
    link: ({ number }) => `https://news.sefton.example/news/${String(number)}`,
    corrected: (note) => `Corrected: ${note}`,
  });
  const slow: typeof youtube = {
    ...youtube,
    publish: async (...asked) => {
      const answer = await youtube.publish(...asked);
      await during.call?.();
      return answer;
    },
  };
  const opened = await openCouncil({
    outside,
    folder,
    networkOf: (account) => (account.network === 'youtube' ? slow : outside.network(account)),
  });
  time.council = opened;
  closing.push(async () => await opened.close());
  const film = mp4({ seconds: 20, width: 1280, height: 720, streamable: true });
  const files = createServer((request, response) => {
    if (request.url === '/a.mp4') response.end(film);
    else opened.connector.handle(request, response);
  });
  const { url: base } = await listening(files);
  closing.push(async () => await ended(files));
  const ellen = opened.as('ellen-rimmer');
  await ellen.say('propose for Highways: See how we mend potholes in Netherton.', {
    serviceUrl: base,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 'a.mp4',
        content: { downloadUrl: `${base}/a.mp4`, fileType: 'mp4' },
      },
    ],
  });
  const form = await ellen.press('Edit', {}, ellen.card(1));
  const chosen = {
    accounts,
    'alt:0': 'A pothole is filled',
    'seen:0': 'adults',
    'whose:0': 'ours',
    'burned:0': 'true',
  };
  await ellen.press('Save', chosen, form.card);
  const second = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { 'youtube-kids': 'no', 'youtube-at': 'tomorrow 9am' }, second.card);
  return { council: opened, peer };
}

/** Sends it, or takes it from where it is held, to the end of its walk. */
async function approved(council: Council): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  if ((await council.post(1)).status.is === 'draft') {
    await ellen.press(
      ellen.buttons(ellen.card(1)).find((each) => each.startsWith('Send to')) ?? '',
      {},
      ellen.card(1),
    );
  }
  for (const person of ['priya-desai', 'claire-whitworth']) {
    // Of the council's own site one of them is enough.
    if ((await council.post(1)).status.is === 'published') return;
    const somebody = council.as(person);
    const title = somebody.buttons(somebody.card(1)).find((each) => /^(?:Approve|Release)/u.test(each));
    await somebody.press(title ?? 'Approve', { confirm: 'true' }, somebody.card(1));
  }
}

const publicOn = (peer: YoutubePeer): readonly string[] =>
  peer.videos.flatMap(({ id, privacyStatus, removed }) =>
    privacyStatus === 'public' && !removed ? [id] : [],
  );

const toldTo = (council: Council, person: string): readonly string[] =>
  council.shown(council.as(person).chat).map(({ text }) => text);

/** Lets the rest of the day and the film's time go by. @returns whether anybody ever saw it */
async function seenUntil(council: Council, peer: YoutubePeer, at: number): Promise<boolean> {
  let seen = false;
  while (council.now() < at) {
    await council.until(Math.min(council.now() + 4 * hour, at));
    seen ||= publicOn(peer).length > 0;
  }
  return seen;
}

test('while a film waits to be shown, the form of a correction says when its title can be changed', async () => {
  const { council } = await filmFor('news,youtube-main');
  const ellen = council.as('ellen-rimmer');
  await approved(council);
  await council.pass(hour);
  const waits = 'It can be changed here once the video is shown there.';
  const [before] = await ellen.say('correct 1');
  expect(before?.text).not.toContain('Title of the video on YouTube');
  expect(before?.text).toContain(waits);
  await council.pass(24 * hour);
  const [after] = await ellen.say('correct 1');
  expect(after?.text).toContain('Title of the video on YouTube');
  expect(after?.text).not.toContain(waits);
});

test('a film that is shown later is there before, says so everywhere, and is shown at its time', async () => {
  const { council, peer } = await filmFor('news,youtube-main');
  const ellen = council.as('ellen-rimmer');
  await approved(council);
  expect(peer.videos).toMatchObject([{ privacyStatus: 'private' }]);
  expect(peer.videos[0]).not.toHaveProperty('publishAt');
  const card = ellen.card(1).text;
  expect(card).toContain('Published on 1 of 2. More is shown from Wed 25 Nov at 9am');
  expect(card).toContain('**YouTube**: Is there already, and shown from Wed 25 Nov at 9am');
  expect(card).toContain('**Website**: Published');
  // What stands can be put right meanwhile, and the film then says what is right.
  const form = await ellen.press('Correct', {}, ellen.card(1));
  await ellen.press(
    'Ask for this correction',
    { text: 'See how we mend potholes in Bootle.', what: 'It is Bootle.' },
    form.card,
  );
  await council.as('priya-desai').press('Agree: correct it now', { confirm: 'true' });
  await council.quiet();
  expect(await (await council.get('/news')).text()).toContain('See how we mend potholes in Bootle');
  expect((await ellen.say('why 1')).at(-1)?.text).toContain(
    'On YouTube it is there already, and shown from Wed 25 Nov at 9am.',
  );
  const calendar = (await ellen.say('calendar')).at(-1)?.text;
  expect(calendar).toContain('#1');
  expect(calendar).toContain('More is shown from Wed 25 Nov at 9am');
  expect(await seenUntil(council, peer, nine - minute)).toBe(false);
  await council.until(nine);
  expect(publicOn(peer)).toHaveLength(1);
  expect(peer.videos).toMatchObject([{ title: 'See how we mend potholes in Bootle' }]);
  expect((await council.post(1)).status.is).toBe('published');
  expect(ellen.card(1).text).toContain('**YouTube**: Published on Wed 25 Nov at 9am');
  expect((await council.audit()).findings).toEqual([]);
});

test('Crier sleeps over the time of a film alone: it is not shown unasked, and that time is told', async () => {
  const { council, peer } = await filmFor('youtube-main');
  await approved(council);
  await council.sleeps(4 * day);
  await council.pass(minute);
  expect(publicOn(peer)).toEqual([]);
  expect(council.as('ellen-rimmer').card(1).text).toContain(
    'It was to go out on Wed 25 Nov at 9am, which passed while Crier was not working, so it has not gone out.',
  );
  await approved(council);
  expect(publicOn(peer)).toHaveLength(1);
});

test('a film beside what is out is shown late only once somebody tries again; before its time no sleep makes it late', async () => {
  const { council, peer } = await filmFor('news,youtube-main');
  await approved(council);
  await council.sleeps(4 * day);
  await council.pass(minute);
  expect(publicOn(peer)).toEqual([]);
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).toContain(
    '**YouTube**: Not published: Crier was not working when it was to go out.',
  );
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(publicOn(peer)).toHaveLength(1);

  const other = await filmFor('news,youtube-main');
  await approved(other.council);
  await other.council.sleeps(nine - minute - other.council.now());
  await other.council.until(nine);
  expect(publicOn(other.peer)).toHaveLength(1);
});

test('the machine sleeps over the time of a film that is just brought: it is not shown unasked', async () => {
  const during: { arrived?: () => Promise<void> } = {};
  const { council, peer } = await filmFor('news,youtube-main', during);
  let sleeping: Promise<void> | undefined;
  during.arrived = async () => {
    sleeping = council.sleeps(4 * day);
    await Promise.resolve();
  };
  await approved(council);
  await sleeping;
  for (let n = 0; n < 20; n += 1) await council.pass(minute);
  expect(publicOn(peer)).toEqual([]);
});

test('a correction that is asked for and agreed to in the very moment in which the film is shown is made there as well', async () => {
  const during: { call?: () => Promise<void> } = {};
  const { council, peer } = await filmFor('news,youtube-main', during);
  await approved(council);
  const { executor } = council.app;
  const { id, revision } = await council.post(1);
  const give = async (command: string, person: string, params: object): Promise<void> => {
    const did = await executor.execute({ command, id, params, actor: { by: 'person', person } });
    expect(did.done).toBe(true);
  };
  let shown: string | undefined;
  during.call = async () => {
    delete during.call;
    shown = peer.videos[0]?.title;
    const right = { text: 'See how we mend potholes in Bootle.', what: 'It is Bootle.', from: revision.n };
    await give('post.correct', 'ellen-rimmer', right);
    const review = (await council.post(1)).correction?.review;
    const press = { hash: review?.hash, review: review?.id, stage: 'correction', confirm: true };
    await give('post.approve-correction', 'priya-desai', press);
  };
  await council.until(nine + minute);
  // It was shown with the words of before.
  expect(shown).toContain('Netherton');
  expect(publicOn(peer)).toHaveLength(1);
  expect(peer.videos).toMatchObject([{ title: 'See how we mend potholes in Bootle' }]);
  expect(await council.post(1)).toMatchObject({
    status: { is: 'published' },
    corrected: [{ what: 'It is Bootle.' }],
  });
  expect((await council.post(1)).notCorrected).toBeUndefined();
  expect((await council.audit()).findings).toEqual([]);
});

for (const [how, title] of [
  ['agreed to', 'See how we mend potholes in Bootle'],
  ['taken back', 'See how we mend potholes in Netherton'],
] as const) {
  test(`a film whose time comes while a correction waits is shown once that is ${how}, and its card says so until then`, async () => {
    const { council, peer } = await filmFor('news,youtube-main');
    const ellen = council.as('ellen-rimmer');
    await approved(council);
    const form = await ellen.press('Correct', {}, ellen.card(1));
    const right = { text: 'See how we mend potholes in Bootle.', what: 'It is Bootle.' };
    const asked = await ellen.press('Ask for this correction', right, form.card);
    const waits = 'from Wed 25 Nov at 9am, but not before the correction has been decided';
    expect(asked.text).toContain(`Published on 1 of 2. More is shown ${waits}`);
    expect(ellen.card(1).text).toContain(`**YouTube**: Is there already, and shown ${waits}`);
    expect((await ellen.say('why 1')).at(-1)?.text).toContain(waits);
    expect(await seenUntil(council, peer, nine + hour)).toBe(false);
    if (how === 'agreed to')
      await council.as('priya-desai').press('Agree: correct it now', { confirm: 'true' });
    else await ellen.press('Take this request back', {}, asked);
    await council.quiet();
    expect(publicOn(peer)).toHaveLength(1);
    expect(peer.videos).toMatchObject([{ title }]);
    expect((await council.post(1)).status.is).toBe('published');
    expect((await council.audit()).findings).toEqual([]);
  });
}

for (const [how, stop, held] of [
  ['hold 1', 'hold 1', 'the rest is held by you'],
  ['stop everything', 'stop everything', '#1'],
  ['pause routine', 'pause routine', '#1'],
] as const) {
  test(`${how} takes the time away from a film that is not shown yet, and only a fresh decision gives it back`, async () => {
    const { council, peer } = await filmFor('news,youtube-main');
    const joseph = council.as('joseph-adeyemi');
    await approved(council);
    const asked = peer.calls.length;
    const said = (await joseph.say(stop)).at(-1);
    const yes = said === undefined ? undefined : joseph.buttons(said).find((each) => each.startsWith('Yes'));
    const answer = yes === undefined ? said : await joseph.press(yes, {}, said);
    expect(answer?.text).toContain(held);
    // No request is needed for it, so that none can fail or come after the answer.
    expect(peer.calls).toHaveLength(asked);
    expect((await council.post(1)).status.is).toBe('held');
    if (how !== 'hold 1') {
      await joseph.press('Yes, resume', {}, (await joseph.say('resume')).at(-1));
    }
    expect(await seenUntil(council, peer, nine + hour)).toBe(false);
    await approved(council);
    expect(publicOn(peer)).toHaveLength(1);
    expect(peer.sessions()).toBe(1);
    expect((await council.post(1)).status.is).toBe('published');
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('held before its time, a film for YouTube alone may be written anew, and is shown as it was approved then', async () => {
  const { council, peer } = await filmFor('youtube-main');
  await approved(council);
  expect(council.as('ellen-rimmer').card(1).text).toContain('Approved, shown from Wed 25 Nov at 9am');
  await council.as('ellen-rimmer').say('hold 1');
  const ellen = council.as('ellen-rimmer');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save as a draft', { text: 'See how we mend potholes in Bootle.' }, form.card);
  await council.pass(day);
  expect(publicOn(peer)).toEqual([]);
  await approved(council);
  expect(peer.videos.filter(({ privacyStatus }) => privacyStatus === 'public')).toMatchObject([
    { title: 'See how we mend potholes in Bootle' },
  ]);
});

for (const [how, stop] of [
  ['held', 'hold 1'],
  ['taken down', 'remove 1'],
] as const) {
  test(`${how} while its film is still on its way, a post is not shown when that has arrived`, async () => {
    const during: { arrived?: () => Promise<void> } = {};
    const { council, peer } = await filmFor('news,youtube-main', during);
    const ellen = council.as('ellen-rimmer');
    const form = await ellen.press('Edit', {}, ellen.card(1));
    await ellen.press('Save', { 'youtube-at': '' }, form.card);
    let stopping: Promise<unknown> | undefined;
    during.arrived = async () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const heard = council.app.executor.onCommit(() => {
        void council.post(1).then(({ status }) => {
          if (status.is === 'held' || status.is === 'taken-down') resolve(undefined);
        });
      });
      stopping = council.as('joseph-adeyemi').say(stop);
      await promise;
      heard();
    };
    await approved(council);
    await stopping;
    expect(peer.sessions()).toBe(1);
    // Not for a second either.
    expect(peer.calls.map(({ call }) => call)).not.toContain('videos-update');
    expect(await seenUntil(council, peer, council.now() + day)).toBe(false);
    if (how === 'taken down') return;
    expect((await council.post(1)).status).toMatchObject({ is: 'held' });
    expect(council.as('joseph-adeyemi').card(1).text).toMatch(/YouTube\*\*: (?:Held|Did not go out)/u);
    await approved(council);
    expect(publicOn(peer)).toHaveLength(1);
    expect(peer.sessions()).toBe(1);
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('a film whose post ends before its time is refused, and one that was cancelled is never shown', async () => {
  const { council, peer } = await filmFor('youtube-main');
  const ellen = council.as('ellen-rimmer');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  const early = await ellen.press('Save', { until: 'tomorrow 8am' }, form.card);
  expect(early.text).toContain('before its film is shown at 9am');
  const moved = await ellen.press('Save', { until: '', text: 'Come and see it tomorrow.' }, form.card);
  expect(moved.text).toContain('"tomorrow"');
  const again = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { text: 'See how we mend potholes.' }, again.card);
  await approved(council);
  await ellen.say('hold 1');
  await ellen.press('Cancel #1', {}, (await ellen.say('cancel 1')).at(-1));
  expect((await council.post(1)).status.is).toBe('cancelled');
  expect(await seenUntil(council, peer, nine + day)).toBe(false);
});

const unseenOn = (peer: YoutubePeer): readonly string[] =>
  peer.videos.flatMap(({ id, removed }) => (removed ? [] : [id]));

/** Ways in which a film that is there already is not to be shown any more. */
const givenUp: readonly (readonly [string, (council: Council) => Promise<void>])[] = [
  [
    'cancelled',
    async (council) => {
      const ellen = council.as('ellen-rimmer');
      await ellen.press('Cancel #1', {}, (await ellen.say('cancel 1')).at(-1));
    },
  ],
  [
    'not to be published',
    async (council) => {
      const priya = council.as('priya-desai');
      await priya.press('Do not publish', { note: 'The road is closed.' }, priya.card(1));
    },
  ],
  [
    'still held as it ends',
    async (council) => {
      await council.until(nine + 4 * hour);
    },
  ],
];

test.each(givenUp)(
  'a film that is there already is deleted there once its post was held and is %s',
  async (how, giveUp) => {
    const { council, peer } = await filmFor('youtube-main');
    const form = await council.as('ellen-rimmer').press('Edit', {}, council.as('ellen-rimmer').card(1));
    await council.as('ellen-rimmer').press('Save', { until: 'tomorrow 11am' }, form.card);
    await approved(council);
    expect(unseenOn(peer)).toHaveLength(1);
    await council.as('ellen-rimmer').say('hold 1');
    await council.quiet();
    expect(unseenOn(peer)).toHaveLength(1);
    await giveUp(council);
    await council.quiet();
    expect((await council.post(1)).status.is).toBe(
      { cancelled: 'cancelled', 'not to be published': 'not-to-be-published' }[how] ?? 'expired',
    );
    expect(unseenOn(peer)).toEqual([]);
    expect(publicOn(peer)).toEqual([]);
    expect((await council.post(1)).brought).toBeUndefined();
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('a film is deleted whose account an edit left out, once the rest of its post is out', async () => {
  const { council, peer } = await filmFor('youtube-main');
  await approved(council);
  const ellen = council.as('ellen-rimmer');
  await ellen.say('hold 1');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save as a draft', { accounts: 'news' }, form.card);
  expect(unseenOn(peer)).toHaveLength(1);
  await approved(council);
  await council.quiet();
  expect((await council.post(1)).status.is).toBe('published');
  expect(unseenOn(peer)).toEqual([]);
});

test('a film is deleted of which only the rest of its post had gone out, and was not to follow', async () => {
  const { council, peer } = await filmFor('news,youtube-main');
  await approved(council);
  const priya = council.as('priya-desai');
  await council.as('ellen-rimmer').say('hold 1');
  await priya.press('Do not publish the rest', { note: 'The road is closed.' }, priya.card(1));
  await council.quiet();
  expect((await council.post(1)).status.is).toBe('partly-published');
  expect(unseenOn(peer)).toEqual([]);
});

test('a film is deleted whose post ended while the rest of it was held', async () => {
  const { council, peer } = await filmFor('news,youtube-main');
  const ellen = council.as('ellen-rimmer');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { until: 'tomorrow 11am' }, form.card);
  await approved(council);
  await ellen.say('hold 1');
  await council.until(nine + hour);
  expect(unseenOn(peer)).toHaveLength(1);
  await council.until(nine + 3 * hour);
  expect(unseenOn(peer)).toEqual([]);
});

const shownThere = {
  shows: { privacyStatus: 'public' },
  plans: { publishAt: new Date(nine + day).toISOString() },
} as const;

for (const [how, change] of Object.entries(shownThere))
  test(`a film that somebody ${how} by YouTube's own means stays, though its post is cancelled, and the desk hears so`, async () => {
    const { council, peer } = await filmFor('youtube-main');
    await approved(council);
    const [id = ''] = unseenOn(peer);
    peer.change(id, change);
    const ellen = council.as('ellen-rimmer');
    await ellen.say('hold 1');
    await ellen.press('Cancel #1', {}, (await ellen.say('cancel 1')).at(-1));
    await council.quiet();
    expect(unseenOn(peer)).toEqual([id]);
    const there = `If it is not to be seen, please delete it there: https://www.youtube.com/watch?v=${id}`;
    expect(toldTo(council, 'joseph-adeyemi').at(-1)).toContain(there);
    expect(ellen.card(1).text).toContain('Somebody lets others see the film there, or has planned that');
    expect((await council.audit()).findings).toEqual([]);
  });

test('a film that did not go out is deleted once somebody leaves it so, or its end has come, and brought anew where it is tried again', async () => {
  const { council, peer } = await filmFor('news,youtube-main');
  const ellen = council.as('ellen-rimmer');
  await approved(council);
  await council.sleeps(4 * day);
  await council.pass(minute);
  expect(ellen.card(1).text).toContain('**YouTube**: Not published');
  expect(unseenOn(peer)).toHaveLength(1);
  await ellen.press('Leave it as it is', {}, ellen.card(1));
  await council.quiet();
  expect(unseenOn(peer)).toEqual([]);
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(publicOn(peer)).toHaveLength(1);

  const other = await filmFor('news,youtube-main');
  const author = other.council.as('ellen-rimmer');
  const form = await author.press('Edit', {}, author.card(1));
  await author.press('Save', { until: '1 December 2026' }, form.card);
  await approved(other.council);
  await other.council.sleeps(4 * day);
  await other.council.pass(minute);
  expect(unseenOn(other.peer)).toHaveLength(1);
  await other.council.until(Date.UTC(2026, 11, 2, 1));
  expect((await other.council.post(1)).status.is).toBe('partly-published');
  expect(unseenOn(other.peer)).toEqual([]);
});

test('a film that an earlier release brought, and noted nowhere, is known to be there once its post is held', async () => {
  const { council } = await filmFor('youtube-main');
  await approved(council);
  const { brought, ...older } = await council.post(1);
  expect(brought).toEqual({ 'youtube-main.0': {} });
  const { status } = older;
  if (!('publications' in status)) throw new Error('it is not on its way');
  const now = council.now();
  const { plan, review } = status;
  const held = { is: 'held', by: 'ellen-rimmer', at: now, all: false, review, plan } as const;
  const change = { state: { ...older, status: held }, audit: [], effects: [] };
  expect(withBrought(older, change, now).state.brought).toEqual(brought);
});

test('the desk is told of a film that YouTube does not let Crier delete, with the way there', async () => {
  const { council, peer } = await filmFor('youtube-main');
  await approved(council);
  peer.fail({ on: 'videos-delete', times: 20, answer: { status: 403, reason: 'forbidden' } });
  const ellen = council.as('ellen-rimmer');
  await ellen.say('hold 1');
  await ellen.press('Cancel #1', {}, (await ellen.say('cancel 1')).at(-1));
  // A refusal that nobody knows may come after it was done, so that it is tried a few times.
  for (let minutes = 0; minutes < 5; minutes += 1) await council.pass(minute);
  const [id] = unseenOn(peer);
  const there = `https://www.youtube.com/watch?v=${id ?? ''}`;
  expect(toldTo(council, 'joseph-adeyemi').at(-1)).toContain(`Please delete it there: ${there}`);
  const card = ellen.card(1);
  expect(card.text).toContain('Please delete it there');
  expect(JSON.stringify(card.card)).toContain(there);
});
