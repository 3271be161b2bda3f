import { parseArgs } from 'node:util';
import { isSafe, stopWhileLeaving, type StopOptions, type StopReport } from './stopping.ts';
import { isKept, useUpWindow, type WindowReport } from './window.ts';

/**
 * `npm run stops`: stops everything while 1,000 posts on 20 accounts leave in the same second, by one process over
 * SQLite and by four over the Cosmos server of the tests, some of which are held still meanwhile. `-- --json` prints a
 * line for each, `-- sqlite`, `-- cosmos` and `-- window` run one. The last lets 1,000 posts fall due on one account, of
 * which X takes 100 in a window that two processes share. Ends with 1 when anything was lost, doubled, late or not listed, or came back by itself.
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
const show = (report: StopReport | WindowReport): void => {
  if (values.json) console.log(JSON.stringify(report));
  else {
    for (const [name, value] of Object.entries(report))
      console.log(`${name.padEnd(14)}${String(value).padStart(8)}`);
    console.log('');
  }
};
const say = (word: string): void =>
  console.error(`${String(Math.round(performance.now() / 1_000))} s: ${word}`);
const wants = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
for (const run of runs) {
  if (!wants(run.store)) continue;
  const report = await stopWhileLeaving(run, say);
  show(report);
  if (!isSafe(report)) process.exitCode = 1;
}
if (wants('window')) {
  const run = { store: 'cosmos', instances: 2, posts: common.posts, limit: 100, dueIn: 60_000 } as const;
  const report = await useUpWindow(run);
  show(report);
  if (!isKept(report, run)) process.exitCode = 1;
}
