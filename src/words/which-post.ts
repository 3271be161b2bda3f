import type { Said } from './answers.ts';
import { sayList } from './names.ts';
import { quote, type Offer } from './several.ts';

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
