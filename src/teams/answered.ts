import type { Refusal } from '../core/change.ts';
import type { PostState } from '../posts/post.ts';
import { refusalWords } from '../words/refusals.ts';
import type { Desk, Did } from './desk.ts';
import type { PostView, Reply } from './reply.ts';
import type { Turn } from './turn.ts';

/** A refusal in words, above the post as it stands when there is one. */
export function answered(
  refusal: Refusal,
  post: PostState | undefined,
  turn: Turn,
  desk: Desk,
  view: PostView = 'main',
  typed: Readonly<Record<string, string>> = {},
): Reply {
  const { words, field } = refusalWords(refusal, desk.rules(), turn.now);
  if (post === undefined) return { show: 'notice', title: 'That did not work', words };
  return {
    show: 'post',
    post,
    view,
    typed,
    ...(field === undefined ? { notice: words } : { errors: { [field]: words } }),
  };
}

/** The post after a command, or why nothing changed. */
export function shown(did: Did, turn: Turn, desk: Desk, words?: (post: PostState) => string): Reply {
  if (!did.done) return answered(did.refusal, did.post, turn, desk);
  return {
    show: 'post',
    post: did.post,
    view: 'main',
    ...(words === undefined ? {} : { notice: words(did.post) }),
  };
}
