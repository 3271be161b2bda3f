import { z } from 'zod';
import type { AccountRead, Measures, Remote } from '../network.ts';
import type { YoutubeAccess } from './access.ts';
import type { Channel } from './channel.ts';
import { faultThrown } from './faults.ts';
import { costs } from './quota.ts';

/** What YouTube tells of a single video, and of the channel itself. */

/** A channel may hide how many follow it. */
const channelRead = z.object({
  items: z
    .array(
      z.object({
        snippet: z.object({ title: z.string() }),
        statistics: z.object({ subscriberCount: z.coerce.number().int().optional() }),
      }),
    )
    .optional(),
});
const statusList = z.object({
  items: z.array(
    z.object({ status: z.object({ privacyStatus: z.string(), publishAt: z.string().optional() }) }),
  ),
});
const count = z.coerce.number().int().optional();
const statisticsList = z.object({
  items: z.array(
    z.object({ statistics: z.object({ viewCount: count, likeCount: count, commentCount: count }) }),
  ),
});

/** How a video stands: who may see it, and whether YouTube is to show it by itself. */
type Status = z.infer<typeof statusList>['items'][number]['status'];

/** Who may see a video; undefined when there is none of this id. @throws what the client throws */
export const privacyOf = async (
  channel: Channel,
  video: string,
  signal: AbortSignal,
): Promise<string | undefined> => (await statusOf(channel, video, signal))?.privacyStatus;

/** How a video stands; undefined when there is none of this id. @throws what the client throws */
export async function statusOf(
  { access }: Channel,
  video: string,
  signal: AbortSignal,
): Promise<Status | undefined> {
  const listed = await access.call(signal, async (client, call) =>
    client.videos.list({ part: ['status'], id: [video] }, call),
  );
  const [read] = statusList.parse(listed.data).items;
  return read?.status;
}

/** How a video is doing; undefined when it is gone or cannot be read now. */
export async function measureOf(
  { access, spend }: Channel,
  { remoteId }: Remote,
  signal: AbortSignal,
): Promise<Measures | undefined> {
  if ((await spend({ units: costs.list })) !== undefined) return undefined;
  try {
    const listed = await access.call(signal, async (client, call) =>
      client.videos.list({ part: ['statistics'], id: [remoteId] }, call),
    );
    const [video] = statisticsList.parse(listed.data).items;
    if (video === undefined) return undefined;
    const { viewCount, likeCount, commentCount } = video.statistics;
    return {
      ...(viewCount === undefined ? {} : { views: viewCount }),
      ...(likeCount === undefined ? {} : { likes: likeCount }),
      ...(commentCount === undefined ? {} : { replies: commentCount }),
    };
  } catch {
    return undefined;
  }
}

/** Reads the channel itself. @param outcomeOf gives the class of what went wrong */
export async function readChannel(
  access: YoutubeAccess,
  signal: AbortSignal,
  outcomeOf: Channel['outcomeOf'],
): Promise<AccountRead> {
  try {
    const listed = await access.call(signal, async (client, call) =>
      client.channels.list({ part: ['snippet', 'statistics'], mine: true }, call),
    );
    const [channel] = channelRead.parse(listed.data).items ?? [];
    if (channel === undefined) return { read: false, reason: 'not-there' };
    const { subscriberCount: followers } = channel.statistics;
    return { read: true, name: channel.snippet.title, ...(followers === undefined ? {} : { followers }) };
  } catch (thrown) {
    const answer = await outcomeOf(faultThrown(thrown));
    return { read: false, reason: 'reason' in answer ? answer.reason : 'no-clear-answer' };
  }
}

/** The same, with how much it may publish today and when our access ends. */
export async function readAccount(channel: Channel, signal: AbortSignal): Promise<AccountRead> {
  const { access, quota, spend, outcomeOf } = channel;
  if ((await spend({ units: costs.list })) !== undefined) return { read: false, reason: 'quota-spent' };
  const read = await readChannel(access, signal, outcomeOf);
  if (!read.read) return read;
  const { uploads: left } = await quota.left();
  const expires = channel.expires();
  return { ...read, left, ...(expires === undefined ? {} : { expires }) };
}
