import type { NewDocument, Store } from '../../../src/core/store.ts';
import { postKind } from '../../../src/posts/kind.ts';
import type { PostState } from '../../../src/posts/post.ts';
import { readJson } from '../../../src/store/declared.ts';
import type { PlaceMaker } from './places.ts';

/** A store that keeps posts as Crier does, in a place that is left with it. */
export async function storeOfPosts(maker: PlaceMaker): Promise<AsyncDisposable & { readonly store: Store }> {
  const place = await maker.make();
  const store = await place.open({ kinds: [postKind] });
  return { store, [Symbol.asyncDispose]: async () => await place.leave() };
}

/** @param words by which it is searched for */
export function documentOf(post: PostState, words: readonly string[] = []): NewDocument {
  const { kind, form } = postKind;
  const body = { state: readJson(JSON.stringify(post)) };
  return { kind, id: post.id, form, index: postKind.index(post), words, body };
}
