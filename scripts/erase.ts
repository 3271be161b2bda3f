import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { aggregates } from '../src/app.ts';
import { explainFaults, parseConfig } from '../src/config.ts';
import { erase } from '../src/core/erase.ts';
import { createExecutor } from '../src/core/execute.ts';
import { openStore } from '../src/open-store.ts';
import { numberId, numberKind } from '../src/posts/number.ts';
import { parseProtocol } from '../src/protocol/parse.ts';
import { existingAuditKey } from '../src/store/audit-key.ts';

/**
 * `npm run erase -- 142 --clause 7.1 [--names note,text] [--by nadia-hartley]`: takes personal texts of a post out of
 * its record and its state, so that the chain still verifies and says under which clause. With SQLite, Crier has to be
 * stopped first, since the database has one owner.
 */
const usage =
  'npm run erase -- 142 --clause 7.1 [--names note,text] [--by nadia-hartley] --as claire-whitworth';

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      clause: { type: 'string' },
      names: { type: 'string' },
      by: { type: 'string' },
      as: { type: 'string' },
    },
  });
  const number = Number(positionals[0]?.replace(/^#/u, ''));
  const { clause, as } = values;
  if (!Number.isSafeInteger(number) || number < 1 || clause === undefined || as === undefined) {
    throw new Error(`Say which post, under which clause of the protocol, and who decided it: ${usage}`);
  }
  const parsed = parseConfig(process.env);
  if (!parsed.ok) throw new Error(explainFaults(parsed.faults));
  const { config } = parsed;
  const read = parseProtocol(await readFile(config.protocol, 'utf8'));
  if (!read.ok) throw new Error(`${config.protocol} has faults; start Crier to see them.`);
  const { protocol } = read;
  for (const person of [as, values.by]) {
    if (person !== undefined && protocol.people[person] === undefined) {
      throw new Error(
        `${person} is nobody of the protocol. Give the word that stands before the name there.`,
      );
    }
  }
  const store = await openStore(config, protocol, process.pid, 'here');
  try {
    const executor = createExecutor({
      store,
      aggregates,
      clock: Date.now,
      protocol: () => ({ ...protocol, away: {} }),
      auditKey: existingAuditKey(config.auditKey),
      randomId: () => randomBytes(18).toString('base64url'),
    });
    const taken = await executor.load(numberKind, numberId(number));
    if (taken === undefined) throw new Error(`There is no post #${number}.`);
    const texts = await erase(
      executor,
      { kind: 'post', id: taken.state.post },
      {
        clause,
        ...(values.names === undefined ? {} : { names: values.names.split(',').map((name) => name.trim()) }),
        ...(values.by === undefined ? {} : { actor: `person:${values.by}` }),
      },
      { by: 'person', person: as },
    );
    console.log(
      `${texts} texts of post #${number} were erased under clause ${clause}. The record still verifies.`,
    );
  } finally {
    await store.close();
  }
}

try {
  await run();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 1;
}
