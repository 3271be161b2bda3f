import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { everyDocument } from '../src/core/anchors.ts';
import { stateIn } from '../src/core/forms.ts';
import { minutes } from '../src/core/time.ts';
import type { StoreReader } from '../src/core/store.ts';
import { verify, type AuditReport } from '../src/core/verify.ts';
import type { AuditFinding } from '../src/core/verify-one.ts';
import { explainFaults, parseRecords, type Environment } from '../src/config.ts';
import type { RecordsConfig } from '../src/config.ts';
import { aggregateKinds, kinds } from '../src/kinds.ts';
import { openSharedStore } from '../src/open-store.ts';
import { postKind } from '../src/posts/kind.ts';
import { numberKind } from '../src/posts/number.ts';
import { protocolKind, type KeptProtocol } from '../src/protocol/kept.ts';
import { parseProtocol, versionOf } from '../src/protocol/parse.ts';
import { anchorFolder } from '../src/store/anchor-file.ts';
import { existingAuditKey } from '../src/store/audit-key.ts';
import { openSqliteReadOnly, sqliteFile } from '../src/store/sqlite.ts';
import {
  auditFinding,
  auditSummary,
  sayAuditUsage,
  sayNotOneVersion,
  sayVersions,
  type KeptVersion,
} from '../src/words/audit.ts';
import { sayNoStore } from '../src/words/start.ts';

/**
 * `npm run audit`: checks everything Crier has recorded, while it runs or after it stopped, and changes nothing.
 * `-- --protocols` lists the versions of the protocol that decisions were made under, and `-- --protocol=HASH` gives one.
 * Takes those variables of `npm start` that say where the records are. Ends with 1 when it finds anything, with 2 when it could not look.
 */

/** A second after a commit its anchor is written; what is younger than this is not missed yet. */
const anchoredWithin = minutes(1);

/** A store to read, and what is wrong in it beside the records themselves. */
interface Opened {
  readonly store: StoreReader;
  readonly beside: () => readonly AuditFinding[];
}

async function openStore(config: RecordsConfig): Promise<Opened> {
  if (config.store.kind === 'sqlite') {
    if (!existsSync(sqliteFile(config.data))) throw new Error(sayNoStore(config.data));
    const store = await openSqliteReadOnly({ folder: config.data, kinds });
    return {
      store,
      beside: () => [...found(store.misplaced(), 'misplaced'), ...found(store.undeclared(), 'unknown-kind')],
    };
  }
  const protocol = parseProtocol(await readFile(config.protocol, 'utf8'));
  if (!protocol.ok) throw new Error(`${config.protocol} has faults; start Crier to see them.`);
  return { store: await openSharedStore(config.store, protocol.protocol), beside: () => [] };
}

function found(
  records: readonly { readonly kind: string; readonly id: string }[],
  what: AuditFinding['what'],
): readonly AuditFinding[] {
  return records.map(({ kind, id }) => ({ where: `${kind} ${id}`, what }));
}

/** The numbers that people have for posts, where the report speaks of any. */
async function numbersOf(store: StoreReader, report: AuditReport): Promise<ReadonlyMap<string, number>> {
  const spokenOf = [...report.findings, ...report.erased, ...report.expired];
  const numbers = new Map<string, number>();
  if (!spokenOf.some(({ where }) => where.startsWith(`${postKind.kind} `))) return numbers;
  for await (const { index } of everyDocument(store, numberKind.kind)) {
    const { number, post } = index;
    if (typeof number === 'number' && typeof post === 'string')
      numbers.set(`${postKind.kind} ${post}`, number);
  }
  return numbers;
}

/** The versions of the protocol that are kept, oldest first. */
async function keptVersions(store: StoreReader): Promise<readonly (KeptProtocol & KeptVersion)[]> {
  const kept: (KeptProtocol & KeptVersion)[] = [];
  for await (const document of everyDocument(store, protocolKind.kind)) {
    try {
      kept.push({ version: document.id, ...stateIn(protocolKind, document) });
    } catch {
      // What cannot be read is told where the record itself is read.
    }
  }
  return kept.toSorted((one, other) => one.at - other.at);
}

/**
 * Every version that an entry names is kept, and its text is of that version. Entries of before versions were kept
 * may name others.
 */
function checkVersions(
  kept: readonly (KeptProtocol & KeptVersion)[],
  under: AuditReport['under'],
): readonly AuditFinding[] {
  const [first] = kept;
  const known = new Set(kept.map(({ version }) => version));
  const missing = [...under].filter(
    ([version, at]) => first !== undefined && at >= first.at && !known.has(version),
  );
  return [
    ...kept
      .filter(({ version, text }) => versionOf(text) !== version)
      .map(({ version }) => [version, 'version-changed'] as const),
    ...missing.map(([version]) => [version, 'version-not-kept'] as const),
  ].map(([version, what]) => ({ where: `${protocolKind.kind} ${version}`, what }));
}

/** One version as it is kept, or which there are. */
async function readVersion(store: StoreReader, { protocol: given }: Asked): Promise<Told> {
  const kept = await keptVersions(store);
  if (given === undefined) return { code: 0, lines: sayVersions(kept) };
  const [meant, ...others] = kept.filter(({ version }) => version.startsWith(given));
  if (meant === undefined || others.length > 0) return { code: 2, lines: sayNotOneVersion(given, kept) };
  const { version, text } = meant;
  if (versionOf(text) === version) return { code: 0, lines: [text] };
  return {
    code: 1,
    lines: checkVersions([meant], new Map()).map((finding) =>
      auditFinding(finding, { anchors: '', numbers: new Map() }),
    ),
  };
}

/** What an audit says, and what the command ends with. */
interface Told {
  readonly code: 0 | 1 | 2;
  readonly lines: readonly string[];
}

/** What was asked for: the versions that are kept, one of them, or an audit. */
interface Asked {
  readonly protocols?: boolean;
  readonly protocol?: string;
}

/** Audits what the variables name, or reads the protocol's versions there. */
export async function audit(env: Environment, args: readonly string[] = []): Promise<Told> {
  const asked = askedBy(args);
  if (asked === undefined) return { code: 2, lines: [sayAuditUsage()] };
  try {
    return await looked(env, asked);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    return { code: 2, lines: [`The audit could not be made. ${why}`] };
  }
}

function askedBy(args: readonly string[]): Asked | undefined {
  try {
    const options = { protocols: { type: 'boolean' }, protocol: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    return undefined;
  }
}

async function looked(env: Environment, wanted: Asked): Promise<Told> {
  const parsed = parseRecords(env);
  if (!parsed.ok) return { code: 2, lines: [explainFaults(parsed.faults, 'The audit could not be made')] };
  const { config } = parsed;
  const reads = wanted.protocol !== undefined || wanted.protocols === true;
  const key = reads ? undefined : existingAuditKey(config.auditKey);
  const { store, beside } = await openStore(config);
  try {
    if (key === undefined) return await readVersion(store, wanted);
    const names = aggregateKinds.map(({ kind }) => kind);
    const asked = Date.now();
    const series = await anchorFolder({ folder: config.anchors }).read();
    const verified = await verify(store, names, key, series, asked - anchoredWithin);
    const deleted = new Set(verified.findings.map(({ where, what }) => (what === 'deleted' ? where : '')));
    const report: AuditReport = {
      ...verified,
      findings: [
        ...verified.findings,
        // What is gone stands nowhere, which is said already.
        ...[...beside(), ...checkVersions(await keptVersions(store), verified.under)].filter(
          ({ where }) => !deleted.has(where),
        ),
      ],
    };
    const told = { anchors: config.anchors, numbers: await numbersOf(store, report) };
    return {
      code: report.findings.length > 0 ? 1 : 0,
      lines: [
        ...auditSummary(report, told),
        ...report.findings.map((finding) => auditFinding(finding, told)),
      ],
    };
  } finally {
    await store.close();
  }
}

if (import.meta.main) {
  const { code, lines } = await audit(process.env, process.argv.slice(2));
  for (const line of lines) (code === 2 ? console.error : console.log)(line);
  process.exitCode = code;
}
