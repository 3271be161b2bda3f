import { linksIn } from './links.ts';
import { readSentences, wordsIn } from './reading.ts';

const wordsOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** What tells a language that is written in Latin letters from every other. */
interface SmallWords {
  readonly language: string;
  /** its commonest small words that hardly another language is written with */
  readonly its: ReadonlySet<string>;
  /** those that others are written with as well */
  readonly shared: ReadonlySet<string>;
  /** letters with which no other of Europe's larger languages writes its words */
  readonly letters?: RegExp;
  /** what hangs on a word: `don't`, `mae'r` */
  readonly ending?: RegExp;
}

const latin: readonly SmallWords[] = [
  {
    language: 'en',
    its: wordsOf(
      'the and of is this that these those with from for by at as it its not but our us your you they them their there ' +
        'here which what when where who how why if than then because while until before after about between during ' +
        'through into out off up down over under again also only just more most other some any each every both all have ' +
        'has been being had does did will would can could should may might must were we be please she her',
    ),
    shared: wordsOf('a an to in on are or so he his my me i am was no do go now'),
    ending: /(?:n't|'(?:s|re|ll|ve|d|m))$/u,
  },
  {
    language: 'cy',
    its: wordsOf(
      'mae maen yn yng ym yr wedi gan ac nac neu bydd byddwn ddim sydd hwn hon hyn gyda gydag rydym rydyn eich ein ' +
        'eu ddydd dydd cael bod fod nid oes oedd ond pan lle chi ni hefyd bob pawb bawb nos heddiw yfory dros trwy drwy ' +
        'rhwng ichi wrth hyd',
    ),
    shared: wordsOf('y i o ar am a at ei er na'),
    letters: /[ŵŷ]/u,
    ending: /'(?:r|n|i|u|w|ch)$/u,
  },
  {
    language: 'pl',
    its: wordsOf(
      'jest są się nie że dla przez oraz lub przy będzie będą który która które został została zostały tego tej jego ' +
        'prosimy proszę jeśli już także można ze od pod przed czy jak oraz ich nas naszej państwa',
    ),
    shared: wordsOf('do z w i na po za o u a to'),
    letters: /[ąęłźż]|ść|ći/u,
  },
];

/** Shares of a plain language: `its` among all words, and both kinds. A sentence of so many words has one of `its` at least. */
const least = { its: 0.14, both: 0.3, sentence: 3, words: 3 } as const;

/** Whether a text has as many of the small words of a language as only that has, and some in each of its sentences. */
function isPlainly({ its, shared, letters, ending }: SmallWords, text: string): boolean {
  const words = wordsIn(text).flatMap(({ from, to }) => {
    const word = text
      .slice(from, to)
      .toLowerCase()
      .replace(/[.,:]+$/u, '')
      .replaceAll('’', "'");
    if (!/\p{L}/u.test(word)) return [];
    const bare = ending === undefined ? word : word.replace(ending, '');
    const own = its.has(bare);
    // A name may be written with its letters in any other language.
    return [{ from, own, known: own || shared.has(bare) || letters?.test(word) === true }];
  });
  return (
    words.length >= least.words &&
    words.filter(({ own }) => own).length >= least.its * words.length &&
    words.filter(({ known }) => known).length >= least.both * words.length &&
    readSentences(text).every((sentence) => {
      const within = words.filter(({ from }) => from >= sentence.from && from < sentence.to);
      return within.length < least.sentence || within.some(({ own }) => own);
    })
  );
}

/** The letters of Arabic itself; the other languages of its script write with more. */
const arabic = String.raw`\u0621-\u063A\u0640-\u064A\u0671`;

/** Languages of other scripts: all letters with which each is written, and such as tell it from those that share them. */
const otherScripts: readonly { readonly language: string; readonly all: RegExp; readonly some?: RegExp }[] = [
  { language: 'ar', all: new RegExp(`^[${arabic}]+$`, 'u'), some: /[\u0629\u0643\u0649\u064A]/u },
  {
    language: 'ur',
    all: new RegExp(
      String.raw`^[${arabic}\u067E\u0679\u0686\u0688\u0691\u0698\u06A9\u06AF\u06BA\u06BE\u06C0-\u06C3\u06CC\u06D2\u06D3]+$`,
      'u',
    ),
    some: /[\u0679\u0688\u0691\u06BA\u06D2]/u,
  },
  {
    language: 'fa',
    all: new RegExp(String.raw`^[${arabic}\u067E\u0686\u0698\u06A9\u06AF\u06C0\u06CC]+$`, 'u'),
    some: /^(?=.*[\u067E\u0686\u0698\u06AF]).*[\u06A9\u06CC]/u,
  },
  { language: 'uk', all: /^[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]+$/iu, some: /[іїєґ]/iu },
  { language: 'ru', all: /^[абвгдеёжзийклмнопрстуфхцчшщъыьэюя]+$/iu, some: /[ыэё]/iu },
  { language: 'el', all: /^\p{scx=Greek}+$/u },
  { language: 'pa', all: /^\p{scx=Gurmukhi}+$/u },
  { language: 'gu', all: /^\p{scx=Gujarati}+$/u },
  { language: 'bn', all: /^[\u0980-\u09EF]+$/u },
  { language: 'ta', all: /^\p{scx=Tamil}+$/u },
  { language: 'th', all: /^\p{scx=Thai}+$/u },
  { language: 'ko', all: /^\p{scx=Hangul}+$/u },
  { language: 'zh', all: /^\p{Script=Han}+$/u },
  { language: 'ja', all: /^[\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Han}]+$/u },
];

/** Yiddish is written with the letters of Hebrew. */
const yiddish = /[\u05F0-\u05F2]|(?<!\p{L})(?:און|איז|פון|פאר)(?!\p{L})/u;

/** At most so many of a text's letters are Latin, in its names, where it is of another script. */
const mostLatin = 1 / 3;

/**
 * The language that a text is written in beyond doubt, as BCP 47 names it: by its script and the letters that only it
 * has, and of Latin letters by the small words of English, Welsh and Polish. Of a text of a few words, of names or in
 * two languages, nobody can tell.
 *
 * @returns empty for a text of another script than the Latin one, of which it is not sure whose
 */
export function languageOf(text: string): string | undefined {
  const words = linksIn(text).reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
  const letters = words.match(/\p{L}/gu) ?? [];
  const others = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).join('');
  if (others === '') return latin.find((language) => isPlainly(language, text))?.language;
  if (others.length < (1 - mostLatin) * letters.length) return undefined;
  if (/^[\u05D0-\u05EA\u05F0-\u05F2]+$/u.test(others)) return yiddish.test(words) ? 'yi' : 'he';
  return otherScripts.find(({ all, some = all }) => all.test(others) && some.test(others))?.language ?? '';
}
