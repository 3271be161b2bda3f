import { canonical, sha256 } from '../../core/json.ts';
import { hasNotLeft } from '../../dispatch/publication.ts';
import { canEdit, type Ways } from '../../dispatch/put-right.ts';
import { indexOf, inThreadOf, isReply, partKey } from '../../dispatch/thread.ts';
import type { Remote } from '../../networks/network.ts';
import { isForRehearsal, outOfReach } from '../leaving/for-rehearsal.ts';
import { publicationsOf, standingOn } from '../leaving/what-is-public.ts';
import { nameOfWords } from './standing.ts';
import { freeze, readPart, renderer } from '../writing/plan.ts';
import type { DeskRules, Plan, PlannedPart, PostState } from '../post.ts';
import type { Revision } from '../writing/revision.ts';

/** What somebody wants put right: the revision that says it right, how on each account, and what a reply says. */
export interface WantedCorrection {
  readonly revision: Revision;
  /** account id → the way that was chosen */
  readonly ways: Ways;
  /** what a reply under the old post says */
  readonly reply: string;
  /** what was wrong, in words for the public */
  readonly what: string;
}

/** What will be said anew, as the rules of wording look at it: corrected texts and replies, not what stays. */
export function saidAnew({ revision, ways, reply }: Omit<WantedCorrection, 'what'>): Revision {
  const replies = revision.accounts.filter((account) => ways[account] === 'reply');
  return {
    ...revision,
    accounts: revision.accounts.filter((account) => ways[account] !== 'leave' && ways[account] !== 'same'),
    variants: {
      ...revision.variants,
      ...Object.fromEntries(replies.map((account) => [account, reply])),
    },
  };
}

/**
 * Freezes what would stand after a correction: what is changed in its place, what stays, and beside it what is newly
 * posted, a reply under what it answers or the whole post again. Its hash covers the ways too, and where it changes nothing.
 */
export function correctionPlan(
  post: PostState,
  wanted: Omit<WantedCorrection, 'what'> & { readonly from: string },
  rules: DeskRules,
): Plan {
  const { revision, ways, from } = wanted;
  const publications = publicationsOf(post);
  // What an earlier correction would have posted in the place of what never came down is not to be posted any more,
  // and neither is what it would have answered.
  const before = ('plan' in post.status ? post.status.plan.parts : []).filter(({ key }) => {
    const publication = publications[key];
    return publication !== undefined && !(isReply(key) && hasNotLeft(publication));
  });
  const fresh = freeze(saidAnew(wanted), from, rules, revision.accounts).parts.map((part) => ({
    ...part,
    at: revision.at,
  }));
  const accounts = [...new Set(before.map(({ account }) => account))];
  const parts = accounts.flatMap((account): readonly PlannedPart[] => {
    const old = before.filter((part) => part.account === account);
    const right = fresh.filter((part) => part.account === account);
    const standing = standingOn(post, account);
    const way = ways[account];
    if (way === 'leave' || way === 'same') return old;
    if (way === 'reply') return [...old, ...replyTo(post, standing, right, revision)];
    if (way === 'again') {
      const again = right.map((part, n) => ({ ...part, key: againKey(account, revision.n, n) }));
      return [...old, ...again];
    }
    const texts = old
      .filter(({ key }) => !isReply(key) && publications[key]?.is !== 'removed')
      .toSorted((a, b) => indexOf(a.key) - indexOf(b.key));
    const [first] = texts;
    if (first === undefined || right.length === 0) return old;
    if (way === 'edit') {
      return old.map((part) => {
        const bytes = right[texts.indexOf(part)]?.bytes;
        return bytes === undefined ? part : { ...part, bytes };
      });
    }
    // Nothing stands there that anybody knows of: what may still go out says it right. What turns up with other words
    // is changed there, or makes room.
    const others = old.filter((part) => !texts.includes(part));
    const going = right.map((part, n) => ({ ...part, key: inThreadOf(first.key, n) }));
    const again =
      way === 'if-there' && !canEdit(first.network)
        ? right.map((part, n) => ({ ...part, key: againKey(account, revision.n, n) }))
        : [];
    return [...others, ...going, ...again];
  });
  const behind = outOfReach(post, rules);
  const hash = sha256(
    canonical({
      renderer,
      parts: parts.map(({ key, bytes }) => ({ key, bytes })),
      ways,
      ...(behind.length === 0 ? {} : { outOfReach: behind }),
    }),
  );
  // What is put right is put right where it stands, be that in a rehearsal.
  const rehearsed = accounts.filter((account) => isForRehearsal(post, account));
  return { hash, renderer, revision: revision.n, parts, rehearsed, outOfReach: behind };
}

/**
 * The number of the next revision. A correction of which nothing came leaves the number of the post as it was, but
 * what it posted, or may have posted, keeps its key: no later one may take that key for other words.
 */
export function nextRevision(post: PostState): number {
  const planned = 'plan' in post.status ? post.status.plan.parts.map(({ key }) => key) : [];
  const taken = [...Object.keys(publicationsOf(post)), ...planned].map((key) =>
    Number(/\.[cr](?<number>\d+)(?:-\d+)?$/u.exec(key)?.groups?.['number'] ?? 0),
  );
  return Math.max(post.revision.n, ...taken) + 1;
}

/** The key of what is posted again by a correction, and of its further parts. */
export const againKey = (account: string, revision: number, part = 0): string =>
  partKey(account, part, `r${String(revision)}`);

/** The key of a correction's reply, and of its further parts. */
export const replyKey = (account: string, revision: number, part = 0): string =>
  partKey(account, part, `c${String(revision)}`);

/** A reply under what stands, under the last of a thread's posts, without the pictures of the post and what it quotes. */
function replyTo(
  post: PostState,
  standing: readonly string[],
  right: readonly PlannedPart[],
  { n: revision, text }: Revision,
): readonly PlannedPart[] {
  const publications = publicationsOf(post);
  const posts = standing.filter((key) => !isReply(key)).toSorted((a, b) => indexOf(a) - indexOf(b));
  const last = posts.at(-1) ?? standing[0];
  const under = last === undefined ? undefined : publications[last];
  if (under?.is !== 'published') return [];
  const remote: Remote = { remoteId: under.remote.remoteId, url: under.remote.url };
  const says = { words: nameOfWords(text), posts: right.length };
  return right.map((part, n): PlannedPart => {
    // Where the further ones answer is known once those before them stand.
    const answers = n === 0 ? { replyTo: remote } : {};
    const { quote: _shownAbove, ...said } = readPart(part);
    const bytes = canonical({ ...said, media: [], ...answers });
    return { ...part, key: replyKey(part.account, revision, n), bytes, says };
  });
}
