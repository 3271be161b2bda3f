import { readFile } from 'node:fs/promises';
import type { StoreReader } from '../src/core/store.ts';
import { verify } from '../src/core/verify.ts';
import { explainFaults, parseConfig } from '../src/config.ts';
import type { Config } from '../src/config.ts';
import { aggregateKinds, councilOf, kinds } from '../src/kinds.ts';
import { parseProtocol } from '../src/protocol/parse.ts';
import { anchorFolder } from '../src/store/anchor-file.ts';
import { existingAuditKey } from '../src/store/audit-key.ts';
import { openSqliteReadOnly } from '../src/store/sqlite.ts';
import { auditFinding, auditSummary } from '../src/words/audit.ts';

/**
 * `npm run audit`: checks everything Crier has recorded, while it runs or after it stopped, and changes nothing.
 * Takes the same variables as `npm start`. Ends with 1 when it finds anything, with 2 when it could not look.
 */

async function openStore(config: Config): Promise<StoreReader> {
  if (config.store.kind === 'sqlite') return await openSqliteReadOnly({ folder: config.data, kinds });
  const protocol = parseProtocol(await readFile(config.protocol, 'utf8'));
  if (!protocol.ok) throw new Error(`${config.protocol} has faults; start Crier to see them.`);
  // The client of Cosmos DB takes seconds to load, and most audits do without it.
  const { openCosmos } = await import('../src/store/cosmos.ts');
  return await openCosmos({ ...config.store, kinds, council: councilOf(protocol.protocol) });
}

async function audit(): Promise<number> {
  const parsed = parseConfig(process.env);
  if (!parsed.ok) {
    console.error(explainFaults(parsed.faults));
    return 2;
  }
  const { config } = parsed;
  const key = existingAuditKey(config.auditKey);
  const series = await anchorFolder({ folder: config.anchors }).read();
  const store = await openStore(config);
  try {
    const names = aggregateKinds.map(({ kind }) => kind);
    const report = await verify(store, names, key, series);
    for (const line of auditSummary(report)) console.log(line);
    for (const finding of report.findings) console.log(auditFinding(finding));
    return report.findings.length > 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}

try {
  process.exitCode = await audit();
} catch (fault) {
  console.error(`The audit could not be made: ${fault instanceof Error ? fault.message : String(fault)}`);
  process.exitCode = 2;
}
