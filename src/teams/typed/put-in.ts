import { personKnown } from '../../people/known.ts';
import { openFiles } from '../../people/waiting-files.ts';
import { mostMedia } from '../../posts/writing/how-much.ts';
import { captionFiles, hasVideo, isVideo, shownBy } from '../../posts/writing/media.ts';
import type { PostState } from '../../posts/post.ts';
import { isGoneOn } from '../../posts/refusals.ts';
import { whyNotEdit } from '../../posts/writing/revise.ts';
import type { Medium, Video } from '../../posts/writing/revision.ts';
import { unsentWalk, type SeenWalk } from '../../posts/deciding/seen-walk.ts';
import { isPublic } from '../../posts/leaving/what-is-public.ts';
import type { NotTaken } from '../../words/files.ts';
import { captionsReplacedWords } from '../../words/late-forms.ts';
import { sayNotice } from '../../words/typed.ts';
import { answered, shown } from '../answered.ts';
import { actOn, type Desk, type Did } from '../desk.ts';
import {
  captioned,
  isCaptions,
  keepFiles,
  namesOf,
  postFull,
  type Taken,
  type TakenCaptions,
  type TakenMedium,
} from '../files.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { awaitFile, awaitingRightOnes, captionsHere } from './awaited.ts';
import { besides, withLine, withSaid } from './besides.ts';
import {
  askFirst,
  captionsAsked,
  givenFrom,
  isOverOthers,
  keepWaiting,
  keptOf,
  kindOf,
  leaveEarlier,
  sinceSent,
  tokensIn,
  waitingFor,
} from './waiting.ts';

/** What came with a message on its way into a post: pictures, a video, captions of the video that is there. */

/** What is put into a post. */
type Given = Pick<Taken, 'media' | 'captions' | 'refused'>;

/**
 * Puts what came with a message into a post; asks first where that takes something back. Of each file that cannot be
 * taken it says why, whatever becomes of the others.
 */
export async function putInto(post: PostState, turn: Turn, desk: Desk): Promise<Reply> {
  const whyNot = whyNotInto(post, turn, desk);
  if (whyNot !== undefined) return whyNot;
  const taken = await keepFiles(turn.files, desk, post.revision.media);
  const { reply } = await put(post, taken, unsentWalk, turn, desk);
  return await awaitingRightOnes(reply, post, taken, turn, desk);
}

/** Why nothing that came goes into a post; undefined where it may. */
function whyNotInto(post: PostState, turn: Turn, desk: Desk): Reply | undefined {
  const isOfCaptions = turn.files.length > 0 && turn.files.every(({ name }) => isCaptions(name));
  return (isOfCaptions ? whyNoCaptions : whyNoPicture)(post, turn, desk);
}

/** Why a post takes no picture from somebody; undefined where it does. What is public is not changed by a correction. */
export function whyNoPicture(post: PostState, turn: Turn, desk: Desk): Reply | undefined {
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

/** Why a post takes no captions from somebody; undefined where it does. */
export function whyNoCaptions(post: PostState, turn: Turn, desk: Desk): Reply | undefined {
  const refused = whyNotEdit(post, turn.person, desk.rules());
  if (refused === undefined) return undefined;
  return hasVideo(post.revision) && isPublic(post) && refused.refused !== 'may-not-edit'
    ? notice('captions-public', { number: post.number })
    : answered(refused, post, turn, desk);
}

/** So many of the pictures of one post may come at the same moment. */
const mostAtOnce = 10;

/** What a post would hold, and what of it is new. */
interface WithGiven {
  readonly media: readonly Medium[];
  readonly added: readonly TakenMedium[];
  /** what of all that came is in it, also where it was before */
  readonly there: readonly TakenMedium[];
  /** those for the video that is there */
  readonly captions: TakenCaptions | undefined;
  readonly refused: readonly NotTaken[];
}

function withGiven({ revision }: PostState, { media, captions }: Given): WithGiven {
  const there = new Set(revision.media.map(({ hash }) => hash));
  const before = revision.media.find(isVideo);
  const refused: NotTaken[] = [];
  const known: TakenMedium[] = [];
  const added = media.filter(({ name, unnamed, medium }) => {
    if (there.has(medium.hash)) {
      known.push({ name, medium, ...(unnamed === undefined ? {} : { unnamed }) });
      return false;
    }
    const isSecond = before !== undefined && isVideo(medium);
    if (isSecond) refused.push({ name, refusal: { what: 'video', why: 'video-there' } });
    // Others may have come meanwhile.
    else if (there.size >= mostMedia) refused.push({ name, refusal: postFull });
    else {
      there.add(medium.hash);
      return true;
    }
    return false;
  });
  const theirs = captions ?? captionsOfSame(media, before);
  const given = theirs === undefined ? undefined : captioned(before, theirs);
  if (theirs !== undefined && given?.ok === false)
    refused.push({ name: theirs.name, refusal: given.refusal });
  return {
    media: [
      ...revision.media.map((each) => (each === before && given?.ok === true ? given.video : each)),
      ...added.map(({ medium }) => medium),
    ],
    added,
    there: [...known, ...added],
    captions: given?.ok === true ? theirs : undefined,
    refused,
  };
}

/** The captions with which the video that is there came once more. */
function captionsOfSame(media: readonly TakenMedium[], before: Video | undefined): TakenCaptions | undefined {
  for (const { medium, captions, ...named } of media) {
    if (isVideo(medium) && medium.hash === before?.hash && medium.captions !== undefined)
      return { ...named, name: captions ?? named.name, captions: medium.captions, last: 0 };
  }
  return undefined;
}

interface Put {
  readonly reply: Reply;
  /** the post that has it now */
  readonly post?: PostState;
}

async function put(post: PostState, given: Given, seen: SeenWalk, turn: Turn, desk: Desk): Promise<Put> {
  let current = post;
  for (let tries = 1; ; tries += 1) {
    const { media, added, there, captions, refused: not } = withGiven(current, given);
    const refused = [...given.refused, ...not];
    const isCaptioned = captions !== undefined || added.some((each) => each.captions !== undefined);
    const into = { number: current.number, ...(isCaptioned ? { captioned: true as const } : {}) };
    const isAny = given.media.length + (given.captions === undefined ? 0 : 1) > not.length;
    const inIt = (now: PostState, card: Reply): Put => ({
      reply: besides(
        isAny ? inPlace(now, { added, there, captions, refused }, card, turn) : undefined,
        refused,
        into,
      ),
      post: now,
    });
    if (added.length === 0 && captions === undefined)
      return inIt(current, { show: 'post', post: current, view: 'main' });
    const did = await giveMedia(current, { media, seen, opens: added.length > 0 }, turn, desk);
    const isThere = !did.done && did.refusal.refused === 'nothing-changed';
    if ((did.done || isThere) && captions !== undefined)
      await desk.beside(captionsHere(current.id, turn, desk));
    if (did.done) {
      const there = inIt(did.post, shown(did, turn, desk));
      if (!hasOtherCaptions(current, did.post)) return there;
      const line = captionsReplacedWords(current, turn.person, desk.rules());
      return { ...there, reply: withLine(there.reply, line) };
    }
    if (isThere) return inIt(current, { show: 'post', post: current, view: 'main' });
    if (did.post !== undefined && isGoneOn(did.refusal)) {
      const asked = await askFirst(did.post, did.refusal.facts, { media: added, captions }, turn, desk);
      return { reply: besides(asked, refused, into) };
    }
    if (did.refusal.refused !== 'edited-since' || did.post === undefined || tries === mostAtOnce)
      return { reply: besides(answered(did.refusal, did.post, turn, desk), refused, into) };
    // It stands beside whatever came meanwhile.
    current = did.post;
  }
}

/** Whether the captions that a post had are no longer in it. */
function hasOtherCaptions(before: PostState, after: PostState): boolean {
  const now = captionFiles(after.revision.media);
  return captionFiles(before.revision.media).some((hash) => !now.includes(hash));
}

/** The card that somebody has shows it; another one would only stand beside it. */
function inPlace(
  post: PostState,
  { added, there, captions, refused }: Omit<WithGiven, 'media'>,
  card: Reply,
  turn: Turn,
): Reply {
  if (turn.where.kind !== 'personal' || turn.onButton === true || !hasCard(post, turn.person)) return card;
  const { number } = post;
  if (captions !== undefined && added.length === 0) return notice('captions-added', { number });
  const names = [...new Set([...namesOf(there), ...(captions === undefined ? [] : [captions.name])])];
  return notice('picture-added', {
    number,
    names: refused.length === 0 ? [] : names,
    others: added.length > 0 && post.revision.media.length > added.length,
  });
}

/** Whether somebody has the card of a post in their own chat. */
const hasCard = (post: PostState, person: string): boolean =>
  post.copies.some(({ key, posted }) => key === `person:${person}` && posted !== undefined);

/**
 * Gives a post other media, or others' captions, unless that would take back more of its approval than was seen.
 *
 * @param opens it becomes a draft, since something is to be said of what is new
 */
async function giveMedia(
  post: PostState,
  {
    media,
    seen,
    opens,
  }: { readonly media: readonly Medium[]; readonly seen: SeenWalk; readonly opens: boolean },
  turn: Turn,
  desk: Desk,
): Promise<Did> {
  const { n: from, by: _by, at: _at, ...written } = post.revision;
  const params = { ...written, media, from, keepsDays: true, seen, ...(opens ? { opens } : {}) };
  return await actOn(post, { command: 'post.revise', params, person: turn.person, key: turn.key }, desk);
}

/** The same of captions; those that cost nothing by now are put to the video at once. */
export async function askCaptionsAgain(post: PostState, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const waiting = await waitingFor(post, turn, desk);
  const last = waiting.findLast(({ file }) => kindOf(file) === 'captions');
  if (last === undefined) return undefined;
  const since = sinceSent(post);
  if (since === undefined) return await putWaiting(post, [last.token], turn, desk);
  await keepWaiting([keptOf(last)], post, turn, desk);
  return captionsAsked(post, { since, token: last.token }, turn, desk);
}

/** Puts in those files on which somebody's word was awaited; undefined where they have to be sent again. */
export async function putWaiting(
  post: PostState,
  tokens: readonly string[],
  turn: Turn,
  desk: Desk,
): Promise<Reply | undefined> {
  const files = openFiles(await personKnown(desk.executor, turn.person), turn.now).filter(({ token }) =>
    tokens.includes(token),
  );
  const there = tokensIn(post);
  const waiting = tokens.flatMap((token) => {
    const named = files.filter((each) => each.token === token);
    return named.find((each) => each.post === post.id) ?? named.at(-1) ?? [];
  });
  const gone = tokens.filter((token) => !there.has(token) && !waiting.some((each) => each.token === token));
  if (waiting.length === 0 && (gone.length > 0 || tokens.length === 0)) return undefined;
  const over = waiting.find((each) => each.post === post.id && isOverOthers(post, each));
  if (over !== undefined) {
    await keepWaiting(waiting.map(keptOf), post, turn, desk);
    return captionsAsked(post, { since: sinceSent(post), token: over.token, isSince: true }, turn, desk);
  }
  const given = await givenFrom(waiting, desk);
  const newest = waiting.filter((each) => each.post === post.id).toSorted((a, b) => b.turn - a.turn)[0];
  const { reply, post: after } = await put(post, given, newest?.seen ?? unsentWalk, turn, desk);
  if (after !== undefined) {
    await desk.beside(leaveEarlier(after, waiting, turn, desk));
    if (given.media.length > 0) await desk.beside(awaitFile(post.id, 'more', turn, desk));
  }
  return gone.length === 0 ? reply : withSaid(reply, sayNotice('picture-gone', { number: post.number }));
}
