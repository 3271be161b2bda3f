import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { comparable } from '../answers.ts';
import type { YoutubeAccess } from './access.ts';
import type { Said } from './said.ts';

const channelList = z.object({
  items: z.array(
    z.object({ contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }) }),
  ),
});
const uploadList = z.object({
  items: z
    .array(
      z.object({
        snippet: z.object({
          title: z.string(),
          description: z.string(),
          publishedAt: z.string(),
          resourceId: z.object({ videoId: z.string() }),
        }),
      }),
    )
    .optional(),
});
/** Our own uploads with the same words since then, the oldest first. Lists only: a search costs a hundredth of a day. */
export async function ownVideos(
  access: YoutubeAccess,
  said: Said,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const channels = await access.call(signal, async (client, call) =>
    client.channels.list({ part: ['contentDetails'], mine: true }, call),
  );
  const [channel] = channelList.parse(channels.data).items;
  if (channel === undefined) return [];
  const playlistId = channel.contentDetails.relatedPlaylists.uploads;
  const listed = await access.call(signal, async (client, call) =>
    client.playlistItems.list({ part: ['snippet'], playlistId, maxResults: 50 }, call),
  );
  return (uploadList.parse(listed.data).items ?? [])
    .map(({ snippet }) => snippet)
    .filter((each) => Date.parse(each.publishedAt) >= since - seconds(60))
    .filter((each) => comparable(each.title) === comparable(said.title))
    .filter((each) => comparable(each.description) === comparable(said.description))
    .sort((a, b) => Date.parse(a.publishedAt) - Date.parse(b.publishedAt))
    .map((each) => each.resourceId.videoId);
}
