import { z } from 'zod';
import type { Ask } from './asking.ts';

/** What is brought, as X names its kinds. */
export interface Upload {
  readonly media_type: string;
  readonly media_category: 'tweet_video' | 'subtitles';
  readonly total_bytes: number;
}

/** How far X is with what it works on before it may stand in a post. */
export type Processing =
  | { readonly is: 'ready' | 'bad' }
  /** look again after so many seconds */
  | { readonly is: 'working'; readonly after: number };

const initialised = z.object({ data: z.object({ id: z.string().regex(/^\d+$/) }) });
const worked = z.object({
  data: z.object({
    processing_info: z
      .object({ state: z.string(), check_after_secs: z.number().nonnegative().optional() })
      .optional(),
  }),
});

/** So long is waited where X does not say how long. */
const lookAgain = 5;

/**
 * The steps of an upload in pieces, one request each: the client's own way would want the whole of a film in memory,
 * and could not go on with an upload that an earlier process began.
 */
export function uploadSteps(ask: Ask) {
  return {
    initialise: async (upload: Upload, signal: AbortSignal): Promise<string> =>
      initialised.parse(
        await ask(signal, async ({ v2 }) => v2.post<unknown>('media/upload/initialize', { ...upload })),
      ).data.id,

    /** The same piece may come again: its number says where it belongs. */
    append: async (id: string, index: number, piece: Buffer, signal: AbortSignal): Promise<void> => {
      await ask(signal, async ({ v2 }) =>
        v2.post<unknown>(
          `media/upload/${id}/append`,
          { segment_index: index, media: piece },
          { forceBodyMode: 'form-data' },
        ),
      );
    },

    finalise: async (id: string, signal: AbortSignal): Promise<Processing> =>
      processing(await ask(signal, async ({ v2 }) => v2.post<unknown>(`media/upload/${id}/finalize`))),

    status: async (id: string, signal: AbortSignal): Promise<Processing> =>
      processing(
        await ask(signal, async ({ v2 }) =>
          v2.get<unknown>('media/upload', { command: 'STATUS', media_id: id }),
        ),
      ),
  };
}

/** What X does not work on may stand in a post at once. */
function processing(answer: unknown): Processing {
  const info = worked.parse(answer).data.processing_info;
  if (info === undefined || info.state === 'succeeded') return { is: 'ready' };
  return info.state === 'failed'
    ? { is: 'bad' }
    : { is: 'working', after: info.check_after_secs ?? lookAgain };
}
