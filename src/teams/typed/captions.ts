import { captionsWait, openCaptions } from '../../people/captions.ts';
import { personDocument, personKind } from '../../people/person.ts';
import { isEditable } from '../../posts/to-go-out.ts';
import { hasVideo, isCaptioned, isVideo } from '../../posts/media.ts';
import { isPublic } from '../../posts/what-is-public.ts';
import { videoCaptions } from '../../posts/medium.ts';
import type { PostState } from '../../posts/post.ts';
import type { Medium, VideoCaptions } from '../../posts/revision.ts';
import { isGoneOn } from '../../posts/refusals.ts';
import { whyNotEdit } from '../../posts/revise.ts';
import { unsentWalk, seenNow, type SeenWalk } from '../../posts/seen-walk.ts';
import { postKind } from '../../posts/kind.ts';
import { captionsCostWords } from '../../words/late-forms.ts';
import type { GoneOn } from '../../words/refusals/since.ts';
import { answered, shown } from '../answered.ts';
import { actOn, readableById, type Desk, type Did } from '../desk.ts';
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
    await withPost(rest, turn, desk, 'captions', async (post, after) => {
      const [file] = turn.files;
      if (file !== undefined) return await addCaptions(post, file, turn, desk);
      // Nobody looks for a file that would be refused.
      const whyNot = whyNoCaptions(post, turn, desk);
      if (whyNot !== undefined) return whyNot;
      const sent =
        turn.onButton === true && after.trim() === asSent ? await sentBefore(post, turn, desk) : undefined;
      return sent ?? notice('captions-needed', { number: post.number });
    }),
};

/** Behind the number of a post on a button: the captions that came with the message which it answers. */
const asSent = 'as sent';

/** A file that came without a word: captions for the newest draft of theirs whose video waits for some. */
export async function fileAlone(file: SentFile, turn: Turn, desk: Desk): Promise<Reply> {
  const films = await openFilms(turn.person, desk);
  const waiting = films.find((post) => post.revision.media.some((each) => !isCaptioned(each)));
  if (waiting !== undefined) return await addCaptions(waiting, file, turn, desk);
  // Those that it has are not replaced unasked.
  const [captioned] = films;
  return notice('captions-for-which', captioned === undefined ? {} : { captioned: captioned.number });
}

/** Why a post takes no captions from somebody; undefined where it does. */
function whyNoCaptions(post: PostState, turn: Turn, desk: Desk): Reply | undefined {
  const refused = whyNotEdit(post, turn.person, desk.rules());
  if (refused !== undefined)
    return hasVideo(post.revision) && isPublic(post) && refused.refused !== 'may-not-edit'
      ? notice('captions-public', { number: post.number })
      : answered(refused, post, turn, desk);
  return post.revision.media.some(isVideo) ? undefined : notice('no-video', { number: post.number });
}

async function addCaptions(post: PostState, file: SentFile, turn: Turn, desk: Desk): Promise<Reply> {
  const whyNot = whyNoCaptions(post, turn, desk);
  if (whyNot !== undefined) return whyNot;
  const kept = await keepCaptions(file, post.revision.media, desk);
  if (!kept.ok) return notice('file-refused', kept);
  const did = await giveMedia(post, kept.media, unsentWalk, turn, desk);
  if (!did.done && did.post !== undefined && isGoneOn(did.refusal))
    return await askFirst(did.post, did.refusal.facts, kept.media, turn, desk);
  if (!did.done && did.refusal.refused === 'nothing-changed') return { show: 'post', post, view: 'main' };
  // The card that they have shows the captions; another one would only stand beside it.
  return did.done && turn.where.kind === 'personal' && hasCard(did.post, turn.person)
    ? notice('captions-added', { number: post.number })
    : did.done
      ? shown(did, turn, desk)
      : answered(did.refusal, did.post, turn, desk);
}

/**
 * Gives a post other media, or others' captions, unless that would take back more of its approval than was seen.
 *
 * @param opens it becomes a draft, since something is to be said of what is new
 */
export async function giveMedia(
  post: PostState,
  media: readonly Medium[],
  seen: SeenWalk,
  turn: Turn,
  desk: Desk,
  opens = false,
): Promise<Did> {
  const { n: from, by: _by, at: _at, ...written } = post.revision;
  const params = { ...written, media, from, keepsDays: true, seen, ...(opens ? { opens } : {}) };
  return await actOn(post, { command: 'post.revise', params, person: turn.person, key: turn.key }, desk);
}

/** Says first what captions would take back; they wait for the press that puts them to the post. */
async function askFirst(
  post: PostState,
  since: GoneOn,
  media: readonly Medium[],
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const { person } = turn;
  const file = withoutWords(media.find(isVideo)?.captions);
  await desk.executor.execute({
    command: captionsWait.name,
    id: personDocument(person),
    params: { person, post: post.id, from: post.revision.n, seen: seenNow(post), file },
    actor: { by: 'person', person },
  });
  const words = `captions ${String(post.number)} ${asSent}`;
  return { show: 'choice', ...captionsCostWords(since, post, words, person, desk.rules(), turn.now) };
}

/** A person's record is no place for what a post says: it is read off the file again. */
function withoutWords(captions: VideoCaptions | undefined): VideoCaptions | undefined {
  if (captions?.as !== 'file') return captions;
  const { words: _said, ...file } = captions;
  return file;
}

/** @returns undefined where the file is gone */
async function withWords(captions: VideoCaptions, desk: Desk): Promise<VideoCaptions | undefined> {
  if (captions.as !== 'file') return captions;
  const words = await desk.files.captionWords(captions.hash);
  return words === undefined ? undefined : { ...captions, words };
}

/** Puts those captions to the post on which somebody's word was awaited; undefined where they have to be sent again. */
async function sentBefore(post: PostState, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const person = (await desk.executor.load(personKind, personDocument(turn.person)))?.state;
  const kept = openCaptions(person, post.id, turn.now);
  if (kept === undefined || kept.from !== post.revision.n) return undefined;
  const captions = await withWords(videoCaptions.parse(kept.file), desk);
  if (captions === undefined) return undefined;
  const media = post.revision.media.map((each) => (isVideo(each) ? { ...each, captions } : each));
  const did = await giveMedia(post, media, kept.seen, turn, desk);
  return !did.done && did.post !== undefined && isGoneOn(did.refusal)
    ? await askFirst(did.post, did.refusal.facts, media, turn, desk)
    : shown(did, turn, desk);
}

/** Whether somebody has the card of a post in their own chat. */
export const hasCard = (post: PostState, person: string): boolean =>
  post.copies.some(({ key, posted }) => key === `person:${person}` && posted !== undefined);

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
