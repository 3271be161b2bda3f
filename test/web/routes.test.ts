import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { jsonBody } from '../../src/web/body.ts';
import { contentSecurityPolicy } from '../../src/web/security.ts';
import { council, hash, keyOf, morning, openSite, part, publicUrl, type Site } from './site.ts';

const hour = 3_600_000;

const everyRoute = [
  '/',
  '/news',
  '/news/142',
  '/news/feed.json',
  '/news/atom.xml',
  '/news/rss.xml',
  '/embed',
  '/embed/how',
  '/contact',
  '/privacy',
  '/terms',
  '/accessibility',
  '/healthz',
  '/readyz',
  '/assets/crier.css',
  '/assets/copy.js',
  '/assets/icon.svg',
  '/media/' + hash('p'),
];

const picture = { hash: hash('p'), contentType: 'image/png', alt: 'A closed road sign' };
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function publishWithPicture(site: Site): Promise<void> {
  site.pictures.set(picture.hash, png);
  await site.publish(142, { media: [picture] });
}

const remove = (site: Site, number: number) =>
  site.network.remove({ remoteId: `pub-${number}`, url: '' }, keyOf(number), new AbortController().signal);

describe('the news site', () => {
  test('shows a published page on its permalink, the front page, the list and the frame', async () => {
    await using site = await openSite();
    await site.publish(142);
    for (const path of ['/', '/news', '/embed', '/news/142']) {
      const response = await site.get(path);
      const body = await response.text();
      expect({ path, status: response.status, shown: body.includes('Liverpool Road closed') }).toEqual({
        path,
        status: 200,
        shown: true,
      });
    }
  });

  test.each([
    ['Liverpool Road is closed', 'Liverpool Road is closed.', ''],
    [
      'Liverpool Road in Crosby is closed at Moor…',
      'Liverpool Road in Crosby is closed at Moor Lane.',
      '… Lane.',
    ],
    ['Liverpool Road is closed', 'Liverpool Road is closed. Use the A565.', 'Use the A565.'],
    ['Liverpool Road is closed', 'Liverpool Road is closed until 4pm.', '… until 4pm.'],
    ['Bin', 'Bins go out on Friday.', 'Bins go out on Friday.'],
    ['Liverpool Road closed', 'A burst main closes a road.', 'A burst main closes a road.'],
  ])('a list says below "%s" what "%s" adds to it', async (headline, summary, shown) => {
    await using site = await openSite();
    await site.publish(142, { headline, summary });
    const body = await (await site.get('/news')).text();
    expect(/<p class="crier-list__summary" dir="auto">([^<]*)</.exec(body)?.[1] ?? '').toBe(shown);
  });

  test('says a summary that is only how the text begins once, and one of its own before the text', async () => {
    await using site = await openSite();
    const begins = 'Liverpool Road is closed at Moor Lane while we mend';
    await site.publish(142, { summary: `${begins}…`, text: `${begins} a burst main.` });
    await site.publish(143, { summary: 'A burst main closes a road.', text: `${begins} a burst main.` });
    for (const path of ['/news/142', '/news/143']) {
      const body = await (await site.get(path)).text();
      const said = /<article>([^]*)<\/article>/.exec(body)?.[1] ?? '';
      expect(said.split(begins)).toHaveLength(2);
      expect(said.includes('A burst main closes a road.')).toBe(path.includes('143'));
      expect(body).toContain('<meta property="og:description"');
    }
    const feed = await (await site.get('/news/feed.json')).text();
    expect(feed).not.toContain(`<p>${begins}…</p>`);
    expect(feed).toContain('<p>A burst main closes a road.</p>');
  });

  test('leads the id, and the number with any words behind it, to the permalink', async () => {
    await using site = await openSite();
    await site.publish(142);
    for (const address of ['pub-142', '142-liverpool-road-closed', '142-something-else']) {
      const response = await site.get(`/news/${address}`);
      expect({ address, status: response.status, to: response.headers.get('location') }).toEqual({
        address,
        status: 302,
        to: '/news/142',
      });
    }
  });

  test('answers GET and HEAD alike, the body apart', async () => {
    await using site = await openSite();
    await publishWithPicture(site);
    for (const path of [...everyRoute, '/nothing-here']) {
      const got = await site.get(path);
      const head = await site.get(path, { method: 'HEAD' });
      const seen = (response: Response) =>
        ['content-type', 'etag', 'cache-control'].map((name) => response.headers.get(name));
      expect({ path, status: got.status }).toEqual({ path, status: path === '/nothing-here' ? 404 : 200 });
      expect({ path, status: head.status, seen: seen(head), body: await head.text() }).toEqual({
        path,
        status: got.status,
        seen: seen(got),
        body: '',
      });
      await got.arrayBuffer();
    }
  });

  test('says 304 to whoever has the bytes already, and not once they have changed', async () => {
    await using site = await openSite();
    await publishWithPicture(site);
    for (const path of everyRoute.filter((each) => !each.endsWith('z'))) {
      const first = await site.get(path);
      await first.arrayBuffer();
      const tag = first.headers.get('etag') ?? 'none';
      expect(tag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
      const again = await site.get(path, { headers: { 'if-none-match': `"other", W/${tag}` } });
      expect({ path, status: again.status, body: await again.text() }).toEqual({
        path,
        status: 304,
        body: '',
      });
    }
    const before = await site.get('/news/feed.json');
    await before.arrayBuffer();
    await site.publish(143);
    const after = await site.get('/news/feed.json', {
      headers: { 'if-none-match': before.headers.get('etag') ?? '' },
    });
    expect(after.status).toBe(200);
    await after.arrayBuffer();
  });

  test('packs long texts, under a tag of their own', async () => {
    await using site = await openSite();
    const packed = await site.get('/assets/crier.css', { headers: { 'accept-encoding': 'gzip' } });
    const refused = await site.get('/assets/crier.css', { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(refused.headers.get('content-encoding')).toBeNull();
    expect(await packed.text()).toBe(await refused.text());
    expect(packed.headers.get('etag')).not.toBe(refused.headers.get('etag'));
  });

  test('gives every route the strict headers, and lets only the frame be framed', async () => {
    await using site = await openSite();
    await publishWithPicture(site);
    for (const path of [...everyRoute, '/nothing-here', '/news/999']) {
      const response = await site.get(path);
      await response.arrayBuffer();
      const policy = response.headers.get('content-security-policy') ?? '';
      const framing = /frame-ancestors ([^;]+)/.exec(policy)?.[1];
      expect({
        path,
        nosniff: response.headers.get('x-content-type-options'),
        nothing: policy.includes("default-src 'none'"),
        inline: policy.includes('unsafe'),
        scripts: policy.includes('script-src'),
        framing,
        old: response.headers.get('x-frame-options'),
        referrer: response.headers.get('referrer-policy'),
        permissions: response.headers.get('permissions-policy')?.includes('camera=()'),
        hsts: response.headers.get('strict-transport-security'),
        id: /^[0-9a-f-]{36}$/.test(response.headers.get('x-request-id') ?? ''),
      }).toEqual({
        path,
        nosniff: 'nosniff',
        nothing: true,
        inline: false,
        scripts: path === '/embed/how',
        framing: path === '/embed' ? "'self' https://www.sefton.gov.uk" : "'none'",
        old: path === '/embed' ? null : 'DENY',
        referrer: 'strict-origin-when-cross-origin',
        permissions: true,
        hsts: 'max-age=31536000; includeSubDomains',
        id: true,
      });
    }
  });

  test('promises https only where the public comes by https', async () => {
    await using site = await openSite({ publicUrl: () => 'http://127.0.0.1:3978' });
    const response = await site.get('/');
    await response.arrayBuffer();
    expect(response.headers.get('strict-transport-security')).toBeNull();
  });

  test('frames for whom it is told to', async () => {
    await using site = await openSite({ framedBy: ['https://a.example', 'https://b.example'] });
    const response = await site.get('/embed');
    await response.arrayBuffer();
    expect(response.headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' https://a.example https://b.example",
    );
  });
});

describe('a page that ends', () => {
  test('says so once it has, stays in the list marked, and leaves frame and front page', async () => {
    await using site = await openSite();
    await site.publish(142, { endsAt: Date.UTC(2026, 10, 24, 16) });
    const shown = async (path: string) => (await site.get(path)).text();
    expect(await shown('/news/142')).not.toContain('This ended');
    expect(await shown('/news/142')).toContain('4pm today');
    expect(await shown('/embed')).toContain('Liverpool Road closed');

    site.at(Date.UTC(2026, 10, 24, 16));
    expect(await shown('/news/142')).toContain('This ended at 4pm today');
    expect(await shown('/news')).toContain('This ended at 4pm today');
    expect(await shown('/embed')).not.toContain('Liverpool Road closed');
    expect(await shown('/')).not.toContain('Liverpool Road closed');
    for (const feed of ['/news/feed.json', '/news/atom.xml', '/news/rss.xml']) {
      expect(await shown(feed)).toContain('Ended: Liverpool Road closed');
    }

    site.at(Date.UTC(2026, 10, 25, 9));
    expect(await shown('/news/142')).toContain('This ended at 4pm on Tuesday 24 November 2026');
  });

  test('leaves room in the frame for older news that still stands', async () => {
    await using site = await openSite();
    for (let number = 1; number <= 30; number += 1) {
      site.at(morning + number * 1000);
      await site.publish(number, {
        headline: `Story ${number}.`,
        ...(number > 5 ? { endsAt: morning + hour } : {}),
      });
    }
    site.at(morning + 2 * hour);
    const body = await (await site.get('/embed')).text();
    expect([...body.matchAll(/Story (\d+)\./g)].map((match) => match[1])).toEqual(['5', '4', '3', '2', '1']);
  });
});

describe('a corrected page', () => {
  test('says what was corrected and when, on the page and in the feeds, at the same address and id', async () => {
    await using site = await openSite();
    await site.publish(142);
    const ids = async () => {
      const feed: unknown = await (await site.get('/news/feed.json')).json();
      return feed;
    };
    expect(await ids()).toMatchObject({
      items: [{ id: `${publicUrl}/news/142`, date_modified: '2026-11-24T10:03:00.000Z' }],
    });
    site.at(morning + hour);
    await site.network.edit?.(
      { remoteId: 'pub-142', url: '' },
      part({ headline: 'Moor Lane closed', text: 'Moor Lane is closed.' }),
      keyOf(142),
      'We named the wrong road.',
      new AbortController().signal,
    );
    const page = await (await site.get('/news/142')).text();
    expect(page).toContain('Moor Lane closed');
    expect(page).not.toContain('Crosby');
    expect(page).toMatch(
      /We have corrected this page[\s\S]*Tuesday 24 November 2026 at 11:03am[\s\S]*We named the wrong road\./,
    );
    expect(await ids()).toMatchObject({
      items: [
        {
          id: `${publicUrl}/news/142`,
          title: 'Moor Lane closed',
          content_text: expect.stringMatching(
            /Moor Lane is closed\.\n\nCorrected on Tuesday 24 November 2026 at 11:03am: We named the wrong road\.$/u,
          ) as string,
          date_modified: '2026-11-24T11:03:00.000Z',
        },
      ],
    });
    expect(await (await site.get('/news/atom.xml')).text()).toContain('We named the wrong road.');
  });
});

describe('a removed page', () => {
  test('answers 410 at every address it had, and leaves list, feeds, frame and media', async () => {
    await using site = await openSite();
    await publishWithPicture(site);
    expect((await site.get(`/media/${picture.hash}`)).status).toBe(200);
    await remove(site, 142);
    for (const path of ['/news/142', '/news/142-liverpool-road-closed', '/news/pub-142']) {
      const response = await site.get(path);
      expect({ path, status: response.status, cache: response.headers.get('cache-control') }).toEqual({
        path,
        status: 410,
        cache: 'no-store',
      });
      expect(await response.text()).not.toContain('Crosby');
    }
    for (const path of ['/', '/news', '/embed', '/news/feed.json', '/news/atom.xml', '/news/rss.xml']) {
      expect(await (await site.get(path)).text()).not.toContain('Liverpool Road');
    }
    const medium = await site.get(`/media/${picture.hash}`);
    expect(medium.status).toBe(404);
    await medium.arrayBuffer();
  });

  test('keeps a picture that another page still shows', async () => {
    await using site = await openSite();
    await publishWithPicture(site);
    await site.publish(143, { media: [picture] });
    await remove(site, 142);
    const response = await site.get(`/media/${picture.hash}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true);
  });
});

test('a picture is never served as something that could run', async () => {
  await using site = await openSite();
  site.pictures.set(hash('s'), Buffer.from('<svg onload="alert(1)"/>'));
  await site.publish(142, { media: [{ hash: hash('s'), contentType: 'image/svg+xml', alt: 'x' }] });
  const response = await site.get(`/media/${hash('s')}`);
  await response.arrayBuffer();
  expect(response.status).toBe(404);
});

describe('paging by date', () => {
  const stories = (body: string) => [...body.matchAll(/Story (\d+)\./g)].map((match) => Number(match[1]));
  const link = (body: string, rel: string) =>
    new RegExp(`href="([^"]+)" rel="${rel}"`).exec(body)?.[1]?.replaceAll('&amp;', '&');

  test('goes back through everything once, and the same way forward again', async () => {
    await using site = await openSite();
    for (let number = 1; number <= 53; number += 1) {
      // Three at a time fall on the same instant, so that stretches have to end between instants.
      site.at(morning + Math.floor(number / 3) * 60_000);
      await site.publish(number, { headline: `Story ${number}.`, summary: '', text: 'Text' });
    }
    const back: number[][] = [];
    let path: string | undefined = '/news';
    let last = path;
    while (path !== undefined) {
      const body = await (await site.get(path)).text();
      back.push(stories(body));
      last = path;
      path = link(body, 'next');
    }
    expect(back.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 53 }, (_, at) => at + 1));
    expect(back.flat().map((number) => Math.floor(number / 3))).toEqual(
      back
        .flat()
        .map((number) => Math.floor(number / 3))
        .toSorted((a, b) => b - a),
    );
    const forward: number[] = [];
    path = last;
    while (path !== undefined) {
      const body = await (await site.get(path)).text();
      forward.unshift(...stories(body));
      path = link(body, 'prev');
    }
    expect(forward).toEqual(back.flat());
  });

  test('a time that is none is a bad request', async () => {
    await using site = await openSite();
    const response = await site.get('/news?before=soon');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Sefton Council');
  });
});

describe('errors', () => {
  test('look like the council and say no more than they must', async () => {
    await using site = await openSite({
      news: {
        find: () => Promise.reject(new Error('the secret detail')),
        slice: () => Promise.reject(new Error('the secret detail')),
        current: () => Promise.reject(new Error('the secret detail')),
        medium: () => Promise.reject(new Error('the secret detail')),
      },
    });
    for (const path of ['/', '/news', '/news/142', '/embed', '/news/rss.xml', `/media/${hash('p')}`]) {
      const response = await site.get(path);
      const body = await response.text();
      expect({ path, status: response.status }).toEqual({ path, status: 500 });
      expect(body).toContain('Sorry, something went wrong');
      expect(body).toContain(council.name);
      expect(body).toContain(response.headers.get('x-request-id'));
      expect(body).not.toContain('secret');
    }
    expect(site.lines.join('')).not.toContain('secret');
    expect(site.lines.join('')).toContain('a request failed');
  });

  test('405 names what can be done', async () => {
    await using site = await openSite();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const response = await site.get('/news', { method });
      expect({ method, status: response.status, allow: response.headers.get('allow') }).toEqual({
        method,
        status: 405,
        allow: 'GET, HEAD',
      });
      await response.arrayBuffer();
    }
  });

  test('405 names what can be done where something is sent, not read', async () => {
    await using site = await openSite({
      mounts: [(server) => server.post('/api/sent', jsonBody({ bytes: 10, within: 1_000 }))],
    });
    const response = await site.get('/api/sent');
    await response.arrayBuffer();
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('whoever asks for another protocol is answered in ours, within our limits', async () => {
    await using site = await openSite();
    const { hostname, port } = new URL(site.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET /healthz HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK[^]*alive$/);
  });

  test('an address that cannot be read is no fault of ours', async () => {
    await using site = await openSite();
    for (const path of [
      '/news/%E0%A4%A',
      '/news/%00',
      '/media/..%2f..%2fetc',
      '/news/a%2Fb',
      '/news/' + 'x'.repeat(5000),
    ]) {
      const response = await site.get(path);
      await response.arrayBuffer();
      expect({ path, expected: [400, 404].includes(response.status) }).toEqual({ path, expected: true });
    }
  });

  test('neither addresses nor what was typed into them are logged', async () => {
    await using site = await openSite();
    await (await site.get('/news/somebody@example.org?q=Jane+Doe')).arrayBuffer();
    await (await site.get('/Jane-Doe')).arrayBuffer();
    expect(site.lines.join('')).toContain('/news/:address');
    expect(site.lines.join('')).not.toMatch(/Jane|somebody/);
  });
});

describe('health', () => {
  test('is alive without its store, but not ready, and says no more', async () => {
    await using site = await openSite({ ready: () => Promise.reject(new Error('disk of /srv is full')) });
    const alive = await site.get('/healthz');
    // Browsers ask for it by themselves; it is no page that cannot be found.
    expect((await site.get('/favicon.ico')).status).toBe(204);
    const ready = await site.get('/readyz');
    expect([alive.status, await alive.text()]).toEqual([200, 'alive']);
    expect([ready.status, await ready.text()]).toEqual([503, 'not ready']);
  });

  test('a store that does not answer is not waited for', async () => {
    await using site = await openSite({ ready: () => new Promise(() => {}), limits: { ready: 20 } });
    expect((await site.get('/readyz')).status).toBe(503);
  });
});

describe('a route that takes JSON', () => {
  const open = () =>
    openSite({
      mounts: [
        (server) => {
          const body = jsonBody({ bytes: 100, within: 200 });
          server.post('/api/echo', body, async (request, response) => {
            response.sendRaw(200, JSON.stringify(request.body), { 'Content-Type': 'application/json' });
          });
          server.post('/api/broken', body, async () => {
            await Promise.reject(new Error('the secret detail'));
          });
        },
      ],
    });

  const post = (
    site: Site,
    body: string | Uint8Array<ArrayBuffer>,
    type = 'application/json; charset=utf-8',
    path = '/api/echo',
  ) => site.get(path, { method: 'POST', body, headers: { 'content-type': type } });

  test('takes what is right', async () => {
    await using site = await open();
    const response = await post(site, '{"a":["ü"]}');
    expect([response.status, await response.json()]).toEqual([200, { a: ['ü'] }]);
  });

  test('refuses what is malformed, too long, or of another type', async () => {
    await using site = await open();
    const wrong = [
      { body: '{"a":', status: 400 },
      { body: '', status: 400 },
      { body: new Uint8Array([0x22, 0xff, 0x22]), status: 400 },
      { body: JSON.stringify('x'.repeat(200)), status: 413 },
      { body: '{"a":1}', type: 'text/plain', status: 415 },
      { body: 'a=1', type: 'application/x-www-form-urlencoded', status: 415 },
    ];
    for (const { body, type, status } of wrong) {
      const response = await post(site, body, type);
      expect({ body, status: response.status }).toEqual({ body, status });
      await response.arrayBuffer();
    }
  });

  test('a fault answers 500 in JSON, without detail', async () => {
    await using site = await open();
    const response = await post(site, '{}', 'application/json', '/api/broken');
    expect([response.status, await response.text()]).toEqual([
      500,
      '{"error":"Sorry, something went wrong"}',
    ]);
  });

  test('ends a body that drips, and one longer than it said nothing about', async () => {
    await using site = await open();
    const answered = async (bytes: string): Promise<string> => {
      const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
      socket.write(bytes);
      return text(socket);
    };
    const head = 'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    expect(await answered(`${head}Content-Length: 50\r\n\r\n{"a"`)).toMatch(/^HTTP\/1\.1 408 /);
    const chunk = `7d\r\n"${'x'.repeat(124)}\r\n`;
    expect(await answered(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`)).toMatch(/^HTTP\/1\.1 413 /);
  });
});

test('a policy names only what a page needs', () => {
  expect(contentSecurityPolicy({ script: true, connect: true, form: true })).toBe(
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
});
