import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { explainFaults, parseConfig, type Config } from '../src/config.ts';
import { readGraphVersion } from '../src/config/graph-version.ts';
import { Reader } from '../src/config/reader.ts';
import { accountMeant, readAsked, type AskedWay } from '../src/connect/asked.ts';
import { authorise } from '../src/connect/authorise.ts';
import type { Authorised } from '../src/connect/authorised.ts';
import { newFile, type NewFile } from '../src/connect/new-file.ts';
import { openTerminal, type Terminal } from '../src/connect/terminal.ts';
import { variablePrefix } from '../src/credentials.ts';
import type { AccountEntry, Protocol } from '../src/protocol/protocol.ts';
import { existingAuditKey } from '../src/store/audit-key.ts';
import { reachVault, variablesOf, writeVault, type VaultSettings } from '../src/vault.ts';
import {
  cannotKeepWords,
  connectFault,
  connectUsage,
  elsewhereWords,
  keptWords,
} from '../src/words/connect.ts';

/**
 * `npm run connect -- x x-main --file crier.env`: lets Crier into an account of the council, as the network wants it
 * done, and checks that it can read it. Opens nothing by itself, and shows no secret unless it is told to. What reads
 * the protocol and what keeps in the store are loaded where they are needed: most of its start would be theirs.
 */

/** Where what the network gives goes. A file is there from the beginning. */
type Way =
  | { readonly to: 'screen' }
  | { readonly to: 'file'; readonly path: string; readonly file: NewFile }
  | { readonly to: 'vault'; readonly vault: VaultSettings }
  | { readonly to: 'store'; readonly config: Config };

const notConnected = 'No account was connected';

async function run(terminal: Terminal): Promise<void> {
  const asked = readAsked(process.argv.slice(2));
  if (asked.ask === 'help') {
    terminal.say(connectUsage);
    return;
  }
  const { network, port } = asked;
  const read = new Reader(process.env);
  const graphVersion = readGraphVersion(read);
  if (read.faults.length > 0) throw new Error(explainFaults(read.faults, notConnected));
  const protocol = await protocolOf(process.env['CRIER_PROTOCOL'] ?? 'protocol.yaml');
  const account = accountMeant(asked, protocol);
  const way = await openWay(asked.way);
  const giveUp = (): void => {
    if (way.to === 'file') way.file.giveUp();
  };
  whenKilled(giveUp);
  try {
    const before = way.to === 'store' ? await variablesOf(way.config, protocol, process.env) : {};
    await checkKeepable(way, account, { protocol, before });
    const given = await authorise(network, {
      terminal,
      account,
      back: { by: 'loopback', port },
      clock: Date.now,
      ...(graphVersion === undefined ? {} : { graphVersion }),
    });
    await keepSomewhere(way, account, given, { protocol, before, terminal });
  } finally {
    giveUp();
  }
}

/** Whoever gives up by the keyboard, or is shut down, leaves no empty file behind. */
function whenKilled(giveUp: () => void): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      giveUp();
      process.exit(code);
    });
  }
}

async function openWay(asked: AskedWay): Promise<Way> {
  if (asked.to === 'screen') return { to: 'screen' };
  if (asked.to === 'file') return { to: 'file', path: asked.path, file: await newFile(asked.path) };
  const parsed = parseConfig(process.env);
  if (!parsed.ok) throw new Error(explainFaults(parsed.faults, notConnected));
  const { config } = parsed;
  if (asked.to === 'store') return { to: 'store', config };
  const { vault: address, teams } = config;
  if (address === undefined || teams.mode !== 'production') throw new Error(cannotKeepWords.noVault);
  return { to: 'vault', vault: { address, teams } };
}

async function protocolOf(file: string): Promise<Protocol> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const { parseProtocol } = await import('../src/protocol/parse.ts');
  const read = text === undefined ? undefined : parseProtocol(text);
  if (read?.ok !== true) throw new Error(`${file} can not be read or has faults; start Crier to see them.`);
  return read.protocol;
}

/** Which variable a sealed token takes the place of. */
const instead: Readonly<Partial<Record<AccountEntry['network'], string>>> = {
  x: 'REFRESH_TOKEN',
  facebook: 'PAGE_TOKEN',
  instagram: 'PAGE_TOKEN',
};

type Variables = Readonly<Record<string, string | undefined>>;

/** Where it can not be kept, as in the store while Crier runs, nobody is sent to the network for nothing. */
async function checkKeepable(
  way: Way,
  account: AccountEntry,
  { protocol, before }: { readonly protocol: Protocol; readonly before: Variables },
): Promise<void> {
  if (way.to === 'vault') await reachVault(way.vault);
  if (way.to !== 'store') return;
  const name = instead[account.network];
  if (name === undefined) throw new Error(cannotKeepWords.notSealed(account.network));
  const variable = `${variablePrefix(account)}${name}`;
  if ((before[variable] ?? '').trim() === '') throw new Error(cannotKeepWords.notYet(variable));
  await (await openReal(way.config, protocol)).store.close();
}

/** The store, in which tokens are kept for what is real alone: a rehearsal speaks to no network. */
async function openReal(config: Config, protocol: Protocol) {
  const auditKey = existingAuditKey(config.auditKey);
  const { checkOurs, openStore } = await import('../src/open-store.ts');
  const store = await openStore(config, protocol, process.pid, 'here');
  const use = { ...config, mode: 'production' } as const;
  await checkOurs(store, auditKey, use);
  return { auditKey, store, use };
}

interface Keeping {
  readonly protocol: Protocol;
  readonly before: Variables;
  readonly terminal: Terminal;
}

/**
 * Keeps what the network gave. Where that goes wrong after all, it is asked where else: what was used before may be dead
 * by now, so that nothing of it is thrown away while anybody can say where it goes.
 */
async function keepSomewhere(
  way: Way,
  account: AccountEntry,
  given: Authorised,
  parts: Keeping,
): Promise<void> {
  const { terminal } = parts;
  let next: Way | undefined = way;
  for (;;) {
    try {
      if (next !== undefined) {
        await keep(next, account, given, parts);
        return;
      }
    } catch (fault) {
      terminal.say(wordsOf(fault));
      terminal.say(elsewhereWords.notKept);
    }
    next = await anotherWay(terminal);
  }
}

/** @returns undefined where it cannot go there either, which is said */
async function anotherWay(terminal: Terminal): Promise<Way | undefined> {
  const typed = await terminal.ask(elsewhereWords.where).catch(() => {
    throw new Error(elsewhereWords.lost);
  });
  if (typed === 'show') return { to: 'screen' };
  try {
    return { to: 'file', path: typed, file: await newFile(typed) };
  } catch (fault) {
    terminal.say(wordsOf(fault));
    return undefined;
  }
}

async function keep(way: Way, account: AccountEntry, given: Authorised, parts: Keeping): Promise<void> {
  const { terminal } = parts;
  const prefix = variablePrefix(account);
  const whole = Object.entries(given.variables).map(([name, value]) => ({
    variable: `${prefix}${name}`,
    value,
    hide: given.secret.includes(name) && way.to !== 'screen',
  }));
  for (const { variable, value, hide } of whole)
    terminal.say(hide ? keptWords.hidden(variable) : `${variable}=${value}`);
  switch (way.to) {
    case 'screen':
      terminal.say(keptWords.shown);
      return;
    case 'file':
      await way.file.write(whole.map(({ variable, value }) => `${variable}=${value}\n`).join(''));
      terminal.say(keptWords.file(way.path));
      return;
    case 'vault': {
      const values = Object.fromEntries(whole.map(({ variable, value }) => [variable, value]));
      terminal.say(keptWords.vault(await writeVault(way.vault, values)));
      return;
    }
    case 'store':
      await seal(way.config, account, given, parts);
      terminal.say(keptWords.store);
  }
}

/** The rest of the variables stays as it is, so that it has to be the same app and the same Page. */
async function seal(
  config: Config,
  account: AccountEntry,
  { sealable, variables }: Authorised,
  { protocol, before }: Omit<Keeping, 'terminal'>,
): Promise<void> {
  const prefix = variablePrefix(account);
  if (sealable === undefined) throw new Error(cannotKeepWords.notSealed(account.network));
  const variable = `${prefix}${sealable.insteadOf}`;
  const others = Object.entries(variables).filter(([name]) => ![sealable.insteadOf, 'APP_ID'].includes(name));
  if (others.some(([name, value]) => before[`${prefix}${name}`]?.trim() !== value))
    throw new Error(cannotKeepWords.notYet(variable));
  const [{ noteUse }, { createExecutor }, { keepSealed }, { tokensAggregate }, kept] = await Promise.all([
    import('../src/open-store.ts'),
    import('../src/core/execute.ts'),
    import('../src/connected.ts'),
    import('../src/networks/kept-tokens.ts'),
    import('../src/protocol/kept.ts'),
  ]);
  const { auditKey, store, use } = await openReal(config, protocol);
  try {
    await noteUse(store, use);
    const executor = createExecutor({
      store,
      aggregates: [tokensAggregate(), kept.protocolAggregate()],
      clock: Date.now,
      protocol: () => protocol,
      auditKey,
      randomId: () => randomBytes(18).toString('base64url'),
    });
    // The file may have been edited since Crier last started.
    await kept.keepVersion(executor, protocol);
    const tokenKey = createHmac('sha256', auditKey).update('account tokens').digest();
    await keepSealed(account.id, sealable, before[variable]?.trim() ?? '', { executor, tokenKey });
  } finally {
    await store.close();
  }
}

const wordsOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const terminal = openTerminal(process.stdin, process.stdout, connectFault('ended'));
try {
  await run(terminal);
} catch (fault) {
  console.error(wordsOf(fault));
  process.exitCode = 1;
} finally {
  terminal.close();
  // What nothing more is read from keeps no process alive, be it a terminal, a pipe or a file.
  process.stdin.destroy();
}
