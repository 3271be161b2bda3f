import { setTimeout as pause } from 'node:timers/promises';
import { stateIn } from '../../src/core/forms.ts';
import type { StoredDocument, StoreReader } from '../../src/core/store.ts';
import type { Publication } from '../../src/dispatch/publication.ts';
import { isUnderWay } from '../../src/dispatch/together.ts';
import { accountOf } from '../../src/dispatch/thread.ts';
import { kinds } from '../../src/kinds.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { postKind } from '../../src/posts/kind.ts';
import type { PostState } from '../../src/posts/post.ts';
import { openSqliteReadOnly } from '../../src/store/sqlite.ts';
import type { Lives } from './crier.ts';
import type { Words } from './deeds.ts';

/** The longest wait for everything to settle: looks end 65 s after an attempt, and a death may begin another. */
const quietWithin = 180_000;

/** What Crier has stored, beside a process that is alive or dead. */
export async function openData(data: string): Promise<StoreReader> {
  return await openSqliteReadOnly({ folder: data, kinds });
}

/** The document of every post. */
export async function documentsIn(store: StoreReader): Promise<readonly StoredDocument[]> {
  const documents: StoredDocument[] = [];
  let after: string | undefined;
  do {
    const page = await store.scan(postKind.kind, 500, after);
    documents.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return documents;
}

/** Every post as it is stored. */
async function postsIn(store: StoreReader): Promise<readonly PostState[]> {
  return (await documentsIn(store)).map((document) => stateIn(postKind, document));
}

export async function readPosts(data: string): Promise<readonly PostState[]> {
  const store = await openData(data);
  try {
    return await postsIn(store);
  } finally {
    await store.close();
  }
}

/** Whether a post says any of those words. */
export const isOf = ({ revision }: PostState, words: Partial<Words>): boolean =>
  revision.text === words.old || revision.text === words.right;

/** The post of those words. */
export const postOf = (posts: readonly PostState[], words: Partial<Words>): PostState | undefined =>
  posts.find((post) => isOf(post, words));

/** What became of a post on one account, as Crier knows it: of each part of it there. */
export const publicationsOn = (post: PostState | undefined, account: string): readonly Publication[] =>
  Object.entries(post === undefined ? {} : publicationsOf(post)).flatMap(([part, publication]) =>
    accountOf(part) === account && !isReplacedBy(publication) ? [publication] : [],
  );

/** What another took the place of counts no more. */
const isReplacedBy = (publication: Publication): boolean =>
  publication.is === 'removed' && publication.instead !== undefined;

/** Whether nothing more comes of a post unless somebody does something. */
export function isAtRest(post: PostState): boolean {
  const publications = publicationsOf(post);
  const all = Object.values(publications);
  const comesDown = all.some((each) => each.is === 'removing' && each.problem === undefined);
  // What was refused can be tried again, and a correction waits for that.
  const goesOn = Object.entries(post.correction?.applied?.parts ?? {}).some(
    ([part, is]) => is === 'waiting' && publications[part]?.is !== 'failed',
  );
  return !goesOn && !comesDown && !isUnderWay(all);
}

/** Whether nothing more comes of it unless a person says so. */
export function isSettled(publication: Publication | undefined): boolean {
  if (publication === undefined) return false;
  return publication.is === 'unknown'
    ? publication.asked
    : publication.is !== 'queued' && publication.is !== 'sending';
}

/** Copies that can stand anywhere: this council has chosen no Teams channels. */
export const copiesOf = (post: PostState): PostState['copies'] =>
  post.copies.filter(({ to, unreachable }) => to.kind !== 'teams-channel' && unreachable !== true);

export const shownToAll = (post: PostState): boolean =>
  copiesOf(post).every((copy) => copy.posted !== undefined && copy.shown >= post.turn);

/**
 * Waits until every post of those words, each let go, has come to rest and every card shows it.
 * @param every how often it is looked at, in milliseconds
 */
export async function untilQuiet(
  data: string,
  all: readonly Partial<Words>[],
  lives: Lives,
  every = 1_000,
): Promise<void> {
  const end = performance.now() + quietWithin;
  await lives.alive();
  while (performance.now() < end) {
    const posts = await readPosts(data);
    const quiet = all.every((words) => {
      const post = postOf(posts, words);
      if (post === undefined || !shownToAll(post)) return false;
      const publications = Object.values(publicationsOf(post));
      return publications.length > 0 && publications.every(isSettled) && isAtRest(post);
    });
    if (quiet) return;
    // Each look reads every post, and what waits longest waits a minute.
    await pause(every);
  }
  // What has not come to rest by now is counted as it stands.
}
