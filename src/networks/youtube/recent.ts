import { z } from 'zod';
import type { Millis } from '../../core/time.ts';
import { opening } from '../answers.ts';
import { moment, readable } from '../listed.ts';
import type { ListedPost, Remote } from '../network.ts';
import type { YoutubeAccess } from './access.ts';
import { listUploads } from './uploads-list.ts';

const uploads = readable(
  z.object({
    snippet: z.object({ title: z.string(), resourceId: z.object({ videoId: z.string() }) }),
    contentDetails: z.object({ videoPublishedAt: moment.optional() }).optional(),
    status: z.object({ privacyStatus: z.string() }),
  }),
);
const times = z.object({
  items: readable(z.object({ id: z.string(), status: z.object({ publishAt: moment.nullish() }) })),
});

/** Where a video stands. */
export const remoteOf = (video: string): Remote => ({
  remoteId: video,
  url: `https://www.youtube.com/watch?v=${video}`,
});

/**
 * The channel's public videos since then, and those that YouTube itself will let out. Three lists at most; a search
 * would cost a hundredth of a day.
 *
 * @returns undefined when they can not be read now
 */
export async function recentVideos(
  access: YoutubeAccess,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly ListedPost[] | undefined> {
  try {
    const listed = uploads.parse(await listUploads(access, ['snippet', 'contentDetails', 'status'], signal));
    const videos = listed.map(({ snippet, contentDetails, status }) => ({
      remote: remoteOf(snippet.resourceId.videoId),
      words: opening(snippet.title),
      at: contentDetails?.videoPublishedAt,
      stands: status.privacyStatus,
    }));
    const hidden = videos.filter(({ stands }) => stands === 'private');
    const planned = new Map<string, Millis>();
    if (hidden.length > 0) {
      const id = hidden.map(({ remote }) => remote.remoteId);
      const asked = await access.call(signal, async (client, call) =>
        client.videos.list({ part: ['status'], id }, call),
      );
      for (const each of times.parse(asked.data).items) {
        const at = each.status.publishAt ?? undefined;
        if (at !== undefined) planned.set(each.id, at);
      }
    }
    return videos.flatMap(({ remote, words, at, stands }): ListedPost[] => {
      const later = planned.get(remote.remoteId);
      if (later !== undefined) return [{ remote, words, at: later, planned: true }];
      return stands === 'public' && at !== undefined && at >= since ? [{ remote, words, at }] : [];
    });
  } catch {
    return undefined;
  }
}
