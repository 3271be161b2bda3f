import { z } from 'zod';
import type { Erasure } from '../../core/aggregate.ts';
import type { Blobs } from '../../core/blobs.ts';
import { recordOf } from '../../core/erase.ts';
import type { Executor } from '../../core/execute.ts';
import { postKind } from '../kind.ts';
import { bytesOf } from '../writing/media.ts';
import { called } from '../writing/personal.ts';
import type { PostState } from '../post.ts';

/** What an entry about a revision says of its files; earlier releases told nothing of its captions. */
const told = z.object({ media: z.array(z.string()), captions: z.array(z.string()).default([]) });

const means = ({ names }: Erasure, name: string): boolean => names === undefined || names.includes(name);

/** Whether an erasure means files: pictures and videos, or captions. */
export const meansMedia = (erasure: Erasure): boolean =>
  means(erasure, called.media) || means(erasure, called.captions);

/** The hashes of all bytes that a post keeps. */
const keptBy = ({ revision, serviceWrote, correction }: PostState): readonly string[] =>
  [revision, serviceWrote, correction?.revision].flatMap((of) => of?.media.flatMap(bytesOf) ?? []);

/**
 * Takes the bytes of pictures and videos that an erasure took out of a post out of the media store, those of its
 * earlier revisions as well, unless this post or another one still has them. Given again after a death it goes on,
 * but for what had been made of a picture. Whoever sends the same picture at the very moment has to send it again.
 * @param before the post before the erasure
 * @returns how many of its files went
 */
export async function forgetMedia(
  { executor, blobs }: { readonly executor: Executor; readonly blobs: Blobs },
  before: PostState,
  erasure: Erasure,
): Promise<number> {
  const entries = await recordOf(executor.store, { kind: postKind.kind, id: before.id });
  const earlier = entries
    .filter((entry) => erasure.actor === undefined || entry.actor === erasure.actor)
    .flatMap(({ facts }) => {
      const { media = [], captions = [] } = told.safeParse(facts).data ?? {};
      return means(erasure, called.media) ? [...media, ...captions] : captions;
    });
  const now = (await executor.load(postKind, before.id))?.state;
  const kept = new Set(now === undefined ? [] : keptBy(now));
  let gone = 0;
  for (const hash of new Set([...keptBy(before), ...earlier])) {
    if (kept.has(hash) || (await isUsed(executor, hash))) continue;
    if ((await blobs.read(hash)) === undefined) continue;
    await blobs.remove(hash);
    gone += 1;
  }
  return gone;
}

const isUsed = async ({ store }: Executor, equals: string): Promise<boolean> =>
  (await store.count({ kind: postKind.kind, index: 'with-media', equals })) > 0;
