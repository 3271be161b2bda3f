import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { atomFeed, jsonFeed, rssFeed } from '../../src/web/feeds.ts';
import { itemView } from '../../src/web/item.ts';
import { createLook } from '../../src/web/look.ts';
import type { NewsPage } from '../../src/web/news.ts';
import { council, hash, morning, openSite, publicUrl, type Site } from './site.ts';

const look = createLook(council);

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  ']]></content><script>alert(1)</script><![CDATA[',
  'javascript:alert(1) and https://a.example/"onmouseover="alert(1)',
  '{{ council.email }} {% include "page.njk" %} ${1+1}',
  'https://sefton.gov.uk@evil.example/ and https://user:pw@evil.example',
  'look \u202Ekrow\u202C here \u2066x\u2069',
  'bell \u0007 null \u0000 escape \u001B[31m high \u0085 \uFFFE half \uD800 end',
  '&lt;b&gt; &amp; &#60;script&#62; <!-- --> <?xml?> &nbsp;',
];

function page(words: string, over: Partial<NewsPage> = {}): NewsPage {
  return {
    is: 'live',
    number: 1,
    address: '1-words',
    headline: words,
    summary: words,
    text: words,
    from: words,
    media: [{ hash: hash('p'), contentType: 'image/png', alt: words }],
    publishedAt: morning,
    endsAt: morning + 1,
    corrections: [{ at: morning, what: words }],
    ...over,
  };
}

interface Parsed {
  readonly names: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

/** Parses XML strictly; a document that is not well formed throws. */
function parseXml(xml: string): Parsed {
  const names = new Set<string>();
  const texts = new Map<string, string[]>();
  const open: { name: string; text: string }[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (fault) => {
    throw fault;
  });
  parser.on('opentag', ({ name }) => {
    names.add(name);
    open.push({ name, text: '' });
  });
  parser.on('text', (text) => {
    for (const element of open) element.text += text;
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed !== undefined) texts.set(closed.name, [...(texts.get(closed.name) ?? []), closed.text]);
  });
  parser.write(xml).close();
  return { names, texts };
}

/** The tags of our own templates, and the attributes that a page may have. */
const tags = new Set(
  'html head meta title link script body a header div nav ul li main article section h1 h2 h3 p time span img footer br ol strong svg path'.split(
    ' ',
  ),
);
const attributes = new Set(
  'lang class charset name content rel href type property dir datetime role src alt id tabindex aria-label aria-current aria-labelledby target data-module title http-equiv'.split(
    ' ',
  ),
);

/** Every tag and attribute of a page, read the way a browser begins them; what is not ours is returned. */
function foreign(html: string): readonly string[] {
  const found: string[] = [];
  for (const [, name = '', rest = ''] of html.matchAll(
    /<\/?([a-zA-Z!?][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g,
  )) {
    if (name.toLowerCase() !== '!doctype' && !tags.has(name.toLowerCase())) found.push(`<${name}`);
    if (name.toLowerCase() === '!doctype') continue;
    for (const [, attribute = ''] of rest.matchAll(/\s([^\s=/>]+)(?:="[^"]*")?/g)) {
      if (!attributes.has(attribute.toLowerCase())) found.push(attribute);
    }
    for (const [, href = ''] of rest.matchAll(/(?:href|src)="([^"]*)"/g)) {
      if (!/^(https?:\/\/|\/|#|mailto:|tel:)/.test(href)) found.push(href);
    }
  }
  return found;
}

const ours = (words: string) => itemView(page(words), publicUrl, morning + 2);

const drawnPage = (words: string): string =>
  look.draw('page.njk', { title: ours(words).headline, section: 'news', crumbs: [], item: ours(words) });
const drawnList = (words: string): string => look.draw('embed.njk', { items: [ours(words)] });
const feed = (words: string) => ({
  council,
  home: publicUrl,
  items: [ours(words)],
  lengths: new Map<string, number>(),
});

/** What XML allows, by its own definition (https://www.w3.org/TR/xml/#charsets), and no control characters. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function check(words: string): void {
  expect(foreign(drawnPage(words))).toEqual([]);
  expect(foreign(drawnList(words))).toEqual([]);
  for (const xml of [atomFeed(look, feed(words)), rssFeed(look, feed(words))]) {
    const { names, texts } = parseXml(xml);
    expect([...names].filter((name) => /^(script|img|svg|p|b)$/i.test(name))).toEqual([]);
    const content = texts.get('content') ?? texts.get('description')?.slice(-1) ?? [];
    for (const html of content) expect(foreign(html)).toEqual([]);
  }
  const json: unknown = JSON.parse(jsonFeed(look, feed(words)));
  expect(json).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    items: [{ id: `${publicUrl}/news/1-words` }],
  });
  expect(jsonFeed(look, feed(words))).not.toMatch(illegal);
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...'<>&"\'`/=[]!-?;#{}%\\ \n\t\r\0axscriptonload:'.split('')),
    maxLength: 60,
  }),
  fc
    .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 10 })), {
      maxLength: 4,
    })
    .map((all) => all.join('')),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
);

describe('words that try to be more than words', () => {
  test.each(hostile)('stay words in page, frame and feeds: %j', (words) => {
    expect(() => check(words)).not.toThrow();
  });

  test('whatever anybody writes, feeds are well formed and no tag is theirs', () => {
    fc.assert(fc.property(nasty, check), { numRuns: 150 });
  });

  test('the check itself finds tags, attributes and addresses that are not ours', () => {
    expect(foreign('<p class="x">a</p><script>')).toEqual([]);
    expect(foreign('<iframe><p onclick="x"><a href="javascript:x">')).toEqual([
      '<iframe',
      'onclick',
      'javascript:x',
    ]);
    expect(() => parseXml('<a>&nbsp;</a>')).toThrow('undefined entity');
    expect(() => parseXml('<a>\u0007</a>')).toThrow('disallowed character');
  });

  test('marks that turn the direction of reading are taken out', () => {
    expect(drawnPage('a \u202E b \u2067 c')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  });
});

describe('over the wire', () => {
  async function published(words: string): Promise<Site> {
    const site = await openSite();
    await site.publish(1, { headline: words, summary: words, text: words, from: words });
    return site;
  }

  test('a hostile page is served as text everywhere', async () => {
    await using site = await published(hostile.join('\n'));
    const address = (await site.pages.current(morning, 1))[0]?.address ?? '';
    for (const path of ['/', '/news', `/news/${address}`, '/embed']) {
      const body = await (await site.get(path)).text();
      expect({ path, foreign: foreign(body) }).toEqual({ path, foreign: [] });
      expect(body).toContain('alert(1)');
    }
    parseXml(await (await site.get('/news/atom.xml')).text());
    parseXml(await (await site.get('/news/rss.xml')).text());
    expect(await (await site.get('/news/feed.json')).json()).toMatchObject({
      items: [{ url: `${publicUrl}/news/${address}` }],
    });
  });
});

describe('feeds', () => {
  test('show the words as paragraphs', () => {
    expect(look.draw('feed-item.njk', { item: ours('Road closed') })).toContain(
      '<p dir="auto">Road closed</p>',
    );
  });

  const empty = { council, home: publicUrl, items: [], lengths: new Map<string, number>() };

  test('without news are feeds all the same', () => {
    expect(parseXml(atomFeed(look, empty)).texts.get('updated')).toEqual(['1970-01-01T00:00:00.000Z']);
    expect(parseXml(rssFeed(look, empty)).names.has('channel')).toBe(true);
    expect(JSON.parse(jsonFeed(look, empty))).toMatchObject({ items: [] });
  });

  test('have what their formats require', () => {
    const atom = parseXml(atomFeed(look, feed('Road closed')));
    for (const name of ['feed', 'id', 'title', 'updated', 'author', 'entry', 'content', 'published']) {
      expect([...atom.names]).toContain(name);
    }
    const rss = parseXml(rssFeed(look, feed('Road closed')));
    expect(rss.texts.get('pubDate')).toEqual(['Tue, 24 Nov 2026 10:03:00 GMT']);
    expect(rss.texts.get('guid')).toEqual([`${publicUrl}/news/1-words`]);
    expect(JSON.parse(jsonFeed(look, feed('Road closed')))).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'News from Sefton Council',
      home_page_url: `${publicUrl}/news`,
      feed_url: `${publicUrl}/news/feed.json`,
      description: 'The latest news from Sefton Council',
      language: 'en-GB',
      authors: [{ name: 'Sefton Council', url: 'https://www.sefton.gov.uk' }],
      items: [
        {
          id: `${publicUrl}/news/1-words`,
          url: `${publicUrl}/news/1-words`,
          title: 'Ended: Road closed',
          content_html: look.draw('feed-item.njk', { item: ours('Road closed') }).trim(),
          content_text: expect.stringMatching(
            /^This ended on [^]+\n\nRoad closed\n\nCorrected on [^]+: Road closed$/u,
          ) as string,
          summary: 'Road closed',
          image: `${publicUrl}/media/${hash('p')}`,
          date_published: '2026-11-24T10:03:00.000Z',
          date_modified: '2026-11-24T10:03:00.001Z',
          authors: [{ name: 'Road closed, Sefton Council' }],
          tags: ['Ended'],
          attachments: [{ url: `${publicUrl}/media/${hash('p')}`, mime_type: 'image/png' }],
        },
      ],
    });
  });
});
