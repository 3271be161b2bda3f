import { parseArgs } from 'node:util';
import { filmThroughDeaths } from './film.ts';

/**
 * `npm run deaths:video`: a film of 300 MB comes by Teams, is approved, and goes to YouTube while the whole process is
 * killed three times. Prints what became of it, with `-- --json` as one line; `-- --mb 50`, `-- --deaths 5` and
 * `-- --seed 7` choose otherwise. Ends with 1 unless it stands once, to the byte, went on each time where it was, and
 * took less than 150 MB of memory more than the process has when nothing happens.
 */
const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '300' },
    deaths: { type: 'string', default: '3' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const mega = 1024 * 1024;
const result = await filmThroughDeaths({
  size: Number(values.mb) * mega,
  deaths: Number(values.deaths),
  seed: values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed),
  say: (line) => process.stderr.write(`${line}\n`),
});
const mb = (bytes: number): string => `${(bytes / mega).toFixed(1)} MB`;
if (values.json) {
  console.log(JSON.stringify({ name: 'deaths.video', ...result }));
} else {
  console.table({
    seed: result.seed,
    film: mb(result.size),
    deaths: result.deaths,
    'killed at': result.killedAt.map((part) => `${(100 * part).toFixed(0)} %`).join(', '),
    'stands on YouTube': result.published,
    'the same to the byte': result.same,
    'upload sessions opened': result.sessions,
    'began at byte 0': result.fromZero,
    'sent twice': mb(result.twice),
    'memory when idle': mb(result.idle),
    'memory above idle': mb(result.aboveIdle),
    'seen without captions': result.seenWithoutCaptions,
    'asked for past the proxy': result.strayed.length,
    'Crier says': result.status,
  });
}
const well =
  result.published === 1 &&
  result.besides === 0 &&
  result.same &&
  result.sessions === 1 &&
  result.fromZero === 1 &&
  result.aboveIdle < 150 * mega &&
  !result.seenWithoutCaptions &&
  result.strayed.length === 0 &&
  result.status === 'published';
process.exitCode = well ? 0 : 1;
