import type { Contact, Protocol } from '../protocol.ts';
import { fold } from '../text/fold.ts';
import type { Range } from '../text/links.ts';
import { emailsIn, linksIn } from '../text/links.ts';
import type { FindingCode, WordingFinding, WordingRule } from './codes.ts';
import { residentAddressesIn } from './addresses.ts';
import { isNotice } from './notices.ts';
import type { Piece } from './pieces.ts';
import { piecesOf } from './pieces.ts';
import { referencesIn } from './references.ts';

/** DAT-5: no personal data of residents in what goes out; contacts and buildings of the protocol's registers pass. */
export const dat5: WordingRule = {
  id: 'DAT-5',
  settings: {},
  check: (draft, protocol) =>
    piecesOf(draft).flatMap((piece): readonly WordingFinding[] => {
      const found: { code: FindingCode; at: Range }[] = [];
      const add = (code: FindingCode, ranges: readonly Range[]): void => {
        for (const at of ranges) {
          if (!found.some((other) => at.from < other.at.to && at.to > other.at.from))
            found.push({ code, at });
        }
      };
      const numbers = withDigits(piece.text);
      const apart = [...linksIn(piece.text), ...referencesIn(numbers)];
      const outside = (ranges: readonly Range[]): readonly Range[] =>
        ranges.filter((range) => !apart.some((l) => range.from >= l.from && range.to <= l.to));
      add('card-number', outside(cardsIn(numbers)));
      add('phone-number', outside(phonesIn(numbers, protocol)));
      add('national-insurance-number', outside(insuranceNumbersIn(piece.text)));
      add(
        'nhs-number',
        outside(nhsNumbersIn(numbers)).filter(
          (range) => !isOwnNumber(numbers.slice(range.from, range.to), protocol),
        ),
      );
      add('email-address', emailsOf(piece, protocol));
      // who stands is nominated with an address, as the law wants it
      if (!isNotice(draft.occasion, piece))
        add('home-address', outside(residentAddressesIn(piece.text, protocol)));
      const codes = [...new Set(found.map(({ code }) => code))];
      return codes.map((code) => ({
        code,
        facts: {},
        spots: found.filter((each) => each.code === code).map(({ at }) => piece.spot(at.from, at.to)),
      }));
    }),
};

/** Letters that stand for digits inside numbers, such as `O7700 9OO 118`, read as digits; the length stays. */
function withDigits(text: string): string {
  return text.replace(/(?<![A-Za-z0-9])[\dOoIl|+(][\dOoIl|().\-/]*(?![A-Za-z0-9])/g, (token) => {
    if (!/\d/.test(token)) return token;
    return token.replace(/[Oo]/g, '0').replace(/[Il|]/g, '1');
  });
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The number as dialled inside the country, so that `+44 151 …`, `0044 (0)151 …` and `0151 …` are the same. */
function nationalNumber(text: string): string {
  const digits = digitsOf(text).replace(/^00(?=44)/, '');
  return /^44\d{9,11}$/.test(digits) ? `0${digits.slice(2).replace(/^0/, '')}` : digits;
}

const GAP = '[\\s().\\-/]{0,3}';
const PHONE = new RegExp(
  `(?<![\\d£$€.])(?:(?:\\+|00|\\bplus)${GAP}4${GAP}4(?:${GAP}0)?${GAP}[1-9](?:${GAP}\\d){8,9}|\\(?0${GAP}[1235789](?:${GAP}\\d){8,9})(?![\\d])`,
  'gi',
);
const FOREIGN = /(?<![\w])\+\d(?:[\s().-]{0,2}\d){7,13}(?!\d)/g;
const REFERENCE =
  /\b(?:ref(?:erence)?|invoice|order|application|case|account|job|ticket|permit|notice|incident|log|enquiry)\b(?:\s+(?:no|number|id|is))*\.?[\s:#]*$/i;
const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  nought: '0',
  nil: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  hundred: '00',
};

function phonesIn(numbers: string, protocol: Protocol): readonly Range[] {
  const found: Range[] = [];
  const take = (from: number, written: string, dialled = written): void => {
    const number = nationalNumber(dialled);
    if (isOwnNumber(number, protocol) || isNeverAResidents(number)) return;
    found.push({ from, to: from + written.length });
  };
  for (const m of numbers.matchAll(PHONE)) {
    if (
      REFERENCE.test(numbers.slice(0, m.index)) ||
      /^\d{1,2}[./-]\d{1,2}[./-](?:\d{2}){1,2}(?!\d)|^0\.\d+$/.test(m[0])
    )
      continue;
    if (/\n\s*\n/.test(m[0])) continue;
    take(m.index, m[0]);
  }
  for (const m of numbers.matchAll(FOREIGN)) if (!/^\+[\s]*44/.test(m[0])) take(m.index, m[0]);
  // a number without its area code, where the text says that it is to be rung
  for (const m of numbers.matchAll(
    /\b(?:call|ring|phone|tel|telephone|text|mobile|whatsapp|dial)\b[\s:.]*(?:(?!\d)[\w'&]+\s+){0,4}?(\d(?:[ -]?\d){5,7})(?![\d]|\s?(?:am|pm|%|[-/:]\d))/gi,
  )) {
    const written = m[1] ?? '';
    // a date is no number to ring
    if (/^(?:19|20)\d\d[- ]\d\d[- ]\d\d$|^\d{1,2}[- ]\d{1,2}[- ](?:19|20)\d\d$/.test(written)) continue;
    take(m.index + m[0].length - written.length, written);
  }
  for (const spoken of spokenNumbersIn(numbers))
    take(spoken.from, numbers.slice(spoken.from, spoken.to), spoken.digits);
  return found;
}

/** Numbers written out in words, or partly: `zero seven seven zero zero, 900 then 612`. */
function spokenNumbersIn(text: string): readonly (Range & { readonly digits: string })[] {
  const item =
    '(?:double|treble|triple|zero|oh|nought|nil|one|two|three|four|five|six|seven|eight|nine|hundred|\\d+)';
  const run = new RegExp(
    `(?<![A-Za-z0-9])${item}(?:[\\s,.-]{1,9}(?:(?:then|and)\\s{0,9})?${item}){3,}(?![A-Za-z0-9])`,
    'gi',
  );
  return [...text.matchAll(run)].flatMap((m) => {
    if (!/[a-z]{3}/i.test(m[0])) return [];
    let digits = '';
    let times = 1;
    for (const word of m[0].toLowerCase().match(/[a-z]+|\d+/g) ?? []) {
      if (word === 'double') times = 2;
      else if (word === 'treble' || word === 'triple') times = 3;
      else {
        digits += (DIGIT_WORDS[word] ?? (/\d/.test(word) ? word : '')).repeat(times);
        times = 1;
      }
    }
    return /^(?:0[1235789]\d{8,9}|(?:00)?44\d{9,10})$/.test(digits)
      ? [{ from: m.index, to: m.index + m[0].length, digits }]
      : [];
  });
}

/** Freephone and other non-geographic numbers belong to organisations, and short codes to services. */
function isNeverAResidents(number: string): boolean {
  return /^0(?:3|8)\d/.test(number) || number.length < 6;
}

const numberSets = new WeakMap<Protocol, readonly string[]>();

/** A number of the registers. An entry of at most eight digits that begins with 0 is the beginning of a range, such as `0151 934`. */
function isOwnNumber(text: string, protocol: Protocol): boolean {
  let own = numberSets.get(protocol);
  if (own === undefined) {
    const phones = [...protocol.registers.contacts, ...protocol.registers.helplines].filter(
      (c) => c.kind === 'phone',
    );
    own = [...phones.map((c) => c.value), protocol.council.phone]
      .map((v) => nationalNumber(fold(v).text))
      .filter((n) => n !== '');
    numberSets.set(protocol, own);
  }
  const number = nationalNumber(text);
  return own.some(
    (each) => each === number || (/^0\d{4,7}$/.test(each) && number.length >= 10 && number.startsWith(each)),
  );
}

/** Card numbers: 13 to 19 digits that pass Luhn's check, or that the text calls a card number. */
function cardsIn(numbers: string): readonly Range[] {
  return [...numbers.matchAll(/(?<!\d)\d(?:[ .-]?\d){12,18}(?!\d)/g)]
    .filter(
      (m) =>
        passesLuhn(digitsOf(m[0])) || /\bcard (?:number|no)\b[^.]{0,30}$/i.test(numbers.slice(0, m.index)),
    )
    .map((m) => ({ from: m.index, to: m.index + m[0].length }));
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const twice = i % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

/** National Insurance numbers: two letters, six digits and a letter from A to D, which may be missing where the text names it. */
function insuranceNumbersIn(text: string): readonly Range[] {
  const found: Range[] = [];
  for (const m of text.matchAll(
    /(?<![A-Za-z0-9])([A-Za-z]{2})[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?\d{2}(?:[\s.-]?([A-Da-d]))?(?![A-Za-z0-9])/g,
  )) {
    const named = /\b(?:national insurance|ni|nino|n\.i\.?)\b[^.!?]{0,60}$/i.test(text.slice(0, m.index));
    const joined = !/\s/.test(m[0]);
    const capitals = /^[A-Z]{2}/.test(m[0]) && /[A-D]$/.test(m[0]);
    if (named || (m[2] !== undefined && (capitals || joined)))
      found.push({ from: m.index, to: m.index + m[0].length });
  }
  return found;
}

/** NHS numbers: ten digits, grouped 3 3 4 with a right check digit, or called an NHS number whatever the check says. */
function nhsNumbersIn(numbers: string): readonly Range[] {
  return [...numbers.matchAll(/(?<![\d+£.])\d{3}([ .-]?)\d{3}([ .-]?)\d{4}(?![\d])/g)]
    .filter((m) => {
      const before = numbers.slice(Math.max(0, m.index - 120), m.index);
      const after = numbers.slice(m.index, m.index + 60);
      const named = /\bnhs\b/i.test(before) || /\bnhs (?:number|no)\b/i.test(after);
      return named || (m[1] !== '' && passesMod11(digitsOf(m[0])));
    })
    .filter((m) => !m[0].startsWith('0'))
    .map((m) => ({ from: m.index, to: m.index + m[0].length }));
}

/** The check digit of the NHS number: weights 10 to 2, modulus 11 (NHS Data Dictionary). */
function passesMod11(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += Number(digits[i]) * (10 - i);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

// Ways of writing an address so that machines do not see it. Nothing is without a longest length (see links.ts), so that
// no text takes long to be read.
const HIDDEN_EMAIL =
  /(?<![\w@])[a-z0-9][\w.+-]{0,63}(?:\s{0,9}(?:\(|\[|\{)\s{0,9}dot\s{0,9}(?:\)|\]|\})\s{0,9}[\w-]{1,63}|\s{1,9}dot\s{1,9}[\w-]{1,63}){0,20}\s{0,9}(?:(?:\(|\[|\{|<)\s{0,9}(?:at|@)\s{0,9}(?:\)|\]|\}|>)|\s@\s|\s@|@\s|\s{1,9}at\s{1,9})\s{0,9}[a-z0-9-]{1,63}(?:\s{0,9}(?:(?:\(|\[|\{)\s{0,9}(?:dot|\.)\s{0,9}(?:\)|\]|\})|\s{1,9}dot\s{1,9}|\.|\s\.\s?)\s{0,9}[a-z0-9-]{1,63}){1,20}/gi;
const MAIL_PROVIDER =
  /^(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|me|aol|btinternet|sky|talktalk|virginmedia|proton|protonmail|gmx|mail|msn)\b/i;

const SENTENCE_ENDS = /(?<=[A-Za-z0-9_)])\.\s+(?=[A-Z])|\n\s*\n/;
// what a disguised address ends in; any word may follow a full stop
const DOMAIN_ENDS =
  /\.(?:com|org|net|uk|co|eu|ie|io|me|info|biz|gov|nhs|edu|tv|fm|london|wales|scot|cymru|email|mail|online|app|dev|fr|de|es|nl|pl|ro|pt|ca|au)$/i;

function emailsOf(piece: Piece, protocol: Protocol): readonly Range[] {
  const { text } = piece;
  const plain = emailsIn(text).filter((e) => !isOwnEmail(text.slice(e.from, e.to), protocol));
  const hidden: Range[] = [];
  const search = new RegExp(HIDDEN_EMAIL);
  for (let m = search.exec(text); m !== null; m = search.exec(text)) {
    const split = /\s*[([{<]\s*(?:at|@)\s*[)\]}>]\s*|\s*@\s*|\s+at\s+/i.exec(m[0]);
    if (split === null) continue;
    if (isHiddenEmail(m[0], split, protocol)) hidden.push({ from: m.index, to: m.index + m[0].length });
    // "mail Jo at jo.whitlow [at] …": the address may begin where this one seemed to end
    else search.lastIndex = m.index + split.index + split[0].length;
  }
  return [...plain, ...hidden];
}

function isHiddenEmail(written: string, split: RegExpExecArray, protocol: Protocol): boolean {
  // "says @Merseytravel. Please …": a handle, behind which a sentence ends
  const [domain = ''] = written.slice(split.index + split[0].length).split(SENTENCE_ENDS);
  // "jobs at sefton.gov.uk" is a place to look; "at" alone hides an address only where the dots are hidden too
  const bare = /^\s+at\s+$/i.test(split[0]);
  if (bare && !/\bdot\b/i.test(written) && !MAIL_PROVIDER.test(domain)) return false;
  const spelled = `${written.slice(0, split.index)}@${domain}`
    .replace(/\s*[([{]?\s*\b(?:dot)\b\s*[)\]}]?\s*|\s*[([{]\s*\.\s*[)\]}]\s*/gi, '.')
    .replace(/\s+/g, '');
  const [address] = emailsIn(spelled);
  if (address === undefined || !DOMAIN_ENDS.test(spelled.slice(address.from, address.to))) return false;
  return !isOwnEmail(spelled.slice(address.from, address.to), protocol);
}

/** An address of the registers, or at a domain of theirs or below one. */
function isOwnEmail(address: string, protocol: Protocol): boolean {
  const email = address.toLowerCase();
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const own: readonly Contact[] = [...protocol.registers.contacts, ...protocol.registers.helplines];
  return (
    email === protocol.council.email.toLowerCase() ||
    own.some((c) => c.kind === 'email' && c.value.toLowerCase() === email) ||
    protocol.registers.emailDomains.some(
      (d) => domain === d.toLowerCase() || domain.endsWith(`.${d.toLowerCase()}`),
    )
  );
}
