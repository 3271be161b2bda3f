import type { Range } from '../text/links.ts';

/*
 * Titles of works: "our read for March is The Idiot", "A Confederacy of Dunces, at the Atkinson". Plain language, not a
 * council's facts.
 */

const WORKS =
  /(?<![\w-])(?:films?|cinema|movies?|screening|screen|silent|novels?|novelist|books?|bookshop|reads?|reading|classics?|author|authors|chapters?|storytime|story|stories|tales?|poems?|poets?|poetry|plays?|playwright|drama|theatre|stage|panto(?:mime)?s?|musicals?|operas?|ballets?|comedy|comedies|sketch(?:es)?|gigs?|bands?|albums?|songs?|choir|concerts?|exhibitions?|gallery|paintings?|portraits?|sculptures?|podcasts?|series|episodes?|sitcom|tv|telly|bbc|itv|comics?|magazine|tickets|curtain|matinees?|rehearsals?|auditions?|cast|starring|directed|dvds?|audiobooks?|shakespeare|dostoevsky|dickens)(?![\w-])/;

// small words stand inside a title, and one or two of them between its words
const CAPITAL = "[A-Z][\\w'’]*";
const SMALL = '(?:a|an|the|of|and|in|on|at|to|for|with|from|by|is|my|our|his|her|that|who|&)';
const TITLE = new RegExp(
  `(?<![\\w'’-])${CAPITAL}(?:[\\s-]+(?:${SMALL}\\s+){0,2}(?:${CAPITAL}|\\d+))+(?![\\w-])`,
  'g',
);

/**
 * Whether a word stands in what reads as the title of a work: with a capital among other words with capitals, or alone
 * in quotation marks, where the words `around` it (small letters) speak of a work. A text all in capitals has no titles.
 */
export function isInTitle(text: string, sentence: Range, hit: Range, around: string): boolean {
  if (!/^[A-Z][a-z]/.test(text.slice(hit.from, hit.to)) || !WORKS.test(around)) return false;
  const words = text.slice(sentence.from, sentence.to);
  const isQuoted = /["']$/.test(text.slice(0, hit.from)) && /^["']/.test(text.slice(hit.to));
  return (
    isQuoted ||
    [...words.matchAll(TITLE)].some((m) => holds(m, hit.from - sentence.from, hit.to - sentence.from))
  );
}

/**
 * Whether a name is one of stone or of a title: "the statue of Queen Victoria", "Winston Churchill on his plinth", "The
 * Hunchback of Notre Dame".
 */
export function isOfAWork(text: string, { from, to }: Range): boolean {
  const before = text.slice(Math.max(0, from - 80), from);
  return LIKENESS_OF.test(before) || TITLE_OF.test(before) || ON_A_PLINTH.test(text.slice(to, to + 60));
}

const LIKENESS_OF =
  /\b(?:statues?|bust|busts|bronze|portrait|waxwork|sculpture|effigy|plaque|mural|painting|print|memorial)\s+(?:(?:of|to|for|is)\s+)(?:our\s+(?:own\s+)?|the\s+late\s+|[A-Z][a-z]+\s+)?$/;
const TITLE_OF =
  /(?<![\w-])(?:The|A)\s+(?:Hunchback|Tale|Story|Legend|Adventures|Life|Lives|Loves|Ballad|Portrait|Picture|Curious Case|Case|Death|Ghost|Return|Wrath|House|Diary|Secret|Secrets|Strange Case|Memoirs|Memory|Song|Trials?|Tragedy|Merry Wives|Prince|Princess|Two Gentlemen|Merchant|Women|Nightmare|Unbelievable Truth|Prime|Unlikely Pilgrimage)\s+of\s+(?:(?:Miss|Mr|Mrs|Dr|Sir|Lady|Lord|Captain|St\.?)\s+)?$/;
const ON_A_PLINTH =
  /^(?:'s?)?,?\s+(?:(?:[a-z]+\s+){0,3}?(?:on|upon|off|from|down from|back on)\s+(?:his|her|their|its|the|a)\s+(?:[a-z]+\s+)?(?:plinth|pedestal|column)|statue|bust|portrait|plaque|waxwork)(?![\w-])/;

const holds = (m: RegExpExecArray, from: number, to: number): boolean =>
  m.index <= from && m.index + m[0].length >= to;
