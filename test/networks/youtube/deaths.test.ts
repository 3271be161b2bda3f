import { expect, test } from 'vitest';
import { videoThroughDeaths } from './deaths.ts';

const mega = 1024 * 1024;

// With 300 MB, by Teams and as the whole process, it is `npm run deaths:video`.
test(
  'a video goes up through two deaths of its process without beginning again',
  { timeout: 180_000 },
  async () => {
    const result = await videoThroughDeaths(17 * mega, 2);
    expect(result).toMatchObject({
      videos: 1,
      same: true,
      fromZero: 1,
      sessions: 1,
      twice: 0,
      seenWithoutCaptions: false,
      refused: [],
    });
    expect([...result.connected].sort()).toEqual(['oauth2.googleapis.com:443', 'youtube.googleapis.com:443']);
    expect(result.aboveIdle).toBeGreaterThan(0);
    expect(result.aboveIdle).toBeLessThan(150 * mega);
  },
);
