import { z } from 'zod';
import type { Blobs } from './core/blobs.ts';
import type { Executor } from './core/execute.ts';
import type { Outliving } from './core/outliving.ts';
import type { Aggregate } from './core/registry.ts';
import type { Millis } from './core/time.ts';
import type { Sealable } from './connect/authorised.ts';
import type { Credentials } from './credentials.ts';
import { blueskyKnown } from './networks/bluesky/limits.ts';
import { facebookKnown } from './networks/facebook/limits.ts';
import { instagramKnown } from './networks/instagram/limits.ts';
import { markOf, sealedTokens, tokensAggregate } from './networks/kept-tokens.ts';
import { lazily } from './networks/lazy.ts';
import type { Network } from './networks/network.ts';
import type { XTokens } from './networks/x/access.ts';
import { xKnown } from './networks/x/limits.ts';
import { youtubeKnown } from './networks/youtube/limits.ts';
import { quotaAggregates, storedQuota } from './networks/youtube/quota.ts';
import { storedUploads, uploadAggregates } from './networks/uploads.ts';
import type { AccountEntry } from './protocol/protocol.ts';
import { correctedOnNetwork } from './words/corrections.ts';

/** What the adapters of connected accounts stand on. */
export interface ConnectedParts {
  readonly executor: Executor;
  readonly blobs: Blobs;
  readonly clock: () => Millis;
  /** watches over what goes on for the account after its call */
  readonly outliving: Outliving;
  /** 32 bytes that are kept outside the store */
  readonly tokenKey: Uint8Array;
  /** an address under which a network may fetch a picture or a video for a short while */
  readonly mediaAddress: (hash: string, now: Millis) => string;
  /** of Meta's Graph API, where the council pins another than the one that this release was written for */
  readonly graphVersion?: string;
  /** where the public reaches the news site, without a slash at the end */
  readonly publicUrl: () => string;
}

/** What the adapters keep of their own in the store. */
export const connectedAggregates: readonly Aggregate<unknown>[] = [
  tokensAggregate(),
  ...uploadAggregates,
  ...quotaAggregates,
];

const xTokens: z.ZodType<XTokens> = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  until: z.int(),
  from: z.string().exactOptional(),
});

/** A Page's token that takes the place of the one in the variables. */
const pageTokens = z.object({ token: z.string(), from: z.string() });

/** What `connect --keep` sealed for the account, for as long as the variables are those that it was sealed beside. */
function keptPageToken(account: string, pageToken: string, { executor, tokenKey }: ConnectedParts) {
  const sealed = sealedTokens(executor, account, tokenKey, pageTokens);
  return async (): Promise<string | undefined> => {
    const kept = await sealed.read();
    return kept?.from === markOf(pageToken) ? kept.token : undefined;
  };
}

/** Seals what connecting an account again gave, so that a running Crier and the next start find it. */
export async function keepSealed(
  account: string,
  sealable: Sealable,
  instead: string,
  parts: Pick<ConnectedParts, 'executor' | 'tokenKey'>,
): Promise<void> {
  const { executor, tokenKey } = parts;
  const from = markOf(instead);
  if (sealable.of === 'x')
    await sealedTokens(executor, account, tokenKey, xTokens).keep({ ...sealable.tokens, from });
  else await sealedTokens(executor, account, tokenKey, pageTokens).keep({ token: sealable.token, from });
}

/** The real adapter of an account that the council has connected, loaded when the account is first used. */
export function connectedNetwork(account: AccountEntry, spoken: Credentials, parts: ConnectedParts): Network {
  const { executor, blobs, clock, outliving, tokenKey, mediaAddress, publicUrl, graphVersion } = parts;
  const pinned = graphVersion === undefined ? {} : { version: graphVersion };
  const media = async (hash: string) => await blobs.get(hash);
  const handle = account.name.replace(/^@/u, '');
  switch (spoken.network) {
    case 'x':
      return lazily(xKnown, async () => {
        const { xNetwork } = await import('./networks/x/x.ts');
        return xNetwork({
          credentials: spoken.credentials,
          media,
          videos: { blobs, uploads: storedUploads(executor) },
          clock,
          keepTokens: sealedTokens(executor, account.id, tokenKey, xTokens),
          outliving,
          ...(account.name.startsWith('@') ? { handle } : {}),
        });
      });
    case 'facebook':
      return lazily(facebookKnown, async () => {
        const { facebookNetwork } = await import('./networks/facebook/facebook.ts');
        return facebookNetwork({
          credentials: spoken.credentials,
          media,
          videos: { blobs, uploads: storedUploads(executor) },
          clock,
          ...pinned,
          keptToken: keptPageToken(account.id, spoken.credentials.pageToken, parts),
        });
      });
    case 'instagram':
      return lazily(instagramKnown, async () => {
        const { instagramNetwork } = await import('./networks/instagram/instagram.ts');
        return instagramNetwork({
          credentials: spoken.credentials,
          mediaAddress: (hash) => mediaAddress(hash, clock()),
          uploads: storedUploads(executor),
          clock,
          ...pinned,
          keptToken: keptPageToken(account.id, spoken.credentials.pageToken, parts),
          ...(account.name.startsWith('@') ? { handle } : {}),
        });
      });
    case 'bluesky':
      return lazily(blueskyKnown, async () => {
        const { blueskyNetwork } = await import('./networks/bluesky/bluesky.ts');
        return blueskyNetwork({
          credentials: spoken.credentials,
          media,
          videos: { blobs, uploads: storedUploads(executor) },
          clock,
        });
      });
    case 'youtube':
      return lazily(youtubeKnown, async () => {
        const { youtubeNetwork } = await import('./networks/youtube/youtube.ts');
        return youtubeNetwork({
          credentials: spoken.credentials,
          blobs,
          uploads: storedUploads(executor),
          quota: storedQuota(executor, spoken.credentials.clientId),
          clock,
          link: ({ number }) => `${publicUrl()}/news/${number}`,
          corrected: correctedOnNetwork,
        });
      });
  }
}
