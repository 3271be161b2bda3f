import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLocalHost } from '../../../src/protocol/text/local-hosts.ts';
import { mediaLinks, withoutLinks } from '../../../src/protocol/text/media-links.ts';

const hosts = ['images.sefton.gov.uk'];
const found = (text: string) => mediaLinks(text, hosts).map(({ is }) => is);

describe('what a link in a proposal is', () => {
  test.each([
    ['https://images.sefton.gov.uk/path.jpg', ['taken']],
    ['images.sefton.gov.uk/path.JPEG?width=900', ['taken']],
    ['https://images.sefton.gov.uk/film.mp4', ['taken']],
    ['http://images.sefton.gov.uk/path.jpg', ['not-secure']],
    ['https://images.sefton.gov.uk:8443/path.jpg', ['not-secure']],
    ['https://me:secret@images.sefton.gov.uk/path.jpg', ['not-secure']],
    ['https://images.sefton.gov.uk/the-path', []],
    ['https://example.com/path.jpg', ['elsewhere']],
    ['https://images.sefton.gov.uk.example.com/path.jpg', ['elsewhere']],
    ['https://images.sefton.gov.uk@example.com/path.jpg', ['elsewhere']],
    ['https://example.com/?u=https://images.sefton.gov.uk/path.jpg', []],
    ['www.sefton.gov.uk/bins', []],
  ])('%s', (link, is) => {
    expect(found(`Look: ${link}.`)).toEqual(is);
  });

  test.each([
    'http://127.0.0.1/photo.jpg',
    'http://2130706433/photo.jpg',
    'http://0x7f.1/photo.jpg',
    'http://[::1]/photo.jpg',
    'http://[::ffff:10.0.0.1]/photo.jpg',
    'http://169.254.169.254/latest/meta-data/',
    'https://10.0.0.7/photo.jpg',
    'https://localhost:3978/photo.jpg',
    'https://LOCALHOST./photo.jpg',
    'https://printer/photo.jpg',
    'https://files.sefton.internal/photo.jpg',
    'https://nas.local/photo.jpg',
  ])('%s is inside a network, whatever the protocol lists', (link) => {
    const { hostname } = new URL(link);
    expect(mediaLinks(link, [hostname]).map(({ is }) => is)).toEqual(['inside']);
  });

  test('names that everybody can reach are no places inside', () => {
    for (const host of ['www.sefton.gov.uk', 'internal.sefton.gov.uk', 'local.example', '10.example.com']) {
      expect(isLocalHost(host)).toBe(false);
    }
  });
});

test('what was taken is gone from the words, and nothing else is', () => {
  const taken = 'https://images.sefton.gov.uk/path.jpg';
  const without = (text: string): string =>
    withoutLinks(
      text,
      mediaLinks(text, hosts).filter(({ is }) => is === 'taken'),
    );
  expect(without(`The new path ${taken} is open.`)).toBe('The new path is open.');
  const word = fc.constantFrom(
    'The',
    'path',
    'is',
    'open.',
    'https://example.com/a.jpg',
    taken,
    'Say',
    'hi!',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.constantFrom(' ', '\n', '\n\n'), (words, between) => {
      const text = words.join(between);
      const left = without(text);
      expect(left.split(/\s+/u).filter((each) => each !== '')).toEqual(
        words.filter((each) => each !== taken),
      );
    }),
  );
});
