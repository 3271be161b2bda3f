import { captionsCame, fileAwaited, photoCame } from '../../people/photo.ts';
import type { PostState } from '../../posts/post.ts';
import { awaitedAfter } from '../../words/files.ts';
import { sayNotice } from '../../words/typed.ts';
import type { Desk } from '../desk.ts';
import type { Taken } from '../files.ts';
import type { Reply } from '../reply.ts';
import { keepWith } from '../keep-with.ts';
import type { Turn } from '../turn.ts';
import { withSaid } from './besides.ts';

/** Keeps that a post waits for a file, which may come alone. */
export async function awaitFile(
  post: string,
  what: 'picture' | 'captions' | 'more',
  turn: Turn,
  desk: Desk,
): Promise<void> {
  await keepWith(turn, fileAwaited.name, { person: turn.person, post, what }, desk);
}

/** A photo begins a draft by itself, whatever draft the one before it began. */
export async function photoBegins(
  post: string,
  instead: string | undefined,
  turn: Turn,
  desk: Desk,
): Promise<void> {
  const params = { person: turn.person, post, ...(instead === undefined ? {} : { instead }) };
  await keepWith(turn, photoCame.name, params, desk);
}

/** Captions are where they were awaited. */
export async function captionsHere(post: string, turn: Turn, desk: Desk): Promise<void> {
  await keepWith(turn, captionsCame.name, { person: turn.person, post }, desk);
}

/** What of a message could be taken, and what not; whether a video has captions by it. */
type Missing = Pick<Taken, 'media' | 'refused' | 'isCaptioned'>;

/**
 * What could not be taken is sent again, and more than one picture may follow.
 * @returns the answer; where that could not be kept, it says that what comes next has to name its post
 */
export async function awaitingRightOnes(
  reply: Reply,
  { id, number }: Pick<PostState, 'id' | 'number'>,
  taken: Missing,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const isKept = await desk.beside(awaitRightOnes(id, taken, turn, desk));
  return isKept ? reply : withSaid(reply, sayNotice('not-awaited', { number }));
}

async function awaitRightOnes(
  post: string,
  { media, refused, isCaptioned }: Missing,
  turn: Turn,
  desk: Desk,
): Promise<void> {
  const awaited = new Set(refused.map(awaitedAfter));
  if (awaited.has('picture')) await awaitFile(post, 'picture', turn, desk);
  else if (media.length > 0) await awaitFile(post, 'more', turn, desk);
  // Those that came beside them are not replaced by what comes alone.
  if (awaited.has('captions') && !isCaptioned) await awaitFile(post, 'captions', turn, desk);
}
