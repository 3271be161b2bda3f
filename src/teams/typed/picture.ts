import { z } from 'zod';
import { openPictures, picturesWait } from '../../people/pictures.ts';
import { personDocument, personKind } from '../../people/person.ts';
import { isVideo, shownBy } from '../../posts/media.ts';
import { describedMedium } from '../../posts/medium.ts';
import type { PostState } from '../../posts/post.ts';
import { isGoneOn } from '../../posts/refusals.ts';
import { whyNotEdit } from '../../posts/revise.ts';
import type { Medium } from '../../posts/revision.ts';
import { isPublic } from '../../posts/what-is-public.ts';
import { seenNow, unsentWalk, type SeenWalk } from '../../posts/seen-walk.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { pictureCostWords } from '../../words/late-forms.ts';
import type { GoneOn } from '../../words/refusals/since.ts';
import { answered } from '../answered.ts';
import type { Desk, Did } from '../desk.ts';
import { keepFiles } from '../files.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { giveMedia, hasCard } from './captions.ts';
import { spoken } from './manners.ts';
import { leftOver, readNumber } from './named-posts.ts';
import { withPost } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Puts pictures or a video into a post that is there already. */
export const picture: TypedCommand = {
  name: 'picture',
  run: async (rest, turn, desk) =>
    await withPost(rest, turn, desk, 'picture', async (post, after) => {
      // Nobody looks for a picture that would be refused.
      const whyNot = whyNoPicture(post, turn, desk);
      if (whyNot !== undefined) return whyNot;
      const isAsSent = turn.onButton === true && after.trim() === asSent;
      const words = isAsSent ? '' : leftOver(after);
      if (turn.files.length > 0 && words === '') return await putInto(post, turn, desk);
      const sent = isAsSent ? await sentBefore(post, turn, desk) : undefined;
      if (sent !== undefined) return sent;
      await awaitPhoto(post.id, turn, desk);
      return words === ''
        ? notice('picture-needed', { number: post.number })
        : notice('picture-with-words', { number: post.number, words: firstWords(words, 60) });
    }),
};

/** Behind the number of a post on a button: the pictures that came with the message which it answers. */
const asSent = 'as sent';

/** What stands in front of a number beside a photo: `photo`, `add this to`, `edit`, or nothing at all. */
const inFront =
  /^(?:(?:add|put|attach|use|upload|insert|replace|swap|exchange|edit|change|update)\b\s*)?(?:(?:this|these|that|it|the|a|an|my|our|new|another|right|better|attached)\s+)*(?:(?:pictures?|photos?|photographs?|images?|pics?|videos?|films?|clips?|stills?|files?|attachments?)\b:?\s*)?(?:(?:to|into|in|for|with|on|of)\s+)?(?:(?:my|our|the)\s+)?(?:draft\s+)?/iu;

/** The number of the post into which words put the photo that came with them; undefined where they say nothing of it. */
export function pictureFor(typed: string): string | undefined {
  const { asked } = spoken(typed);
  const named = readNumber(asked.replace(inFront, ''));
  return named === undefined || leftOver(named.after) !== '' ? undefined : String(named.number);
}

/** Keeps that a post waits for a photo, which may come alone. */
export async function awaitPhoto(post: string, { person }: Turn, desk: Desk): Promise<void> {
  await desk.executor.execute({
    command: 'person.photo-awaited',
    id: personDocument(person),
    params: { person, post },
    actor: { by: 'person', person },
  });
}

/** Why a post takes no picture from somebody; undefined where it does. What is public is not changed by a correction. */
function whyNoPicture(post: PostState, turn: Turn, desk: Desk): Reply | undefined {
  const refused = whyNotEdit(post, turn.person, desk.rules());
  if (refused === undefined) return undefined;
  return isPublic(post) && refused.refused !== 'may-not-edit'
    ? notice('picture-public', {
        number: post.number,
        sent: turn.files.length > 0,
        shows: shownBy(post.revision),
      })
    : answered(refused, post, turn, desk);
}

/** Puts what came with a message into a post; asks first where that takes something back. */
export async function putInto(post: PostState, turn: Turn, desk: Desk): Promise<Reply> {
  const whyNot = whyNoPicture(post, turn, desk);
  if (whyNot !== undefined) return whyNot;
  const sent = await keepFiles(turn.files, desk);
  // What is refused is sent again, and more than one may follow.
  await awaitPhoto(post.id, turn, desk);
  return sent.ok ? await put(post, sent.media, unsentWalk, turn, desk) : notice('file-refused', sent);
}

/** So many of the pictures of one post may come at the same moment. */
const mostAtOnce = 10;

async function put(
  post: PostState,
  sent: readonly Medium[],
  seen: SeenWalk,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  let current = post;
  let did: Did;
  let media: readonly Medium[];
  for (let tries = 1; ; tries += 1) {
    const there = new Set(current.revision.media.map(({ hash }) => hash));
    media = sent.filter(({ hash }) => !there.has(hash));
    if (media.length === 0) return inPlace(current, turn);
    if (current.revision.media.some(isVideo) && media.some(isVideo))
      return notice('has-a-video', { number: current.number });
    did = await giveMedia(current, [...current.revision.media, ...media], seen, turn, desk, true);
    if (did.done || did.refusal.refused !== 'edited-since' || did.post === undefined) break;
    if (tries === mostAtOnce) break;
    // It stands beside whatever came meanwhile.
    current = did.post;
  }
  if (!did.done && did.post !== undefined && isGoneOn(did.refusal))
    return await askFirst(did.post, did.refusal.facts, media, turn, desk);
  if (!did.done) return answered(did.refusal, did.post, turn, desk);
  return inPlace(did.post, turn);
}

/** The card that somebody has shows it; another one would only stand beside it. */
const inPlace = (post: PostState, turn: Turn): Reply =>
  turn.where.kind === 'personal' && turn.onButton !== true && hasCard(post, turn.person)
    ? notice('picture-added', { number: post.number })
    : { show: 'post', post, view: 'main' };

/** Says first what pictures would take back; they wait for the press that puts them into the post. */
async function askFirst(
  post: PostState,
  since: GoneOn,
  media: readonly Medium[],
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const { person } = turn;
  await desk.executor.execute({
    command: picturesWait.name,
    id: personDocument(person),
    params: { person, post: post.id, seen: seenNow(post), media },
    actor: { by: 'person', person },
  });
  const words = `picture ${String(post.number)} ${asSent}`;
  return { show: 'choice', ...pictureCostWords(since, post, words, person, desk.rules(), turn.now) };
}

/** Puts in those pictures on which somebody's word was awaited; undefined where they have to be sent again. */
async function sentBefore(post: PostState, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const person = (await desk.executor.load(personKind, personDocument(turn.person)))?.state;
  const kept = openPictures(person, post.id, turn.now);
  if (kept === undefined) return undefined;
  return await put(post, z.array(describedMedium).parse(kept.media), kept.seen, turn, desk);
}
