import { isEditable } from '../../posts/to-go-out.ts';
import { isVideo } from '../../posts/media.ts';
import type { PostState } from '../../posts/post.ts';
import { whyNotEdit } from '../../posts/revise.ts';
import { postKind } from '../../posts/kind.ts';
import { answered, shown } from '../answered.ts';
import { actOn, readableById, type Desk } from '../desk.ts';
import { keepCaptions } from '../files.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { SentFile, Turn } from '../turn.ts';
import { withPost } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Puts captions to a video that was sent before them. */
export const captions: TypedCommand = {
  name: 'captions',
  run: async (rest, turn, desk) =>
    await withPost(rest, turn, desk, 'captions', async (post) => {
      const [file] = turn.files;
      if (file !== undefined) return await addCaptions(post, file, turn, desk);
      // Nobody looks for a file that would be refused.
      return whyNoCaptions(post, turn, desk) ?? notice('captions-needed', { number: post.number });
    }),
};

/** A file that came without a word: captions for the newest draft of theirs whose video waits for some. */
export async function fileAlone(file: SentFile, turn: Turn, desk: Desk): Promise<Reply> {
  const post = await waitingVideo(turn.person, desk);
  return post === undefined ? notice('captions-for-which', {}) : await addCaptions(post, file, turn, desk);
}

/** Why a post takes no captions from somebody; undefined where it does. */
function whyNoCaptions(post: PostState, turn: Turn, desk: Desk): Reply | undefined {
  const refused = whyNotEdit(post, turn.person, desk.rules());
  if (refused !== undefined) return answered(refused, post, turn, desk);
  return post.revision.media.some(isVideo) ? undefined : notice('no-video', { number: post.number });
}

async function addCaptions(post: PostState, file: SentFile, turn: Turn, desk: Desk): Promise<Reply> {
  const whyNot = whyNoCaptions(post, turn, desk);
  if (whyNot !== undefined) return whyNot;
  const kept = await keepCaptions(file, post.revision.media, desk);
  if (!kept.ok) return notice('file-refused', kept);
  const { n: from, by: _by, at: _at, ...written } = post.revision;
  const params = { ...written, media: kept.media, from, keepsDays: true };
  const did = await actOn(post, { command: 'post.revise', params, person: turn.person, key: turn.key }, desk);
  if (!did.done && did.refusal.refused === 'nothing-changed') return { show: 'post', post, view: 'main' };
  // The card that they have shows the captions; another one would only stand beside it.
  return did.done && turn.where.kind === 'personal' && hasCard(did.post, turn.person)
    ? notice('captions-added', { number: post.number })
    : did.done
      ? shown(did, turn, desk)
      : answered(did.refusal, did.post, turn, desk);
}

const hasCard = (post: PostState, person: string): boolean =>
  post.copies.some(({ key, posted }) => key === `person:${person}` && posted !== undefined);

/** How many of a person's posts are looked at for one that waits for captions. */
const looked = 20;

async function waitingVideo(person: string, desk: Desk): Promise<PostState | undefined> {
  const listed = await desk.executor.store.list({
    kind: postKind.kind,
    index: 'of-author',
    equals: person,
    limit: looked,
  });
  for (const { id } of listed.items) {
    const post = await readableById(desk, id);
    if (post === undefined || !isEditable(post)) continue;
    if (post.revision.media.some((each) => isVideo(each) && each.captions === undefined)) return post;
  }
  return undefined;
}
