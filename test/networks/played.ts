import { afterAll, beforeAll } from 'vitest';
import type {
  PlanMedium,
  PlanPart,
  PublicationKey,
  PublishOutcome,
  Remote,
} from '../../src/networks/network.ts';
import type { NetworkName } from '../../src/protocol/protocol.ts';
import type { HostHandler } from '../peers/microsoft-proxy.ts';
import { throughProxy, type Outbound } from '../peers/outbound.ts';
import type { heldMedia } from './kept-uploads.ts';

export const signal = new AbortController().signal;

export const key: PublicationKey = { id: 'pub-1', post: 'post-1', number: 1 };

/** One way out for all tests of a file: the vendor's hosts are answered by the peer that a test has by then. */
export function playedBy(
  hosts: readonly string[],
  peer: () => { readonly hosts: Readonly<Record<string, HostHandler>> },
): void {
  let outbound: Outbound;
  beforeAll(async () => {
    outbound = await throughProxy(
      Object.fromEntries(
        hosts.map((host) => [host, (request, response) => peer().hosts[host]?.(request, response)]),
      ),
    );
  });
  afterAll(async () => await outbound.close());
}

/** Parts of posts on an account of a network. */
export const partsOn =
  (network: NetworkName) =>
  (more: Partial<PlanPart> = {}): PlanPart => ({
    account: `${network}-main`,
    network,
    part: 0,
    text: 'Liverpool Road is open again.',
    media: [],
    from: 'Highways',
    ...more,
  });

/** Where a post stands that was published. */
export function remoteOf(outcome: PublishOutcome): Remote {
  if (outcome.outcome !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.remote;
}

export const webVtt = 'WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nThe road &amp; the path\nare open.\n';

/** A film with captions in a file of their own. */
export const filmIn = (media: ReturnType<typeof heldMedia>, film: Uint8Array) =>
  ({
    hash: media.hold(film),
    contentType: 'video/mp4',
    alt: 'A road',
    captions: {
      as: 'file',
      hash: media.hold(Buffer.from(webVtt)),
      contentType: 'text/vtt',
      language: 'en-GB',
    },
  }) as const satisfies PlanMedium;
