import type { Councillor, Protocol } from '../protocol.ts';
import { fold } from '../text/fold.ts';
import type { Range } from '../text/links.ts';
import { remembered } from '../text/remembered.ts';
import { isNoPolitician } from './other-leaders.ts';

/** A councillor spoken of in a folded text, with the title if there is one. */
export interface Mention extends Range {
  readonly name: string;
}

const TITLE = '(?:[Cc]llr|CLLR|[Cc]ouncillor|COUNCILLOR|[Cc]oun\\.?|Clr|Cnclr|Alderman|Alderwoman)\\.?';
const NAME = "[A-Z][A-Za-z'-]+";
const TITLED = new RegExp(
  `\\b${TITLE}\\s+(?:(?:Dr|Mrs|Mr|Ms|Miss|Sir|Dame|Prof|Rev)\\.?\\s+)?${NAME}(?:\\s+(?:de|von|van|der|la|[A-Z]\\.?)(?=\\s))?(?:\\s+${NAME})*`,
  'g',
);
/** "Alderman Street": a title that streets are named after. Hill and Park are surnames too. */
const IS_A_STREET =
  /^Alder(?:man|woman)\s+(?:.*\s)?(?:Road|Street|Lane|Avenue|Drive|Close|Grove|Crescent|Court|Place|Terrace|Way|Walk|Mews|Row|Square|Yard|House|Building|Gate|Wharf|Gardens)$/;

const HANDLE = /[#@]\w*?(?:Cllr|cllr|Councillor|councillor)_?[A-Za-z]\w*/g;

interface NamePattern {
  /** in small letters, a word of it: most texts are told by that to hold none */
  readonly hint: string;
  readonly pattern: RegExp;
  readonly name: string;
  readonly isOffice: boolean;
}

const known = new WeakMap<Protocol, readonly NamePattern[]>();
const knownOf = new WeakMap<readonly Councillor[], readonly NamePattern[]>();

/**
 * Where a text speaks of one councillor: by a name, alias, handle or office of the register, or by the title with
 * any name. Several councillors under one title ("Cllrs A and B") are not one.
 */
export function councillorsIn(text: string, protocol: Protocol): readonly Mention[] {
  const known = readers.get(protocol);
  if (known !== undefined) return known(text);
  const read = remembered((each) => mentionsIn(each, protocol));
  readers.set(protocol, read);
  return read(text);
}

/** Several rules ask for those of the same text. */
const readers = new WeakMap<Protocol, (text: string) => readonly Mention[]>();

function mentionsIn(text: string, protocol: Protocol): readonly Mention[] {
  const found: Mention[] = mentionsBy(patternsOf(protocol), text).filter(
    (mention) => !mention.isOffice || !isNoPolitician(text, mention),
  );
  for (const m of text.matchAll(TITLED)) {
    const shown = m[0].replace(/['-]s?$/, '').trimEnd();
    const own = shown.replace(/'s(?:\s.*)?$/, '');
    const mention = { from: m.index, to: m.index + own.length, name: own };
    if (!isNoPolitician(text, mention) && !IS_A_STREET.test(own)) found.push(mention);
  }
  for (const m of text.matchAll(HANDLE)) found.push({ from: m.index, to: m.index + m[0].length, name: m[0] });
  const longest = found
    .filter(
      (a) => !found.some((b) => b !== a && b.from <= a.from && b.to >= a.to && b.to - b.from > a.to - a.from),
    )
    .sort((a, b) => a.from - b.from);
  return longest.filter((a, i) => i === 0 || a.from >= (longest[i - 1]?.to ?? 0));
}

/** Where a folded text speaks of the people of a register. */
export function mentionsOf(people: readonly Councillor[], text: string): readonly Mention[] {
  return mentionsBy(patternsFor(people), text);
}

function mentionsBy(
  patterns: readonly NamePattern[],
  text: string,
): (Mention & Pick<NamePattern, 'isOffice'>)[] {
  const lower = text.toLowerCase();
  return patterns
    .filter(({ hint }) => lower.includes(hint))
    .flatMap(({ pattern, name, isOffice }) =>
      [...text.matchAll(pattern)].map((m) => ({ from: m.index, to: m.index + m[0].length, name, isOffice })),
    );
}

function patternsOf(protocol: Protocol): readonly NamePattern[] {
  const before = known.get(protocol);
  if (before !== undefined) return before;
  const offices = protocol.registers.offices.map((office) => officePattern(office));
  const all = [...patternsFor(protocol.registers.councillors), ...offices];
  known.set(protocol, all);
  return all;
}

/** How the people of a register are written: names, other forms, handles and offices. */
function patternsFor(people: readonly Councillor[]): readonly NamePattern[] {
  const before = knownOf.get(people);
  if (before !== undefined) return before;
  const patterns = people.flatMap((person) => [
    ...[person.name, ...person.aliases].map((form) => ({
      hint: hintOf(form),
      // a name also matches when it is shouted or the title stands before it
      pattern: new RegExp(`(?:\\b${TITLE}\\s+)?(?<![\\w'-])${either(form)}(?![\\w-])`, 'g'),
      name: person.name,
      isOffice: false,
    })),
    ...person.handles.map((handle) => ({
      hint: handle.replace(/^@/, '').toLowerCase(),
      pattern: new RegExp(`@?(?<![\\w.])${escaped(handle.replace(/^@/, ''))}(?![\\w-])`, 'gi'),
      name: person.name,
      isOffice: false,
    })),
    ...person.offices.map((office) => officePattern(office, person)),
    supportersPattern(person),
  ]);
  knownOf.set(people, patterns);
  return patterns;
}

/** "#TeamPhilomena", "#BackQuillfeather": the hashtag of those who are for somebody. */
function supportersPattern({ name }: Councillor): NamePattern {
  const words = fold(name)
    .text.split(/[^A-Za-z]+/)
    .filter((word) => word.length > 2);
  return {
    hint: '#',
    pattern: new RegExp(`#(?:Team|Back|Vote|Go|Love|ThankYou|Thanks)(?:${words.join('|')})+(?!\\w)`, 'g'),
    name,
    isOffice: false,
  };
}

/** "Chair of our planning committee" is the office "chair of the planning committee". */
function officePattern(office: string, councillor?: Councillor): NamePattern {
  const words = escaped(fold(office).text).replace(
    /\\s\+the\\s\+/giu,
    String.raw`\s+(?:(?:the|our|your)\s+)?`,
  );
  return {
    hint: hintOf(office),
    pattern: new RegExp(`(?<![\\w-])(?:(?:the|our|your)\\s+)?${words}(?![\\w-])`, 'gi'),
    name: councillor?.name ?? office,
    isOffice: true,
  };
}

/** The longest of its words. */
function hintOf(form: string): string {
  const words = fold(form).text.toLowerCase().split(/\s+/);
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

function either(form: string): string {
  const plain = fold(form).text;
  return `(?:${escaped(plain)}|${escaped(plain.toUpperCase())})`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
}
