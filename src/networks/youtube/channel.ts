import { z } from 'zod';
import type { AccountRead, PublishOutcome } from '../network.ts';
import type { YoutubeAccess } from './access.ts';
import { faultThrown, type Fault } from './faults.ts';

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

/** Reads the channel itself. @param outcome gives the class of what went wrong */
export async function readChannel(
  access: YoutubeAccess,
  signal: AbortSignal,
  outcome: (fault: Fault) => Promise<PublishOutcome>,
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
    const answer = await outcome(faultThrown(thrown));
    return { read: false, reason: 'reason' in answer ? answer.reason : 'no-clear-answer' };
  }
}
