import type { PostContext, PostState } from '../post.ts';

/** Whether the protocol calls the post safety information, which goes out although everything is held. */
export function isSafetyInformation(post: PostState, context: Pick<PostContext, 'protocol'>): boolean {
  const safety = new Set(safetyFlags(context));
  return post.revision.flags.some((flag) => safety.has(flag));
}

/** The flags by which the protocol knows safety information. */
export const safetyFlags = ({ protocol }: Pick<PostContext, 'protocol'>): readonly string[] =>
  protocol.flags.flatMap((flag) => (flag.safety ? [flag.id] : []));
