import type { ByHand, PostState } from '../post.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';

/** What somebody is asked to do by hand, or had been before it was held or given up, by part. */
export const askedByHandOf = ({ byHand, wasByHand }: PostState): Readonly<Record<string, ByHand>> => ({
  ...wasByHand,
  ...byHand,
});

/** The same of one part; undefined for what is no part of it, such as a name that every object has. */
export function askedByHandAt(post: PostState, part: string): ByHand | undefined {
  const asked = askedByHandOf(post);
  return Object.hasOwn(asked, part) ? asked[part] : undefined;
}

/** Whether somebody is asked to do it, or was before it was held: they alone are to do it, whoever may say that it is done. */
export const isAskedByHand = (post: PostState, part: string, person: string): boolean =>
  askedByHandOf(post)[part]?.people.includes(person) === true;

/** Whether somebody is asked to change by hand what stands there. */
export const isChangedByHand = (post: PostState, part: string): boolean =>
  post.byHand?.[part]?.what === 'change';

/** Whether somebody is asked to post some of it by hand, or to change by hand what stands. */
export const isDoneByHand = (post: PostState): boolean =>
  Object.values(publicationsOf(post)).some(({ is }) => is === 'asked') ||
  Object.keys(post.byHand ?? {}).some((part) => isChangedByHand(post, part));

/** What somebody is asked to post by hand: part keys. */
export const askedToPost = (post: PostState): readonly string[] =>
  Object.keys(post.byHand ?? {}).filter((part) => publicationsOf(post)[part]?.is === 'asked');

/** Whether somebody is asked to post or to change anything of it by hand. */
export const isSaidByHand = (post: PostState): boolean =>
  askedToPost(post).length + changesByHand(post).length > 0;

/** What somebody is asked to change by hand by a correction that was agreed to: part keys. */
export function changesByHand(post: PostState): readonly string[] {
  const { applied } = post.correction ?? {};
  return Object.keys(post.byHand ?? {}).filter(
    (part) => isChangedByHand(post, part) && applied?.over !== true && applied?.parts[part] === 'waiting',
  );
}

/**
 * Whether somebody had been asked to change by hand what is held now, or is to stay as it is: they may have done so before
 * they heard of that.
 */
export const mayHaveChanged = (post: PostState, part: string, what: ByHand['what']): boolean => {
  const applied = post.correction?.applied;
  const isOff = post.status.is === 'held' || applied?.over === true;
  return (
    what === 'change' &&
    isOff &&
    applied?.parts[part] === 'waiting' &&
    publicationsOf(post)[part]?.is === 'published'
  );
};

/** What somebody was to change by hand before a correction was held or given up, and has not said whether they had. */
export const unsaidByHand = (post: PostState): readonly string[] =>
  Object.entries(post.wasByHand ?? {}).flatMap(([part, { what }]) =>
    mayHaveChanged(post, part, what) ? [part] : [],
  );

/** The post with nobody to say any more whether they had done by hand what was held or given up there. */
export function notAskedWhether({ wasByHand = {}, ...post }: PostState, parts: readonly string[]): PostState {
  const left = Object.entries(wasByHand).filter(([part]) => !parts.includes(part));
  return left.length === 0 ? post : { ...post, wasByHand: Object.fromEntries(left) };
}

/** To post it, to change what stands there, or to take it down. */
export const byHandTasks = ['post', 'change', 'remove'] as const;
export type ByHandTask = (typeof byHandTasks)[number];

/** How it is put right that somebody said they had posted it by hand: it stands elsewhere, or nowhere. */
export const mendsByHand = ['link', 'not-posted'] as const;
export type MendedByHand = (typeof mendsByHand)[number];
