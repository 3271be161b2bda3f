import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shortLink, weigh } from '../../../src/protocol/text/length.ts';
import { campaignTag, taggedLinks, withLinkTags } from '../../../src/protocol/text/link-tags.ts';
import { linksIn } from '../../../src/protocol/text/links.ts';

const tagging = {
  hosts: ['www.sefton.gov.uk', 'sefton.gov.uk'],
  medium: 'social',
  sources: { x: 'x', bluesky: 'bsky' },
};
const tags = 'utm_source=x&utm_medium=social&utm_campaign=winter-gritting';
const on = (text: string) => withLinkTags(text, 'x', 'Winter gritting!', tagging);

const path = fc.constantFrom('', '/', '/bins', '/a/b-c.html');
const query = fc.constantFrom('', '?day=1', '?q=a%20b&q=2', '?', '?utm_source=mail');
const fragment = fc.constantFrom('', '#north');
const host = fc.constantFrom(
  'www.sefton.gov.uk',
  'sefton.gov.uk',
  'evil.sefton.gov.uk',
  'sefton.gov.uk.evil.com',
);
const link = fc
  .tuple(fc.constantFrom('https://', 'http://', ''), host, path, query, fragment)
  .map((pieces) => pieces.join(''));
const text = fc
  .array(fc.oneof(link, fc.constantFrom('See', 'call 0345', 'us@sefton.gov.uk', '#Tag', '\n')), {
    maxLength: 8,
  })
  .map((words) => words.join(' '));

describe('campaign tags', () => {
  test('change links to the council alone, and nothing else of a text; putting them again changes nothing', () => {
    let seen = 0;
    fc.assert(
      fc.property(text, (written) => {
        const out = on(written);
        // The tags and what joins them to a link aside, every sign stays where it was.
        const bare = (of: string) => of.replaceAll(tags, '').replace(/[?&/]/gu, '');
        expect(bare(out)).toBe(bare(written));
        expect(on(out)).toBe(out);
        const count = taggedLinks(written, 'x', 'Winter gritting', tagging);
        expect(out.split(tags).length - 1).toBe(count);
        seen += count;
        const before = linksIn(written).map(({ from, to }) => address(written.slice(from, to)));
        const after = linksIn(out).map(({ from, to }) => address(out.slice(from, to)));
        expect(after).toHaveLength(before.length);
        for (const [n, was] of before.entries()) {
          const is = after[n];
          expect(is?.host).toBe(was.host);
          expect(is?.pathname).toBe(was.pathname);
          expect(is?.hash).toBe(was.hash);
          const kept = [...was.searchParams].every(([key, value]) =>
            is?.searchParams.getAll(key).includes(value),
          );
          expect(kept).toBe(true);
          const mine = tagging.hosts.includes(was.host) && !was.search.includes('utm_');
          expect(is?.searchParams.get('utm_campaign')).toBe(mine ? 'winter-gritting' : null);
        }
      }),
    );
    expect(seen).toBeGreaterThan(50);
  });

  test.each([
    ['See sefton.gov.uk.', `See sefton.gov.uk/?${tags}.`],
    ['https://www.sefton.gov.uk/bins?day=1#north', `https://www.sefton.gov.uk/bins?day=1&${tags}#north`],
    ['https://someone@sefton.gov.uk/', 'https://someone@sefton.gov.uk/'],
    ['ftp://sefton.gov.uk/a', 'ftp://sefton.gov.uk/a'],
    ['https://sefton.gov.uk:8443/a', 'https://sefton.gov.uk:8443/a'],
  ])('%s goes out as %s', (written, out) => {
    expect(on(written)).toBe(out);
  });

  test('are put only for a campaign, on a network that the protocol names', () => {
    const written = 'https://sefton.gov.uk/a';
    expect(withLinkTags(written, 'x', ' ', tagging)).toBe(written);
    expect(withLinkTags(written, 'facebook', 'Bins', tagging)).toBe(written);
    expect(withLinkTags(written, 'x', 'Bins', undefined)).toBe(written);
    expect(withLinkTags(written, 'bluesky', 'Bins', tagging)).toContain('utm_source=bsky');
  });

  test('take no room: X counts every link the same, Bluesky shows it without them', () => {
    for (const written of [
      'https://www.sefton.gov.uk/bins',
      'https://sefton.gov.uk',
      'https://sefton.gov.uk/?a=1#b',
    ]) {
      const out = withLinkTags(written, 'bluesky', 'Bins', tagging);
      expect(out).not.toBe(written);
      expect(shortLink(out)).toBe(shortLink(written));
      expect(weigh('bluesky', out)).toBe(weigh('bluesky', written));
      expect(weigh('x', out)).toBe(weigh('x', written));
    }
  });

  test('name the campaign in small letters', () => {
    expect(campaignTag('  Café & Ciência 2026! ')).toBe('cafe-ciencia-2026');
  });
});

const address = (written: string): URL =>
  new URL(/^[a-z]+:\/\//u.test(written) ? written : `https://${written}`);
