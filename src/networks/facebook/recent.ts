import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { opening } from '../answers.ts';
import { moment, readable } from '../listed.ts';
import type { ListedPost, Remote } from '../network.ts';
import type { Page } from './page.ts';

const post = z.object({
  id: z.string(),
  message: z.string().optional(),
  created_time: moment,
  attachments: z
    .object({
      data: z.array(
        z.object({
          media_type: z.string().optional(),
          target: z.object({ id: z.string().optional() }).optional(),
        }),
      ),
    })
    .optional(),
});
type Published = z.infer<typeof post>;
const published = z.object({ data: readable(post) });
const scheduled = z.object({
  data: readable(
    z.object({
      id: z.string(),
      message: z.string().optional(),
      /** whole seconds since 1970, as a number or a text */
      scheduled_publish_time: z.coerce.number().int().positive(),
    }),
  ),
});

/** Where a Page's post stands. */
export const remoteOf = (id: string): Remote => ({ remoteId: id, url: `https://www.facebook.com/${id}` });

/** Where a Page's video stands: it is called by its own id, not by that of the post around it. */
export const videoRemote = (id: string): Remote => ({
  remoteId: id,
  url: `https://www.facebook.com/watch/?v=${id}`,
});

/** Whether an id is a video's: a post's begins with its Page's. */
export const isVideoId = (id: string): boolean => /^\d+$/u.test(id);

/** Where a listed post stands; a video's is known by the video. */
function listedRemote({ id, attachments }: Published): Remote {
  const [first] = attachments?.data ?? [];
  const video = first?.media_type === 'video' ? first.target?.id : undefined;
  return video === undefined ? remoteOf(id) : videoRemote(video);
}

/** The Page's own posts since then, and what is scheduled in Facebook's own tools. */
export async function recentPosts(
  { graph, pageId }: Page,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly ListedPost[] | undefined> {
  const posted = await graph.get(
    `${pageId}/published_posts`,
    {
      fields: 'id,message,created_time,attachments{media_type,target{id}}',
      since: String(Math.floor(since / 1000)),
      limit: '100',
    },
    signal,
  );
  const read = published.safeParse(posted.ok ? posted.body : undefined);
  if (!read.success) return undefined;
  const planned = await graph.get(
    `${pageId}/scheduled_posts`,
    { fields: 'id,message,scheduled_publish_time', limit: '100' },
    signal,
  );
  // Whoever connected the Page may not have been let see these; then there are none to show.
  if (!planned.ok && planned.outcome.outcome !== 'refused') return undefined;
  const later = scheduled.safeParse(planned.ok ? planned.body : undefined).data?.data ?? [];
  return [
    ...later.map((each) => ({
      remote: remoteOf(each.id),
      at: seconds(each.scheduled_publish_time),
      words: opening(each.message ?? ''),
      planned: true as const,
    })),
    ...read.data.data
      .map((each) => ({
        remote: listedRemote(each),
        at: each.created_time,
        words: opening(each.message ?? ''),
      }))
      .filter(({ at }) => at >= since),
  ];
}
