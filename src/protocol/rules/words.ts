import type { HouseWord } from '../protocol.ts';
import { withoutAtEnd } from '../text/at-end.ts';
import { fold } from '../text/fold.ts';
import type { Range } from '../text/links.ts';
import { emailsIn, linksIn } from '../text/links.ts';
import { isPartOf, phrasePattern, phrasesIn } from '../text/phrases.ts';
import { sentencesIn } from '../text/sentences.ts';
import { remembered } from '../text/remembered.ts';
import { isSaidOfSomebody } from './called-so.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { piecesOf } from './pieces.ts';
import { makesAPlace } from './place-names.ts';
import { isInTitle } from './titles.ts';

/** WORDS: the house word list, whole words in context, however they are disguised. */
export const words: WordingRule = {
  id: 'WORDS',
  settings: {},
  check: (draft, protocol) => {
    const list = listOf(protocol.registers.words);
    return piecesOf(draft).flatMap((piece) => {
      const taken: Range[] = [];
      const findings: WordingFinding[] = [];
      for (const hit of hitsIn(piece.text, piece.lower, list)) {
        if (taken.some((range) => hit.from < range.to && hit.to > range.from)) continue;
        taken.push(hit);
        const { word, why, instead } = hit.entry;
        findings.push({
          code: instead === undefined ? 'house-word' : 'house-word-instead',
          facts: { word, why, ...(instead === undefined ? {} : { instead }) },
          spots: [piece.spot(hit.from, hit.to)],
        });
      }
      return findings;
    });
  },
};

interface Hit extends Range {
  readonly entry: HouseWord;
}

interface Phrase {
  readonly pattern: RegExp;
  readonly entry: HouseWord;
}

interface WordList {
  readonly byForm: ReadonlyMap<string, HouseWord>;
  /** forms by length, for words with letters starred out */
  readonly byLength: ReadonlyMap<number, readonly string[]>;
  /** by what stands in them up to the first sign that is no letter or digit: a text has few of the words that begin one */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  /** what a word spells; most words of a text have been met in others before */
  readonly spells: (spelled: string) => { readonly entry: HouseWord | undefined };
}

/** So many words are a council's vocabulary. */
const vocabulary = 20_000;

const RUN = /[a-z0-9]+/g;

type Forms = Pick<WordList, 'byForm' | 'byLength'>;

const lists = new WeakMap<readonly HouseWord[], WordList>();

/** The list with every inflection spelled out; built once for each version of the register. */
function listOf(entries: readonly HouseWord[]): WordList {
  const known = lists.get(entries);
  if (known !== undefined) return known;
  const byForm = new Map<string, HouseWord>();
  const phrases = new Map<string, Phrase[]>();
  for (const entry of entries) {
    const word = fold(entry.word).lower;
    if (/[^a-z]/.test(word)) {
      const [begins = ''] = word.match(RUN) ?? [];
      phrases.set(begins, [...(phrases.get(begins) ?? []), { pattern: phrasePattern(word), entry }]);
    } else for (const form of formsOf(word)) if (!byForm.has(form)) byForm.set(form, entry);
  }
  const byLength = new Map<number, string[]>();
  for (const form of byForm.keys()) byLength.set(form.length, [...(byLength.get(form.length) ?? []), form]);
  const forms = { byForm, byLength };
  const spells = remembered((spelled) => ({ entry: entryOf(spelled, forms) }), vocabulary);
  const list = { ...forms, phrases, spells };
  lists.set(entries, list);
  return list;
}

/** A word and its regular inflections. Words of three letters and fewer only take the plural. */
function formsOf(word: string): readonly string[] {
  const plural = /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
  const forms = [word, plural];
  if (/[^aeiou]y$/.test(word))
    forms.push(`${word.slice(0, -1)}ies`, `${word.slice(0, -1)}ier`, `${word.slice(0, -1)}iest`);
  if (word.length <= 3 || /(?:ed|ing|er|s)$/.test(word)) return forms;
  const stem = word.endsWith('e') ? word.slice(0, -1) : word;
  const doubled = /[^aeiou][aeiou][bdgkmnprt]$/.test(word) ? [`${word}${word.slice(-1)}`] : [];
  for (const base of [stem, ...doubled])
    forms.push(`${base}ed`, `${base}ing`, `${base}er`, `${base}ers`, `${base}y`);
  return forms;
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '£': 'e',
  '€': 'e',
};

function hitsIn(text: string, lower: string, list: WordList): readonly Hit[] {
  const apart = [...linksIn(text), ...emailsIn(text)];
  const hits: Hit[] = [];
  for (const begins of new Set(lower.match(RUN)))
    for (const { pattern, entry } of list.phrases.get(begins) ?? [])
      for (const m of lower.matchAll(pattern)) hits.push({ from: m.index, to: m.index + m[0].length, entry });
  for (const token of tokensIn(text, lower)) {
    if (apart.some((range) => token.from >= range.from && token.to <= range.to)) continue;
    const { entry } = list.spells(token.spelled);
    if (entry !== undefined) hits.push({ from: token.from, to: token.to, entry });
  }
  // looked for once for each word of the list, however often it stands there
  const known = new Map<HouseWord, readonly Range[]>();
  const innocent = (entry: HouseWord): readonly Range[] => {
    const found = known.get(entry) ?? phrasesIn(lower, entry.except);
    known.set(entry, found);
    return found;
  };
  return hits
    .filter(
      (hit) => !isPartOf(hit, innocent(hit.entry)) && !isPlaceName(text, hit) && isMeant(text, lower, hit),
    )
    .sort((a, b) => a.from - b.from || b.to - a.to);
}

interface Token extends Range {
  readonly spelled: string;
}

function tokensIn(text: string, lower: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const m of lower.matchAll(/[a-z0-9@$!|£€*][a-z0-9@$!|£€*#'_.-]*/g)) {
    const raw = m[0];
    const clean = withoutAtEnd(raw, /[!.|'_-]/).replace(/'s$/, '');
    if (clean === '') continue;
    tokens.push({ from: m.index, to: m.index + clean.length, spelled: clean });
    // hyphenated and slashed words also count by their parts
    let at = m.index;
    if (/[-_.']/.test(clean)) {
      for (const part of clean.split(/([-_.']+)/)) {
        if (/[a-z]/.test(part)) tokens.push({ from: at, to: at + part.length, spelled: part });
        at += part.length;
      }
    }
  }
  // the words of a hashtag or handle, told apart by their capitals
  for (const m of text.matchAll(/[#@]([A-Za-z0-9_]{3,})/g)) {
    let at = m.index + 1;
    for (const part of (m[1] ?? '').split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_/)) {
      tokens.push({ from: at, to: at + part.length, spelled: part.toLowerCase() });
      at += part.length;
    }
  }
  // letters set apart one by one
  for (const m of lower.matchAll(/(?<![a-z0-9'])[a-z](?:[\s.*_-]{1,2}[a-z]){3,}(?![a-z0-9'])/g)) {
    const to = m.index + m[0].length;
    tokens.push({ from: m.index, to, spelled: m[0].replace(/[^a-z]/g, '') });
    // "a" and "I" in front may be words of their own
    const article = /^[ai][\s.*_-]+/.exec(m[0])?.[0] ?? '';
    if (article !== '')
      tokens.push({
        from: m.index + article.length,
        to,
        spelled: m[0].slice(article.length).replace(/[^a-z]/g, ''),
      });
  }
  // a word that a line's end cuts in two
  for (const m of lower.matchAll(/(?<![a-z0-9'])([a-z]+)-?[^\S\n]*\n\s*([a-z]+)(?![a-z0-9'])/g)) {
    const spelled = `${m[1] ?? ''}${m[2] ?? ''}`;
    if (spelled.length >= 5) tokens.push({ from: m.index, to: m.index + m[0].length, spelled });
  }
  return tokens;
}

/** The entry that a token spells: as it is, joined, unleeted, with drawn-out letters shortened, or starred out. */
function entryOf(spelled: string, list: Forms): HouseWord | undefined {
  const plain = spelled.replace(/[-_.'#*]/g, '');
  for (const form of [spelled, plain, ...unleeted(plain), ...shortened(plain)]) {
    const entry = list.byForm.get(form);
    if (entry !== undefined) return entry;
  }
  return starred(spelled, list);
}

function unleeted(token: string): readonly string[] {
  const letters = (token.match(/[a-z]/g) ?? []).length;
  const signs = (token.match(/[0134578@$!|£€]/g) ?? []).length;
  if (signs === 0 || letters < 2 || /^\d+(?:st|nd|rd|th|am|pm|km|cm|mm|kg|k|m)$/.test(token)) return [];
  const read = Array.from(token, (c) => LEET[c] ?? c).join('');
  return [read, read.replaceAll('i', 'l'), ...shortened(read)];
}

function shortened(token: string): readonly string[] {
  if (!/(.)\1\1/.test(token)) return [];
  return [token.replace(/(.)\1{2,}/g, '$1'), token.replace(/(.)\1{2,}/g, '$1$1')];
}

/** Stars, hashes and dashes in the middle stand for letters; the first letter has to be there, and one more or the length of a short word. */
function starred(token: string, list: Forms): HouseWord | undefined {
  if (!/^[a-z@$][a-z0-9@$]*[*#_-]+[a-z0-9*#@$_-]*$/.test(token) || token.length < 4) return undefined;
  const letters = token.replace(/[^a-z]/g, '').length;
  const hidden = (token.match(/[*#]/g) ?? []).length;
  if (hidden === 0 || (letters < 2 && token.length !== 4)) return undefined;
  const pattern = new RegExp(
    `^${Array.from(token, (c) => (/[*#_-]/.test(c) ? '[a-z]' : (LEET[c] ?? c))).join('')}$`,
  );
  const form = (list.byLength.get(token.length) ?? []).find((each) => pattern.test(each));
  return form === undefined ? undefined : list.byForm.get(form);
}

/** So many characters of a sentence on each side of a word say how it is meant. */
const reachable = 300;

const within = (range: Range, hit: Range): Range => ({
  from: Math.max(range.from, hit.from - reachable),
  to: Math.min(range.to, hit.to + reachable),
});

/** Whether a word that may be innocent is meant as the list has it, by the words of its sentence and of those around it. */
function isMeant(text: string, lower: string, hit: Hit): boolean {
  const { of, innocentBeside, onlyBeside, inTitles } = hit.entry;
  if (of === undefined && innocentBeside.length === 0 && onlyBeside.length === 0 && inTitles === undefined)
    return true;
  const sentences = sentencesIn(text);
  const i = sentences.findIndex(({ from, to }) => hit.from >= from && hit.from < to);
  const own = within(sentences[i] ?? hit, hit);
  const { from, to } = within(
    { from: (sentences[i - 1] ?? own).from, to: (sentences[i + 1] ?? own).to },
    hit,
  );
  const around = lower.slice(from, to);
  const isBeside = (words: readonly string[]): boolean =>
    words.some((word) => phrasePattern(fold(word).lower).test(around));
  if (onlyBeside.length > 0 && !isBeside(onlyBeside)) return false;
  const isTitle = inTitles !== undefined && isInTitle(text, own, hit, around);
  if (of === undefined && !isTitle && !isBeside(innocentBeside)) return true;
  return isSaidOfSomebody(text, own, hit, innocentBeside);
}

/** A capital and a street word after it make a name of a place; inside a sentence that speaks of such names, capitals alone do. */
function isPlaceName(text: string, hit: Hit): boolean {
  const written = text.slice(hit.from, hit.to);
  if (!/^[A-Z]/.test(written)) return false;
  if (makesAPlace(text.slice(hit.to))) return true;
  if (!/^[A-Z][a-z]+(?:[\s-][A-Z][a-z]+)*$/.test(written)) return false;
  const sentence = sentencesIn(text).find(({ from, to }) => hit.from > from && hit.from < to);
  if (sentence === undefined) return false;
  const { from, to } = within(sentence, hit);
  return OF_PLACES.test(text.slice(from, to));
}

const OF_PLACES =
  /\b(?:(?:road|street|place|village|town|field|house) (?:signs?|names?)|villages? (?:of|called|named)|hamlets? of|streets? (?:called|named))\b/i;
