import type { Range } from '../text/links.ts';

/*
 * Long numbers that are nobody's: of books, goods, plots, plans, places on a map and draws. Plain language, not a
 * council's facts.
 */

const ALWAYS =
  'is[bsm]n|doi|ean|gtin|upc|bar ?codes?|u[ps]rn|serial|batch|model|(?:grid|map|os)(?: grid)?(?= ref)';
const WHERE_CALLED_A_NUMBER =
  'lots?|products?|parts?|stock|items?|catalogue|patent|tender|contract|planning|application|asset|fleet|engine|chassis|licence';
const CALLED = '(?:numbers?|nos?\\b\\.?|refs?\\b\\.?|references?|codes?)';
// "ISBN-13:", "serial numbers are"
const JOINED = `(?:[\\s-]+(?:1[03](?!\\d)|${CALLED}|id|is|are|was|were))*\\s{0,2}[:#=]?\\s{0,2}`;
// letters may be part of it, as in "DC/2026/00417"
const NUMBER = '(?:[A-Z]{1,4}[/-]?)?\\d(?:[\\s./-]{0,2}[\\dXx]){4,19}(?![\\d])';
const NOBODYS: readonly RegExp[] = [
  new RegExp(`\\b(?<!\\b(?:card|nhs|phone)\\s)(?:${ALWAYS})\\b${JOINED}${NUMBER}`, 'gi'),
  new RegExp(
    `\\b(?<!\\b(?:card|nhs|phone)\\s)(?:${WHERE_CALLED_A_NUMBER})\\s+${CALLED}(?![\\w])${JOINED}${NUMBER}`,
    'gi',
  ),
  new RegExp(
    `\\b(?:winning|lottery|lucky|raffle|drawn?)\\s+(?:numbers?|tickets?|balls?)(?:\\s+(?:is|are|was|were|for|this|last|week|month|draw|today))*\\s{0,2}[:#]?\\s{0,2}${NUMBER}`,
    'gi',
  ),
];

const BOOK = /(?<![\d+])97[89](?:[\s-]?\d){10}(?![\d])/g;

/**
 * Where a text has a number that is said to be one of a book, goods, a plan, a place on a map or a draw, or that is a
 * book's by its check digit. It may look like somebody's phone, card or NHS number.
 */
export function referencesIn(text: string): readonly Range[] {
  const called = NOBODYS.flatMap((pattern) => [...text.matchAll(pattern)]);
  const books = [...text.matchAll(BOOK)].filter((m) => isBookNumber(m[0].replace(/\D/g, '')));
  return [...called, ...books].map((m) => ({ from: m.index, to: m.index + m[0].length }));
}

/** The check digit of an ISBN of 13 digits: weights 1 and 3 in turn, modulus 10 (ISO 2108). */
function isBookNumber(digits: string): boolean {
  const sum = Array.from(digits, Number).reduce((all, digit, i) => all + digit * (i % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
