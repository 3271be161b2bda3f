import { parseArgs } from 'node:util';
import { cinemas, type CinemaName } from './cinemas.ts';
import { filmThroughDeaths, type FilmThroughDeaths } from './film.ts';

/**
 * `npm run deaths:video`: a film of 300 MB, for Bluesky of the 100 that it takes, comes by Teams, is approved, and goes
 * to a network while the whole process is killed three times, and once more when its post stands; to YouTube, X and
 * Bluesky one after the other. Prints what became of it, with `-- --json` as one line for each; `-- --network x`,
 * `-- --mb 50`, `-- --deaths 5` and `-- --seed 7` choose otherwise. Ends with 1 unless it stands once everywhere, to the
 * byte, with its captions, went on each time where it was, and took less than 150 MB of memory more than the process
 * has when nothing happens.
 */
const { values } = parseArgs({
  options: {
    network: { type: 'string' },
    mb: { type: 'string', default: '300' },
    deaths: { type: 'string', default: '3' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const mega = 1_000_000;
const every: readonly CinemaName[] = ['youtube', 'x', 'bluesky'];
const told = every.filter((name) => values.network === undefined || name === values.network);
if (told.length === 0)
  throw new Error(`There is no such network; there are ${Object.keys(cinemas).join(', ')}.`);
const rows: Record<string, object> = {};
for (const network of told) {
  const result = await filmThroughDeaths({
    network,
    size: Number(values.mb) * mega,
    deaths: Number(values.deaths),
    seed: values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed),
    say: (line) => process.stderr.write(`${network}: ${line}\n`),
  });
  if (values.json) console.log(JSON.stringify({ name: 'deaths.video', ...result }));
  rows[network] = rowOf(result);
  if (!isWell(result)) process.exitCode = 1;
}
if (!values.json) console.table(rows);

function rowOf(result: FilmThroughDeaths): object {
  const mb = (bytes: number): string => `${(bytes / mega).toFixed(1)} MB`;
  return {
    seed: result.seed,
    film: mb(result.size),
    'killed at': result.killedAt.map((part) => `${(100 * part).toFixed(0)} %`).join(', '),
    stands: result.published,
    besides: result.besides,
    'the same': result.same,
    uploads: result.uploads,
    'from byte 0': result.fromZero,
    'sent twice': mb(result.twice),
    captions: result.captions,
    'seen without': result.seenWithoutCaptions,
    'idle memory': mb(result.idle),
    'above it': mb(result.aboveIdle),
    strayed: result.strayed.length,
    'Crier says': result.status,
  };
}

function isWell(result: FilmThroughDeaths): boolean {
  return (
    result.published === 1 &&
    result.besides === 0 &&
    result.same &&
    result.uploads === 1 &&
    result.fromZero === 1 &&
    result.twice <= result.mayBeTwice &&
    result.captions === 1 &&
    !result.seenWithoutCaptions &&
    result.aboveIdle < 150 * mega &&
    result.strayed.length === 0 &&
    result.killedAt.length === Number(values.deaths) + 1 &&
    result.status === 'published'
  );
}
