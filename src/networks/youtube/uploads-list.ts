import { z } from 'zod';
import type { YoutubeAccess } from './access.ts';

const channelList = z.object({
  items: z.array(
    z.object({ contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }) }),
  ),
});
const uploadList = z.object({ items: z.array(z.unknown()).optional() });

/**
 * The channel's own uploads, the newest first, by lists alone: a search costs a hundredth of a day.
 *
 * @param part what of each is asked for; whoever asks reads it
 */
export async function listUploads(
  access: YoutubeAccess,
  part: readonly string[],
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const own = await access.call(signal, async (client, call) =>
    client.channels.list({ part: ['contentDetails'], mine: true }, call),
  );
  const [channel] = channelList.parse(own.data).items;
  if (channel === undefined) return [];
  const playlistId = channel.contentDetails.relatedPlaylists.uploads;
  const listed = await access.call(signal, async (client, call) =>
    client.playlistItems.list({ part: [...part], playlistId, maxResults: 50 }, call),
  );
  return uploadList.parse(listed.data).items ?? [];
}
