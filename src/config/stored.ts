import { addressOf, isLoopback, isSafeAddress, type Reader } from './reader.ts';
import type { AuditKeySource } from '../core/audit.ts';
import type { MediaConfig, StoreConfig, TeamsConfig } from './settings.ts';

const keyBytes = 32;

/** Which store, and where. */
export function readStore(read: Reader, production: boolean): StoreConfig {
  const kind = read.oneOf('STORE', ['sqlite', 'cosmos'], 'sqlite');
  if (kind === 'sqlite') {
    for (const variable of ['COSMOS_ENDPOINT', 'COSMOS_KEY', 'COSMOS_DATABASE', 'COSMOS_CONTAINER'])
      if (read.text(variable) !== undefined)
        read.fault(variable, 'is set, but STORE is not cosmos', 'STORE=cosmos as well, or leave it out');
    return { kind };
  }
  const name = /^[A-Za-z0-9_-]{1,100}$/;
  const nameAllowed = 'up to 100 letters, figures, - and _';
  const needs = 'is missing, and STORE is cosmos';
  if (read.text('COSMOS_ENDPOINT') === undefined)
    read.fault('COSMOS_ENDPOINT', needs, "the account's address, such as https://….documents.azure.com:443/");
  const given = (variable: string): string =>
    read.matching(
      variable,
      read.text(variable) ?? 'crier',
      name,
      'is not a name Crier can use',
      nameAllowed,
    ) ?? '';
  const endpoint = read.address('COSMOS_ENDPOINT');
  if (endpoint !== undefined && !production && !isLoopback(new URL(endpoint)))
    read.fault(
      'COSMOS_ENDPOINT',
      'is not on this machine, and without MicrosoftAppId nothing leaves it',
      'nothing: leave it and STORE out to rehearse, or set MicrosoftAppId and what goes with it',
    );
  return {
    kind,
    endpoint: endpoint ?? '',
    key:
      read.matching(
        'COSMOS_KEY',
        read.required('COSMOS_KEY', needs, "the account's key"),
        /^[A-Za-z0-9+/]+={0,2}$/,
        'is not a key',
        "the account's key as the Azure portal shows it, in base64",
      ) ?? '',
    database: given('COSMOS_DATABASE'),
    container: given('COSMOS_CONTAINER'),
  };
}

/** Names of an account and of a container, as Azure has them. */
const ofStorage =
  /^(?<account>[a-z0-9]{3,24})(?:\.z\d+)?\.blob\.(?:core\.windows\.net|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net|storage\.azure\.net)$/u;
const containerPath = /^\/[a-z0-9](?:-?[a-z0-9]){2,62}$/u;
/** A server on this machine has no name for each account: it stands before the container's. */
const localPath = /^\/(?<account>[a-z0-9]{3,24})\/[a-z0-9](?:-?[a-z0-9]){2,62}$/u;

function readContainer(read: Reader): { readonly account: string; readonly address: URL } | undefined {
  const allowed =
    'the address of a container in a storage account, such as https://sefton.blob.core.windows.net/media, and nothing after it';
  const text = read.required('MEDIA_CONTAINER_URL', 'is missing, and MEDIA is azure', allowed);
  if (text === undefined) return undefined;
  const address = addressOf(text.replace(/\/$/u, ''));
  if (address !== undefined && isSafeAddress(address) && address.search === '' && address.hash === '') {
    const local = isLoopback(address);
    const account = (local ? localPath.exec(address.pathname) : ofStorage.exec(address.hostname))?.groups?.[
      'account'
    ];
    const named = local || (containerPath.test(address.pathname) && address.port === '');
    if (account !== undefined && named) return { account, address };
  }
  return read.fault('MEDIA_CONTAINER_URL', 'is not the address of a container', allowed);
}

/** Where pictures and videos are kept. */
export function readMedia(read: Reader, teams: TeamsConfig): MediaConfig {
  const kind = read.oneOf('MEDIA', ['folder', 'azure'], 'folder');
  if (kind === 'folder') {
    for (const variable of ['MEDIA_CONTAINER_URL', 'MEDIA_ACCOUNT_KEY'])
      if (read.text(variable) !== undefined)
        read.fault(variable, 'is set, but MEDIA is not azure', 'MEDIA=azure as well, or leave it out');
    return { kind };
  }
  const { account = '', address } = readContainer(read) ?? {};
  const key = read.matching(
    'MEDIA_ACCOUNT_KEY',
    read.text('MEDIA_ACCOUNT_KEY'),
    /^[A-Za-z0-9+/]+={0,2}$/u,
    'is not a key',
    'the key of the storage account as the Azure portal shows it, in base64, or leave it out: then the app signs in',
  );
  if (address !== undefined && teams.mode === 'rehearsal' && !isLoopback(address))
    read.fault(
      'MEDIA_CONTAINER_URL',
      'is not on this machine, and without MicrosoftAppId nothing leaves it',
      'nothing: leave it and MEDIA out to rehearse',
    );
  const container = address?.href ?? '';
  if (key !== undefined) return { kind, container, by: { is: 'key', account, key } };
  if (teams.mode === 'production' && address?.protocol !== 'http:')
    return { kind, container, by: { is: 'app', registration: teams } };
  read.fault(
    'MEDIA_ACCOUNT_KEY',
    'is missing, and the app can not sign in there',
    'the key of the storage account, in base64',
  );
  return { kind: 'folder' };
}

/** Where the key of the audit chains comes from. */
export function readAuditKey(read: Reader, production: boolean, data: string): AuditKeySource {
  const allowed = `${String(keyBytes)} random bytes in base64, kept apart from the database`;
  const text = read.text('CRIER_AUDIT_KEY');
  if (text === undefined) {
    if (production) read.fault('CRIER_AUDIT_KEY', 'is missing', allowed);
    return { from: 'file', path: pathIn(data, 'audit.key') };
  }
  const key = Uint8Array.from(Buffer.from(text, 'base64'));
  // Decoding forgives any stray character, so the text has to come back the same.
  const exact = Buffer.from(key).toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  if (!exact || key.length !== keyBytes) read.fault('CRIER_AUDIT_KEY', 'is not a key', allowed);
  return { from: 'variable', key };
}

/** The path of a file or folder in a folder. */
export const pathIn = (folder: string, name: string): string => `${folder.replace(/\/+$/, '')}/${name}`;
