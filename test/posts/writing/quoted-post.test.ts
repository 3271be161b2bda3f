import { expect, test } from 'vitest';
import { freeze, readPart } from '../../../src/posts/writing/plan.ts';
import type { Revision } from '../../../src/posts/writing/revision.ts';
import { quotedPost } from '../../../src/posts/writing/quoted-post.ts';
import { revision } from '../../fixtures/cards/posts.ts';
import { rules } from '../../fixtures/cards/rules.ts';

const remoteId = '1790000000000000001';
const url = `https://x.com/MerseyFire/status/${remoteId}`;

test.each([
  url,
  `x.com/MerseyFire/status/${remoteId}`,
  `https://www.x.com/MerseyFire/status/${remoteId}/`,
  `https://twitter.com/MerseyFire/status/${remoteId}?s=20&t=abc`,
  `https://mobile.twitter.com/MerseyFire/status/${remoteId}#m`,
  `https://X.com/MerseyFire/status/${remoteId}/photo/1`,
  `Look at this post: ${url}.`,
])('a post on X is known by its address: %s', (pasted) => {
  expect(quotedPost(pasted)).toEqual({ remoteId, url });
});

test('an address without a name, as X gives one, is a post as well', () => {
  const given = `https://x.com/i/web/status/${remoteId}`;
  expect(quotedPost(given)).toEqual({ remoteId, url: given });
});

test.each([
  '',
  remoteId,
  `http://x.com/MerseyFire/status/${remoteId}`,
  `https://x.com:8443/MerseyFire/status/${remoteId}`,
  `https://ann@x.com/MerseyFire/status/${remoteId}`,
  `https://x.com.example.org/MerseyFire/status/${remoteId}`,
  `https://notx.com/MerseyFire/status/${remoteId}`,
  `https://example.org/?https://x.com/MerseyFire/status/${remoteId}`,
  'https://x.com/MerseyFire',
  'https://x.com/MerseyFire/status/',
  'https://x.com/MerseyFire/status/17abc',
  'https://x.com/MerseyFire/status/123456789012345678901',
  `https://x.com/search/MerseyFire/status/${remoteId}`,
  `https://x.com/status/${remoteId}`,
  'https://bsky.app/profile/sefton.gov.uk/post/3k2a',
])('no post on X: %s', (pasted) => {
  expect(quotedPost(pasted)).toBeUndefined();
});

const line = '---';
const bare: Revision = {
  ...revision,
  text: `The road is closed.\n${line}\nUse the A565.`,
  accounts: ['x-main', 'facebook-main', 'website'],
  media: [],
};

test('what is quoted is frozen with the first post on X, and nowhere else', () => {
  const plain = freeze(bare, 'Highways', rules);
  const quoting = freeze({ ...bare, quote: url }, 'Highways', rules);
  const [first, ...others] = quoting.parts;
  const [before, ...same] = plain.parts;
  if (first === undefined || before === undefined) throw new Error('nothing is frozen');
  expect(first.key).toBe('x-main.0');
  expect(others.map(({ key }) => key)).toContain('x-main.1');
  expect(readPart(first)).toEqual({ ...readPart(before), quote: { remoteId, url } });
  expect(others).toEqual(same);
  expect(quoting.hash).not.toBe(plain.hash);
  expect(plain.parts.map(({ bytes }) => bytes).join('')).not.toContain('quote');
});
