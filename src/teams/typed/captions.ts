import { personKnown } from '../../people/known.ts';
import { awaiting } from '../../people/photo.ts';
import { isEditable } from '../../posts/leaving/to-go-out.ts';
import { hasVideo, isCaptioned, isVideo } from '../../posts/writing/media.ts';
import type { PostState } from '../../posts/post.ts';
import { postKind } from '../../posts/kind.ts';
import { notYet } from '../../words/late-forms.ts';
import { postById, readableById, type Desk } from '../desk.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { withPost } from './numbered.ts';
import { awaitFile } from './awaited.ts';
import { askCaptionsAgain, putInto, putWaiting, whyNoCaptions } from './put-in.ts';
import { askWhich, asksForSent, opened, sentTokens } from './waiting.ts';
import type { TypedCommand } from './typed-command.ts';

/** Puts captions to a video that was sent before them. */
export const captions: TypedCommand = {
  name: 'captions',
  run: async (rest, turn, desk) =>
    await withPost(rest, turn, desk, 'captions', async (post, after) => {
      if (turn.files.length > 0) return await putInto(post, turn, desk);
      // Nobody looks for a file that would be refused.
      const whyNot = whyNoCaptions(post, turn, desk);
      if (whyNot !== undefined) return whyNot;
      const { number } = post;
      if (!post.revision.media.some(isVideo)) return notice('no-video', { number });
      const tokens = turn.onButton === true ? sentTokens(after) : undefined;
      if (turn.onButton === true && after === notYet) return await opened('captions', post, turn, desk);
      const sent = tokens === undefined ? undefined : await putWaiting(post, tokens, turn, desk);
      if (sent !== undefined) return sent;
      const asked = after === '' ? await askCaptionsAgain(post, turn, desk) : undefined;
      if (asked !== undefined) return asked;
      await awaitFile(post.id, 'captions', turn, desk);
      return notice('captions-needed', { number });
    }),
  asksFor: asksForSent,
};

/** Whether words that came with a file say that it holds captions: `Here are the captions`. */
export const areOfCaptions = (typed: string): boolean =>
  typed.length <= longestBeside && /\b(?:captions?|subtitles?|srt|vtt)\b/iu.test(typed);

/** So long is what somebody writes beside a file. */
const longestBeside = 100;

/**
 * Captions that came alone: for the video of which their sender knows that it waits for them, else for the one draft of
 * theirs whose video has none; where there are several, they are asked.
 */
export async function captionsAlone(turn: Turn, desk: Desk): Promise<Reply> {
  const films = await openFilms(turn.person, desk);
  const person = await personKnown(desk.executor, turn.person);
  const promised: PostState[] = [];
  for (const { post: id } of awaiting(person, 'captions', turn.now)) {
    const post = await postById(desk, id);
    const isOpen =
      post !== undefined && hasVideo(post.revision) && whyNoCaptions(post, turn, desk) === undefined;
    if (isOpen) promised.push(post);
  }
  const without = films.filter((post) => !post.revision.media.every(isCaptioned));
  const posts = promised.length > 0 ? promised : without;
  const [post] = posts;
  if (post !== undefined) {
    return posts.length === 1
      ? await putInto(post, turn, desk)
      : await askWhich('captions', posts, turn, desk);
  }
  // Those that it has are not replaced unasked.
  const [captioned] = films;
  return notice('captions-for-which', captioned === undefined ? {} : { captioned: captioned.number });
}

/** How many of a person's posts are looked at for one with a video. */
const looked = 20;

/** A person's posts with a video that can be edited, the last changed first. */
async function openFilms(person: string, desk: Desk): Promise<readonly PostState[]> {
  const films: PostState[] = [];
  const listed = await desk.executor.store.list({
    kind: postKind.kind,
    index: 'of-author',
    equals: person,
    limit: looked,
  });
  for (const { id } of listed.items) {
    const post = await readableById(desk, id);
    if (post === undefined || !isEditable(post)) continue;
    if (hasVideo(post.revision)) films.push(post);
  }
  return films;
}
