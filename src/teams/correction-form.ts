import { seconds } from '../core/time.ts';
import { waysOf } from '../dispatch/put-right.ts';
import { indexOf, isReply } from '../dispatch/thread.ts';
import type { Measures } from '../networks/network.ts';
import { asCorrected, endedByAsking } from '../posts/correcting/ended-by-asking.ts';
import { publicationsOf, standingOn } from '../posts/leaving/what-is-public.ts';
import type { PostState } from '../posts/post.ts';
import type { Desk } from './desk.ts';
import type { Reply } from './reply.ts';

/** So long is waited for networks to tell how a post is doing; then the form is shown without figures. */
const patience = seconds(2);

/** The form of a correction: where a post can only be deleted or answered, it says what deleting would lose. */
export async function correctionForm(
  asked: PostState,
  desk: Desk,
  more: Omit<Extract<Reply, { readonly show: 'post' }>, 'show' | 'post' | 'view'> = {},
): Promise<Reply> {
  const post = asCorrected(asked);
  const { accounts } = desk.rules();
  const publications = publicationsOf(post);
  const signal = AbortSignal.timeout(patience);
  const told = await Promise.all(
    post.revision.accounts.map(async (id): Promise<readonly [string, Measures][]> => {
      const account = accounts[id];
      if (account === undefined || !waysOf(account.network).includes('again')) return [];
      const standing = standingOn(post, id);
      if (standing.length === 0) return [];
      const each = await Promise.all(
        standing.map(async (part): Promise<Measures | undefined> => {
          const publication = publications[part];
          if (publication?.is !== 'published') return undefined;
          return await inTime(desk.measure(id, publication.remote, signal), signal);
        }),
      );
      return [[id, allOf(each, standing.filter(answersOurs).length)]];
    }),
  );
  const ended = endedByAsking(asked);
  return {
    show: 'post',
    post,
    view: 'correct',
    ...more,
    lost: Object.fromEntries(told.flat()),
    ...(ended === undefined ? {} : { ended }),
  };
}

/** Whether a part answers another one of the post: of a thread, or in a correction. */
const answersOurs = (part: string): boolean => isReply(part) || indexOf(part) > 0;

/**
 * What all parts on an account have together; nothing of what was not told of each.
 *
 * @param own how many of the replies are parts themselves
 */
function allOf(each: readonly (Measures | undefined)[], own: number): Measures {
  const sum = (of: keyof Measures): number | undefined =>
    each.reduce<number | undefined>((before, measures) => {
      const figure = measures?.[of];
      return before === undefined || figure === undefined ? undefined : before + figure;
    }, 0);
  const [likes, replies, shares] = [sum('likes'), sum('replies'), sum('shares')];
  return {
    ...(likes === undefined ? {} : { likes }),
    ...(replies === undefined ? {} : { replies: Math.max(0, replies - own) }),
    ...(shares === undefined ? {} : { shares }),
  };
}

/** What was told before the signal; an adapter that is slow to end, or fails, keeps nobody waiting. */
async function inTime<T>(work: Promise<T | undefined>, signal: AbortSignal): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const late = (): void => resolve(undefined);
  signal.addEventListener('abort', late, { once: true });
  try {
    return await Promise.race([work, promise]);
  } catch {
    return undefined;
  } finally {
    signal.removeEventListener('abort', late);
  }
}
