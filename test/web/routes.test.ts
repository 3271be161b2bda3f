import { describe, expect, test } from 'vitest';
import { hash, keyOf, morning, openSite, part, publicUrl } from './site.ts';

const everyRoute = [
  '/',
  '/news',
  '/news/142-liverpool-road-closed',
  '/news/feed.json',
  '/news/atom.xml',
  '/news/rss.xml',
  '/embed',
  '/embed/how',
  '/contact',
  '/privacy',
  '/accessibility',
  '/healthz',
  '/readyz',
  '/assets/crier.css',
  '/assets/copy.js',
  '/assets/icon.svg',
  '/nothing-here',
];

describe('the news site', () => {
  test('shows a published page on its permalink, the front page, the list and the frame', async () => {
    await using site = await openSite();
    const outcome = await site.publish(142);
    expect(outcome).toEqual({
      outcome: 'published',
      remote: { remoteId: 'pub-142', url: `${publicUrl}/news/142-liverpool-road-closed` },
    });
    for (const path of ['/', '/news', '/embed', '/news/142-liverpool-road-closed']) {
      const response = await site.get(path);
      expect(response.status, path).toBe(200);
      expect(await response.text(), path).toContain('Liverpool Road closed');
    }
  });

  test('draws the routes that a whole site needs, for GET and for HEAD', async () => {
    await using site = await openSite();
    await site.publish(142);
    for (const path of everyRoute) {
      const got = await site.get(path);
      const head = await site.get(path, { method: 'HEAD' });
      expect(got.status, path).toBe(path === '/nothing-here' ? 404 : 200);
      expect(head.status, path).toBe(got.status);
      expect(await head.text(), path).toBe('');
      expect(head.headers.get('content-type'), path).toBe(got.headers.get('content-type'));
      expect(head.headers.get('etag'), path).toBe(got.headers.get('etag'));
      await got.arrayBuffer();
    }
  });
});
void [hash, keyOf, morning, part];
