import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainFaults, parseConfig, parseRecords, type Config, type Environment } from '../../src/config.ts';

const appId = '6f1f0c52-3c1a-4a52-9f2e-0d6d5a0b7f11';
const tenantId = '0e8f2a94-77c3-4f0e-8f39-5f6a2f2f9a10';
const auditKey = Buffer.alloc(32, 7).toString('base64');

/** The least that production needs. */
const production: Environment = {
  MicrosoftAppId: appId,
  MicrosoftAppTenantId: tenantId,
  MicrosoftAppPassword: 'not-a-real-secret',
  CRIER_AUDIT_KEY: auditKey,
  CRIER_PUBLIC_URL: 'https://news.example.org/',
};

const endpoints = {
  ToChannelFromBotLoginUrl: 'https://login.example.org/tenant',
  ToChannelFromBotOAuthScope: 'https://api.example.org',
  ToBotFromChannelTokenIssuer: 'https://api.example.org',
  OAuthUrl: 'https://token.example.org',
  ToBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:4000/channel',
  ToBotFromEmulatorOpenIdMetadataUrl: 'http://127.0.0.1:4000/emulator',
};

function configOf(env: Environment): Config {
  const parsed = parseConfig(env);
  if (!parsed.ok) throw new Error(explainFaults(parsed.faults));
  return parsed.config;
}

/** The variables at fault, each as often as it is named. */
function faulty(env: Environment): readonly string[] {
  const parsed = parseConfig(env);
  return parsed.ok ? [] : parsed.faults.map(({ variable }) => variable);
}

describe('with nothing set', () => {
  test('Crier rehearses on this machine alone', () => {
    expect(configOf({})).toEqual({
      mode: 'rehearsal',
      host: '127.0.0.1',
      port: 3978,
      data: '.crier/',
      protocol: 'protocol.yaml',
      store: { kind: 'sqlite' },
      media: { kind: 'folder' },
      embedOrigins: [],
      auditKey: { from: 'file', path: '.crier/audit.key' },
      anchors: '.crier/anchors',
      teams: { mode: 'rehearsal', port: 3978, simulatorPort: 56_150 },
      playground: true,
      logLevel: 'info',
      warnings: [],
    });
  });

  test('an empty text or blanks are the same as nothing', () => {
    expect(configOf({ PORT: '', STORE: ' ', MicrosoftAppId: '', HOST: '\n' })).toEqual(configOf({}));
  });
});

describe('a rehearsal', () => {
  test.each(['0.0.0.0', '::', '192.168.1.4', 'crier.example.org', '127.0.0.1.example.org'])(
    'does not listen on %s',
    (host) => {
      expect(faulty({ HOST: host })).toEqual(['HOST']);
    },
  );

  test.each(['127.0.0.1', '::1', 'localhost'])('listens on %s', (host) => {
    expect(configOf({ HOST: host }).host).toBe(host);
  });

  test.each(['X_ACCESS_TOKEN', 'FACEBOOK_PAGE_TOKEN', 'NOTIFY_API_KEY', 'ACS_CONNECTION'])(
    'refuses %s, which would reach people outside',
    (variable) => {
      const parsed = parseConfig({ [variable]: 'something' });
      expect(parsed).toMatchObject({
        ok: false,
        faults: [{ variable, problem: expect.stringContaining('without MicrosoftAppId') as string }],
      });
    },
  );

  test('does not pass over half a registration', () => {
    expect(faulty({ MicrosoftAppPassword: 'x', MicrosoftAppTenantId: tenantId, ...endpoints })).toEqual([
      'MicrosoftAppPassword',
      'MicrosoftAppTenantId',
      ...Object.keys(endpoints),
    ]);
  });
});

describe('production', () => {
  test('takes a client secret', () => {
    const config = configOf(production);
    expect(config.mode).toBe('production');
    expect(config.playground).toBe(false);
    expect(config.publicUrl).toBe('https://news.example.org');
    expect(config.teams).toEqual({
      mode: 'production',
      appId,
      tenantId,
      appType: 'SingleTenant',
      password: 'not-a-real-secret',
    });
    expect(config.warnings.map(({ variable }) => variable)).toEqual(['CRIER_ANCHORS']);
  });

  test('takes a managed identity, which has no password', () => {
    const identity = { ...production, MicrosoftAppType: 'UserAssignedMSI' };
    expect(faulty(identity)).toEqual(['MicrosoftAppPassword']);
    const config = configOf({ ...identity, MicrosoftAppPassword: undefined });
    expect(config.teams).toEqual({ mode: 'production', appId, tenantId, appType: 'UserAssignedMSI' });
  });

  test("takes all of Microsoft's hosts from elsewhere, or none", () => {
    expect(configOf({ ...production, ...endpoints }).teams).toMatchObject({ endpoints });
    expect(faulty({ ...production, ...endpoints, OAuthUrl: undefined })).toEqual(['OAuthUrl']);
    expect(faulty({ ...production, ...endpoints, OAuthUrl: 'http://token.example.org' })).toEqual([
      'OAuthUrl',
    ]);
  });

  test('names everything that is missing or wrong at once', () => {
    expect(
      faulty({
        MicrosoftAppId: 'crier',
        MicrosoftAppType: 'MultiTenant',
        PORT: '70000',
        STORE: 'cosmos',
        LOG_LEVEL: 'loud',
        CRIER_PLAYGROUND: 'on',
        CRIER_EMBED_ORIGINS: 'https://www.example.org, https://www.example.org/page',
        CRIER_PROTOCL: 'protocol.yaml',
      }),
    ).toEqual([
      'PORT',
      'MicrosoftAppId',
      'MicrosoftAppType',
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
      'COSMOS_ENDPOINT',
      'COSMOS_KEY',
      'CRIER_AUDIT_KEY',
      'CRIER_PUBLIC_URL',
      'CRIER_EMBED_ORIGINS',
      'LOG_LEVEL',
      'CRIER_PLAYGROUND',
      'CRIER_PROTOCL',
    ]);
  });

  test.each([
    ['CRIER_PUBLIC_URL', 'http://127.0.0.1:3978'],
    ['CRIER_PUBLIC_URL', 'https://desk:word@news.example.org'],
    ['CRIER_AUDIT_KEY', Buffer.alloc(31, 7).toString('base64')],
    ['CRIER_AUDIT_KEY', `${auditKey}!`],
    ['MicrosoftAppTenantId', 'common'],
    ['ACS_CONNECTION', 'something'],
  ])('does not take %s as given', (variable, value) => {
    expect(faulty({ ...production, [variable]: value })).toEqual([variable]);
  });
});

test.each([
  ['http://news.example.org', 'begins with http://'],
  ['news.example.org', 'is no whole address'],
  ['ftp://news.example.org', 'does not begin with https://'],
  ['https://desk:word@news.example.org', 'has a name or a password in it'],
  ['https://news.example.org/?page=1', 'goes on with ? or #'],
  ['https://www.example.org/social', 'goes on after the name of the host'],
  ['https://www.example.org/social/', 'goes on after the name of the host'],
])('what is wrong with %s as the address of the site is said as it is', (given, problem) => {
  const parsed = parseConfig({ ...production, CRIER_PUBLIC_URL: given });
  expect(parsed.ok ? '' : explainFaults(parsed.faults)).toContain(`CRIER_PUBLIC_URL ${problem}`);
});

test('Cosmos DB is named by an address and a key', () => {
  const cosmos = {
    STORE: 'cosmos',
    COSMOS_ENDPOINT: 'https://crier.documents.azure.com:443/',
    COSMOS_KEY: 'a2V5',
  };
  expect(configOf({ ...production, ...cosmos }).store).toEqual({
    kind: 'cosmos',
    endpoint: 'https://crier.documents.azure.com:443/',
    key: 'a2V5',
    database: 'crier',
    container: 'crier',
  });
  const wrong = { COSMOS_ENDPOINT: 'http://crier.example.org', COSMOS_CONTAINER: 'a/b' };
  expect(faulty({ ...production, ...cosmos, ...wrong })).toEqual(['COSMOS_ENDPOINT', 'COSMOS_CONTAINER']);
  // Named alone, it would be kept on this machine without a word.
  const named = { ...cosmos, COSMOS_DATABASE: 'crier', COSMOS_CONTAINER: 'crier' };
  for (const mode of [production, {}])
    expect(faulty({ ...mode, ...named, STORE: undefined })).toEqual([
      'COSMOS_ENDPOINT',
      'COSMOS_KEY',
      'COSMOS_DATABASE',
      'COSMOS_CONTAINER',
    ]);
  // A rehearsal keeps nothing off this machine.
  expect(faulty(cosmos)).toEqual(['COSMOS_ENDPOINT']);
  const here = 'http://127.0.0.1:8081/';
  expect(configOf({ ...cosmos, COSMOS_ENDPOINT: here }).store).toMatchObject({ endpoint: here });
});

test('sites that may frame the news are taken as origins', () => {
  expect(
    configOf({ CRIER_EMBED_ORIGINS: 'https://www.example.org,https://jobs.example.org' }).embedOrigins,
  ).toEqual(['https://www.example.org', 'https://jobs.example.org']);
});

test('a fault says the variable, what is wrong and what would be right', () => {
  const parsed = parseConfig({ PORT: 'web', STORE: 'postgres' });
  expect(parsed.ok ? '' : explainFaults(parsed.faults)).toBe(
    [
      'Crier cannot start: 2 settings are wrong.',
      '  PORT is not a port number. Give a whole number from 0 to 65535; 0 takes any free one.',
      '  STORE is none of the words it may be. Give one of: sqlite, cosmos.',
    ].join('\n'),
  );
});

test('no value that was given ever stands in a fault, in whatever variable it was put', () => {
  const variables = [
    ...Object.keys(production),
    ...Object.keys(endpoints),
    'PORT',
    'HOST',
    'STORE',
    'COSMOS_ENDPOINT',
    'COSMOS_KEY',
    'COSMOS_DATABASE',
    'COSMOS_CONTAINER',
    'MEDIA',
    'MEDIA_CONTAINER_URL',
    'MEDIA_ACCOUNT_KEY',
    'CRIER_EMBED_ORIGINS',
    'CRIER_PLAYGROUND',
    'CRIER_PLAYGROUND_PORT',
    'CRIER_TIMELINES',
    'CRIER_GRAPH_VERSION',
    'CRIER_KEY',
    'LOG_LEVEL',
    'MicrosoftAppType',
    'X_ACCESS_TOKEN',
    'NOTIFY_API_KEY',
  ];
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=]{12,60}$/);
  const value = fc.oneof(
    secret,
    secret.map((text) => `https://desk:${text}@example.org/`),
    secret.map((text) => `AccountEndpoint=https://example.org;AccountKey=${text}`),
  );
  const environment = fc.dictionary(fc.constantFrom(...variables), value, { minKeys: 1 });
  fc.assert(
    fc.property(environment, (env) => {
      const parsed = parseConfig(env);
      fc.pre(!parsed.ok);
      const said = parsed.ok ? '' : JSON.stringify(parsed.faults) + explainFaults(parsed.faults);
      for (const given of Object.values(env)) {
        expect(said).not.toContain(given);
        for (const piece of given
          .split(/[^A-Za-z0-9]+/)
          .filter((one) => one.length >= 12 && !(one in { AccountEndpoint: 1 })))
          expect(said).not.toContain(piece);
      }
    }),
    { numRuns: 500 },
  );
});

describe('the accounts of a rehearsal', () => {
  test('may stand elsewhere on this machine', () => {
    expect(configOf({ CRIER_TIMELINES: 'http://127.0.0.1:4000/' }).timelines).toBe('http://127.0.0.1:4000');
    expect(configOf({ CRIER_TIMELINES: 'http://[::1]:4000/x/' }).timelines).toBe('http://[::1]:4000/x');
    expect(configOf({}).timelines).toBeUndefined();
  });

  test.each([
    'http://192.0.2.7:4000',
    'https://x.example.org',
    'http://desk:word@127.0.0.1:4000',
    'http://127.0.0.1:4000/?a=b',
    'ftp://127.0.0.1',
    '4000',
  ])('never stand at %s', (address) => {
    expect(faulty({ CRIER_TIMELINES: address })).toEqual(['CRIER_TIMELINES']);
  });

  test('are nothing for production', () => {
    expect(faulty({ ...production, CRIER_TIMELINES: 'http://127.0.0.1:4000' })).toEqual(['CRIER_TIMELINES']);
  });
});

describe('the version of the Graph API', () => {
  test('is pinned, or this release’s own', () => {
    expect(configOf({ CRIER_GRAPH_VERSION: 'v27.0' }).graphVersion).toBe('v27.0');
    expect(configOf({}).graphVersion).toBeUndefined();
  });

  test.each(['27', 'v27', 'v27.0/me', 'latest', 'V27.0'])('is not %s', (version) => {
    expect(faulty({ CRIER_GRAPH_VERSION: version })).toEqual(['CRIER_GRAPH_VERSION']);
  });
});

describe('pictures and videos', () => {
  const address = 'https://sefton.blob.core.windows.net/media';
  const local = 'http://127.0.0.1:10000/devstoreaccount1/media';
  const registration = configOf(production).teams;

  test('are kept in a container of Azure by its key, or as the app itself where no key is given', () => {
    const azure = { ...production, MEDIA: 'azure', MEDIA_CONTAINER_URL: `${address}/` };
    expect(configOf(azure).media).toEqual({
      kind: 'azure',
      container: address,
      by: { is: 'app', registration },
    });
    expect(configOf({ ...azure, MEDIA_ACCOUNT_KEY: 'a2V5' }).media).toEqual({
      kind: 'azure',
      container: address,
      by: { is: 'key', account: 'sefton', key: 'a2V5' },
    });
    expect(configOf({ MEDIA: 'azure', MEDIA_CONTAINER_URL: local, MEDIA_ACCOUNT_KEY: 'a2V5' }).media).toEqual(
      {
        kind: 'azure',
        container: local,
        by: { is: 'key', account: 'devstoreaccount1', key: 'a2V5' },
      },
    );
  });

  test.each([
    `${address}?sv=2026-01-01&sig=c2VjcmV0`,
    'https://sefton.blob.core.windows.net',
    `${address}/photos`,
    'https://sefton.blob.core.windows.net/Media',
    'https://blob.core.windows.net.example.org/media',
    'http://sefton.blob.core.windows.net/media',
    'https://someone:secret@sefton.blob.core.windows.net/media',
  ])('are not kept at %s', (wrong) => {
    expect(faulty({ ...production, MEDIA: 'azure', MEDIA_CONTAINER_URL: wrong })).toEqual([
      'MEDIA_CONTAINER_URL',
    ]);
  });

  test('half of the settings is a fault, and a rehearsal keeps nothing off this machine', () => {
    expect(faulty({ ...production, MEDIA: 'azure' })).toEqual(['MEDIA_CONTAINER_URL']);
    expect(faulty({ ...production, MEDIA_CONTAINER_URL: address, MEDIA_ACCOUNT_KEY: 'a2V5' })).toEqual([
      'MEDIA_CONTAINER_URL',
      'MEDIA_ACCOUNT_KEY',
    ]);
    expect(
      faulty({ ...production, MEDIA: 'azure', MEDIA_CONTAINER_URL: address, MEDIA_ACCOUNT_KEY: 'a key' }),
    ).toEqual(['MEDIA_ACCOUNT_KEY']);
    expect(faulty({ MEDIA: 'azure', MEDIA_CONTAINER_URL: address, MEDIA_ACCOUNT_KEY: 'a2V5' })).toEqual([
      'MEDIA_CONTAINER_URL',
    ]);
    expect(faulty({ MEDIA: 'azure', MEDIA_CONTAINER_URL: local })).toEqual(['MEDIA_ACCOUNT_KEY']);
  });
});

test('the address of the site may end with a slash or more', () => {
  for (const end of ['', '/', '//'])
    expect(parseConfig({ ...production, CRIER_PUBLIC_URL: `https://news.example.org${end}` })).toMatchObject({
      ok: true,
      config: { publicUrl: 'https://news.example.org' },
    });
});

describe('what a tool reads by that only reads what is recorded', () => {
  const away = {
    STORE: 'cosmos',
    COSMOS_ENDPOINT: 'https://sefton.documents.azure.com:443/',
    COSMOS_KEY: 'c2VjcmV0',
    CRIER_AUDIT_KEY: auditKey,
  };
  const problems = (env: Environment): readonly string[] => {
    const parsed = parseRecords(env);
    return parsed.ok ? [] : parsed.faults.map(({ variable }) => variable);
  };

  test('takes records elsewhere without what the app signs in with, and does not look at what it has no use for', () => {
    expect(parseRecords(away)).toMatchObject({ ok: true, config: { store: { kind: 'cosmos' } } });
    expect(problems({ ...away, LOG_LEVEL: 'loud', X_CLIENT_ID: 'some', MicrosoftAppType: 'None' })).toEqual(
      [],
    );
    expect(parseRecords({})).toMatchObject({
      ok: true,
      config: { data: '.crier/', store: { kind: 'sqlite' } },
    });
  });

  test('wants the key of records elsewhere, and names what is wrong with its own', () => {
    const { CRIER_AUDIT_KEY: _left, ...keyless } = away;
    expect(problems(keyless)).toEqual(['CRIER_AUDIT_KEY']);
    expect(problems({ ...keyless, COSMOS_ENDPOINT: 'http://127.0.0.1:8081/' })).toEqual([]);
    expect(problems({ ...away, COSMOS_KEY: 'no key!', CRIER_DATTA: 'x' })).toEqual([
      'COSMOS_KEY',
      'CRIER_DATTA',
    ]);
  });
});
