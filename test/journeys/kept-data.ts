import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteFile } from '../../src/store/sqlite.ts';
import { openCouncil, type Council, type CouncilOptions } from './council.ts';
import type { Outside } from './outside.ts';

/** What a Crier that has ended has left: its folder, what stands outside, and the time. `openCouncil` goes on from it. */
export interface KeptData extends AsyncDisposable {
  readonly folder: string;
  readonly outside: Outside;
  readonly at: number;
}

/** The data after some story, as another release would have kept it: `edit` makes the stored documents so. */
export async function keptData(
  story: (council: Council) => Promise<void>,
  edit: (database: DatabaseSync) => void,
  options: Pick<CouncilOptions, 'rehearsed'> = {},
): Promise<KeptData> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-kept-'));
  await using council = await openCouncil(options);
  await story(council);
  await cp(council.folder, folder, { recursive: true });
  const database = new DatabaseSync(sqliteFile(folder));
  edit(database);
  database.close();
  return {
    folder,
    outside: council.outside,
    at: council.now(),
    [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true, force: true }),
  };
}

/** Makes stored posts those of a release that did not keep who goes on with them. @param lookedThrough which look was its last */
export function withoutWhoGoesOn(database: DatabaseSync, lookedThrough: number): void {
  database.exec(
    `UPDATE documents SET body = json_remove(body, '$.state.goesOnWith'),
       fields = json_remove(fields, '$.waitingFor', '$.decideBy') WHERE kind = 'post'`,
  );
  database.exec(
    "DELETE FROM entries WHERE number = (SELECT number FROM indexes WHERE kind = 'post' AND name = 'waiting-for')",
  );
  database.exec(
    `UPDATE documents SET body = json_set(body, '$.state.lookedThrough', ${String(lookedThrough)}) WHERE kind = 'protocol'`,
  );
}
