import { parseArgs } from 'node:util';
import { isSafe, stopWhileLeaving, type StopOptions } from './stopping.ts';

/**
 * `npm run stops`: stops everything while 1,000 posts on 20 accounts leave in the same second, by one process over
 * SQLite and by four over the Cosmos server of the tests, some of which are held still meanwhile. `-- --json` prints a
 * line for each. Ends with 1 when anything was lost, doubled, late or not listed, or came back by itself.
 */
const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    posts: { type: 'string', default: '1000' },
    accounts: { type: 'string', default: '20' },
  },
  allowPositionals: true,
});
const common = { posts: Number(values.posts), accounts: Number(values.accounts), after: 80 };
const runs: readonly StopOptions[] = [
  { ...common, store: 'sqlite', instances: 1, dueIn: 30_000 },
  { ...common, store: 'cosmos', instances: 4, dueIn: 60_000 },
];
for (const run of runs) {
  if (positionals.length > 0 && !positionals.includes(run.store)) continue;
  const report = await stopWhileLeaving(run);
  if (values.json) console.log(JSON.stringify(report));
  else {
    for (const [name, value] of Object.entries(report))
      console.log(`${name.padEnd(14)}${String(value).padStart(8)}`);
    console.log('');
  }
  if (!isSafe(report)) process.exitCode = 1;
}
