import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { whyNotCancel } from '../../posts/writing/cancel.ts';
import { mayDecide, mayDecideCorrection, mayPassOn, maySee } from '../../posts/deciding/may.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { whyNotRemove } from '../../posts/taking-down/remove.ts';
import { whyNotAsked } from '../../posts/deciding/refused-review.ts';
import { refusalWords } from '../../words/refusals.ts';
import {
  askEachWords,
  doneWords,
  mentionedWords,
  notInForm,
  offerOf,
  oneAtATime,
  yesOffer,
  type ByNumber,
  type OpensByNumber,
} from '../../words/several.ts';
import { sayNotice } from '../../words/typed.ts';
import { notice } from '../notices.ts';
import { answered, shown } from '../answered.ts';
import { act, postByNumber, type Desk, type Did } from '../desk.ts';
import type { Choice, Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { askWhichPost } from './which-post.ts';
import { mayGive } from './why-not.ts';
import { leftOver, numbersWithin, readNumber, readNumbers, type NamedPosts } from './named-posts.ts';
import type { AskedFor, TypedCommand } from './typed-command.ts';

/** What a command does with the posts whose numbers stand behind it, and the commands that are no more than that. */

/** Runs what a command does with a numbered post, if there is one that the person may see. */
export async function withPost(
  rest: string,
  turn: Turn,
  desk: Desk,
  command: string,
  then: (post: PostState, after: string) => Promise<Reply>,
): Promise<Reply> {
  const typed = readNumber(rest);
  if (typed === undefined) return await whichPost(rest, turn, desk, command);
  const post = await visible(typed.number, turn, desk);
  return post === undefined
    ? notice('no-such-post', { number: typed.number })
    : await then(post, typed.after);
}

/** The same for a command that opens one post: of several numbers each is opened by its own button. */
export async function openByNumber(
  rest: string,
  turn: Turn,
  desk: Desk,
  command: OpensByNumber,
  then: (post: PostState, after: string) => Promise<Reply>,
): Promise<Reply> {
  // `show me 19`
  const typed = rest.trim().replace(/^(?:(?:me|us|my|our|the|this|that)\s+)+/iu, '');
  const named = readNumbers(typed);
  const all = named === undefined ? [] : [...named.numbers, ...named.either];
  if (named?.left === '' && all.length > 1) return { show: 'choice', ...oneAtATime(command, all) };
  return await withPost(typed, turn, desk, command, then);
}

/** Asks which post is meant; those whose numbers stand anywhere in the words are offered, or those that the words name. */
async function whichPost(rest: string, turn: Turn, desk: Desk, command: string): Promise<Reply> {
  const named = await namedWithin(rest, turn, desk);
  const may = named.filter((post) => mayGive(command, post, turn.person, desk.rules()));
  return named.length === 0
    ? await askWhichPost(command, rest, turn, desk)
    : { show: 'choice', ...mentionedWords(numbersOf(named), command, numbersOf(may)) };
}

/** The posts that are named in words which nobody understands, to be opened; undefined where there are none. */
export async function mentioned(typed: string, turn: Turn, desk: Desk): Promise<Choice | undefined> {
  const named = await namedWithin(typed, turn, desk);
  return named.length === 0 ? undefined : { show: 'choice', ...mentionedWords(numbersOf(named)) };
}

const numbersOf = (posts: readonly PostState[]): readonly number[] => posts.map(({ number }) => number);

/**
 * `propose 1 again`, `post 1 on Facebook only`: words to propose that begin with the number of a post may be about it,
 * or a text; undefined where they are no such words.
 * @param texts the commands that would propose it
 */
export async function againOrText(
  command: string,
  texts: readonly string[],
  turn: Turn,
  desk: Desk,
): Promise<Choice | undefined> {
  const text = /^propose\s+(?<text>\S[\s\S]*)$/iu.exec(command)?.groups?.['text'];
  const named = text === undefined ? undefined : readNumber(text);
  if (named === undefined || !aboutPost.test(named.after)) return undefined;
  const post = await visible(named.number, turn, desk);
  if (post === undefined) return undefined;
  const asked = mentionedWords([post.number], 'propose');
  return { show: 'choice', ...asked, offers: [...asked.offers, ...texts.map(yesOffer)] };
}

/** What is said of a post behind its number; a text goes on with what it counts. */
const aboutPost = /^(?:again|anew|once more|now|today|tomorrow|on|to|at|for|with|without|instead|please)\b/iu;

/** How a sentence about a post goes on behind its number as well: `Edit 1 because it says Monday.` */
const aboutPostToo =
  /^(?:and|or|but|not|because|as|since|so|if|when|once|until|till|by|from|in|of|it|its|that|this|which|who|says?|said|is|was|has|had|should|needs?|does|did|can|cannot|will|must|may|went|got|posts?|drafts?)\b/iu;

/** Whether a number behind the word of a command counts something: `Remove 2 bags at a time.` */
export function isCounting(rest: string): boolean {
  const after = /^\d{1,9} (?<after>\p{Ll}[\s\S]*)$/u.exec(rest)?.groups?.['after'];
  if (after === undefined) return false;
  return leftOver(after) !== '' && !aboutPost.test(after) && !aboutPostToo.test(after);
}

/** So many posts are offered at most. */
const mostMentioned = 3;

async function namedWithin(words: string, turn: Turn, desk: Desk): Promise<readonly PostState[]> {
  const there: PostState[] = [];
  for (const number of numbersWithin(words).slice(0, mostMentioned)) {
    const post = await visible(number, turn, desk);
    if (post !== undefined) there.push(post);
  }
  return there;
}

/**
 * Gives a command that needs nothing but the post's number, and shows what has become of the post.
 *
 * Words that are left over are never passed over in silence; what they do follows from what goes wrong either way:
 * - `hold`: a hold too many costs one more approval, a hold too few is read by residents. Every post that is plainly
 *   named is held at once, whatever else was written, and the answer says what was not understood.
 * - `cancel`, `remove`: nobody can undo them, and waiting costs one press. With anything left over, and with several
 *   numbers, nothing happens: each post gets a button. So does a post to be cancelled that is not somebody's own draft.
 * - `hold all`, `pause`, `stop`, `resume` reach every post there is: they ask, and the question says what it is not for.
 * - what only opens a post opens it; words that were meant for a form are quoted, so that nobody thinks they are in it.
 */
export async function giveByNumber(rest: string, turn: Turn, desk: Desk, command: ByNumber): Promise<Reply> {
  const named = readNumbers(rest);
  if (named === undefined) return await whichPost(rest, turn, desk, command);
  const { numbers, either, later, left } = named;
  const isPlain = numbers.length === 1 && either.length === 0 && left === '';
  if (!isPlain && command !== 'hold') return await askEach(named, turn, desk, command);
  if (!isPlain || later.length > 0) return await giveEach(named, turn, desk, command);
  return await withPost(rest, turn, desk, command, async (post) =>
    command === 'cancel' &&
    turn.onButton !== true &&
    isOthersWork(post, turn.person) &&
    whyNotCancel(post, turn.person, desk.rules()) === undefined
      ? await askEach(named, turn, desk, command)
      : shown(await give(post.id, turn, desk, command), turn, desk),
  );
}

/** What is asked for by the numbers of posts. */
export const asksByNumber =
  (command: ByNumber) =>
  (rest: string): AskedFor => {
    const { numbers = [], either = [] } = readNumbers(rest) ?? {};
    return { command: `post.${command}`, numbers: [...numbers, ...either] };
  };

/** Whether somebody else has written it or has been asked about it, so that a slip in the number would cost them. */
const isOthersWork = (post: PostState, person: string): boolean =>
  post.author !== person || (post.status.is !== 'draft' && post.status.is !== 'sent-back');

async function give(post: string, turn: Turn, desk: Desk, command: ByNumber): Promise<Did> {
  const call = { command: `post.${command}`, post, params: {}, person: turn.person, key: turn.key };
  return await act(desk, call);
}

/** Gives it to each, one after the other, and tells of each what came of it. */
async function giveEach(
  { numbers, either, later, left }: NamedPosts,
  turn: Turn,
  desk: Desk,
  command: ByNumber,
): Promise<Reply> {
  const done: number[] = [];
  const lines: string[] = [];
  for (const number of numbers) {
    const post = await visible(number, turn, desk);
    if (post === undefined) {
      lines.push(sayNotice('no-such-post', { number }).words);
      continue;
    }
    const did = await give(post.id, turn, desk, command);
    if (!did.done) {
      lines.push(`#${String(number)}: ${refusalWords(did.refusal, desk.rules(), turn.now).words}`);
      continue;
    }
    done.push(number);
    const isSending = Object.values(publicationsOf(did.post)).some(({ is }) => is === 'sending');
    if (isSending) lines.push(`#${String(number)}: ${doneWords.onItsWay}`);
  }
  const said = doneWords.of(command, done, { either, left });
  return {
    show: 'choice',
    title: said.title,
    lines: [...lines, ...said.lines],
    offers: [
      ...[...either, ...later].map((number, i, all) => offerOf(command, number, all.slice(i + 1))),
      ...done.map((number) => offerOf('show', number)),
    ],
  };
}

/** Asks which of the posts is meant; nothing has happened yet. */
async function askEach(
  { numbers, either, left }: NamedPosts,
  turn: Turn,
  desk: Desk,
  command: ByNumber,
): Promise<Reply> {
  const all = [...numbers, ...either];
  const there: number[] = [];
  const cannot: string[] = [];
  for (const number of all) {
    const post = await visible(number, turn, desk);
    if (post === undefined) {
      cannot.push(sayNotice('no-such-post', { number }).words);
      continue;
    }
    const whyNot = command === 'remove' ? whyNotRemove : whyNotCancel;
    const refusal = whyNot(post, turn.person, desk.rules());
    if (refusal === undefined) there.push(number);
    else cannot.push(`#${String(number)}: ${refusalWords(refusal, desk.rules(), turn.now).words}`);
  }
  const said = askEachWords(command, {
    can: there.length > 0,
    several: there.length > 1,
    either: either.length > 0,
    left,
  });
  return {
    show: 'choice',
    title: said.title,
    lines: [...cannot, ...said.lines],
    offers: [
      // Of one or the other only one is meant; of several the rest is offered again.
      ...there.map((number) =>
        offerOf(command, number, either.length > 0 ? [] : there.filter((other) => other !== number)),
      ),
      ...(there.length === 1 ? there.map((number) => offerOf('show', number)) : []),
    ],
  };
}

async function visible(number: number, turn: Turn, desk: Desk): Promise<PostState | undefined> {
  const post = await postByNumber(desk, number);
  return post !== undefined && maySee(post, turn.person, desk.rules()) ? post : undefined;
}

/** Says that words which were typed with a post's number are not in the form that it opens. */
export function unheeded(after: string): { readonly notice?: string } {
  const left = leftOver(after);
  return left === '' ? {} : { notice: notInForm(left) };
}

/** Whether somebody decides on a post, or passes it on, now. */
export const isAsked = (post: PostState, person: string, rules: DeskRules): boolean =>
  mayDecide(post, person, rules) ||
  mayPassOn(post, person, rules) ||
  mayDecideCorrection(post, person, rules);

/**
 * The card of a post, on which it is decided: nobody decides by a number on what they may not have read.
 * @param note what was said to it, which stands in the card's own field then
 */
export async function decideOnCard(number: string, turn: Turn, desk: Desk, note?: string): Promise<Reply> {
  return await openByNumber(number, turn, desk, 'show', async (post) => {
    const rules = desk.rules();
    if (isAsked(post, turn.person, rules)) {
      const { words } = sayNotice('decide-on-card', { noted: note !== undefined });
      const typed = note === undefined ? {} : { typed: { note } };
      return await Promise.resolve({ show: 'post', post, view: 'main', notice: words, ...typed });
    }
    const refusal = whyNotAsked(post, turn.person, rules, turn.now);
    if (refusal !== undefined) return answered(refusal, post, turn, desk);
    const { is } = post.status;
    // Nothing can be done with it any more, whoever looks.
    const { words } =
      is === 'cancelled' || is === 'not-to-be-published'
        ? sayNotice('over-for-good', { state: is })
        : sayNotice('nothing-to-decide', {});
    return { show: 'post', post, view: 'main', notice: words };
  });
}

/** Gives a post up that is not public yet. */
export const cancel: TypedCommand = {
  name: 'cancel',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'cancel'),
  asksFor: asksByNumber('cancel'),
};

/** Takes down what is public. */
export const remove: TypedCommand = {
  name: 'remove',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'remove'),
  asksFor: asksByNumber('remove'),
};

/** Shows a post's card again. */
export const show: TypedCommand = {
  name: 'show',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'show', (post) =>
      Promise.resolve({ show: 'post', post, view: 'main' }),
    ),
};

/** Explains a post's route and findings with their clauses. */
export const why: TypedCommand = {
  name: 'why',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'why', (post) =>
      Promise.resolve({ show: 'post', post, view: 'why' }),
    ),
};
