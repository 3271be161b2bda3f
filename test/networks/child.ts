import { blueskyNetwork } from '../../src/networks/bluesky/bluesky.ts';
import { facebookNetwork } from '../../src/networks/facebook/facebook.ts';
import { instagramNetwork } from '../../src/networks/instagram/instagram.ts';
import type { Network } from '../../src/networks/network.ts';
import { xNetwork } from '../../src/networks/x/x.ts';
import { blueskyAccount } from '../peers/bluesky.ts';
import { metaAccount } from '../peers/graph.ts';
import { xAccount } from '../peers/x.ts';

/** Publishes once on the network of its argument, knowing nothing but the environment, and prints the outcome. */
const media = async (): Promise<Uint8Array> => await Promise.resolve(new Uint8Array(2_000_000));
const clock = Date.now;
const { appKey, appSecret, accessToken, accessSecret } = xAccount;
const networks: Readonly<Record<string, () => Network>> = {
  x: () =>
    xNetwork({ credentials: { kind: 'oauth1', appKey, appSecret, accessToken, accessSecret }, media, clock }),
  facebook: () => facebookNetwork({ credentials: metaAccount, media, clock }),
  instagram: () =>
    instagramNetwork({
      credentials: metaAccount,
      mediaAddress: (hash) => `https://news.example/${hash}`,
      clock,
    }),
  bluesky: () => blueskyNetwork({ credentials: blueskyAccount, media, clock }),
};

const network = networks[process.argv[2] ?? '']?.();
if (network === undefined) throw new Error('no such network');
const outcome = await network.publish(
  {
    account: 'an-account',
    network: network.name,
    part: 0,
    text: 'The gritters are out.',
    media: [{ hash: 'h', contentType: 'image/jpeg', alt: 'A gritter' }],
    from: 'Highways',
  },
  { id: 'pub-1', post: 'post-1', number: 1 },
  AbortSignal.timeout(15_000),
);
console.log(JSON.stringify(outcome));
