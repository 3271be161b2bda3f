import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { explainFaults, parseConfig, type Config } from '../src/config.ts';
import { authorise } from '../src/connect/authorise.ts';
import type { Authorised } from '../src/connect/authorised.ts';
import { usualPort } from '../src/connect/consent.ts';
import { openTerminal, type Terminal } from '../src/connect/terminal.ts';
import { variablePrefix } from '../src/credentials.ts';
import type { AccountEntry, Protocol } from '../src/protocol/protocol.ts';
import { existingAuditKey } from '../src/store/audit-key.ts';
import { variablesOf, writeVault } from '../src/vault.ts';
import {
  cannotKeepWords,
  connectFault,
  connectUsage,
  keptWords,
  whichAccount,
} from '../src/words/connect.ts';
import { isConnectable } from '../src/networks/connectable.ts';

/**
 * `npm run connect -- x x-main --file crier.env`: lets Crier into an account of the council, as the network wants it
 * done, and checks that it can read it. Opens nothing by itself, and shows no secret unless it is told to. What reads
 * the protocol and what keeps in the store are loaded where they are needed: most of its start would be theirs.
 */

/** Where what the network gives goes. */
type Way =
  | { readonly to: 'screen' }
  | { readonly to: 'file'; readonly path: string }
  | { readonly to: 'vault'; readonly config: Config; readonly address: string }
  | { readonly to: 'store'; readonly config: Config };

async function run(terminal: Terminal): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      show: { type: 'boolean' },
      file: { type: 'string' },
      vault: { type: 'boolean' },
      keep: { type: 'boolean' },
      port: { type: 'string' },
    },
  });
  const [network, id] = positionals;
  if (network === undefined || !isConnectable(network)) throw new Error(connectUsage);
  const port = values.port === undefined ? usualPort : Number(values.port);
  if (!Number.isSafeInteger(port) || port < 1 || port > 65_535) throw new Error(connectUsage);
  const way = wayOf(values);
  const protocol = await protocolOf(process.env['CRIER_PROTOCOL'] ?? 'protocol.yaml');
  const accounts = Object.values(protocol.accounts).filter((each) => each.network === network);
  const named = accounts.filter(
    (each) => id === undefined || each.id === id || each.id === `${network}-${id}`,
  );
  const [account] = named;
  if (account === undefined || named.length > 1) {
    throw new Error(
      whichAccount(
        network,
        (named.length > 1 ? named : []).map((each) => each.id),
      ),
    );
  }
  const before = way.to === 'store' ? await variablesOf(way.config, protocol, process.env) : {};
  if (way.to === 'store') {
    checkKeepable(account, before);
    // Where it can not be kept, as while Crier runs, nobody is sent to the network for nothing.
    existingAuditKey(way.config.auditKey);
    const { openStore } = await import('../src/open-store.ts');
    await (await openStore(way.config, protocol, process.pid, 'here')).close();
  }
  const given = await authorise(network, {
    terminal,
    account,
    back: { by: 'loopback', port },
    clock: Date.now,
  });
  await keep(way, account, given, { protocol, before, terminal });
}

function wayOf(values: {
  readonly show?: boolean | undefined;
  readonly file?: string | undefined;
  readonly vault?: boolean | undefined;
  readonly keep?: boolean | undefined;
}): Way {
  const asked = [values.show, values.file !== undefined, values.vault, values.keep].filter(Boolean).length;
  if (asked !== 1) throw new Error(cannotKeepWords.noWay);
  if (values.show === true) return { to: 'screen' };
  if (values.file !== undefined) {
    if (existsSync(values.file)) throw new Error(cannotKeepWords.fileThere(values.file));
    return { to: 'file', path: values.file };
  }
  const parsed = parseConfig(process.env);
  if (!parsed.ok) throw new Error(explainFaults(parsed.faults, 'No account was connected'));
  const { config } = parsed;
  if (values.keep === true) return { to: 'store', config };
  if (config.vault === undefined) throw new Error(cannotKeepWords.noVault);
  return { to: 'vault', config, address: config.vault };
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

function checkKeepable(account: AccountEntry, before: Variables): void {
  const name = instead[account.network];
  if (name === undefined) throw new Error(cannotKeepWords.notSealed(account.network));
  const variable = `${variablePrefix(account)}${name}`;
  if ((before[variable] ?? '').trim() === '') throw new Error(cannotKeepWords.notYet(variable));
}

async function keep(
  way: Way,
  account: AccountEntry,
  given: Authorised,
  { protocol, before, terminal }: { protocol: Protocol; before: Variables; terminal: Terminal },
): Promise<void> {
  const prefix = variablePrefix(account);
  const whole = Object.fromEntries(
    Object.entries(given.variables).map(([name, value]) => [`${prefix}${name}`, value]),
  );
  const asLines = (hide: boolean): readonly string[] =>
    Object.entries(given.variables).map(([name, value]) =>
      hide && given.secret.includes(name)
        ? keptWords.hidden(`${prefix}${name}`)
        : `${prefix}${name}=${value}`,
    );
  for (const line of asLines(way.to !== 'screen')) terminal.say(line);
  switch (way.to) {
    case 'screen':
      terminal.say(keptWords.shown);
      return;
    case 'file':
      await writeFile(way.path, `${asLines(false).join('\n')}\n`, { mode: 0o600, flag: 'wx' }).catch(() => {
        throw new Error(cannotKeepWords.noFile(way.path));
      });
      terminal.say(keptWords.file(way.path));
      return;
    case 'vault': {
      const { teams } = way.config;
      if (teams.mode !== 'production') throw new Error(cannotKeepWords.noVault);
      terminal.say(keptWords.vault(await writeVault({ address: way.address, teams }, whole)));
      return;
    }
    case 'store':
      await seal(way.config, account, given, { protocol, before });
      terminal.say(keptWords.store);
  }
}

/** The rest of the variables stays as it is, so that it has to be the same app and the same Page. */
async function seal(
  config: Config,
  account: AccountEntry,
  { sealable, variables }: Authorised,
  { protocol, before }: { protocol: Protocol; before: Variables },
): Promise<void> {
  const prefix = variablePrefix(account);
  if (sealable === undefined) throw new Error(cannotKeepWords.notSealed(account.network));
  const variable = `${prefix}${sealable.insteadOf}`;
  const others = Object.entries(variables).filter(([name]) => ![sealable.insteadOf, 'APP_ID'].includes(name));
  if (others.some(([name, value]) => before[`${prefix}${name}`]?.trim() !== value))
    throw new Error(cannotKeepWords.notYet(variable));
  const [{ openStore }, { createExecutor }, { keepSealed }, { tokensAggregate }, kept] = await Promise.all([
    import('../src/open-store.ts'),
    import('../src/core/execute.ts'),
    import('../src/connected.ts'),
    import('../src/networks/kept-tokens.ts'),
    import('../src/protocol/kept.ts'),
  ]);
  const auditKey = existingAuditKey(config.auditKey);
  const store = await openStore(config, protocol, process.pid, 'here');
  try {
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

const terminal = openTerminal(process.stdin, process.stdout, connectFault('ended'));
try {
  await run(terminal);
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 1;
} finally {
  terminal.close();
  // What nothing more is read from keeps no process alive, be it a terminal, a pipe or a file.
  process.stdin.destroy();
}
