import { seconds } from '../core/time.ts';
import { waysOf } from '../dispatch/put-right.ts';
import type { Measures } from '../networks/network.ts';
import { asCorrected } from '../posts/correction-closed.ts';
import { standingOn } from '../posts/correction-plan.ts';
import { publicationsOf } from '../posts/how-it-stands.ts';
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
      const [first = ''] = standingOn(post, id);
      const publication = publications[first];
      if (account === undefined || publication?.is !== 'published') return [];
      if (!waysOf(account.network).includes('again')) return [];
      const measures = await inTime(desk.measure(id, publication.remote, signal), signal);
      return measures === undefined ? [] : [[id, measures]];
    }),
  );
  return { show: 'post', post, view: 'correct', ...more, lost: Object.fromEntries(told.flat()) };
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
