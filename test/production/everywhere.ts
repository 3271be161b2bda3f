import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { mp4 } from '../media/video-files.ts';
import { credentials as youtubeAccount } from '../networks/youtube/account.ts';
import { playBluesky, blueskyAccount } from '../peers/bluesky.ts';
import { startConnector } from '../peers/connector.ts';
import { isPageVideo, playFacebook } from '../peers/facebook.ts';
import { graphHost, metaAccount } from '../peers/graph.ts';
import { playInstagram } from '../peers/instagram.ts';
import { playHosts, type HostHandler } from '../peers/microsoft-proxy.ts';
import { startTokenAuthority } from '../peers/token-authority.ts';
import { playX, xAccount } from '../peers/x.ts';
import { playYoutube } from '../peers/youtube.ts';
import { startProcess } from '../process/crier.ts';
import { appId, tenantId } from '../teams/door.ts';
import { entra } from './entra.ts';
import { teamsOf } from './teams.ts';

const serviceUrl = 'https://smba.trafficmanager.net/uk/';
export const publicUrl = 'https://news.sefton.example';
export const pictureUrl = `${serviceUrl}v3/attachments/photo-1/views/original`;
const secret = 'the-client-secret-of-this-test';

export const film = mp4({ seconds: 20, width: 1280, height: 720, streamable: true, pictures: 300_000 });
const captions = 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe road is open again.\n';
export const filesHost = 'sefton-my.sharepoint.com';
/** A file as Teams names it in a message. */
export const fileCard = (name: string) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  name,
  content: { downloadUrl: `https://${filesHost}/personal/${name}`, fileType: name.split('.').at(-1) },
});

/**
 * The accounts of the protocol that this council works by: the news site and four networks, always all, and YouTube,
 * which takes nothing but films.
 */
const accounts = `accounts:
  news:
    network: website
    name: Sefton Council news
    owner: desk
    purpose: News for everybody.
    by-default: true
${[
  ['x-main', 'x', '@SeftonCouncil'],
  ['facebook-main', 'facebook', 'Sefton Council'],
  ['instagram-main', 'instagram', '@seftoncouncil'],
  ['bluesky-main', 'bluesky', '@council.bsky.social'],
]
  .map(
    ([id, network, name]) =>
      `  ${String(id)}:\n    network: ${String(network)}\n    name: '${String(name)}'\n    owner: desk\n    purpose: News.\n    by-default: true\n`,
  )
  .join('')}  youtube-main:
    network: youtube
    name: Sefton Council
    owner: desk
    purpose: Films.
    playlists: { PLSefton: For everybody }
`;

/**
 * A council as it runs: the unchanged process in production mode, behind an outbound proxy that the environment names,
 * with every network's hosts and Microsoft's under their own names behind it.
 */
export async function openEverywhere() {
  let url = '';
  const x = playX();
  const facebook = playFacebook();
  const fetched: { readonly status: number; readonly type: string | null }[] = [];
  const instagram = playInstagram({
    // Instagram comes to the news site's public address, which here is the process itself.
    fetchPicture: async (address) => {
      const response = await fetch(address.replace(publicUrl, url));
      fetched.push({ status: response.status, type: response.headers.get('content-type') });
      return (await response.arrayBuffer()).byteLength;
    },
    // A large file is asked for in parts, after a look at whether that can be done.
    fetchVideo: async (address) => {
      const here = address.replace(publicUrl, url);
      const parts: Uint8Array[] = [];
      for (const range of ['bytes=0-99999', 'bytes=100000-']) {
        const response = await fetch(here, { headers: { range } });
        fetched.push({ status: response.status, type: response.headers.get('content-type') });
        parts.push(new Uint8Array(await response.arrayBuffer()));
      }
      return Buffer.concat(parts);
    },
  });
  const bluesky = playBluesky();
  const youtube = playYoutube(youtubeAccount);
  /** One host serves Facebook and Instagram alike: which of them is meant, the path says. */
  const graph: HostHandler = (request, response) => {
    const path = (request.url ?? '').replace(/^\/v\d+\.\d+\//u, '');
    const ofPage = path.startsWith(metaAccount.pageId) || isPageVideo(path);
    const of = ofPage ? facebook : instagram;
    of.hosts[graphHost]?.(request, response);
  };

  const folder = await mkdtemp(join(tmpdir(), 'crier-networks-'));
  const sample = await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8');
  const protocol = sample
    .replace(/^accounts:\n(?:(?: .*)?\n)*?(?=\n?#)/mu, accounts)
    // Their training ends long after this test is run.
    .replaceAll(': 2028-', ': 2098-');
  const protocolFile = join(folder, 'protocol.yaml');
  await writeFile(protocolFile, protocol);
  const picture = await plainPhoto('#336', 1080, 1080);
  const connector = await startConnector();
  const council = parseProtocol(protocol);
  if (!council.ok) throw new Error(`the protocol of this test is wrong: ${JSON.stringify(council.faults)}`);
  connector.members(
    Object.values(council.protocol.people).map(({ id, name, userPrincipalName }) => ({
      id: `29:${id}`,
      aadObjectId: `aad-${id}`,
      name,
      userPrincipalName,
    })),
  );
  const authority = await startTokenAuthority({
    audience: appId,
    serviceUrl,
    base: 'https://login.botframework.com',
  });
  const hosts = await playHosts({
    'login.botframework.com': authority.handle,
    'login.microsoftonline.com': entra(() => undefined),
    'smba.trafficmanager.net': (request, response) => {
      if (`https://smba.trafficmanager.net${request.url ?? ''}` !== pictureUrl) {
        connector.handle(request, response);
        return;
      }
      const ours = request.headers.authorization === 'Bearer token-of-entra';
      response.writeHead(ours ? 200 : 401, { 'content-type': 'image/jpeg' });
      response.end(ours ? picture : undefined);
    },
    [filesHost]: (request, response) => {
      // Such an address lets in whoever has it: our token is nothing that it may see.
      const name = request.headers.authorization === undefined ? request.url?.split('/').at(-1) : undefined;
      response.end(name === 'road.mp4' ? film : name === 'road.vtt' ? captions : undefined);
    },
    ...x.hosts,
    ...bluesky.hosts,
    ...youtube.hosts,
    [graphHost]: graph,
  });
  const environment = {
    ...hosts.environment,
    MicrosoftAppId: appId,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppPassword: secret,
    X_MAIN_CLIENT_ID: xAccount.clientId,
    X_MAIN_CLIENT_SECRET: xAccount.clientSecret,
    X_MAIN_REFRESH_TOKEN: xAccount.refreshToken,
    FACEBOOK_MAIN_PAGE_ID: metaAccount.pageId,
    FACEBOOK_MAIN_PAGE_TOKEN: metaAccount.pageToken,
    FACEBOOK_MAIN_APP_SECRET: metaAccount.appSecret,
    INSTAGRAM_MAIN_USER_ID: metaAccount.userId,
    INSTAGRAM_MAIN_PAGE_TOKEN: metaAccount.pageToken,
    INSTAGRAM_MAIN_APP_SECRET: metaAccount.appSecret,
    BLUESKY_MAIN_HANDLE: blueskyAccount.handle,
    BLUESKY_MAIN_APP_PASSWORD: blueskyAccount.appPassword,
    YOUTUBE_MAIN_CLIENT_ID: youtubeAccount.clientId,
    YOUTUBE_MAIN_CLIENT_SECRET: youtubeAccount.clientSecret,
    YOUTUBE_MAIN_REFRESH_TOKEN: youtubeAccount.refreshToken,
    CRIER_AUDIT_KEY: randomBytes(32).toString('base64'),
    CRIER_PUBLIC_URL: publicUrl,
    CRIER_PROTOCOL: protocolFile,
    CRIER_DATA: join(folder, 'data'),
    CRIER_ANCHORS: join(folder, 'anchors'),
    HOST: '127.0.0.1',
  };
  const crier = await startProcess(environment);
  ({ url } = crier);
  const teams = teamsOf({ connector, url, serviceUrl, token: async () => await authority.token() });
  return {
    url,
    teams,
    crier,
    hosts,
    environment,
    folder,
    /** those that every post goes to */
    networks: { x, facebook, instagram, bluesky },
    youtube,
    /** what Instagram came for, and what it was given */
    fetched,
    /** what must never be seen outside a header or a body */
    tokens: [
      secret,
      'token-of-entra',
      xAccount.clientSecret,
      'peer-access-',
      metaAccount.pageToken,
      metaAccount.appSecret,
      blueskyAccount.appPassword,
      youtubeAccount.clientSecret,
      youtubeAccount.refreshToken,
      'ya29.peer',
    ],
    close: async () => {
      await crier.stop();
      await hosts.close();
      await authority.close();
      await connector.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
