import { parseArgs } from 'node:util';
import { countDeaths, windows, type DeathsReport } from './harness.ts';
import type { Kind } from './deeds.ts';
import { stories, type Story } from './stories.ts';

/**
 * `npm run deaths`: kills Crier (-9) at random moments in each of five windows, and counts what was lost or
 * doubled, in a story for the rehearsal's timelines and one for each network's real client,
 * and in another one of each in which what stands is corrected and taken down (`x-changed`). `-- --json` prints one line
 * of JSON for each, `-- --story x` tells one alone, `-- --kills 5` kills less often, `-- --seed 7` repeats a run's
 * choices. Ends with 1 unless every accepted post stands exactly once and every chain is whole.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    kills: { type: 'string', default: '25' },
    seed: { type: 'string' },
    story: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const told = stories.filter(({ name }) => values.story === undefined || name === values.story);
if (told.length === 0)
  throw new Error(`There is no such story; there are ${stories.map(({ name }) => name).join(', ')}.`);
for (const story of told) {
  const report = await countDeaths({
    story,
    killsPerWindow: killsIn(story),
    seed,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  print(report);
  if (!isWhole(report)) process.exitCode = 1;
}

/** So many kills in each window, in turn of what people do in a story. */
function killsIn({ does = ['bring out'] }: Story): Partial<Record<Kind, number>> {
  const each = Math.ceil(Number(values.kills) / does.length);
  return Object.fromEntries(does.map((kind) => [kind, each]));
}

function print({ wrong, ...counted }: DeathsReport): void {
  if (values.json) {
    console.log(JSON.stringify(counted));
  } else {
    const rows: readonly (readonly [string, number])[] = [
      ['kills', counted.deaths],
      ...windows.map((window): readonly [string, number] => [`  ${window}`, counted.byWindow[window]]),
      ['accepted', counted.accepted],
      ['once', counted.once],
      ['asked', counted.asked],
      ['lost', counted.lost],
      ['doubled', counted.doubled],
      ['repeated', counted.repeated],
      ['cards lost', counted.cardsLost],
      ['cards doubled', counted.cardsDoubled],
      ['chains broken', counted.chainsBroken],
    ];
    console.log(`${counted.name}, seed ${String(seed)}`);
    for (const [name, number] of rows) console.log(`${name.padEnd(20)}${String(number).padStart(6)}`);
  }
  for (const line of wrong) console.error(line);
}

function isWhole(report: DeathsReport): boolean {
  return (
    report.accepted === report.once + report.asked &&
    report.asked === 0 &&
    report.lost === 0 &&
    report.doubled === 0 &&
    report.cardsLost === 0 &&
    report.chainsBroken === 0 &&
    report.wrong.length === 0
  );
}
