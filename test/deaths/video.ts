import { parseArgs } from 'node:util';
import { videoThroughDeaths } from '../networks/youtube/deaths.ts';

/**
 * A video of 300 MB on its way to YouTube while its process is killed three times: prints what became of it, with
 * `--json` as one line. Ends with 1 when anything was begun again, lost or doubled, or took too much memory.
 */
const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '300' },
    deaths: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const mega = 1024 * 1024;
const result = await videoThroughDeaths(Number(values.mb) * mega, Number(values.deaths));
const mb = (bytes: number): string => `${(bytes / mega).toFixed(1)} MB`;
if (values.json) {
  console.log(JSON.stringify({ name: 'youtube.video', ...result }));
} else {
  console.table({
    video: mb(result.size),
    deaths: result.deaths,
    'videos that came to be': result.videos,
    'the same to the byte': result.same,
    'began at byte 0': result.fromZero,
    'sent twice': mb(result.twice),
    'memory above idle': mb(result.aboveIdle),
    'seen without captions': result.seenWithoutCaptions,
    'asked for past the proxy': result.refused.length,
  });
}
const well =
  result.videos === 1 &&
  result.same &&
  result.fromZero === 1 &&
  result.aboveIdle < 150 * mega &&
  !result.seenWithoutCaptions &&
  result.refused.length === 0;
process.exit(well ? 0 : 1);
