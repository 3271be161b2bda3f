/** What the environment gives: names to texts. An empty text counts as not set, as hosting panels leave it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting that is wrong. No part of it ever holds a value that was given: it could be a secret in the wrong place. */
export interface ConfigFault {
  readonly variable: string;
  /** what is wrong, to follow the variable's name: `is not a port number` */
  readonly problem: string;
  /** what would be right, to follow "Give": `a whole number from 0 to 65535` */
  readonly allowed: string;
}

/** One setting that works, but that somebody ought to know of. */
export interface ConfigWarning {
  readonly variable: string;
  readonly problem: string;
}

/** Microsoft's hosts, when others stand in for them: a national cloud, or a suite that plays them. */
export interface BotFrameworkEndpoints {
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly OAuthUrl: string;
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromEmulatorOpenIdMetadataUrl: string;
}

interface Registration {
  readonly mode: 'production';
  readonly appId: string;
  readonly tenantId: string;
  /** absent: Microsoft's own */
  readonly endpoints?: BotFrameworkEndpoints;
}

export type TeamsConfig =
  | {
      readonly mode: 'rehearsal';
      /** the port Crier listens on, for the Host check; 0 when any free one is taken */
      readonly port: number;
      /** the port of the simulator, the only place activities may say they come from */
      readonly simulatorPort: number;
    }
  | (Registration & { readonly appType: 'SingleTenant'; readonly password: string })
  | (Registration & { readonly appType: 'UserAssignedMSI' });

export type StoreConfig =
  | { readonly kind: 'sqlite' }
  | {
      readonly kind: 'cosmos';
      readonly endpoint: string;
      readonly key: string;
      readonly database: string;
      readonly container: string;
    };

/** Where pictures and videos are kept. */
export type MediaConfig =
  | { readonly kind: 'folder' }
  | {
      readonly kind: 'azure';
      /** such as `https://sefton.blob.core.windows.net/media`, without a slash at the end */
      readonly container: string;
      readonly by: MediaAccess;
    };

/** By what right Crier uses the container: the storage account's own key, or what the app may do there. */
export type MediaAccess =
  | { readonly is: 'key'; readonly account: string; readonly key: string }
  | { readonly is: 'app'; readonly registration: Extract<TeamsConfig, { readonly mode: 'production' }> };

/** Where the key of the audit chains comes from. Only a rehearsal may keep it in a file beside the data. */
export type AuditKey =
  { readonly from: 'variable'; readonly key: Uint8Array } | { readonly from: 'file'; readonly path: string };

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface Config {
  readonly mode: 'rehearsal' | 'production';
  readonly host: string;
  /** 0: any free one */
  readonly port: number;
  /** folder for the database, media and keys of a rehearsal */
  readonly data: string;
  /** the protocol file */
  readonly protocol: string;
  /** where the secrets of accounts stand beside the variables, such as `https://sefton.vault.azure.net` */
  readonly vault?: string;
  readonly store: StoreConfig;
  readonly media: MediaConfig;
  /** where people reach the public pages, without a slash at the end; absent: the address Crier listens on */
  readonly publicUrl?: string;
  /** origins that may frame `/embed`; empty: any site */
  readonly embedOrigins: readonly string[];
  readonly auditKey: AuditKey;
  /** folder for the anchors of the audit chains */
  readonly anchors: string;
  readonly teams: TeamsConfig;
  /** a rehearsal's accounts stand there, on this machine, instead of with Crier itself; no slash at the end */
  readonly timelines?: string;
  /** whether the simulator runs beside; never in production */
  readonly playground: boolean;
  readonly logLevel: LogLevel;
  readonly warnings: readonly ConfigWarning[];
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/**
 * Parts that reach people outside. Any of their variables without an app id is a fault, since a rehearsal must
 * never speak to the public; so is one of a part that this release does not have, since it would do nothing.
 * An issue that builds a part turns its line to `built`, and a new kind of part is a line here.
 */
const realParts: readonly { readonly part: string; readonly prefix: string; readonly built: boolean }[] = [
  { part: 'X', prefix: 'X_', built: true },
  { part: 'Facebook', prefix: 'FACEBOOK_', built: true },
  { part: 'Instagram', prefix: 'INSTAGRAM_', built: true },
  { part: 'YouTube', prefix: 'YOUTUBE_', built: true },
  { part: 'Bluesky', prefix: 'BLUESKY_', built: true },
  { part: 'mail by Azure', prefix: 'ACS_', built: false },
  { part: 'mail by GOV.UK Notify', prefix: 'NOTIFY_', built: false },
  { part: 'the case system', prefix: 'CASES_', built: false },
];

const endpointNames = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
] as const satisfies readonly (keyof BotFrameworkEndpoints)[];

/** Every variable of ours that begins with `CRIER_`; another one with that beginning is a slip of the pen. */
const ourVariables = [
  'CRIER_DATA',
  'CRIER_PROTOCOL',
  'CRIER_PUBLIC_URL',
  'CRIER_EMBED_ORIGINS',
  'CRIER_AUDIT_KEY',
  'CRIER_ANCHORS',
  'CRIER_PLAYGROUND',
  'CRIER_PLAYGROUND_PORT',
  'CRIER_TIMELINES',
  'CRIER_KEY_VAULT',
] as const;

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const keyBytes = 32;

const addressOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const isLoopback = (address: URL): boolean =>
  loopbackHosts.includes(address.hostname.replace(/^\[|\]$/g, ''));

/** Secure, or never leaving the machine; without a name and password in it, which would end up in logs. */
const isSafeAddress = (address: URL): boolean =>
  (address.protocol === 'https:' || (address.protocol === 'http:' && isLoopback(address))) &&
  address.username === '' &&
  address.password === '';

/** Reads one variable after another and keeps every fault, so that all of them are told at once. */
class Reader {
  readonly #env: Environment;
  readonly faults: ConfigFault[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  fault(variable: string, problem: string, allowed: string): undefined {
    this.faults.push({ variable, problem, allowed });
    return undefined;
  }

  /** The text without the blanks around it (a pasted line often ends in one); nothing when there is none. */
  text(variable: string): string | undefined {
    const text = this.#env[variable]?.trim();
    return text === '' ? undefined : text;
  }

  required(variable: string, problem: string, allowed: string): string | undefined {
    return this.text(variable) ?? this.fault(variable, problem, allowed);
  }

  matching(
    variable: string,
    text: string | undefined,
    form: RegExp,
    problem: string,
    allowed: string,
  ): string | undefined {
    return text === undefined || form.test(text) ? text : this.fault(variable, problem, allowed);
  }

  port(variable: string, otherwise: number): number {
    const text = this.text(variable);
    if (text === undefined) return otherwise;
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    this.fault(variable, 'is not a port number', 'a whole number from 0 to 65535; 0 takes any free one');
    return otherwise;
  }

  oneOf<const T extends string>(variable: string, allowed: readonly T[], otherwise: NoInfer<T>): T {
    const text = this.text(variable);
    if (text === undefined) return otherwise;
    const found = allowed.find((one) => one === text);
    if (found !== undefined) return found;
    this.fault(variable, 'is none of the words it may be', `one of: ${allowed.join(', ')}`);
    return otherwise;
  }

  address(variable: string): string | undefined {
    const text = this.text(variable);
    if (text === undefined) return undefined;
    const address = addressOf(text);
    return address !== undefined && isSafeAddress(address)
      ? text
      : this.fault(
          variable,
          'is not an address that may be used',
          'a full address that begins with https:// (http:// on this machine only), with no name or password in it',
        );
  }
}

const guidAllowed = 'an id as the Azure portal shows it: 8-4-4-4-12 figures and letters a to f';

function readEndpoints(read: Reader): BotFrameworkEndpoints | undefined {
  if (endpointNames.every((name) => read.text(name) === undefined)) return undefined;
  const given = (name: (typeof endpointNames)[number]): string => {
    if (read.text(name) === undefined)
      read.fault(
        name,
        'is missing, while others of its six are set',
        `all six or none: ${endpointNames.join(', ')}`,
      );
    return read.address(name) ?? '';
  };
  return {
    ToChannelFromBotLoginUrl: given('ToChannelFromBotLoginUrl'),
    ToChannelFromBotOAuthScope: given('ToChannelFromBotOAuthScope'),
    ToBotFromChannelTokenIssuer: given('ToBotFromChannelTokenIssuer'),
    OAuthUrl: given('OAuthUrl'),
    ToBotFromChannelOpenIdMetadataUrl: given('ToBotFromChannelOpenIdMetadataUrl'),
    ToBotFromEmulatorOpenIdMetadataUrl: given('ToBotFromEmulatorOpenIdMetadataUrl'),
  };
}

/** The app's registration with Microsoft. What is missing stands as an empty text, and its fault keeps it from use. */
function readRegistration(read: Reader, appId: string): TeamsConfig {
  const goodAppId = read.matching('MicrosoftAppId', appId, guid, 'is not an app id', guidAllowed);
  const appType = read.oneOf('MicrosoftAppType', ['SingleTenant', 'UserAssignedMSI'], 'SingleTenant');
  const tenantId = read.matching(
    'MicrosoftAppTenantId',
    read.required('MicrosoftAppTenantId', 'is missing', `the council's own tenant: ${guidAllowed}`),
    guid,
    'is not a tenant id',
    guidAllowed,
  );
  const endpoints = readEndpoints(read);
  const registration = {
    mode: 'production',
    appId: goodAppId ?? '',
    tenantId: tenantId ?? '',
    ...(endpoints === undefined ? {} : { endpoints }),
  } as const;
  if (appType === 'UserAssignedMSI') {
    if (read.text('MicrosoftAppPassword') !== undefined)
      read.fault(
        'MicrosoftAppPassword',
        'is set, but a managed identity has no password',
        'nothing: leave it out',
      );
    return { ...registration, appType };
  }
  const password = read.required(
    'MicrosoftAppPassword',
    'is missing',
    "the app's client secret, or set MicrosoftAppType to UserAssignedMSI to do without one",
  );
  return { ...registration, appType, password: password ?? '' };
}

function readRehearsal(read: Reader, port: number, simulatorPort: number): TeamsConfig {
  for (const variable of [
    'MicrosoftAppPassword',
    'MicrosoftAppTenantId',
    'MicrosoftAppType',
    ...endpointNames,
  ]) {
    if (read.text(variable) !== undefined)
      read.fault(
        variable,
        'is set, but MicrosoftAppId is not',
        'MicrosoftAppId as well, or leave it out to rehearse',
      );
  }
  return { mode: 'rehearsal', port, simulatorPort };
}

function readStore(read: Reader): StoreConfig {
  const kind = read.oneOf('STORE', ['sqlite', 'cosmos'], 'sqlite');
  if (kind === 'sqlite') return { kind };
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
  return {
    kind,
    endpoint: read.address('COSMOS_ENDPOINT') ?? '',
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

function readMedia(read: Reader, teams: TeamsConfig): MediaConfig {
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

function readAuditKey(read: Reader, production: boolean, data: string): AuditKey {
  const allowed = `${String(keyBytes)} random bytes in base64, kept apart from the database`;
  const text = read.text('CRIER_AUDIT_KEY');
  if (text === undefined) {
    if (production) read.fault('CRIER_AUDIT_KEY', 'is missing', allowed);
    return { from: 'file', path: joined(data, 'audit.key') };
  }
  const key = Uint8Array.from(Buffer.from(text, 'base64'));
  // Decoding forgives any stray character, so the text has to come back the same.
  const exact = Buffer.from(key).toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  if (!exact || key.length !== keyBytes) read.fault('CRIER_AUDIT_KEY', 'is not a key', allowed);
  return { from: 'variable', key };
}

function readEmbedOrigins(read: Reader): readonly string[] {
  const origins = (read.text('CRIER_EMBED_ORIGINS') ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
  const wrong = origins.some((origin) => {
    const address = addressOf(origin);
    return address === undefined || !isSafeAddress(address) || address.origin !== origin.toLowerCase();
  });
  if (wrong)
    read.fault(
      'CRIER_EMBED_ORIGINS',
      'holds something that is not the address of a site',
      'addresses with commas between, such as https://www.sefton.gov.uk, and nothing after the name',
    );
  return origins;
}

function readPublicUrl(read: Reader, production: boolean): string | undefined {
  const allowed = 'the address people reach the news site by, such as https://news.sefton.gov.uk';
  const text = read.text('CRIER_PUBLIC_URL');
  if (text === undefined)
    return production ? read.fault('CRIER_PUBLIC_URL', 'is missing', allowed) : undefined;
  const address = addressOf(text);
  if (address === undefined || !isSafeAddress(address) || address.search !== '' || address.hash !== '')
    return read.fault('CRIER_PUBLIC_URL', 'is not an address of a site', allowed);
  if (production && address.protocol !== 'https:')
    return read.fault('CRIER_PUBLIC_URL', 'does not begin with https://', allowed);
  return address.href.replace(/\/+$/, '');
}

/** Where a rehearsal's accounts stand when something else plays the social networks. Never off this machine. */
function readTimelines(read: Reader, production: boolean): string | undefined {
  const text = read.text('CRIER_TIMELINES');
  if (text === undefined) return undefined;
  if (production)
    return read.fault(
      'CRIER_TIMELINES',
      'is set, and the accounts it stands for are for rehearsals alone',
      'nothing: leave it out',
    );
  const address = addressOf(text);
  if (
    address === undefined ||
    !isSafeAddress(address) ||
    !isLoopback(address) ||
    address.search !== '' ||
    address.hash !== ''
  )
    return read.fault(
      'CRIER_TIMELINES',
      'is not an address on this machine, and a rehearsal reaches nothing else',
      'an address such as http://127.0.0.1:4000, or leave it out',
    );
  return address.href.replace(/\/+$/, '');
}

function readVaultAddress(read: Reader, production: boolean): string | undefined {
  const text = read.text('CRIER_KEY_VAULT');
  if (text === undefined) return undefined;
  if (!production)
    return read.fault(
      'CRIER_KEY_VAULT',
      'is set, and without MicrosoftAppId nothing leaves this machine',
      'nothing: leave it out to rehearse',
    );
  const address = addressOf(text);
  const ofVault = /^[a-z0-9-]{3,24}\.(?:vault\.azure\.net|vault\.azure\.cn|vault\.usgovcloudapi\.net)$/u;
  if (
    address === undefined ||
    !isSafeAddress(address) ||
    address.protocol !== 'https:' ||
    address.port !== '' ||
    address.pathname !== '/' ||
    address.search !== '' ||
    address.hash !== '' ||
    !ofVault.test(address.hostname)
  )
    return read.fault(
      'CRIER_KEY_VAULT',
      'is not the address of a key vault',
      'its "Vault URI" as the Azure portal shows it, such as https://sefton.vault.azure.net',
    );
  return address.origin;
}

function checkRealParts(read: Reader, env: Environment, production: boolean): void {
  for (const { part, prefix, built } of realParts) {
    for (const variable of Object.keys(env).filter((name) => name.startsWith(prefix))) {
      // What lets an account rehearse makes nothing real.
      if (read.text(variable) === undefined || variable.endsWith('_REHEARSAL')) continue;
      if (!production)
        read.fault(
          variable,
          `would make ${part} real, and without MicrosoftAppId nothing leaves this machine`,
          'nothing: leave it out to rehearse, or set MicrosoftAppId and what goes with it',
        );
      else if (!built)
        read.fault(variable, `is for ${part}, which this release cannot do yet`, 'nothing: leave it out');
    }
  }
}

function checkSpelling(read: Reader, env: Environment): void {
  const known: readonly string[] = ourVariables;
  for (const variable of Object.keys(env)) {
    if (variable.startsWith('CRIER_') && !known.includes(variable))
      read.fault(variable, 'is not a setting that Crier knows', `one of: ${known.join(', ')}`);
  }
}

const joined = (folder: string, name: string): string => `${folder.replace(/\/+$/, '')}/${name}`;

/**
 * Turns the environment into what Crier is started with, or into every fault at once.
 * Without `MicrosoftAppId` it is a rehearsal, which listens on this machine alone and reaches nobody outside.
 */
export function parseConfig(env: Environment): ParsedConfig {
  const read = new Reader(env);
  const appId = read.text('MicrosoftAppId');
  const production = appId !== undefined;
  const data = read.text('CRIER_DATA') ?? '.crier/';
  const port = read.port('PORT', 3978);
  const simulatorPort = read.port('CRIER_PLAYGROUND_PORT', 56_150);
  const host = read.text('HOST') ?? '127.0.0.1';
  if (!production && !loopbackHosts.includes(host))
    read.fault(
      'HOST',
      'is an address that others can reach, and without MicrosoftAppId nobody who sends a message is checked',
      `one of: ${loopbackHosts.join(', ')}; or set MicrosoftAppId and what goes with it`,
    );
  const teams = production ? readRegistration(read, appId) : readRehearsal(read, port, simulatorPort);
  const store = readStore(read);
  const media = readMedia(read, teams);
  const auditKey = readAuditKey(read, production, data);
  const publicUrl = readPublicUrl(read, production);
  const embedOrigins = readEmbedOrigins(read);
  const timelines = readTimelines(read, production);
  const vault = readVaultAddress(read, production);
  const logLevel = read.oneOf('LOG_LEVEL', logLevels, 'info');
  const playground = read.oneOf('CRIER_PLAYGROUND', ['on', 'off'], production ? 'off' : 'on') === 'on';
  if (production && playground)
    read.fault(
      'CRIER_PLAYGROUND',
      'is on, and the simulator is for rehearsals alone',
      'off, or leave it out',
    );
  checkRealParts(read, env, production);
  checkSpelling(read, env);

  if (read.faults.length > 0) return { ok: false, faults: read.faults };
  const anchors = read.text('CRIER_ANCHORS');
  return {
    ok: true,
    config: {
      mode: production ? 'production' : 'rehearsal',
      host,
      port,
      data,
      protocol: read.text('CRIER_PROTOCOL') ?? 'protocol.yaml',
      ...(vault === undefined ? {} : { vault }),
      store,
      media,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      embedOrigins,
      auditKey,
      anchors: anchors ?? joined(data, 'anchors'),
      teams,
      ...(timelines === undefined ? {} : { timelines }),
      playground,
      logLevel,
      warnings:
        production && anchors === undefined
          ? [
              {
                variable: 'CRIER_ANCHORS',
                problem:
                  'is not set, so the anchors of the audit stand beside the data they vouch for; name a folder elsewhere',
              },
            ]
          : [],
    },
  };
}

/** The faults as a person at a terminal reads them, one line each. */
export function explainFaults(faults: readonly ConfigFault[]): string {
  const many = faults.length === 1 ? 'one setting is wrong' : `${String(faults.length)} settings are wrong`;
  return [
    `Crier cannot start: ${many}.`,
    ...faults.map(({ variable, problem, allowed }) => `  ${variable} ${problem}. Give ${allowed}.`),
  ].join('\n');
}
