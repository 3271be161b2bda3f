import { createServer } from 'node:http';
import { z } from 'zod';
import { blueskyNetwork } from '../../../src/networks/bluesky/bluesky.ts';
import { facebookNetwork } from '../../../src/networks/facebook/facebook.ts';
import { instagramNetwork } from '../../../src/networks/instagram/instagram.ts';
import { heldTokens } from '../../../src/networks/kept-tokens.ts';
import type { Network, PlanMedium, PlanPart } from '../../../src/networks/network.ts';
import { timelineNetwork } from '../../../src/networks/rehearsal/timeline.ts';
import { xNetwork, type XOptions } from '../../../src/networks/x/x.ts';
import { blueskyAccount, playBluesky } from '../../peers/bluesky.ts';
import { playFacebook } from '../../peers/facebook.ts';
import {
  bodyOf,
  send,
  type ChangeFaults,
  type Faults,
  type PeerPost,
  type PlayedNetwork,
} from '../../peers/faults.ts';
import { metaAccount } from '../../peers/graph.ts';
import { playInstagram } from '../../peers/instagram.ts';
import { throughProxy, type Outbound } from '../../peers/outbound.ts';
import { playX, xAccount } from '../../peers/x.ts';
import { heldMedia, keptUploads } from '../../networks/kept-uploads.ts';
import { videoOf } from '../../networks/youtube/channel.ts';
import { openYoutube } from '../../networks/youtube/place.ts';
import { morning, openSite } from '../../web/site.ts';
import { ended, listening } from '../../peers/listening.ts';

/** What there is only where an adapter speaks to a vendor over a wire. */
export interface Wire extends Outbound {
  readonly faults: Faults;
  readonly changes: ChangeFaults;
  /** every request, as method and address */
  readonly requests: readonly string[];
  /** what must never be seen outside a header or a body */
  readonly secrets: readonly string[];
  readonly posts: () => readonly PeerPost[];
  readonly byHand: PlayedNetwork['byHand'];
  readonly drop: PlayedNetwork['drop'];
  readonly plan?: PlayedNetwork['plan'];
  /** whether a new token is not to be had: where tokens are given the network is broken, where they are kept the store is away */
  readonly tokens: { away: boolean };
}

/** A network that the contract is held against. */
export interface Place extends AsyncDisposable {
  readonly network: Network;
  /** every text that stands there, oldest first */
  readonly standing: () => Promise<readonly string[]>;
  /** what every post has with it; some take none without */
  readonly carried: Pick<PlanPart, 'media' | 'video' | 'linkCard'>;
  readonly clock: () => number;
  readonly wire?: Wire;
}

export const picture = {
  hash: 'a'.repeat(43),
  contentType: 'image/jpeg',
  alt: 'A closed road',
} as const satisfies PlanMedium;
const readPicture = async (): Promise<Uint8Array> => await Promise.resolve(new Uint8Array(600).fill(7));

/** A film whose captions are part of the moving picture. */
const filmOf = ({ hold }: ReturnType<typeof heldMedia>): PlanMedium => ({
  hash: hold(videoOf(150_000)),
  contentType: 'video/mp4',
  alt: 'A closed road',
  captions: { as: 'burned-in' },
});

/** A clock that never stands still, so that two posts have an order. */
function passingClock(): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, Date.now()));
}

/** Where each vendor gives a new token. */
const givesTokens = /\/(?:oauth2\/token|token|xrpc\/com\.atproto\.server\.refreshSession)$/u;

/** Hosts that give no new token while none is to be had. */
const withTokensAway = (
  hosts: PlayedNetwork['hosts'],
  tokens: { readonly away: boolean },
): PlayedNetwork['hosts'] =>
  Object.fromEntries(
    Object.entries(hosts).map(([host, answer]) => [
      host,
      (request, response) => {
        const { pathname } = new URL(request.url ?? '/', `https://${host}`);
        if (tokens.away && givesTokens.test(pathname)) send(response, { status: 503, body: {} });
        else answer(request, response);
      },
    ]),
  );

/** What reads the token that connecting again has kept, where the store may be away. */
const readsKept =
  (read: () => Promise<string | undefined>, tokens: { readonly away: boolean }) =>
  async (): Promise<string | undefined> => {
    if (tokens.away) throw new Error('the store is away');
    return await read();
  };

async function overWire(
  peer: PlayedNetwork,
  secrets: readonly string[],
  clock: () => number,
  network: Network,
  media: readonly PlanMedium[] = [],
  tokens = { away: false },
): Promise<Place> {
  const outbound = await throughProxy(withTokensAway(peer.hosts, tokens));
  return {
    network,
    carried: { media },
    clock,
    standing: async () => await Promise.resolve(peer.posts().map((each) => each.text)),
    wire: { ...outbound, ...peer, secrets, tokens },
    [Symbol.asyncDispose]: outbound.close,
  };
}

/** What an account's films stand on, and the one that each post has with it, where posts are to have one. */
function films(clock: () => number, carries: 'film' | undefined) {
  const held = heldMedia();
  return {
    videos: { blobs: held, uploads: keptUploads(clock), lookEvery: 1 },
    media: carries === undefined ? [] : [filmOf(held)],
  };
}

async function openX(
  clock: () => number,
  credentials: XOptions['credentials'],
  more: Partial<XOptions> = {},
  carries?: 'film',
): Promise<Place> {
  // What X itself would refuse as said already must not come about: a second post has to be seen as one.
  const peer = playX({ clock, refusesDuplicates: false });
  const { videos, media } = films(clock, carries);
  const network = xNetwork({
    credentials,
    handle: 'SeftonCouncil',
    media: readPicture,
    videos,
    clock,
    ...more,
  });
  const { appKey, appSecret, accessToken, accessSecret, clientSecret } = xAccount;
  const secrets = [
    appKey,
    appSecret,
    accessToken,
    accessSecret,
    clientSecret,
    'peer-access-',
    'peer-refresh-',
  ];
  return await overWire(peer, secrets, clock, network, media);
}

const { appKey, appSecret, accessToken, accessSecret, clientId, clientSecret, refreshToken } = xAccount;
const rotating: XOptions['credentials'] = { kind: 'oauth2', clientId, clientSecret, refreshToken };
const metaSecrets = [metaAccount.pageToken, metaAccount.appSecret];

async function openFacebook(clock: () => number, carries?: 'film'): Promise<Place> {
  const peer = playFacebook({ clock, refusesDuplicates: false });
  const tokens = { away: false };
  const keptToken = readsKept(peer.keptToken, tokens);
  const { videos, media } = films(clock, carries);
  const network = facebookNetwork({ credentials: metaAccount, media: readPicture, videos, clock, keptToken });
  return await overWire(peer, metaSecrets, clock, network, media, tokens);
}

async function openInstagram(clock: () => number, carries?: 'film'): Promise<Place> {
  const peer = playInstagram({ clock });
  const tokens = { away: false };
  const keptToken = readsKept(peer.keptToken, tokens);
  const { videos, media } = films(clock, carries);
  const network = instagramNetwork({
    credentials: metaAccount,
    mediaAddress: (hash) => `https://crier.example/media/${hash}`,
    uploads: videos.uploads,
    clock,
    keptToken,
    lookEvery: 1,
  });
  const carried = carries === undefined ? [picture] : media;
  return await overWire(peer, metaSecrets, clock, network, carried, tokens);
}

async function openBluesky(clock: () => number, carries?: 'film'): Promise<Place> {
  const { videos, media } = films(clock, carries);
  const network = blueskyNetwork({ credentials: blueskyAccount, media: readPicture, videos, clock });
  return await overWire(playBluesky({ clock }), [blueskyAccount.appPassword], clock, network, media);
}

/** A timeline such as a rehearsal's: posting twice makes two entries. */
async function openTimeline(): Promise<Place> {
  const clock = passingClock();
  const entries: { id: string; text: string; at: number }[] = [];
  let ids = 0;
  const written = z.object({ text: z.string() });
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [, , id] = new URL(request.url ?? '/', 'http://timeline').pathname.split('/');
      const at = entries.findIndex((each) => each.id === id);
      const entry = entries[at];
      if (request.method === 'POST') {
        const made = {
          id: `e${String((ids += 1))}`,
          ...written.parse(JSON.parse(String(body))),
          at: clock(),
        };
        entries.push(made);
        send(response, { status: 201, body: { id: made.id, url: `http://timeline.example/${made.id}` } });
      } else if (request.method === 'GET') {
        const body = entries.map((each) => ({ ...each, url: `http://timeline.example/${each.id}` }));
        send(response, { status: 200, body });
      } else if (entry === undefined) {
        send(response, { status: 404, body: {} });
      } else {
        if (request.method === 'PUT') entry.text = written.parse(JSON.parse(String(body))).text;
        else entries.splice(at, 1);
        send(response, { status: 200, body: {} });
      }
    });
  });
  const { url: base } = await listening(server);
  return {
    network: timelineNetwork({ network: 'x', base }),
    carried: { media: [] },
    clock,
    standing: async () => await Promise.resolve(entries.map((each) => each.text)),
    [Symbol.asyncDispose]: async () => {
      await ended(server);
    },
  };
}

async function openWebsite(): Promise<Place> {
  const site = await openSite();
  return {
    network: site.network,
    carried: { media: [] },
    clock: () => morning,
    standing: async () => {
      const { pages } = await site.pages.slice('newest', 100);
      return pages.map((page) => page.text).toReversed();
    },
    [Symbol.asyncDispose]: async () => await site[Symbol.asyncDispose](),
  };
}

/** Every network there is, by a clock of its own or another. A new one is a line here. */
export const places: Readonly<Record<string, (clock?: () => number) => Promise<Place>>> = {
  website: async () => await openWebsite(),
  'a rehearsal timeline': async () => await openTimeline(),
  'X by OAuth 1.0a': async (clock = passingClock()) =>
    await openX(clock, { kind: 'oauth1', appKey, appSecret, accessToken, accessSecret }),
  'X by OAuth 2': async (clock = passingClock()) =>
    await openX(clock, rotating, { keepTokens: heldTokens() }),
  'a video on X': async (clock = passingClock()) =>
    await openX(clock, rotating, { keepTokens: heldTokens() }, 'film'),
  Facebook: async (clock = passingClock()) => await openFacebook(clock),
  'a video on Facebook': async (clock = passingClock()) => await openFacebook(clock, 'film'),
  Instagram: async (clock = passingClock()) => await openInstagram(clock),
  'a reel on Instagram': async (clock = passingClock()) => await openInstagram(clock, 'film'),
  Bluesky: async (clock = passingClock()) => {
    const place = await openBluesky(clock);
    const { hash, contentType } = picture;
    const linkCard = {
      uri: 'https://www.sefton.gov.uk/roads',
      title: 'Roads',
      description: 'Closed.',
      picture: { hash, contentType },
    };
    return { ...place, carried: { ...place.carried, linkCard } };
  },
  'a video on Bluesky': async (clock = passingClock()) => await openBluesky(clock, 'film'),
  YouTube: async (clock = passingClock()) => {
    const { network, played, media, secrets, ...channel } = await openYoutube(clock);
    const place = await overWire(played, secrets, clock, network);
    return {
      ...place,
      carried: { media, video: { madeForKids: false, privacy: 'public' } },
      [Symbol.asyncDispose]: async () => {
        await place[Symbol.asyncDispose]();
        await channel[Symbol.asyncDispose]();
      },
    };
  },
};
