import { readSentences, wordsIn } from './reading.ts';

const wordsOf = (words: string): readonly string[] => words.split(' ');

/** The commonest small words of English that hardly another language is written with. */
const its = new Set(
  wordsOf(
    'the and of is this that these those with from for by at as it its not but our us your you they them their there ' +
      'here which what when where who how why if than then because while until before after about between during ' +
      'through into out off up down over under again also only just more most other some any each every both all have ' +
      'has been being had does did will would can could should may might must were we be please she her',
  ),
);

/** Those that others are written with as well. */
const shared = new Set(wordsOf('a an to in on are or so he his my me i am was no do go now'));

/** Shares of plain English: `its` among all words, and both kinds. A sentence of so many words has one of `its` at least. */
const least = { its: 0.14, both: 0.3, sentence: 3, words: 3 } as const;

/**
 * Whether a text is in English beyond doubt: it is written in Latin letters, with as many of the small words of English
 * as only that has, and with some in each of its sentences. Of a text of a few words, or of names, nobody can tell.
 */
export function isPlainlyEnglish(text: string): boolean {
  if (/(?!\p{Script=Latin})\p{L}/u.test(text)) return false;
  const words = wordsIn(text).flatMap(({ from, to }) => {
    const word = text
      .slice(from, to)
      .toLowerCase()
      .replace(/[.,:]+$/u, '')
      .replaceAll('’', "'");
    return /\p{L}/u.test(word) ? [{ from, word: word.replace(/(?:n't|'(?:s|re|ll|ve|d|m))$/u, '') }] : [];
  });
  const isEnough = (some: typeof words, share: number, ...kinds: readonly ReadonlySet<string>[]): boolean =>
    some.filter(({ word }) => kinds.some((kind) => kind.has(word))).length >= share * some.length;
  return (
    words.length >= least.words &&
    isEnough(words, least.its, its) &&
    isEnough(words, least.both, its, shared) &&
    readSentences(text).every((sentence) => {
      const within = words.filter(({ from }) => from >= sentence.from && from < sentence.to);
      return within.length < least.sentence || within.some(({ word }) => its.has(word));
    })
  );
}
