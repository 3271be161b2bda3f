import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { aggregates } from '../src/app.ts';
import { explainFaults, parseConfig, type Environment } from '../src/config.ts';
import { createAnchorer, everyDocument } from '../src/core/anchors.ts';
import { crier, type Actor } from '../src/core/context.ts';
import { erase, textsLeft } from '../src/core/erase.ts';
import { createExecutor, type Executor } from '../src/core/execute.ts';
import { verifyOne } from '../src/core/verify-one.ts';
import { accountKind, writeAccountAnew } from '../src/dispatch/account.ts';
import { openBlobs } from '../src/open-blobs.ts';
import { openExistingStore } from '../src/open-store.ts';
import { refuseErasure } from '../src/posts/erasing/erasable.ts';
import { forgetMedia, meansMedia } from '../src/posts/erasing/forget-media.ts';
import { postKind } from '../src/posts/kind.ts';
import { captionFiles } from '../src/posts/writing/media.ts';
import { numberId, numberKind } from '../src/posts/number.ts';
import { called, meantBy } from '../src/posts/writing/personal.ts';
import { keepVersion } from '../src/protocol/kept.ts';
import { parseProtocol } from '../src/protocol/parse.ts';
import { anchorFolder } from '../src/store/anchor-file.ts';
import { existingAuditKey } from '../src/store/audit-key.ts';
import { writeAnew } from '../src/store/sqlite.ts';
import {
  sayErased,
  sayErasureRefused,
  sayIncomplete,
  sayNobody,
  sayNoPost,
  sayNotSound,
  sayStillInFile,
} from '../src/words/erasing.ts';

/**
 * `npm run erase -- 142 --clause 7.1 --as claire-whitworth [--names note,text] [--by nadia-hartley]`: takes personal
 * texts of a post out of its record and its state, so that the chain still verifies and says under which clause. With
 * SQLite, Crier has to be stopped first, since the database has one owner.
 */

const randomId = (): string => randomBytes(18).toString('base64url');

/** What was asked for, before anything is looked up. */
interface Asked {
  readonly number: number;
  readonly clause: string;
  /** who decided it */
  readonly as: string;
  /** only these texts */
  readonly names?: readonly string[];
  /** only what this person wrote */
  readonly by?: string;
}

function askedBy(args: readonly string[]): Asked {
  const { positionals, values } = given(args);
  const [first, ...others] = positionals;
  const number = Number(first?.replace(/^#/u, ''));
  const { clause, as, by } = values;
  const whole = Number.isSafeInteger(number) && number > 0 && others.length === 0;
  if (!whole || clause === undefined || as === undefined) throw new Error(sayIncomplete());
  const names = values.names?.split(',').map((name) => name.trim());
  return {
    number,
    clause,
    as,
    ...(names === undefined ? {} : { names }),
    ...(by === undefined ? {} : { by }),
  };
}

function given(args: readonly string[]) {
  const word = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { clause: word, names: word, by: word, as: word },
    });
  } catch {
    throw new Error(sayIncomplete());
  }
}

/**
 * Does what was asked for.
 * @returns what came of it
 * @throws with a sentence about why nothing did
 */
export async function eraseTexts(args: readonly string[], env: Environment): Promise<string> {
  const { number, clause, as, names, by } = askedBy(args);
  const parsed = parseConfig(env);
  if (!parsed.ok) throw new Error(explainFaults(parsed.faults, 'Nothing was erased'));
  const { config } = parsed;
  const read = parseProtocol(await readFile(config.protocol, 'utf8'));
  if (!read.ok) throw new Error(`${config.protocol} has faults; start Crier to see them.`);
  const { protocol } = read;
  const nobody = [as, by].find((person) => person !== undefined && protocol.people[person] === undefined);
  if (nobody !== undefined) throw new Error(sayNobody(nobody));
  const auditKey = existingAuditKey(config.auditKey);
  const store = await openExistingStore(config, protocol, process.pid);
  try {
    const executor = createExecutor({
      store,
      aggregates,
      clock: Date.now,
      protocol: () => ({ ...protocol, away: {} }),
      auditKey,
      randomId,
    });
    const taken = await executor.load(numberKind, numberId(number));
    const post = taken === undefined ? undefined : await executor.load(postKind, taken.state.post);
    if (post === undefined) throw new Error(sayNoPost(number));
    const of = { kind: postKind.kind, id: post.state.id };
    // Another key than Crier writes by would break the chain instead of adding to it.
    const wrong = (await verifyOne(store, auditKey, of))?.filter(({ what }) => what !== 'erasure-unfinished');
    if (wrong?.length !== 0) throw new Error(sayNotSound(number));
    const left = await textsLeft(store, of);
    const erasure = {
      clause,
      ...(names === undefined ? {} : { names: meantBy(names, left) }),
      ...(by === undefined ? {} : { actor: `person:${by}` }),
    };
    const refused = refuseErasure(post.state, erasure, as, protocol);
    if (refused !== undefined) throw new Error(sayErasureRefused(refused, { number, clause, as, protocol }));
    const decided: Actor = { by: 'person', person: as };
    // Crier, which writes the anchors otherwise, may be stopped for long.
    const series = store.shared ? { series: randomId() } : {};
    const sink = anchorFolder({ folder: config.anchors, ...series });
    const anchorer = createAnchorer({ executor, sink, auditKey });
    // The file may have been edited since Crier last started.
    await keepVersion(executor, protocol);
    // Where they can not be reached nothing is begun.
    const blobs = meansMedia(erasure) ? await openBlobs(config) : undefined;
    const gone = await erase(executor, of, erasure, decided);
    await writeAccountsAnew(executor);
    await anchorer.take();
    const files = blobs === undefined ? 0 : await forgetMedia({ executor, blobs }, post.state, erasure);
    if (config.store.kind === 'sqlite') forgetInFile(config.data, number);
    const { media } = post.state.revision;
    const there = [
      ...left,
      ...(media.length === 0 ? [] : [called.media]),
      ...(captionFiles(media).length === 0 ? [] : [called.captions]),
    ];
    return sayErased({ texts: gone, files }, { number, clause, names: there });
  } finally {
    await store.close();
  }
}

/** Earlier releases kept in each account where its last post stands, in whose address words of it can be read. */
async function writeAccountsAnew(executor: Executor): Promise<void> {
  for await (const { id } of everyDocument(executor.store, accountKind.kind))
    await executor.execute({ command: writeAccountAnew.name, id, params: {}, actor: crier });
}

/** What SQLite took out of its records still stands in its file, for anybody to find who searches it. */
function forgetInFile(folder: string, number: number): void {
  try {
    writeAnew(folder);
  } catch (fault) {
    throw new Error(sayStillInFile(number), { cause: fault });
  }
}

if (import.meta.main) {
  try {
    console.log(await eraseTexts(process.argv.slice(2), process.env));
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : String(fault));
    process.exitCode = 1;
  }
}
