import { maySee } from '../../posts/deciding/may.ts';
import type { PostState } from '../../posts/post.ts';
import {
  mentionedWords,
  notInForm,
  oneAtATime,
  onlyOpenedWords,
  yesOffer,
  type OpensByNumber,
} from '../../words/several.ts';
import { notice } from '../notices.ts';
import { postByNumber, type Desk } from '../desk.ts';
import type { Choice, Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { askWhichPost } from './which-post.ts';
import { mayGive, namesChange } from './why-not.ts';
import { leftOver, numbersWithin, readNumber, readNumbers } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';

/** The posts that are named by their numbers, and the commands that only open them. */

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
export async function whichPost(rest: string, turn: Turn, desk: Desk, command: string): Promise<Reply> {
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

/** The post of a number, as far as somebody may see it. */
export async function visible(number: number, turn: Turn, desk: Desk): Promise<PostState | undefined> {
  const post = await postByNumber(desk, number);
  return post !== undefined && maySee(post, turn.person, desk.rules()) ? post : undefined;
}

/** Says that words which were typed with a post's number are not in the form that it opens. */
export function unheeded(after: string): { readonly notice?: string } {
  const left = leftOver(after);
  return left === '' ? {} : { notice: notInForm(left) };
}

/** Shows a post's card again. */
export const show: TypedCommand = {
  name: 'show',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'show', (post, after) =>
      Promise.resolve({ show: 'post', post, view: 'main', ...onlyOpened(leftOver(after)) }),
    ),
};

/** Explains a post's route and findings with their clauses. */
export const why: TypedCommand = {
  name: 'why',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'why', (post, after) => {
      // `why 16 was sent back` asks just that.
      const left = namesChange(after) ? leftOver(after) : '';
      return Promise.resolve({ show: 'post', post, view: 'why', ...onlyOpened(left) });
    }),
};

/** Says that words behind the number of a post that was opened came to nothing. */
const onlyOpened = (left: string): { readonly notice?: string } =>
  left === '' ? {} : { notice: onlyOpenedWords(left) };
