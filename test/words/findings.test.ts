import { expect, test } from 'vitest';
import { sayFinding } from '../../src/words/findings.ts';

test('a video that a network does not take is exchanged in its post', () => {
  const codes = ['type', 'packed', 'bytes', 'short', 'long', 'shape', 'not-streamable'];
  for (const code of codes) {
    const { fix } = sayFinding(
      { code: `video-${code}`, facts: { network: 'x', limit: 140_000, most: 5 } },
      1,
    );
    expect(fix).toContain('Press "Edit", leave this video out and save.');
    expect(fix).not.toContain('new post');
  }
  const facts = { network: 'x', limit: 140_000 };
  expect(sayFinding({ code: 'video-long', facts }, 1).fix).toBe(
    'Press "Edit", leave this video out and save. Then send a shorter one with "picture" and the number of this post. Or leave that account out.',
  );
});
