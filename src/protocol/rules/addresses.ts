import type { Protocol } from '../protocol.ts';
import { fold } from '../text/fold.ts';
import type { Range } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';

// words that only streets end in
const STREET =
  '(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Cl|Grove|Gr|Crescent|Cres|Terrace|Terr?|Mews|Croft|Way|Walk|Place|Pl|Court|Ct|Row|Paddocks?|Chase|Rise|Fold|Brow|Garth|Hey|Heys|Villas|Cottages|Boulevard|Circus|Wharf|Quay|Nook|Spinney|Glade|Ridge|Vale|Dale|Mount|Orchard|Crest|Loop|Passage|Entry|Approach|Gate|Causeway|Parkway|Square|Sq|Yard)';
// words that parks and districts end in too
const PERHAPS_STREET =
  '(?:Park|Gardens|Gdns|Hill|Green|Bank|Fields?|Meadows?|Heath|Woods?|End|Side|View|Parade|Promenade|Moss|House|Lodge|Cottage|Farm|Point|Bridge|Acre|Acres|Holt|Dene|Thorn|Cross)';
const WORD = "(?:St\\.?\\s+)?[A-Z][A-Za-z'’-]*";
const NUMBER = '\\d{1,4}\\s?[A-Za-z]?(?:\\s?[-/&]\\s?\\d{1,4}[A-Za-z]?)?';
const LOWER_STREET = '(?:road|street|avenue|lane|crescent|grove|terrace|close|drive|mews|court)';

const LEAD = '(?:\\b(?:[Nn]umbers?|[Nn]os?\\.?|[Hh]ouse(?: number)?|[Ff]lat|[Aa]partment|[Aa]pt)\\s+)?';
const FIRM = new RegExp(
  `(?<![\\w£$€#./:-])(${LEAD})(${NUMBER})(?:,?\\s+(?:in\\s+|on\\s+|of\\s+)?)((?:The\\s+)?(?:${WORD}\\s+){0,3}?${STREET})\\b(?!\\.?\\s+(?:[A-Z][a-z]+\\s+)?(?:Surgery|Library|School|Centre|Library|Station|Clinic|Hospital|Church|Museum|Market|Academy|Nursery|Pharmacy|Stadium|Baths|Hotel|Health|Medical|Retail|Business|Industrial|Office|Hub|Depot)\\b)`,
  'g',
);
const PERHAPS = new RegExp(
  `(?<![\\w£$€#./:-])(${LEAD})(${NUMBER})(?:,?\\s+(?:in\\s+|on\\s+|of\\s+)?)((?:The\\s+)?(?:${WORD}\\s+){1,3}?${PERHAPS_STREET})\\b`,
  'g',
);
const SMALL = new RegExp(
  `(?<![\\w£$€#./:-])((?:number|no\\.?|house|flat|at)\\s+)(${NUMBER})(?:,?\\s+(?:in\\s+|on\\s+)?)((?:[a-z'-]+\\s+){1,2}${LOWER_STREET})\\b`,
  'gi',
);
const FLAT = new RegExp(
  `\\b(?:[Ff]lat|[Aa]partment|[Aa]pt)\\.?\\s+(\\d{1,3}[A-Za-z]?|[A-Z]),?\\s+(?:in\\s+|at\\s+|of\\s+)?(?:\\d{1,4}[A-Za-z]?,?\\s+)?${WORD}(?:\\s+${WORD})*`,
  'g',
);
const POSTCODED = /\b(?:number|no\.?|house)\s+\d{1,4}[a-z]?,?\s+[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/gi;
// streets whose one word says what they are: "41 Beckside", "9 Kirkgate"; behind a town or on its own, not in front of a building
const ONE_WORD = new RegExp(
  `(?<![\\w£$€#./:-])(${LEAD})(\\d{1,3}[A-Za-z]?),?\\s+((?:The\\s+)?[A-Z][a-z]+(?:side|gate|croft|garth|lands?|way|bank|fold|royds?|lea|view|hurst|dene|holme|mead|meadow|thwaite|cliffe?|mount|brow|rise|bourne|combe|fields|acres?|row|hill|brae|nook|stile|wynd))(?![\\w'’-]|\\s+[A-Z]|,\\s+[A-Z][a-z]+(?:,\\s+[A-Z]|,?\\s+and\\s))`,
  'g',
);
// "9 The Firs"; behind "at 7" a band of that name may begin to play
const THE_FIRS = new RegExp(
  `(?<![\\w£$€#./:-])(${LEAD})(\\d{1,3}[A-Za-z]?),?\\s+(The\\s+[A-Z][a-z]+)(?=[,.;!?]|\\s+(?:on|after|before|in|for|from|by|this|today|tomorrow|every|each)\\b|$)`,
  'g',
);
const AT_HOME =
  /\b(?:(?:at|of|to|from|outside|opposite|near|address|lives?|living|number|no\.?)[,:]?\s+|[,(:]\s*)$/i;
const WORD_NUMBER = new RegExp(
  `\\b(?:at|number|of|from|to)\\s+((?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?),?\\s+(?:in\\s+|on\\s+)?(?:${WORD}\\s+){1,3}?${STREET})\\b`,
  'gi',
);

// a number after these counts or names something else
const NOT_A_HOUSE =
  /\b(?:bus(?:es)?|route|service|line|phase|zone|stage|stop|junction|exit|day|week|year|section|plot|lot|platform|room|ward|part|step|chapter|volume|track|scene|act|episode|verse|bay|area|pitch|item|page|class|group|team|under|over|top|nearly|these|those|our|other|first|last|next|some|around|only|between|than|aged?|until|till|since|before|after|all|game|round|level|tier|unit|kick-?off|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?|weds)\.?\s+$/i;
// "on 5 June Moor Lane is shut"; "5 May Street" may be a house
const IN_A_MONTH =
  /^\d{1,2}\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+\S+\s+\S/i;
// "plots 4 to 9 Mill Lane"
const PART_OF_MANY =
  /\b(?:plots|lots|units|bays|pitches|stalls|columns|phases|zones|stops|sections)\s+\d+\s*(?:to|and|or|[-–&])\s*$/i;
// "Kew 2 Moor Lane 3"
const SCORED = /^\s+\d{1,2}(?=[.!,;]|\s*$)/;
const AT =
  /\b(?:at|of|to|from|in|near|number|no\.?|outside|opposite|behind|by|visit|address|lives?|living|leave|left|off|with|and|flat \w+)[,:]?\s+$|[,(:]\s*$|[-–]\s*$/i;
const SMALL_WORDS =
  /\b(?:minutes?|miles?|metres?|new|main|other|busy|local|more|the|of|side|km|hours?|schools?|from|to|at|on|in|per|a|this|each|every|or|and)\b/i;

// premises that are public by their name or by how the text speaks of them
const PREMISES =
  "(?:library|libraries|town hall|civic hall|village hall|church hall|community hall|hall|school|college|university|academy|nursery|pre-?school|centre|center|church|chapel|cathedral|mosque|synagogue|temple|office|offices|surgery|station|museum|gallery|theatre|cinema|hub|pool|baths|stadium|hospital|clinic|pharmacy|chemist|club|pub|inn|hotel|cafe|coffee shop|restaurant|shop|store|supermarket|market|bank|depot|court house|courthouse|magistrates' court|gym|arena|studio|workshop|warehouse|showroom|garage|salon|foodbank|food bank|post office|one stop shop|advice centre|job centre|jobcentre|care home|nursing home|hostel|hospice|police station|fire station|polling station|tip|recycling centre|reception|headquarters|hq|premises|bakery|takeaway|kiosk|venue|social club|youth club|showrooms|council|trust|charity|foundation|ltd|limited|plc|company|service|services|team)";
// "Ainsdale House at 12 …" is a building's name, "the house at 12 …" is somebody's
const PUBLIC_BEFORE = new RegExp(
  `\\b(?:${PREMISES}|St\\.? [A-Z][a-z]+(?:'s|s')|(?-i:(?!(?:The|This|That|An?|His|Her|Their|My|Your)\\s)[A-Z]\\w+ House)|(?:[A-Z]\\w+ )(?:Building|Buildings|Chambers|Arms|Tavern|Arcade|Exchange|Works|Mill|Atkinson))(?:'s)?(?:\\s*[,:(;-]\\s*|\\s+(?:is|are|was|has|have|will|be|moved|moves|moving|move|to|at|on|in|now|based|new|home|opens?|opened|opening|the|found|situated|located|back|re-?opens?|re-?opened|can|its|our|address|here|near|run|runs|held|today|tomorrow|called|just|round|from)\\b)*\\s*$`,
  'i',
);
const OURS_BEFORE = new RegExp(
  `\\b(?:find|visit|see|join|meet|write to|post (?:it|them|forms?) to|send (?:it|them|forms?) to|come (?:and see|to see|to|and visit)|call in (?:to|on|and see)|drop in (?:to|on)|contact) us\\b[^.!?]{0,40}$|\\bour (?:\\w+ ){0,3}(?:${PREMISES})\\b(?:\\s+(?:is|are|has|have|will be|moved|moves|to|at|on|in|now|based|opens?|the|found))*\\s*$|\\bwe (?:are|have moved|are moving|will be|are based)\\b[^.!?]{0,30}$`,
  'i',
);

const BUS_STOP = /\b(?:[Bb]us [Ss]top|[Ss]top [A-Z\d]{1,2})[,:]?\s*$/;

/** House number and street, of what is neither a building of the registers nor obviously public premises. */
export function residentAddressesIn(text: string, protocol: Protocol): readonly Range[] {
  const found: Range[] = [];
  const written: Range[] = [];
  for (const m of text.matchAll(FIRM)) {
    const at = { from: m.index, to: m.index + m[0].length };
    written.push(at);
    if (isHouse(text, at, m[1] ?? '', m[2] ?? '') && hasName(m[3] ?? '')) found.push(at);
  }
  for (const m of text.matchAll(PERHAPS)) {
    const at = { from: m.index, to: m.index + m[0].length };
    written.push(at);
    const led = (m[1] ?? '') !== '' || AT.test(text.slice(0, at.from));
    if (led && isHouse(text, at, m[1] ?? '', m[2] ?? '')) found.push(at);
  }
  for (const m of text.matchAll(SMALL)) {
    const at = { from: m.index, to: m.index + m[0].length };
    if (!SMALL_WORDS.test(m[3] ?? '') && isHouse(text, at, m[1] ?? '', m[2] ?? '')) found.push(at);
  }
  for (const pattern of [ONE_WORD, THE_FIRS]) {
    for (const m of text.matchAll(pattern)) {
      const at = { from: m.index, to: m.index + m[0].length };
      const led = (m[1] ?? '') !== '' || AT_HOME.test(text.slice(0, at.from));
      if (led && isHouse(text, at, m[1] ?? '', m[2] ?? '')) found.push(at);
    }
  }
  for (const pattern of [FLAT, POSTCODED, WORD_NUMBER]) {
    for (const m of text.matchAll(pattern)) found.push({ from: m.index, to: m.index + m[0].length });
  }
  return found.filter(
    (at) =>
      !isRegistered(text.slice(at.from, at.to), protocol) &&
      !isPublic(text, at) &&
      !isOfHistory(text, at) &&
      !isNumbered(text, at, written),
  );
}

/** "In 1881 a family of nine lived at 14 Mill Street": nobody who lives there now. */
function isOfHistory(text: string, at: Range): boolean {
  const sentence = sentencesIn(text).find(({ from, to }) => at.from >= from && at.from < to);
  if (sentence === undefined) return false;
  const from = Math.max(sentence.from, at.from - 160);
  const around = text.slice(from, Math.min(sentence.to, at.to + 160));
  return LONG_AGO.test(around) && !STILL.test(around);
}

// a time before the oldest were grown up, told as when something was; not how old a house is: "a 1920s semi", "built in 1890"
const LONG_AGO =
  /(?<!\b(?:built|erected|converted|dating|dates|dated|back|home|house|cottage|villa)\s+)\b(?:in|by|during|between|around|circa)\s+(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?:1[0-8]\d\d|19[0-2]\d)s?\b(?!\s+(?:house|home|terrace|semi|villa|cottage|bungalow|flat|building|property)\b)|\b(?:1[0-8]\d\d|19[0-2]\d)\s+(?:census|map|directory|survey)\b/i;
const STILL =
  /\b(?:born|lives?|living|since|still|now|today|tonight|yesterday|last|this|recent(?:ly)?|aged|birthday|turns|police|fire|crews?)\b/i;

/**
 * "1 Elm Road, 2 Ash Grove, 3 Oak Drive", "4 Church Road. Wed 5 Moor Lane": numbers that go on by one from street to
 * street are places won, stages or days of a month.
 */
function isNumbered(text: string, at: Range, all: readonly Range[]): boolean {
  return all.some((other) => {
    const [first, second] = other.from < at.from ? [other, at] : [at, other];
    if (first === second || !/^[\s,;.:/&-]*(?:and\s+)?$/.test(text.slice(first.to, second.from)))
      return false;
    const [from, to] = [first, second].map(({ from: begins, to: ends }) =>
      /^(\d+)\s+(.*)$/s.exec(text.slice(begins, ends)),
    );
    return from?.[2] !== to?.[2] && Number(from?.[1]) + 1 === Number(to?.[1]);
  });
}

/** `3 The Paddocks` and `9 Mallard Way` have a name; `14 Close` has none. */
function hasName(street: string): boolean {
  return /\s/.test(street.trim());
}

function isHouse(text: string, at: Range, lead: string, number: string): boolean {
  const before = text.slice(0, at.from);
  const after = text.slice(at.to);
  // "meet at 10 Lord Street side": the number is a time
  if (/^\s+(?:side|end|entrance|exit)\b/.test(after)) return false;
  if (lead.trim() !== '') return true;
  // a measure: "14 Acre Wood", "12 Mile Lane"
  if (
    /^\d+[a-z]?\s+(?:acre|mile|foot|feet|metre|inch|quay|arch|tree|oak(?=s))s?\b/i.test(
      text.slice(at.from, at.to),
    )
  )
    return false;
  // "12 on Hall Road" counts; "number 12 on Hall Road" is a house
  if (/^\d+\s?[A-Za-z]?,?\s+(?:in|on|of)\s/.test(text.slice(at.from, at.to))) return false;
  if (IN_A_MONTH.test(text.slice(at.from, at.to)) || PART_OF_MANY.test(before)) return false;
  if (/[A-Z][a-z]+\s+$/.test(before) && SCORED.test(after)) return false;
  if (NOT_A_HOUSE.test(before) || /\b(?:between|from)\s+\d+[a-z]?\s+(?:and|to)\s+$/i.test(before))
    return false;
  // "the 47 Lord Street service" is a bus
  if (/^\s+(?:bus(?:es)?|service|route|tram|shuttle|timetable)\b/i.test(after)) return false;
  const led = /\b(?:at|of|outside|opposite|near|lives?(?: at)?|address)[,:]?\s+$/i.test(before);
  if (/^(?:19|20)\d\d$/.test(number) && !led) return false;
  // "12 Crosby Road traders": the number counts them
  if (!led && /^\s+(?!(?:is|was|has|this|as|its|residents?)\b)[a-z]+s\b/.test(after)) return false;
  return true;
}

const registered = new WeakMap<Protocol, readonly string[]>();

function isRegistered(address: string, protocol: Protocol): boolean {
  let own = registered.get(protocol);
  if (own === undefined) {
    own = [
      ...protocol.registers.contacts.filter((c) => c.kind === 'address').map((c) => c.value),
      protocol.council.address,
    ].map(plainAddress);
    registered.set(protocol, own);
  }
  // the words that lead to the number are no part of the address
  const plain = plainAddress(address).replace(
    /^(?:(?:at|of|to|from|number|numbers|no|nos|house)\s+)+(?=\d)/,
    '',
  );
  return own.some((each) => ` ${each} `.includes(` ${plain} `));
}

function plainAddress(address: string): string {
  return fold(address)
    .lower.replace(/[^a-z0-9]+/g, ' ')
    .replace(/\brd\b/g, 'road')
    .replace(/\bst(?=$| (?!\w+ (?:road|street|lane|avenue)))/g, 'street')
    .replace(/\bave\b/g, 'avenue')
    .trim();
}

function isPublic(text: string, at: Range): boolean {
  const before = text.slice(Math.max(0, at.from - 160), at.from).replace(/\s+/g, ' ');
  if (
    /\b(?:lady|man|woman|family(?! (?:hubs?|centres?|rooms?|services?|support|fun|days?)\b)|mrs?|ms|miss|resident|residents|neighbours?|owner|home of|couple|pensioner)\b[^.!?]{0,40}$/i.test(
      before,
    )
  )
    return false;
  if (
    /^\s+(?:[A-Z]\w+\s+)?(?:Library|School|Surgery|Health Centre|Centre|Station|Clinic|Church|Museum|Hub)\b/.test(
      text.slice(at.to),
    )
  )
    return true;
  return PUBLIC_BEFORE.test(before) || OURS_BEFORE.test(before) || BUS_STOP.test(before);
}
