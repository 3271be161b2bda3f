import { z } from 'zod';
import { captionsCame, fileAwaited } from '../../people/photo.ts';
import { personDocument, personKind, type PersonState } from '../../people/person.ts';
import { filesLeft, filesWait, openFiles, type WaitingFile } from '../../people/waiting-files.ts';
import { bytesOf, hasVideo, isVideo, shownBy } from '../../posts/media.ts';
import { describedMedium, videoCaptions } from '../../posts/medium.ts';
import type { PostState } from '../../posts/post.ts';
import { isGoneOn } from '../../posts/refusals.ts';
import { whyNotEdit } from '../../posts/revise.ts';
import type { Medium, Video, VideoCaptions } from '../../posts/revision.ts';
import { seenNow, unsentWalk, wentOn, type SeenWalk } from '../../posts/seen-walk.ts';
import { isPublic } from '../../posts/what-is-public.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { awaitedAfter, unnamedAtWords, type NotTaken, type RightOnes } from '../../words/files.ts';
import { captionsCostWords, pictureCostWords } from '../../words/late-forms.ts';
import type { GoneOn } from '../../words/refusals/since.ts';
import { sayNotice } from '../../words/typed.ts';
import { whichPostWords } from '../../words/which-post.ts';
import { answered, shown } from '../answered.ts';
import { actOn, type Desk, type Did } from '../desk.ts';
import {
  captioned,
  isCaptions,
  keepFiles,
  keepForLater,
  type Taken,
  type TakenCaptions,
  type TakenMedium,
} from '../files.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';

/** What came with a message on its way into a post: pictures, a video, captions of the video that is there. */

/** What is put into a post. */
type Given = Pick<Taken, 'media' | 'captions' | 'refused'>;

/** Keeps that a post waits for a file, which may come alone. */
export async function awaitFile(
  post: string,
  what: 'picture' | 'captions' | 'more',
  { person }: Turn,
  desk: Desk,
): Promise<void> {
  await desk.executor.execute({
    command: fileAwaited.name,
    id: personDocument(person),
    params: { person, post, what },
    actor: { by: 'person', person },
  });
}

/** Captions are where they were awaited. */
async function captionsHere(post: string, { person }: Turn, desk: Desk): Promise<void> {
  await desk.executor.execute({
    command: captionsCame.name,
    id: personDocument(person),
    params: { person, post },
    actor: { by: 'person', person },
  });
}

/** What could not be taken is sent again, and more than one picture may follow. */
export async function awaitRightOnes(
  post: string,
  { media, refused }: Pick<Taken, 'media' | 'refused'>,
  turn: Turn,
  desk: Desk,
): Promise<void> {
  const awaited = new Set(refused.map(awaitedAfter));
  if (awaited.has('picture')) await awaitFile(post, 'picture', turn, desk);
  else if (media.length > 0) await awaitFile(post, 'more', turn, desk);
  if (awaited.has('captions')) await awaitFile(post, 'captions', turn, desk);
}

/**
 * Puts what came with a message into a post; asks first where that takes something back. Of each file that cannot be
 * taken it says why, whatever becomes of the others.
 */
export async function putInto(post: PostState, turn: Turn, desk: Desk): Promise<Reply> {
  const whyNot = whyNotInto(post, turn, desk);
  if (whyNot !== undefined) return whyNot;
  const taken = await keepFiles(turn.files, desk, post.revision.media);
  const { reply } = await put(post, taken, unsentWalk, turn, desk);
  await awaitRightOnes(post.id, taken, turn, desk);
  return reply;
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

/** An answer, with each file that was not taken and why. */
export function besides(reply: Reply | undefined, refused: readonly NotTaken[], into?: RightOnes): Reply {
  if (refused.length === 0) return reply ?? { show: 'nothing' };
  const said = sayNotice('file-refused', { refused, ...(into === undefined ? {} : { into }) });
  return withSaid(reply, said);
}

/** An answer with something that is said first. */
export function withSaid(
  reply: Reply | undefined,
  said: { readonly title: string; readonly words: string },
): Reply {
  const line = `${said.title}. ${said.words}`;
  switch (reply?.show) {
    case 'choice':
      return { ...reply, lines: [line, ...reply.lines] };
    case 'post':
      return { ...reply, notice: [line, ...(reply.notice === undefined ? [] : [reply.notice])].join(' ') };
    case 'notice': {
      const words = [said.words, reply.title === '' ? '' : `${reply.title}.`, reply.words];
      return { ...reply, title: said.title, words: words.filter((each) => each !== '').join('\n\n') };
    }
    default:
      return { show: 'notice', ...said };
  }
}

/** So many of the pictures of one post may come at the same moment. */
const mostAtOnce = 10;

/** What a post would hold, and what of it is new. */
function withGiven(
  { revision }: PostState,
  { media, captions }: Given,
): {
  readonly media: readonly Medium[];
  readonly added: readonly TakenMedium[];
  /** those for the video that is there */
  readonly captions: TakenCaptions | undefined;
  readonly refused: readonly NotTaken[];
} {
  const there = new Set(revision.media.map(({ hash }) => hash));
  const before = revision.media.find(isVideo);
  const refused: NotTaken[] = [];
  const added = media.filter(({ name, medium }) => {
    if (there.has(medium.hash)) return false;
    const isSecond = before !== undefined && isVideo(medium);
    if (isSecond) refused.push({ name, refusal: { what: 'video', why: 'video-there' } });
    return !isSecond;
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
    captions: given?.ok === true ? theirs : undefined,
    refused,
  };
}

/** The captions with which the video that is there came once more. */
function captionsOfSame(media: readonly TakenMedium[], before: Video | undefined): TakenCaptions | undefined {
  for (const { medium, ...named } of media) {
    if (isVideo(medium) && medium.hash === before?.hash && medium.captions !== undefined)
      return { ...named, captions: medium.captions, last: 0 };
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
    const { media, added, captions, refused: not } = withGiven(current, given);
    const refused = [...given.refused, ...not];
    const into = { number: current.number };
    const isAny = given.media.length + (given.captions === undefined ? 0 : 1) > not.length;
    const inIt = (now: PostState, card: Reply): Put => ({
      reply: besides(
        isAny ? inPlace(now, { added, captions, refused }, card, turn) : undefined,
        refused,
        into,
      ),
      post: now,
    });
    if (added.length === 0 && captions === undefined)
      return inIt(current, { show: 'post', post: current, view: 'main' });
    const did = await giveMedia(current, media, seen, turn, desk, added.length > 0);
    const isThere = !did.done && did.refusal.refused === 'nothing-changed';
    if ((did.done || isThere) && captions !== undefined) await captionsHere(current.id, turn, desk);
    if (did.done) return inIt(did.post, shown(did, turn, desk));
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

/** The card that somebody has shows it; another one would only stand beside it. */
function inPlace(
  post: PostState,
  {
    added,
    captions,
    refused,
  }: {
    readonly added: readonly TakenMedium[];
    readonly captions: TakenCaptions | undefined;
    readonly refused: readonly NotTaken[];
  },
  card: Reply,
  turn: Turn,
): Reply {
  if (turn.where.kind !== 'personal' || turn.onButton === true || !hasCard(post, turn.person)) return card;
  const { number } = post;
  if (captions !== undefined && added.length === 0) return notice('captions-added', { number });
  const names = refused.length === 0 ? [] : [...added, ...(captions === undefined ? [] : [captions])];
  return notice('picture-added', {
    number,
    names: names.map(({ name }) => name),
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
  media: readonly Medium[],
  seen: SeenWalk,
  turn: Turn,
  desk: Desk,
  opens: boolean,
): Promise<Did> {
  const { n: from, by: _by, at: _at, ...written } = post.revision;
  const params = { ...written, media, from, keepsDays: true, seen, ...(opens ? { opens } : {}) };
  return await actOn(post, { command: 'post.revise', params, person: turn.person, key: turn.key }, desk);
}

/** A file while it waits for the word of whoever sent it. */
const keptFile = z.discriminatedUnion('is', [
  z.object({ is: z.literal('medium'), medium: describedMedium }),
  z.object({ is: z.literal('captions'), captions: videoCaptions, last: z.int() }),
]);

/** By what a button names a file. It stands in a sentence, so that it has no mark of one. */
const tokenOf = (hash: string): string => hash.replace(/[^A-Za-z0-9]/gu, '').slice(0, 16);

/** A person's record is no place for what a post says: it is read off the file again. */
function withoutWords(captions: VideoCaptions): VideoCaptions {
  if (captions.as !== 'file') return captions;
  const { words: _said, ...file } = captions;
  return file;
}

async function withWords(captions: VideoCaptions, desk: Desk): Promise<VideoCaptions> {
  if (captions.as !== 'file') return captions;
  const words = await desk.files.captionWords(captions.hash);
  return words === undefined ? captions : { ...captions, words };
}

function mediumKept({ name, unnamed, medium }: TakenMedium): Kept {
  const file =
    isVideo(medium) && medium.captions !== undefined
      ? { ...medium, captions: withoutWords(medium.captions) }
      : medium;
  return {
    token: tokenOf(medium.hash),
    name: unnamed === true ? '' : name,
    file: { is: 'medium', medium: file },
  };
}

function captionsKept({ name, unnamed, captions, last }: TakenCaptions): Kept {
  const hash = captions.as === 'file' ? captions.hash : '';
  const file = { is: 'captions', captions: withoutWords(captions), last };
  return { token: tokenOf(hash), name: unnamed === true ? '' : name, file };
}

/** A file as it is kept until then. */
interface Kept extends Pick<WaitingFile, 'token' | 'name'> {
  readonly file: unknown;
}

/** Keeps files until whoever sent them has answered. */
async function keepWaiting(
  files: readonly Kept[],
  post: PostState | undefined,
  { person }: Turn,
  desk: Desk,
): Promise<void> {
  await desk.executor.execute({
    command: filesWait.name,
    id: personDocument(person),
    params: { person, files, ...(post === undefined ? {} : { post: post.id, seen: seenNow(post) }) },
    actor: { by: 'person', person },
  });
}

const asSent = (command: 'picture' | 'captions', number: number, tokens: readonly string[]): string =>
  [command, String(number), 'as sent', ...tokens].join(' ');

/** What is named on a button as `asSent` says it; an earlier release named nothing. */
export function sentTokens(after: string): readonly string[] | undefined {
  const tokens = /^as sent(?<tokens>(?: [A-Za-z0-9]+)*)$/u.exec(after.trim())?.groups?.['tokens'];
  return tokens?.split(' ').filter((token) => token !== '');
}

/** Says first what files would take back; they wait for the press that puts them into the post. */
async function askFirst(
  post: PostState,
  since: GoneOn,
  {
    media,
    captions,
  }: { readonly media: readonly TakenMedium[]; readonly captions: TakenCaptions | undefined },
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const given = captions === undefined ? [] : [captionsKept(captions)];
  await keepWaiting([...media.map(mediumKept), ...given], post, turn, desk);
  if (media.length > 0) return (await askAboutWaiting(post, since, turn, desk)) ?? { show: 'nothing' };
  return captionsAsked(post, since, given[0]?.token ?? '', turn, desk);
}

/** What is in a post, as buttons name it. */
const tokensIn = ({ revision }: PostState): ReadonlySet<string> =>
  new Set(revision.media.flatMap(bytesOf).map(tokenOf));

/** The files that wait for somebody's word whether they go into a post, and are not in it. */
async function waitingFor(post: PostState, turn: Turn, desk: Desk): Promise<readonly WaitingFile[]> {
  const there = tokensIn(post);
  return openFiles(await personOf(turn, desk), turn.now).filter(
    (each) => each.post === post.id && each.left === undefined && !there.has(each.token),
  );
}

/** What came last of what waits, if it is pictures, with captions beside them or none; and pictures that came before. */
function askedAbout(waiting: readonly WaitingFile[]): {
  readonly newest: readonly WaitingFile[];
  readonly earlier: readonly WaitingFile[];
} {
  const isMedium = ({ file }: WaitingFile): boolean => kindOf(file) !== 'captions';
  const media = waiting.filter(isMedium);
  const last = media.at(-1)?.turn;
  return {
    newest: waiting.filter((each) => each.turn === last),
    earlier: media.filter((each) => each.turn !== last),
  };
}

/** Asks once more whether pictures that wait go into a post; undefined where none do. */
export async function askAgain(post: PostState, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const { newest } = askedAbout(await waitingFor(post, turn, desk));
  if (newest.length === 0) return undefined;
  // Whoever presses has read what it costs by now.
  await keepWaiting(newest.map(keptOf), post, turn, desk);
  return await askAboutWaiting(post, sinceSent(post), turn, desk);
}

/** The same of captions; those that cost nothing by now are put to the video at once. */
export async function askCaptionsAgain(post: PostState, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const waiting = await waitingFor(post, turn, desk);
  const last = waiting.findLast(({ file }) => kindOf(file) === 'captions');
  if (last === undefined) return undefined;
  const since = sinceSent(post);
  if (since === undefined) return await putWaiting(post, [last.token], turn, desk);
  await keepWaiting([keptOf(last)], post, turn, desk);
  return captionsAsked(post, since, last.token, turn, desk);
}

const keptOf = ({ token, name, file }: WaitingFile): Kept => ({ token, name, file });

/** Who did what last with a post that was sent. */
function sinceSent(post: PostState): GoneOn | undefined {
  const refusal = wentOn(post, unsentWalk);
  return refusal !== undefined && isGoneOn(refusal) ? refusal.facts : undefined;
}

function captionsAsked(post: PostState, since: GoneOn, token: string, turn: Turn, desk: Desk): Reply {
  const words = asSent('captions', post.number, [token]);
  return { show: 'choice', ...captionsCostWords(since, post, words, turn.person, desk.rules(), turn.now) };
}

async function askAboutWaiting(
  post: PostState,
  since: GoneOn | undefined,
  turn: Turn,
  desk: Desk,
): Promise<Reply | undefined> {
  const { newest, earlier } = askedAbout(await waitingFor(post, turn, desk));
  if (newest.length === 0) return undefined;
  const all = [...earlier, ...newest];
  const names = namesOf(all);
  const tokens = (files: readonly WaitingFile[]): readonly string[] => files.map(({ token }) => token);
  const asked = pictureCostWords(
    since,
    post,
    {
      earlier: names.slice(0, earlier.length),
      newest: names.slice(earlier.length),
      isPictures: all.every(({ file }) => kindOf(file) === 'picture'),
      words: {
        newest: asSent('picture', post.number, tokens(newest)),
        all: asSent('picture', post.number, tokens(all)),
      },
    },
    turn.person,
    desk.rules(),
    turn.now,
  );
  return { show: 'choice', ...asked };
}

/** What files are called that wait: those without a name of their own by when they came. */
function namesOf(files: readonly (Kept & Pick<WaitingFile, 'at'>)[]): readonly string[] {
  const plain = files.map(({ name, at, file }) => (name === '' ? unnamedAtWords(kindOf(file), at) : name));
  return plain.map((name, n) => {
    const same = plain.flatMap((other, i) => (other === name ? [i] : []));
    return same.length === 1 ? name : `${name} (${String(same.indexOf(n) + 1)})`;
  });
}

function kindOf(file: unknown): 'picture' | 'video' | 'captions' {
  const read = keptFile.parse(file);
  return read.is === 'captions' ? 'captions' : isVideo(read.medium) ? 'video' : 'picture';
}

/** The post, opened from the question: what waits for it goes on waiting. */
export async function opened(
  command: 'picture' | 'captions',
  post: PostState,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const names = namesOf(await waitingFor(post, turn, desk));
  const said =
    names.length === 0
      ? {}
      : { notice: sayNotice('picture-not-yet', { number: post.number, names, command }).words };
  return { show: 'post', post, view: 'main', ...said };
}

/** Puts in those files on which somebody's word was awaited; undefined where they have to be sent again. */
export async function putWaiting(
  post: PostState,
  tokens: readonly string[],
  turn: Turn,
  desk: Desk,
): Promise<Reply | undefined> {
  const files = openFiles(await personOf(turn, desk), turn.now).filter(({ token }) => tokens.includes(token));
  const there = tokensIn(post);
  const waiting = tokens.flatMap((token) => {
    const named = files.filter((each) => each.token === token);
    return named.find((each) => each.post === post.id) ?? named.at(-1) ?? [];
  });
  const gone = tokens.filter((token) => !there.has(token) && !waiting.some((each) => each.token === token));
  if (waiting.length === 0 && (gone.length > 0 || tokens.length === 0)) return undefined;
  const given = await givenFrom(waiting, desk);
  const newest = waiting.filter((each) => each.post === post.id).toSorted((a, b) => b.turn - a.turn)[0];
  const { reply, post: after } = await put(post, given, newest?.seen ?? unsentWalk, turn, desk);
  if (after !== undefined) {
    await leaveEarlier(after, waiting, turn, desk);
    if (given.media.length > 0) await awaitFile(post.id, 'more', turn, desk);
  }
  return gone.length === 0 ? reply : withSaid(reply, sayNotice('picture-gone', { number: post.number }));
}

/** Whoever puts in a later one without those before it has thought better of them. */
async function leaveEarlier(
  post: PostState,
  placed: readonly WaitingFile[],
  turn: Turn,
  desk: Desk,
): Promise<void> {
  const last = Math.max(0, ...placed.filter((each) => each.post === post.id).map((each) => each.turn));
  const earlier = (await waitingFor(post, turn, desk)).filter((each) => each.turn < last);
  if (earlier.length === 0) return;
  const { person } = turn;
  await desk.executor.execute({
    command: filesLeft.name,
    id: personDocument(person),
    params: { person, post: post.id, tokens: earlier.map(({ token }) => token) },
    actor: { by: 'person', person },
  });
}

async function givenFrom(waiting: readonly WaitingFile[], desk: Desk): Promise<Given> {
  const media: TakenMedium[] = [];
  let captions: TakenCaptions | undefined;
  for (const [n, { file }] of waiting.entries()) {
    const name = namesOf(waiting)[n] ?? '';
    const kept = keptFile.parse(file);
    if (kept.is === 'captions') {
      captions = { name, captions: await withWords(kept.captions, desk), last: kept.last };
    } else {
      const { medium } = kept;
      media.push({
        name,
        medium:
          isVideo(medium) && medium.captions !== undefined
            ? { ...medium, captions: await withWords(medium.captions, desk) }
            : medium,
      });
    }
  }
  return { media, captions, refused: [] };
}

/** Asks which of several posts files are for that came alone; they wait for the answer. */
export async function askWhich(
  what: 'picture' | 'captions',
  posts: readonly PostState[],
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const taken = await keepForLater(turn.files, desk);
  const files = [
    ...taken.media.map(mediumKept),
    ...(taken.captions === undefined ? [] : [captionsKept(taken.captions)]),
  ];
  if (files.length === 0) return besides(undefined, taken.refused);
  await keepWaiting(files, undefined, turn, desk);
  const tokens = files.map(({ token }) => token);
  const meant = posts.map(({ number, revision }) => ({
    number,
    begins: firstWords(revision.text, 60),
    words: asSent(what, number, tokens),
  }));
  const names = namesOf(files.map((file) => ({ ...file, at: turn.now })));
  return besides({ show: 'choice', ...whichPostWords(what, names, meant) }, taken.refused);
}

const personOf = async ({ person }: Turn, desk: Desk): Promise<PersonState | undefined> =>
  (await desk.executor.load(personKind, personDocument(person)))?.state;
