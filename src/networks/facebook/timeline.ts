import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { comparable } from '../answers.ts';
import { nextPage } from '../graph.ts';
import { moment } from '../listed.ts';
import type { Found, PlanPart } from '../network.ts';
import type { Page } from './page.ts';
import { remoteOf } from './recent.ts';

const attachments = z.object({
  data: z.array(
    z.object({
      media_type: z.string().optional(),
      subattachments: z.object({ data: z.array(z.object({ media_type: z.string().optional() })) }).optional(),
    }),
  ),
});
const listed = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      message: z.string().optional(),
      created_time: moment,
      attachments: attachments.optional(),
    }),
  ),
  paging: z.object({ next: z.string().optional() }).optional(),
});
type Listed = z.infer<typeof listed>['data'][number];

/** All posts of a Page since then. @throws where the Page cannot be read */
async function allSince(
  { graph, pageId }: Page,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  let cursors: Readonly<Record<string, string>> | undefined = {};
  while (cursors !== undefined) {
    const answer = await graph.get(
      `${pageId}/posts`,
      {
        fields: 'id,message,created_time,attachments{media_type,subattachments{media_type}}',
        since: String(Math.floor(since / 1000)),
        limit: '100',
        ...cursors,
      },
      signal,
    );
    if (!answer.ok) throw new Error('the Page could not be read');
    const { data, paging } = listed.parse(answer.body);
    found.push(...data.filter((each) => each.created_time >= since - seconds(1)));
    cursors = nextPage(paging);
  }
  return found;
}

/** Everything on a Page since then that may be the part, the oldest first. @throws where the Page cannot be read */
export async function candidates(
  page: Page,
  part: PlanPart,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const posted = await allSince(page, since - seconds(60), signal);
  return posted
    .filter((each) => comparable(each.message ?? '') === comparable(part.text))
    .filter((each) => picturesOf(each) === part.media.length)
    .toSorted((a, b) => a.created_time - b.created_time)
    .map((each) => ({ ...remoteOf(each.id), at: each.created_time }));
}

function picturesOf({ attachments: found }: Listed): number {
  return (found?.data ?? []).reduce(
    (sum, each) => sum + (each.subattachments?.data.length ?? (each.media_type === 'photo' ? 1 : 0)),
    0,
  );
}
