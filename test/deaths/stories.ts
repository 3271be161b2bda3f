import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { plainPhoto } from '../media/drawn-pictures.ts';
import type { NetworkName } from '../../src/protocol/protocol.ts';
import type { existingAuditKey } from '../../src/store/audit-key.ts';
import { mp4 } from '../media/video-files.ts';
import { credentials as youtubeAccount } from '../networks/youtube/account.ts';
import { blueskyAccount, playBluesky } from '../peers/bluesky.ts';
import type { ConnectorPeer } from '../peers/connector.ts';
import { playFacebook } from '../peers/facebook.ts';
import type { CallMoment, PeerPost, PlayedNetwork } from '../peers/faults.ts';
import { metaAccount } from '../peers/graph.ts';
import { playInstagram } from '../peers/instagram.ts';
import { playHosts } from '../peers/microsoft-proxy.ts';
import { startTimeline } from '../peers/timeline.ts';
import { startTokenAuthority } from '../peers/token-authority.ts';
import { playX, xAccount } from '../peers/x.ts';
import { playYoutube } from '../peers/youtube.ts';
import { entra } from '../production/entra.ts';
import { appId, tenantId } from '../teams/door.ts';
import type { Call } from './call.ts';
import type { Kind } from './deeds.ts';
import type { Chance } from './random.ts';
import type { Door } from './teams.ts';

/** Which networks Crier speaks to while it is killed, and how. */
export interface Story {
  readonly name: string;
  /** the accounts that each post goes to, beside the news site; the first is aimed at */
  readonly accounts: readonly [string, ...string[]];
  /** the network that each of them is of */
  readonly networks: Readonly<Record<string, NetworkName>>;
  /** what people do about posts in it; absent: they bring them out */
  readonly does?: readonly Kind[];
  /** more kills in each window would be more posts than its network takes in a day */
  readonly mostKills?: number;
  open(parts: StoryParts): Promise<OpenStory>;
}

export interface StoryParts {
  readonly connector: ConnectorPeer;
  /** a folder of the run's own */
  readonly folder: string;
  /** is asked at each moment of a call */
  readonly at: (moment: CallMoment, call: Call) => Promise<'go on' | 'drop'>;
}

export interface OpenStory {
  /** for the process, beside where it listens and where its data are */
  readonly environment: Readonly<Record<string, string>>;
  readonly door: Door;
  /** where the key of the audit is, when the data are in that folder */
  readonly auditKey: (data: string) => Parameters<typeof existingAuditKey>[0];
  /** what goes with each post, where a network takes none without */
  readonly brings?: Brought;
  /** what stands on the account, by the network's own ledger */
  readonly posts: (account: string) => readonly Pick<PeerPost, 'id' | 'text' | 'replyTo'>[];
  /** an account that is not aimed at may have a poor network for its next post */
  readonly disturb: (chance: Chance) => void;
  /** hosts that were asked for past the proxy, or that nobody plays */
  readonly strayed: () => readonly string[];
  close(): Promise<void>;
}

/** A picture or a film that goes with each post, as Teams names it, and what people answer about it. */
export interface Brought {
  readonly attachments: readonly object[];
  readonly answers: Readonly<Record<string, string>>;
  /** where the questions stand that have to be answered: on the card itself, or on the form behind **Edit** */
  readonly answeredOn: 'card' | 'form';
  /** the council's rules want the Head of Communications to agree */
  readonly toHead?: boolean;
}

/** The rehearsal's own way to speak, to two accounts at once: a network that knows no repeated post from a new one. */
const timeline: Story = {
  name: 'timeline',
  accounts: ['x-main', 'facebook-main'],
  networks: { 'x-main': 'x', 'facebook-main': 'facebook' },
  open: async ({ connector, at }) => {
    const account = 'facebook-main';
    const network = await startTimeline({ at });
    return {
      environment: {
        CRIER_PLAYGROUND: 'off',
        CRIER_PLAYGROUND_PORT: String(connector.port),
        CRIER_TIMELINES: network.base,
      },
      door: { serviceUrl: `http://127.0.0.1:${String(connector.port)}/_connector`, tenantId: 'deaths' },
      auditKey: (data) => ({ from: 'file', path: join(data, 'audit.key') }),
      posts: (on) => network.ledger.filter((entry) => entry.account === on && entry.removedAt === undefined),
      disturb: (chance) => {
        switch (chance.below(8)) {
          case 0:
            return network.fail({ account, answer: 'reset-after-commit' });
          case 1:
            return network.fail({ account, answer: 'cut-off' });
          case 2:
            return network.fail({ account, answer: { takenStatus: 502 } });
          case 3:
            return network.fail({ account, answer: { status: 429, headers: { 'retry-after': '1' } } });
          default:
            return;
        }
      },
      strayed: () => [],
      close: async () => await network.close(),
    };
  },
};

/** An account that Crier speaks for by the real client of its network. */
interface Real {
  readonly network: NetworkName;
  readonly account: string;
  readonly played: () => PlayedNetwork;
  readonly credentials: Readonly<Record<string, string>>;
  readonly needs?: 'picture' | Films;
}

/** Files of a film as the council's OneDrive hands them over, by their names. */
export type Films = Readonly<Record<string, (response: ServerResponse) => void>>;

const filesHost = 'sefton-my.sharepoint.com';
const described = { 'alt:0': 'The quay of Harbour Road', 'seen:0': 'nobody', 'whose:0': 'ours' };

const serviceUrl = 'https://smba.trafficmanager.net/uk/';
const pictureUrl = `${serviceUrl}v3/attachments/photo-1/views/original`;

const brought = (needs: 'picture' | Films, network: NetworkName): Brought =>
  needs === 'picture'
    ? {
        attachments: [{ contentType: 'image/jpeg', contentUrl: pictureUrl, name: 'road.jpg' }],
        answers: described,
        answeredOn: 'card',
      }
    : {
        attachments: Object.keys(needs).map((name) => ({
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          name,
          content: { downloadUrl: `https://${filesHost}/personal/${name}`, fileType: name.split('.').at(-1) },
        })),
        answers: {
          ...described,
          'youtube-kids': 'no',
          // Captions of their own cost more of a day's quota than a run can have.
          ...(Object.keys(needs).length > 1 ? {} : { 'burned:0': 'true' }),
        },
        answeredOn: 'form',
        toHead: network === 'youtube',
      };
const film = mp4({ seconds: 20, width: 1280, height: 720, streamable: true, pictures: 20_000 });
const shortFilm: Films = { 'road.mp4': (response) => response.end(film) };

const protocolWith = (sample: string, { network, account }: Real): string =>
  sample.replace(
    /^accounts:\n(?:(?: .*)?\n)*?(?=\n?#)/mu,
    `accounts:\n${[
      ['news', 'website', 'Sefton Council news'],
      [account, network, '@SeftonCouncil'],
    ]
      .map(
        ([id, kind, name]) =>
          `  ${String(id)}:\n    network: ${String(kind)}\n    name: '${String(name)}'\n    owner: desk\n    purpose: News.\n    by-default: true\n`,
      )
      .join('')}`,
  );

/**
 * A council in production mode with one account of a network: the vendor's client, behind a proxy, to a peer that
 * speaks the vendor's protocol under the vendor's name and takes the same words as often as they come.
 */
const story = (real: Real): Story => ({
  name: real.network,
  accounts: [real.account],
  networks: { [real.account]: real.network },
  open: async ({ connector, folder, at }) => {
    const peer = real.played();
    const { account } = real;
    peer.faults.watch = async (moment, text) => await at(moment, { does: 'post', account, text });
    peer.changes.edit.watch = async (moment, text) => await at(moment, { does: 'edit', account, text });
    peer.changes.remove.watch = async (moment, text) => await at(moment, { does: 'remove', account, text });
    const authority = await startTokenAuthority({
      audience: appId,
      serviceUrl,
      base: 'https://login.botframework.com',
    });
    const picture = await plainPhoto('#336', 1080, 1080);
    const hosts = await playHosts({
      'login.botframework.com': authority.handle,
      'login.microsoftonline.com': entra(() => undefined),
      'smba.trafficmanager.net': (request, response) => {
        if (`https://smba.trafficmanager.net${request.url ?? ''}` !== pictureUrl)
          return connector.handle(request, response);
        response.writeHead(200, { 'content-type': 'image/jpeg' });
        response.end(picture);
      },
      [filesHost]: (request, response) => {
        const name = request.url?.split('/').at(-1) ?? '';
        const give = typeof real.needs === 'object' ? real.needs[name] : undefined;
        if (give !== undefined) return give(response);
        response.writeHead(404);
        response.end();
      },
      ...peer.hosts,
    });
    const protocol = join(folder, 'protocol.yaml');
    const sample = await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8');
    await writeFile(protocol, protocolWith(sample, real));
    const key = randomBytes(32);
    return {
      environment: {
        ...hosts.environment,
        ...real.credentials,
        MicrosoftAppId: appId,
        MicrosoftAppTenantId: tenantId,
        MicrosoftAppPassword: 'the-client-secret-of-this-run',
        CRIER_AUDIT_KEY: key.toString('base64'),
        CRIER_PUBLIC_URL: 'https://news.sefton.example',
        CRIER_PROTOCOL: protocol,
        CRIER_ANCHORS: join(folder, 'data', 'anchors'),
        HOST: '127.0.0.1',
      },
      door: { serviceUrl, tenantId, token: async () => await authority.token() },
      auditKey: () => ({ from: 'variable', key: Uint8Array.from(key) }),
      ...(real.needs === undefined ? {} : { brings: brought(real.needs, real.network) }),
      posts: () => peer.posts(),
      disturb: () => undefined,
      strayed: () => hosts.refused,
      close: async () => {
        await hosts.close();
        await authority.close();
      },
    };
  },
});

type Connected = Pick<Real, 'network' | 'account' | 'credentials'>;

/** Each account by itself, and how Crier speaks for it. */
const connected = {
  x: {
    network: 'x',
    account: 'x-main',
    credentials: {
      X_MAIN_CLIENT_ID: xAccount.clientId,
      X_MAIN_CLIENT_SECRET: xAccount.clientSecret,
      X_MAIN_REFRESH_TOKEN: xAccount.refreshToken,
    },
  },
  facebook: {
    network: 'facebook',
    account: 'facebook-main',
    credentials: {
      FACEBOOK_MAIN_PAGE_ID: metaAccount.pageId,
      FACEBOOK_MAIN_PAGE_TOKEN: metaAccount.pageToken,
      FACEBOOK_MAIN_APP_SECRET: metaAccount.appSecret,
    },
  },
  instagram: {
    network: 'instagram',
    account: 'instagram-main',
    credentials: {
      INSTAGRAM_MAIN_USER_ID: metaAccount.userId,
      INSTAGRAM_MAIN_PAGE_TOKEN: metaAccount.pageToken,
      INSTAGRAM_MAIN_APP_SECRET: metaAccount.appSecret,
    },
  },
  bluesky: {
    network: 'bluesky',
    account: 'bluesky-main',
    credentials: {
      BLUESKY_MAIN_HANDLE: blueskyAccount.handle,
      BLUESKY_MAIN_APP_PASSWORD: blueskyAccount.appPassword,
    },
  },
  youtube: {
    network: 'youtube',
    account: 'youtube-main',
    credentials: {
      YOUTUBE_MAIN_CLIENT_ID: youtubeAccount.clientId,
      YOUTUBE_MAIN_CLIENT_SECRET: youtubeAccount.clientSecret,
      YOUTUBE_MAIN_REFRESH_TOKEN: youtubeAccount.refreshToken,
    },
  },
} satisfies Readonly<Record<string, Connected>>;

/** A film that goes to a network. */
export const withFilm = (network: keyof typeof connected, played: () => PlayedNetwork, films: Films): Story =>
  story({ ...connected[network], played, needs: films });

/** A story in which what stands is put right and taken down. */
const changed = (told: Story): Story => ({
  ...told,
  name: `${told.name}-changed`,
  does: ['correct', 'take down'],
});

/** Every story there is; the first is the one of `npm test`. */
export const stories: readonly [Story, ...Story[]] = [
  timeline,
  story({ ...connected.x, played: () => playX({ refusesDuplicates: false, limit: 10_000 }) }),
  story({ ...connected.facebook, played: () => playFacebook({ refusesDuplicates: false }) }),
  story({ ...connected.instagram, played: () => playInstagram(), needs: 'picture' }),
  story({ ...connected.bluesky, played: () => playBluesky() }),
  // YouTube takes a hundred in a day.
  { ...withFilm('youtube', () => playYoutube(youtubeAccount), shortFilm), mostKills: 12 },
  { ...withFilm('x', () => playX({ refusesDuplicates: false, limit: 10_000 }), shortFilm), name: 'x-film' },
  {
    ...withFilm('facebook', () => playFacebook({ refusesDuplicates: false }), shortFilm),
    name: 'facebook-film',
  },
  { ...withFilm('instagram', () => playInstagram(), shortFilm), name: 'instagram-film' },
  { ...withFilm('bluesky', () => playBluesky(), shortFilm), name: 'bluesky-film' },
  changed({ ...timeline }),
  changed(story({ ...connected.x, played: () => playX({ refusesDuplicates: false, limit: 10_000 }) })),
  changed(story({ ...connected.facebook, played: () => playFacebook({ refusesDuplicates: false }) })),
  changed(story({ ...connected.instagram, played: () => playInstagram(), needs: 'picture' })),
  changed(story({ ...connected.bluesky, played: () => playBluesky() })),
  { ...changed(withFilm('youtube', () => playYoutube(youtubeAccount), shortFilm)), mostKills: 4 },
];
