import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { comparable, opening } from '../answers.ts';
import { nextPage } from '../graph.ts';
import { moment, readable } from '../listed.ts';
import type { Found, ListedPost, PlanPart, Remote } from '../network.ts';
import { isVideoPart } from '../video-part.ts';
import type { Account } from './account.ts';

/** What stands on an account, as its own list gives it. */

const post = z.object({
  id: z.string(),
  caption: z.string().optional(),
  timestamp: moment,
  permalink: z.url(),
  media_type: z.string().optional(),
  children: z.object({ data: z.array(z.object({ id: z.string() })) }).optional(),
});
type Listed = z.infer<typeof post>;
const listed = z.object({
  data: z.array(post),
  paging: z.object({ next: z.string().optional() }).optional(),
});
const newest = z.object({ data: readable(post) });

const listedRemote = ({ id, permalink }: Listed): Remote => ({ remoteId: id, url: permalink });

/** @throws where the account cannot be read */
async function allSince(
  { graph, userId }: Account,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  let cursors: Readonly<Record<string, string>> | undefined = {};
  while (cursors !== undefined) {
    const answer = await graph.get(
      `${userId}/media`,
      { fields: 'id,caption,timestamp,permalink,media_type,children{id}', limit: '100', ...cursors },
      signal,
    );
    if (!answer.ok) throw new Error('the account could not be read');
    const { data, paging } = listed.parse(answer.body);
    const newer = data.filter(({ timestamp }) => timestamp >= since - seconds(1));
    found.push(...newer);
    // Newest first: from the first that is too old, all are.
    cursors = newer.length < data.length ? undefined : nextPage(paging);
  }
  return found;
}

/** Everything since then that may be the part, the oldest first. @throws where the account cannot be read */
export async function candidates(
  account: Account,
  part: PlanPart,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const posted = await allSince(account, since - seconds(60), signal);
  return posted
    .filter((each) => comparable(each.caption ?? '') === comparable(part.text))
    .filter((each) => looksLike(each, part))
    .toSorted((a, b) => a.timestamp - b.timestamp)
    .map((each) => ({ ...listedRemote(each), at: each.timestamp }));
}

/** Whether a listed post has as many pictures as a part, or is a reel as it is; a reel's still is no picture of it. */
function looksLike({ children, media_type: type }: Listed, part: PlanPart): boolean {
  if (isVideoPart(part)) return type === undefined || type === 'VIDEO';
  return type !== 'VIDEO' && (children?.data.length ?? 1) === part.media.length;
}

/**
 * The account's own posts since then; what is planned in Instagram's own tools nobody can read.
 *
 * @returns undefined when they cannot be read now
 */
export async function recentPosts(
  { graph, userId }: Account,
  since: Millis,
  signal: AbortSignal,
): Promise<readonly ListedPost[] | undefined> {
  const answer = await graph.get(
    `${userId}/media`,
    // Newest first; more than these in a week there are not.
    { fields: 'id,caption,timestamp,permalink', limit: '50' },
    signal,
  );
  const read = newest.safeParse(answer.ok ? answer.body : undefined);
  return read.data?.data
    .filter((each) => each.timestamp >= since)
    .map((each) => ({
      remote: listedRemote(each),
      at: each.timestamp,
      words: opening(each.caption ?? ''),
    }));
}
