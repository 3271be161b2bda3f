import { expect, test } from 'vitest';
import { blueskyKnown } from '../../src/networks/bluesky/limits.ts';
import { facebookNetwork } from '../../src/networks/facebook/facebook.ts';
import { instagramNetwork } from '../../src/networks/instagram/instagram.ts';
import type { Network } from '../../src/networks/network.ts';
import { xKnown } from '../../src/networks/x/limits.ts';
import { youtubeKnown } from '../../src/networks/youtube/limits.ts';
import { mediaLimits, quotesOn } from '../../src/protocol/media-limits.ts';
import { metaAccount } from '../peers/graph.ts';

const clock = (): number => 0;
const media = async (): Promise<undefined> => await Promise.resolve(undefined);
const adapters: readonly Pick<Network, 'name' | 'limits' | 'cannot'>[] = [
  xKnown,
  blueskyKnown,
  youtubeKnown,
  facebookNetwork({ credentials: metaAccount, media, clock }),
  instagramNetwork({ credentials: metaAccount, mediaAddress: (hash) => hash, clock }),
];

test.each(adapters)('$name: what is said before approval is no more than its adapter takes', (adapter) => {
  const { name, limits } = adapter;
  const said = mediaLimits[name].pictures;
  const takes = limits?.pictures;
  if (said === undefined || takes === undefined) throw new Error('there are no limits');
  expect(said.most).toBeLessThanOrEqual(takes.most);
  expect(said.bytes).toBeLessThanOrEqual(takes.bytes);
  expect(said.types.filter((type) => !takes.contentTypes.includes(type))).toEqual([]);
  expect(said.least ?? 0).toBe(takes.least);
  // A network that shows no descriptions has no most of them.
  expect(said.alt ?? 0).toBe(takes.alt);
  expect(quotesOn(name)).toBe(adapter.cannot?.includes('quote') !== true);
  expect([said.narrowest, said.widest]).toEqual([takes.shape?.narrowest, takes.shape?.widest]);
});
