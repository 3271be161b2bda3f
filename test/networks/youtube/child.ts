import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { auditKinds } from '../../../src/core/audit.ts';
import { createExecutor } from '../../../src/core/execute.ts';
import { quotaAggregates, quotaKinds, storedQuota } from '../../../src/networks/youtube/quota.ts';
import { storedUploads, uploadAggregates, uploadKinds } from '../../../src/networks/uploads.ts';
import { youtubeNetwork } from '../../../src/networks/youtube/youtube.ts';
import { openBlobFolder } from '../../../src/store/blobs.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { memoryOf } from '../../process/memory.ts';
import { credentials } from './account.ts';

/**
 * A process of its own that publishes one video, over a store and a folder that outlive it. It reaches Google under
 * its own names, through the proxy of its environment, and says how much memory it has.
 */
const { folder, video, captions } = z
  .object({ folder: z.string(), video: z.string(), captions: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const store = await openSqlite({
  folder: join(folder, 'store'),
  kinds: [...uploadKinds, ...quotaKinds, ...Object.values(auditKinds)],
  council: 'marlow',
  pid: process.pid,
});
const executor = createExecutor({
  store,
  aggregates: [...uploadAggregates, ...quotaAggregates],
  clock: Date.now,
  protocol: () => ({ version: 'v1' }),
  auditKey: new Uint8Array(32).fill(7),
  randomId: randomUUID,
});
const network = youtubeNetwork({
  credentials,
  blobs: await openBlobFolder(join(folder, 'media')),
  uploads: storedUploads(executor),
  quota: storedQuota(executor, credentials.clientId),
  clock: Date.now,
  link: ({ number }) => `https://news.sefton.gov.uk/news/${String(number)}`,
  corrected: (note) => `Corrected: ${note}`,
});
const say = (message: unknown): void => void process.send?.(message);

// Everything that an idle process has loaded is loaded after one call.
await network.measure?.({ remoteId: 'nothing', url: '' }, AbortSignal.timeout(10_000));
await pause(200);
say({ idle: process.memoryUsage.rss() });
const watching = setInterval(() => say({ peak: memoryOf(process.pid, 'VmHWM') }), 20);

for (;;) {
  const outcome = await network.publish(
    {
      account: 'youtube-main',
      network: 'youtube',
      part: 0,
      text: 'The budget for next year, in five minutes.',
      media: [
        {
          hash: video,
          contentType: 'video/mp4',
          alt: 'The leader of the council speaks',
          captions: { as: 'file', hash: captions, contentType: 'text/vtt', language: 'en-GB' },
        },
      ],
      video: { madeForKids: false, privacy: 'public' },
      from: 'finance',
    },
    { id: 'pub-142', post: 'post-1', number: 142 },
    AbortSignal.timeout(60_000),
  );
  if (outcome.outcome === 'published') break;
  if (outcome.outcome === 'refused') throw new Error(`refused: ${outcome.reason}`);
}
clearInterval(watching);
say({ peak: memoryOf(process.pid, 'VmHWM') });
say({ published: true });
await store.close();
process.disconnect();
