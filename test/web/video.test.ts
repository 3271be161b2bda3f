import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rangeOf } from '../../src/web/media.ts';
import { hash, openSite, type Site } from './site.ts';

let site: Site;
const video = Buffer.from('0123456789'.repeat(100));
beforeAll(async () => {
  site = await openSite();
  site.pictures.set(hash('v'), video);
  site.pictures.set(
    hash('c'),
    Buffer.from('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nThe library is open.\n'),
  );
  site.pictures.set(hash('d'), video);
  const alt = 'The leader opens the <new> library';
  await site.publish(7, {
    media: [
      {
        hash: hash('v'),
        contentType: 'video/mp4',
        alt,
        captions: { as: 'file', hash: hash('c'), contentType: 'text/vtt', language: 'en-GB' },
      },
    ],
  });
  await site.publish(8, {
    media: [{ hash: hash('d'), contentType: 'video/webm', alt, captions: { as: 'burned-in' } }],
  });
});
afterAll(async () => await site[Symbol.asyncDispose]());

describe('a video on the news site', () => {
  test('stands on its page with its captions, what it shows in words, and nothing that starts by itself', async () => {
    const answer = await site.get('/news/7');
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("media-src 'self'");
    expect(page).toContain(`<source src="/media/${hash('v')}" type="video/mp4">`);
    expect(page).toContain(
      `<track kind="captions" src="/media/${hash('c')}" srclang="en-GB" label="English" default>`,
    );
    expect(page).toContain(
      'What the video shows: <span dir="auto">The leader opens the &lt;new&gt; library</span>',
    );
    expect(page).not.toContain('autoplay');
    const burned = await (await site.get('/news/8')).text();
    expect(burned).toContain(`<source src="/media/${hash('d')}" type="video/webm">`);
    expect(burned).not.toContain('<track');
  });

  test('a page without one asks for no right to show any', async () => {
    await site.publish(9, {});
    const { headers } = await site.get('/news/9');
    expect(headers.get('content-security-policy')).not.toContain('media-src');
  });

  test('is enclosed in every feed', async () => {
    const url = `https://news.sefton.example/media/${hash('v')}`;
    expect(await (await site.get('/news/atom.xml')).text()).toContain(
      `<link rel="enclosure" type="video/mp4" length="1000" href="${url}"/>`,
    );
    expect(await (await site.get('/news/rss.xml')).text()).toContain(
      `<enclosure url="${url}" type="video/mp4" length="1000"/>`,
    );
    const feed = await (await site.get('/news/feed.json')).text();
    expect(feed).toContain(`{"url":"${url}","mime_type":"video/mp4","size_in_bytes":1000}`);
  });

  test('comes whole, or in the parts that a player asks for', async () => {
    const path = `/media/${hash('v')}`;
    const whole = await site.get(path);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect(Buffer.from(await whole.arrayBuffer()).equals(video)).toBe(true);
    const part = await site.get(path, { headers: { range: 'bytes=10-14' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 10-14/1000',
      '01234',
    ]);
    const last = await site.get(path, { headers: { range: 'bytes=-3' } });
    expect([last.status, await last.text()]).toEqual([206, '789']);
    const beyond = await site.get(path, { headers: { range: 'bytes=1000-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    const other = await site.get(path, { headers: { range: 'bytes=0-1', 'if-range': '"another"' } });
    expect(other.status).toBe(200);
    expect((await other.arrayBuffer()).byteLength).toBe(1_000);
    const known = await site.get(path, { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
    expect(known.status).toBe(304);
    const head = await site.get(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '1000']);
  });

  test('its captions are there as text, and both go with the page', async () => {
    const captions = await site.get(`/media/${hash('c')}`);
    expect(captions.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    await site.network.remove(
      { remoteId: 'pub-7', url: '' },
      { id: 'pub-7', post: 'post-7', number: 7 },
      new AbortController().signal,
    );
    for (const letter of ['v', 'c']) expect((await site.get(`/media/${hash(letter)}`)).status).toBe(404);
  });
});

test.each([
  [undefined, { asked: 'whole' }],
  ['bytes=0-', { asked: 'part', from: 0, to: 10 }],
  ['bytes=2-3', { asked: 'part', from: 2, to: 4 }],
  ['bytes=8-99', { asked: 'part', from: 8, to: 10 }],
  ['bytes=-99', { asked: 'part', from: 0, to: 10 }],
  ['bytes=-0', { asked: 'nothing-there' }],
  ['bytes=10-', { asked: 'nothing-there' }],
  ['bytes=3-2', { asked: 'whole' }],
  ['bytes=0-1,4-5', { asked: 'whole' }],
  ['bytes=-', { asked: 'whole' }],
  ['pages=1-2', { asked: 'whole' }],
])('the range %j of ten bytes', (header, asked) => {
  expect(rangeOf(header, 10)).toEqual(asked);
});
