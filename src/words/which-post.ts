import type { Said } from './answers.ts';
import { sayList } from './names.ts';
import { offerOf, quote, yesOffer, type ByNumber, type Offer, type OpensByNumber } from './several.ts';

/** A post that may be meant, with its first words and those that put into it what was sent. */
export interface MayBeMeant {
  readonly number: number;
  readonly begins: string;
  readonly words: string;
}

/** So many buttons a card has at most. */
const mostOffered = 6;

/** @returns what to do where nothing that came alone could be taken, and several posts wait for some */
export function whichTakesRightWords(what: 'picture' | 'captions', numbers: readonly number[]): string {
  const posts = sayList(
    numbers.map((number) => `#${String(number)}`),
    'and',
    mostOffered,
  );
  const waits = `${posts} ${numbers.length === 2 ? 'both' : 'all'} wait for ${what === 'captions' ? 'captions' : 'a picture'}.`;
  return `${waits} Send the right one with the number of its post, such as "${what} ${String(numbers[0])}".`;
}

/**
 * @param own the words that begin a draft of its own with what came; undefined where its sender may begin none
 * @param what pictures that came alone, or captions
 * @param names of what came
 * @param posts the last asked about first
 * @returns the question which post files are for that came alone, with a button for each that waits for some
 */
export function whichPostWords(
  what: 'picture' | 'captions',
  names: readonly string[],
  posts: readonly MayBeMeant[],
  own?: string,
): Said & { readonly offers: readonly Offer[] } {
  const offered = posts.slice(0, mostOffered);
  const numbers = sayList(
    offered.map(({ number }) => `#${String(number)}`),
    'and',
    mostOffered,
  );
  const isOne = names.length === 1;
  return {
    title:
      what === 'captions'
        ? `Which video is ${sayList(names)} for?`
        : `Which post ${isOne ? 'is' : 'are'} ${sayList(names)} for?`,
    lines: [
      `${numbers} ${offered.length === 2 ? 'both' : 'all'} wait for ${what === 'captions' ? 'captions' : 'a picture'}. Nothing has been changed yet.`,
      ...offered.map(
        ({ number, begins }) => `#${String(number)}: ${begins === '' ? 'no words yet' : quote(begins)}`,
      ),
      `For another post, send ${isOne ? 'it' : 'them'} again with its number, such as "${what} 142".`,
    ],
    offers: [
      ...offered.map(({ number, words }) => ({
        title:
          what === 'captions'
            ? `To the video of #${String(number)}`
            : `Put ${isOne ? 'it' : 'them'} into #${String(number)}`,
        words,
      })),
      ...(own === undefined ? [] : [{ title: `Begin a draft with ${isOne ? 'it' : 'them'}`, words: own }]),
    ],
  };
}

/** A post that somebody may mean, with its first words and what its button does. */
export interface MayBe {
  readonly number: number;
  /** absent where others read along */
  readonly begins?: string;
  readonly command: OpensByNumber | ByNumber;
}

/** So many posts are offered. */
const mostMeant = 4;

/** What becomes of a post only once its button is pressed. */
const nothingYet: Readonly<Partial<Record<MayBe['command'], string>>> = {
  edit: 'Nothing has changed yet.',
  correct: 'Nothing has changed yet.',
  hold: 'Nothing is held yet. What is held goes out only once somebody has approved it again.',
};

/**
 * @param command what is wanted of a post that was not named
 * @param posts those that may be meant, the likeliest first
 * @param text words that residents may be meant to read; undefined where they are plainly for Crier
 * @returns the question which post is meant, with a button for each
 */
export function whichOfWords(
  command: MayBe['command'],
  posts: readonly MayBe[],
  text: string | undefined,
): Said & { readonly offers: readonly Offer[] } {
  const offered = posts.slice(0, mostMeant);
  return {
    title: offered.length === 1 ? 'Is it this post?' : 'Which post?',
    lines: [
      nothingYet[command] ?? 'Nothing has happened yet.',
      ...firstWordsOf(offered),
      `For another post, type "${command}" and its number, such as "${command} 142".`,
      ...(text === undefined ? [] : [orText]),
    ],
    offers: [
      ...offered.map((each) => offerOf(each.command, each.number)),
      ...(text === undefined ? [] : [yesOffer(`propose ${text}`)]),
    ],
  };
}

const orText =
  'If residents should read what you typed, press the last button: it is a draft then, and nothing goes out before it is approved.';

const firstWordsOf = (posts: readonly MayBe[]): readonly string[] =>
  posts.flatMap(({ number, begins }) =>
    begins === undefined ? [] : [`#${String(number)}: ${begins === '' ? 'no words yet' : quote(begins)}`],
  );

/**
 * @param posts that may be meant, the likeliest first
 * @param writes whether whoever typed it may write for residents
 * @returns that words were not understood, with buttons for what they may be about
 */
export function notUnderstoodWords(
  posts: readonly MayBe[],
  writes: boolean,
): Said & { readonly offers: readonly Offer[] } {
  const offered = posts.slice(0, mostMeant);
  return {
    title: 'I did not understand that',
    lines: [
      'Nothing has happened.',
      ...(offered.length === 0
        ? []
        : [`Is it about ${offered.length === 1 ? 'this post' : 'one of these'}?`, ...firstWordsOf(offered)]),
      ...(writes ? ['For something new that residents should read, type "propose" and the words.'] : []),
    ],
    offers: [
      ...offered.map((each) => offerOf(each.command, each.number)),
      { title: 'What waits for me', words: 'waiting' },
      { title: 'All commands', words: 'help' },
    ],
  };
}
