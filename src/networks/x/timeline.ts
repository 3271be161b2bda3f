import { z } from 'zod';
import { seconds, type Millis } from '../../core/time.ts';
import { opening } from '../answers.ts';
import type { Found, ListedPost, PlanPart } from '../network.ts';
import type { Asked } from './asking.ts';
import { mayBe, postedFields, recentSchema, timelineSchema, written, type Posted } from './posted.ts';

/** What stands on an account, as its timeline gives it. */
export interface Timeline {
  /** everything since then that may be the part, the oldest first */
  readonly candidates: (part: PlanPart, since: Millis, signal: AbortSignal) => Promise<readonly Found[]>;
  /** the newest posts of its own since then, whoever put them there; undefined when they cannot be read now */
  readonly recent: (since: Millis, signal: AbortSignal) => Promise<readonly ListedPost[] | undefined>;
}

const self = z.object({ data: z.object({ id: z.string() }) });

/** A page of a timeline: X takes whole seconds, so that what it gives is compared afterwards. */
const pageSince = (since: Millis) => ({
  start_time: new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'),
  max_results: 100,
});

/** Nothing is asked yet; who the account is on X is asked once. */
export function timelineOf({ ask, remoteOf }: Asked): Timeline {
  let ownId: string | undefined;

  async function idOfSelf(signal: AbortSignal): Promise<string> {
    ownId ??= self.parse(await ask(signal, async ({ v2 }) => v2.me())).data.id;
    return ownId;
  }

  async function allSince(since: Millis, signal: AbortSignal): Promise<readonly Posted[]> {
    const id = await idOfSelf(signal);
    const found: Posted[] = [];
    let next: string | undefined;
    do {
      const token = next;
      const page = await ask(signal, async ({ v2 }) =>
        v2.userTimeline(id, {
          ...pageSince(since),
          'tweet.fields': [...postedFields],
          ...(token === undefined ? {} : { pagination_token: token }),
        }),
      );
      const { data, meta } = timelineSchema.parse(page.data);
      found.push(...(data ?? []).filter((each) => each.created_at >= since - seconds(1)));
      next = meta.next_token;
    } while (next !== undefined);
    return found;
  }

  return {
    candidates: async (part, since, signal) => {
      const posted = await allSince(since - seconds(60), signal);
      return posted
        .filter((each) => mayBe(each, part))
        .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
        .map((each) => ({ ...remoteOf(each.id), at: each.created_at }));
    },

    // Each post that is read costs; so only what is new is asked for, and one page of it.
    recent: async (since, signal) => {
      try {
        const id = await idOfSelf(signal);
        const page = await ask(signal, async ({ v2 }) =>
          v2.userTimeline(id, {
            ...pageSince(since),
            exclude: ['replies', 'retweets'],
            'tweet.fields': ['created_at', 'entities', 'note_tweet'],
          }),
        );
        return (recentSchema.parse(page.data).data ?? []).map((each) => ({
          remote: remoteOf(each.id),
          at: each.created_at,
          words: opening(written(each)),
        }));
      } catch {
        return undefined;
      }
    },
  };
}
