import type { Said } from './answers.ts';
import { sayList } from './names.ts';
import { offerOf, quote, yesOffer, type Offer, type OpensByNumber } from './several.ts';

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
  readonly begins: string;
  readonly command: Extract<OpensByNumber, 'show' | 'edit' | 'correct'> | 'hold';
}

/** So many posts are offered. */
const mostMeant = 4;

const asked = {
  change: {
    one: 'Do you want to change this post?',
    several: 'Which post do you want to change?',
    nothing: 'Nothing has changed yet.',
    another: 'For another post, type "edit" and its number, such as "edit 142".',
  },
  hold: {
    one: 'Do you want to hold this post?',
    several: 'Which post do you want to hold?',
    nothing: 'Nothing is held yet. What is held goes out only once somebody has approved it again.',
    another: 'For another post, type "hold" and its number, such as "hold 142".',
  },
} as const;

/**
 * @param what is wanted of a post that was not named
 * @param posts those that may be meant, the likeliest first
 * @param text words that residents may be meant to read; undefined where they are plainly for Crier
 * @returns the question which post is meant, with a button for each
 */
export function whichOfWords(
  what: keyof typeof asked,
  posts: readonly MayBe[],
  text: string | undefined,
): Said & { readonly offers: readonly Offer[] } {
  const offered = posts.slice(0, mostMeant);
  const { one, several, nothing, another } = asked[what];
  const orText =
    'If residents should read what you typed, press the last button: it is a draft then, and nothing goes out before it is approved.';
  return {
    title: offered.length === 1 ? one : several,
    lines: [
      nothing,
      ...offered.map(
        ({ number, begins }) => `#${String(number)}: ${begins === '' ? 'no words yet' : quote(begins)}`,
      ),
      another,
      ...(text === undefined ? [] : [orText]),
    ],
    offers: [
      ...offered.map(({ number, command }) => offerOf(command, number)),
      ...(text === undefined ? [] : [yesOffer(`propose ${text}`)]),
    ],
  };
}
