import { z } from 'zod';
import { personKnown } from '../../people/known.ts';
import { filesLeft, filesWait, openFiles, type WaitingFile } from '../../people/waiting-files.ts';
import { bytesOf, captionFiles, isVideo } from '../../posts/writing/media.ts';
import { describedMedium, videoCaptions } from '../../posts/writing/medium.ts';
import type { PostState } from '../../posts/post.ts';
import { isGoneOn } from '../../posts/refusals.ts';
import type { VideoCaptions } from '../../posts/writing/revision.ts';
import { seenNow, unsentWalk, wentOn } from '../../posts/deciding/seen-walk.ts';
import { departmentsToProposeFor } from '../../protocol/people.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { unnamedAtWords, withCaptionsWords } from '../../words/files.ts';
import { captionsCostWords, pictureCostWords } from '../../words/late-forms.ts';
import type { GoneOn } from '../../words/refusals/since.ts';
import { sayNotice } from '../../words/typed.ts';
import { whichPostWords, whichTakesRightWords } from '../../words/which-post.ts';
import { readerOf, type Desk } from '../desk.ts';
import { keepWith } from '../keep-with.ts';
import { keepForLater, type Taken, type TakenCaptions, type TakenMedium } from '../files.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { besides } from './besides.ts';
import { readNumber } from './named-posts.ts';
import type { AskedFor } from './typed-command.ts';

/** Files that wait for the word of whoever sent them, and the questions about them. */

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
export async function keepWaiting(
  files: readonly Kept[],
  post: PostState | undefined,
  turn: Turn,
  desk: Desk,
): Promise<void> {
  const of = post === undefined ? {} : { post: post.id, seen: seenNow(post), over: captionsIn(post) };
  await keepWith(turn, filesWait.name, { person: turn.person, files, ...of }, desk);
}

const asSent = (command: 'picture' | 'captions', number: number, tokens: readonly string[]): string =>
  [command, String(number), 'as sent', ...tokens].join(' ');

/** What is named on a button as `asSent` says it; an earlier release named nothing. */
export function sentTokens(after: string): readonly string[] | undefined {
  const tokens = /^as sent(?<tokens>(?: [A-Za-z0-9]+)*)$/u.exec(after.trim())?.groups?.['tokens'];
  return tokens?.split(' ').filter((token) => token !== '');
}

/** The post into which a button puts files that were sent before. */
export function asksForSent(rest: string): AskedFor | undefined {
  const named = readNumber(rest);
  return named === undefined || sentTokens(named.after) === undefined
    ? undefined
    : { command: 'post.revise', numbers: [named.number] };
}

/** Says first what files would take back; they wait for the press that puts them into the post. */
export async function askFirst(
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
  return captionsAsked(post, { since, token: given[0]?.token ?? '' }, turn, desk);
}

/** What is in a post, as buttons name it. */
export const tokensIn = ({ revision }: PostState): ReadonlySet<string> =>
  new Set(revision.media.flatMap(bytesOf).map(tokenOf));

/** The captions that a post's video has, by their token; empty where it has none in a file. */
const captionsIn = ({ revision }: PostState): string => captionFiles(revision.media).map(tokenOf)[0] ?? '';

/** Whether captions would take the place of others than those that their sender was told of. */
export const isOverOthers = (post: PostState, { token, file, over }: WaitingFile): boolean => {
  const now = captionsIn(post);
  return kindOf(file) === 'captions' && over !== undefined && now !== '' && now !== over && now !== token;
};

/** The files that wait for somebody's word whether they go into a post, and are not in it. */
export async function waitingFor(post: PostState, turn: Turn, desk: Desk): Promise<readonly WaitingFile[]> {
  const there = tokensIn(post);
  return openFiles(await personKnown(desk.executor, turn.person), turn.now).filter(
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

export const keptOf = ({ token, name, file }: WaitingFile): Kept => ({ token, name, file });

/** Who did what last with a post that was sent. */
export function sinceSent(post: PostState): GoneOn | undefined {
  const refusal = wentOn(post, unsentWalk);
  return refusal !== undefined && isGoneOn(refusal) ? refusal.facts : undefined;
}

/**
 * @param isSince whether its video has got other captions since they were asked
 * @returns the question whether captions that wait are put to a post
 */
export function captionsAsked(
  post: PostState,
  {
    since,
    token,
    isSince = false,
  }: { readonly since: GoneOn | undefined; readonly token: string; readonly isSince?: boolean },
  turn: Turn,
  desk: Desk,
): Reply {
  const words = asSent('captions', post.number, [token]);
  const over = captionsIn(post) === '' ? 'nothing' : isSince ? 'others-since' : 'those-there';
  const put = { words, over } as const;
  return { show: 'choice', ...captionsCostWords(since, post, put, readerOf(turn, desk)) };
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
    readerOf(turn, desk),
  );
  return { show: 'choice', ...asked };
}

/** What files are called that wait: those without a name of their own by when they came; a film with its captions. */
function namesOf(files: readonly (Kept & Pick<WaitingFile, 'at'>)[]): readonly string[] {
  const plain = files.map(({ name, at, file }) =>
    withCaptionsWords(name === '' ? unnamedAtWords(kindOf(file), at) : name, hasCaptions(file)),
  );
  return plain.map((name, n) => {
    const same = plain.flatMap((other, i) => (other === name ? [i] : []));
    return same.length === 1 ? name : `${name} (${String(same.indexOf(n) + 1)})`;
  });
}

function hasCaptions(file: unknown): boolean {
  const read = keptFile.parse(file);
  return read.is === 'medium' && isVideo(read.medium) && read.medium.captions?.as === 'file';
}

export function kindOf(file: unknown): 'picture' | 'video' | 'captions' {
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

/** Whoever puts in a later one without those before it has thought better of them. */
export async function leaveEarlier(
  post: PostState,
  placed: readonly WaitingFile[],
  turn: Turn,
  desk: Desk,
): Promise<void> {
  const last = Math.max(0, ...placed.filter((each) => each.post === post.id).map((each) => each.turn));
  const earlier = (await waitingFor(post, turn, desk)).filter((each) => each.turn < last);
  if (earlier.length === 0) return;
  const tokens = earlier.map(({ token }) => token);
  await keepWith(turn, filesLeft.name, { person: turn.person, post: post.id, tokens }, desk);
}

export async function givenFrom(
  waiting: readonly WaitingFile[],
  desk: Desk,
): Promise<Pick<Taken, 'media' | 'captions' | 'refused'>> {
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
  if (files.length === 0) {
    const why = besides(undefined, taken.refused);
    const next = whichTakesRightWords(
      what,
      posts.map(({ number }) => number),
    );
    return why.show === 'notice' ? { ...why, words: `${why.words}\n\n${next}` } : why;
  }
  await keepWaiting(files, undefined, turn, desk);
  const tokens = files.map(({ token }) => token);
  const meant = posts.map(({ number, revision }) => ({
    number,
    begins: firstWords(revision.text, 60),
    words: asSent(what, number, tokens),
  }));
  const names = namesOf(files.map((file) => ({ ...file, at: turn.now })));
  const mayBegin = what === 'picture' && departmentsToProposeFor(turn.person, desk.rules()).length > 0;
  const own = mayBegin ? ['propose as sent', ...tokens].join(' ') : undefined;
  return besides({ show: 'choice', ...whichPostWords(what, names, meant, own) }, taken.refused);
}
