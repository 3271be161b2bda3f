import { appIdentity, azureFault, statusOf, type AppRegistration } from './app-identity.ts';
import type { Config, Environment } from './config.ts';
import { seconds } from './core/time.ts';
import { accountVariables } from './credentials.ts';
import type { Protocol } from './protocol/protocol.ts';
import { sayVaultFault } from './words/start.ts';

/** Which vault, and who we are there: the app itself, by its secret or its managed identity. */
export interface VaultSettings {
  /** such as `https://sefton.vault.azure.net` */
  readonly address: string;
  readonly teams: AppRegistration;
}

/** How long the vault has for all of it. */
const answerWithin = seconds(60);

/** A vault's secrets have no underscores in their names: `X-MAIN-APP-KEY` for `X_MAIN_APP_KEY`. */
export const secretName = (variable: string): string => variable.replaceAll('_', '-');

/**
 * The variables of accounts as they stand in the environment, and what is missing there from the vault where one is
 * named. A variable wins over a secret of the same name.
 */
export async function variablesOf(
  { vault, teams }: Pick<Config, 'vault' | 'teams'>,
  { accounts }: Pick<Protocol, 'accounts'>,
  env: Environment,
): Promise<Environment> {
  if (vault === undefined || teams.mode !== 'production') return env;
  const missing = accountVariables(accounts).filter((variable) => (env[variable] ?? '').trim() === '');
  return { ...env, ...(await readVault({ address: vault, teams }, missing)) };
}

/**
 * Reads those of the variables that the vault has.
 * @throws with words for whoever starts Crier; nothing of the vault's answer goes into them
 */
async function readVault(settings: VaultSettings, variables: readonly string[]): Promise<Environment> {
  const client = await open(settings);
  const abortSignal = AbortSignal.timeout(answerWithin);
  return await attempt(settings, async () => {
    const there = await namesIn(client, abortSignal);
    const wanted = variables.filter((variable) => there?.has(secretName(variable).toLowerCase()) ?? true);
    const found = await Promise.all(
      wanted.map(async (variable): Promise<readonly [string, string][]> => {
        try {
          const { value } = await client.getSecret(secretName(variable), { abortSignal });
          return value === undefined ? [] : [[variable, value]];
        } catch (fault) {
          // Taken away since it was listed, or never there where nothing may be listed.
          if (statusOf(fault) === 404) return [];
          throw fault;
        }
      }),
    );
    return Object.fromEntries(found.flat());
  });
}

/**
 * Writes variables into the vault, each under its name with dashes. @returns those names
 * @throws with words, as reading does
 */
export async function writeVault(
  settings: VaultSettings,
  values: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const client = await open(settings);
  const abortSignal = AbortSignal.timeout(answerWithin);
  return await attempt(settings, async () => {
    const names: string[] = [];
    for (const [variable, value] of Object.entries(values)) {
      await client.setSecret(secretName(variable), value, { abortSignal });
      names.push(secretName(variable));
    }
    return names;
  });
}

/**
 * Signs in at the vault and asks what it holds, so that nothing is begun for one that cannot be reached. Whoever may
 * write may not be allowed to list, which is no fault.
 * @throws with words, as reading does
 */
export async function reachVault(settings: VaultSettings): Promise<void> {
  const client = await open(settings);
  await attempt(settings, async () => await namesIn(client, AbortSignal.timeout(answerWithin)));
}

/** The vendor's client is loaded here alone: most councils do without, and it costs a start and its memory. */
async function open({ address, teams }: VaultSettings) {
  const [credential, { SecretClient }] = await Promise.all([
    appIdentity(teams),
    import('@azure/keyvault-secrets'),
  ]);
  return new SecretClient(address, credential, { retryOptions: { maxRetries: 2 } });
}

/** The names of what the vault holds, in small letters; undefined where we may read secrets but not list them. */
async function namesIn(
  client: Awaited<ReturnType<typeof open>>,
  abortSignal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const names = new Set<string>();
    for await (const { name, enabled } of client.listPropertiesOfSecrets({ abortSignal })) {
      if (enabled !== false) names.add(name.toLowerCase());
    }
    return names;
  } catch (fault) {
    if (statusOf(fault) === 403) return undefined;
    throw fault;
  }
}

async function attempt<T>({ address }: VaultSettings, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    throw new Error(sayVaultFault(azureFault(fault), new URL(address).host));
  }
}
