import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { nothingSeen } from './seen.ts';
import { walks } from './walk.ts';

/**
 * `npm run walks`: so many walks of whole councils, on which people do what they like and networks go wrong, and what
 * happened on them. `-- --walks 2000` walks more often, `-- --seed=7` repeats a run's choices, and `--path=3:0:1` one of
 * its walks. Ends with 1 where a walk finds something wrong, which it tells in the fewest steps that it found.
 */
const { values } = parseArgs({
  options: {
    walks: { type: 'string', default: '200' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
});
const seen = nothingSeen();
const details = await fc.check(walks(seen), {
  numRuns: Number(values.walks),
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  ...(values.path === undefined ? {} : { path: values.path }),
});
for (const [name, number] of Object.entries({ walks: details.numRuns, ...seen }))
  console.log(`${name.padEnd(10)}${String(number).padStart(8)}`);
if (details.failed) {
  console.error(await fc.asyncDefaultReportMessage(details));
  console.error(details.errorInstance);
  process.exitCode = 1;
}
