import { z } from 'zod';
import type { Graph } from '../graph.ts';
import type { PublishOutcome } from '../network.ts';

/** How a video stands with Facebook: `not-yet` is one of which not everything has arrived. */
export type Seen =
  | { readonly seen: 'published' | 'ready' | 'working' | 'bad' | 'not-yet' | 'gone' }
  | { readonly seen: 'unclear'; readonly outcome: PublishOutcome };

const looked = z.object({
  published: z.boolean().optional(),
  status: z
    .object({
      video_status: z.string().optional(),
      uploading_phase: z.object({ status: z.string() }).optional(),
    })
    .optional(),
});

/** Looks at a video, be it public or not (Graph API, Video, `status`). */
export async function see(graph: Graph, video: string, signal: AbortSignal): Promise<Seen> {
  const answer = await graph.get(video, { fields: 'published,status' }, signal);
  if (!answer.ok) return answer.gone ? { seen: 'gone' } : { seen: 'unclear', outcome: answer.outcome };
  const read = looked.safeParse(answer.body);
  if (!read.success) return { seen: 'unclear', outcome: { outcome: 'unknown', reason: 'no-clear-answer' } };
  const { published, status } = read.data;
  if (published === true) return { seen: 'published' };
  switch (status?.video_status) {
    case 'ready':
      return { seen: 'ready' };
    case 'error':
    case 'upload_failed':
    case 'expired':
      return { seen: 'bad' };
    default:
      return { seen: status?.uploading_phase?.status === 'complete' ? 'working' : 'not-yet' };
  }
}

/** Whether everything of a video has arrived. */
export async function hasArrived(graph: Graph, video: string, signal: AbortSignal): Promise<boolean> {
  return ['published', 'ready', 'working', 'bad'].includes((await see(graph, video, signal)).seen);
}
