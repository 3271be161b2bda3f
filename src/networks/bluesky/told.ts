import type { Millis } from '../../core/time.ts';
import { unread } from '../answers.ts';
import type { AccountRead, Measures, Remote } from '../network.ts';
import { classOf } from './faults.ts';
import type { Session } from './session.ts';

/** What Bluesky tells of a single post, and of the account itself. */

/** How a post is doing; undefined when it is gone or cannot be read now. */
export async function measureOf(
  { agent, ask }: Session,
  { remoteId }: Remote,
  signal: AbortSignal,
): Promise<Measures | undefined> {
  try {
    const { data } = await ask(signal, async () =>
      agent.app.bsky.feed.getPosts({ uris: [remoteId] }, { signal }),
    );
    const [post] = data.posts;
    if (post === undefined) return undefined;
    const shares = (post.repostCount ?? 0) + (post.quoteCount ?? 0);
    return { likes: post.likeCount ?? 0, replies: post.replyCount ?? 0, shares };
  } catch {
    return undefined;
  }
}

/** As Bluesky names the account, and how many follow it. */
export async function readAccount(
  { agent, ask }: Session,
  clock: () => Millis,
  signal: AbortSignal,
): Promise<AccountRead> {
  try {
    const { data } = await ask(signal, async (did) =>
      agent.app.bsky.actor.getProfile({ actor: did }, { signal }),
    );
    const { followersCount: followers } = data;
    return { read: true, name: `@${data.handle}`, ...(followers === undefined ? {} : { followers }) };
  } catch (fault) {
    return unread(classOf(fault, clock()));
  }
}
