import { readEmbedOrigins, readPublicUrl, readTimelines, readVaultAddress } from './config/addresses.ts';
import { readGraphVersion } from './config/graph-version.ts';
import { isLoopback, loopbackHosts, Reader, type ConfigFault, type Environment } from './config/reader.ts';
import type { ParsedConfig, ParsedRecords } from './config/settings.ts';
import { pathIn, readAuditKey, readMedia, readStore } from './config/stored.ts';
import { readRegistration, readRehearsal } from './config/teams.ts';

export type { ConfigFault, Environment } from './config/reader.ts';
export type * from './config/settings.ts';

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
  'CRIER_GRAPH_VERSION',
] as const;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

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

const readData = (read: Reader): string => read.text('CRIER_DATA') ?? '.crier/';
const readProtocol = (read: Reader): string => read.text('CRIER_PROTOCOL') ?? 'protocol.yaml';
const readAnchors = (read: Reader): string | undefined => read.text('CRIER_ANCHORS');
const anchorsIn = (data: string): string => pathIn(data, 'anchors');

/**
 * Turns the environment into where everything is recorded, for a tool that only reads it. Whoever audits need not be given
 * what the app signs in with, wherever the records are; what is wrong with other variables is not theirs to put right.
 */
export function parseRecords(env: Environment): ParsedRecords {
  const read = new Reader(env);
  const data = readData(read);
  const store = readStore(read, true);
  // A key that lies about in a folder is of a rehearsal, and fits no records elsewhere.
  const isHere =
    store.kind === 'sqlite' || (URL.canParse(store.endpoint) && isLoopback(new URL(store.endpoint)));
  const auditKey = readAuditKey(read, !isHere || read.text('MicrosoftAppId') !== undefined, data);
  checkSpelling(read, env);
  if (read.faults.length > 0) return { ok: false, faults: read.faults };
  const anchors = readAnchors(read) ?? anchorsIn(data);
  return { ok: true, config: { data, protocol: readProtocol(read), store, auditKey, anchors } };
}

/**
 * Turns the environment into what Crier is started with, or into every fault at once.
 * Without `MicrosoftAppId` it is a rehearsal, which listens on this machine alone and reaches nobody outside.
 */
export function parseConfig(env: Environment): ParsedConfig {
  const read = new Reader(env);
  const appId = read.text('MicrosoftAppId');
  const production = appId !== undefined;
  const data = readData(read);
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
  const store = readStore(read, production);
  const media = readMedia(read, teams);
  const auditKey = readAuditKey(read, production, data);
  const publicUrl = readPublicUrl(read, production);
  const embedOrigins = readEmbedOrigins(read);
  const timelines = readTimelines(read, production);
  const vault = readVaultAddress(read, production);
  const graphVersion = readGraphVersion(read);
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

  const protocol = readProtocol(read);
  if (read.faults.length > 0) {
    const accountsInVariables = production && read.text('CRIER_KEY_VAULT') === undefined;
    return { ok: false, faults: read.faults, protocol, accountsInVariables };
  }
  const anchors = readAnchors(read);
  return {
    ok: true,
    config: {
      mode: production ? 'production' : 'rehearsal',
      host,
      port,
      data,
      protocol,
      ...(vault === undefined ? {} : { vault }),
      ...(graphVersion === undefined ? {} : { graphVersion }),
      store,
      media,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      embedOrigins,
      auditKey,
      anchors: anchors ?? anchorsIn(data),
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

/**
 * The faults as a person at a terminal reads them, one line each.
 * @param because what does not happen because of them
 */
export function explainFaults(faults: readonly ConfigFault[], because = 'Crier cannot start'): string {
  const many = faults.length === 1 ? 'one setting is wrong' : `${String(faults.length)} settings are wrong`;
  return [
    `${because}: ${many}.`,
    ...faults.map(({ variable, problem, allowed }) => `  ${variable} ${problem}. Give ${allowed}.`),
  ].join('\n');
}
