import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { comparable } from '../answers.ts';
import { moment } from '../listed.ts';
import type { YoutubeAccess } from './access.ts';
import type { Said } from './said.ts';
import { listUploads } from './uploads-list.ts';

const uploads = z.array(
  z.object({
    snippet: z.object({
      title: z.string(),
      description: z.string(),
      publishedAt: moment,
      resourceId: z.object({ videoId: z.string() }),
    }),
  }),
);

/** Our own uploads with the same words since then, the oldest first. Lists only: a search costs a hundredth of a day. */
export async function ownVideos(
  access: YoutubeAccess,
  said: Said,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return uploads
    .parse(await listUploads(access, ['snippet'], signal))
    .map(({ snippet }) => snippet)
    .filter((each) => each.publishedAt >= since - seconds(60))
    .filter((each) => comparable(each.title) === comparable(said.title))
    .filter((each) => comparable(each.description) === comparable(said.description))
    .sort((a, b) => a.publishedAt - b.publishedAt)
    .map((each) => each.resourceId.videoId);
}
