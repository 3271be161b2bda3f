import { parseArgs } from 'node:util';
import { countDeaths, windows } from './harness.ts';

/**
 * `npm run deaths`: kills Crier (-9) at random moments in each of five windows, and counts what was lost or
 * doubled. `-- --json` prints one line of JSON, `-- --kills 5` kills less often, `-- --seed 7` repeats a run's
 * choices. Ends with 1 unless every accepted post stands exactly once and every chain is whole.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    kills: { type: 'string', default: '25' },
    seed: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const report = await countDeaths({
  killsPerWindow: Number(values.kills),
  seed,
  say: (line) => process.stderr.write(`${line}\n`),
});
const { wrong, ...counted } = report;
if (values.json) {
  console.log(JSON.stringify(counted));
} else {
  const rows: readonly (readonly [string, number])[] = [
    ['kills', report.deaths],
    ...windows.map((window): readonly [string, number] => [`  ${window}`, report.byWindow[window]]),
    ['accepted', report.accepted],
    ['once', report.once],
    ['asked', report.asked],
    ['lost', report.lost],
    ['doubled', report.doubled],
    ['cards lost', report.cardsLost],
    ['cards doubled', report.cardsDoubled],
    ['chains broken', report.chainsBroken],
  ];
  console.log(`Seed ${String(seed)}`);
  for (const [name, number] of rows) console.log(`${name.padEnd(20)}${String(number).padStart(6)}`);
}
for (const line of wrong) console.error(line);
const whole =
  report.accepted === report.once + report.asked &&
  report.asked === 0 &&
  report.lost === 0 &&
  report.doubled === 0 &&
  report.cardsLost === 0 &&
  report.chainsBroken === 0 &&
  wrong.length === 0;
process.exitCode = whole ? 0 : 1;
