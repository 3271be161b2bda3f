import type { Protocol } from '../protocol.ts';
import type { Range } from '../text/links.ts';
import { linksIn } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import { isNoPolitician } from './other-leaders.ts';
import { councillorsIn, mentionsOf } from './politicians.ts';
import { NO_COUNCIL, SEATS } from './seats.ts';

/** One politician spoken of, by name or by office. */
export interface Politician extends Range {
  /** the name of the register, or the words as they stand */
  readonly name: string;
}

const NAME = "[A-Z][A-Za-z'-]+";
const OF_A_PLACE = `(?:\\s+(?:of|for)\\s+(?:the\\s+)?${NAME}(?:\\s+${NAME})*)?`;

/*
 * Offices that one politician holds at a time. A plural ("your MPs", "ward councillors") is nobody in particular, and
 * neither is what only carries an office's name ("the Mayor's Charity Appeal").
 */
const OFFICES: readonly RegExp[] = [
  new RegExp(
    `(?<![\\w-])(?:(?:[Tt]he|[Oo]ur|[Yy]our|[Aa])\\s+)?(?:(?:[Dd]eputy|[Ll]ord|[Mm]etro|[Cc]ity|[Tt]own|[Nn]ew|[Ff]ormer|[Cc]ivic)\\s+)*[Mm]ayor(?:ess)?(?![\\w-]|'s\\s+(?:[Oo]ffice|[Pp]arlour|[Cc]harit|[Cc]up|[Bb]all|[Aa]ppeal|[Aa]ward|[Ff]und|[Cc]hain|[Tt]rophy|[Ss]hield|[Cc]ar\\b|[Ss]ecretary|[Cc]arol|[Ss]how|(?:[Cc]hair|[Rr]obes?|[Cc]oach|[Mm]ace)\\b|(?:Street|Road|Lane|Avenue|Court|Close|House|Way|Walk|Row|Yard)\\b)|\\s+(?:Street|Road|Lane|Avenue|Court|Close|House|Way|Walk|Row|Yard|Quimby|Goodway|Humdinger|Lionheart)\\b|\\s+of\\s+(?:Casterbridge|Toytown|Trumpton|Hamelin|Townsville|Munchkin)\\b)${OF_A_PLACE}`,
    'g',
  ),
  new RegExp(
    `(?<![\\w-])(?:${NAME}\\s+${NAME},?\\s+(?:the\\s+|our\\s+)?(?:\\w+\\s+)?)?(?:MP|MEP)(?![\\w-])(?!\\s+(?:election|candidates|surgeries|offices))(?:\\s+(?:for\\s+)?${NAME}(?:\\s+${NAME})?)?`,
    'g',
  ),
  /(?<![\w-])member of parliament(?![\w-])/gi,
  // who sits in the House of Lords; a lord is also a street, a pub and a poet
  new RegExp(
    `(?<![\\w-])Baroness\\s+(?!(?:Road|Street|Lane|Avenue|Court|Close|House|Way|Walk|Gardens|Park)\\b)${NAME}(?:\\s+${NAME})*|(?<![\\w-])[Mm]ember of the House of Lords(?![\\w-])`,
    'g',
  ),
  /(?<![\w-])(?:prime minister|(?:home|foreign|health|education|transport|housing|communities|justice|defence|business|energy|environment|culture|science|work and pensions|levelling up) secretary|chancellor of the exchequer|secretary of state|police(?:(?:,| and)? fire)?(?:(?:,? and)? crime)? commissioner|leader of the opposition|first minister|deputy prime minister)(?![\w-])/gi,
  /(?<![\w-])(?:(?:government|junior|local|roads?|health|schools?|housing|transport|environment|education|flood(?:ing)?|energy|treasury|cabinet office)\s+minister|minister\s+(?:for|of state))(?![\w-])/gi,
  /(?<![\w-])(?:[Cc]abinet|[Pp]ortfolio|[Ee]xecutive)\s+(?:[Mm]ember|[Hh]older|[Ll]ead)(?![\w-])(?:\s+for\s+(?:[A-Z][\w']*(?:(?:,| and| &)?\s+[A-Z][\w']*)*|[a-z]\w+))?/g,
  /(?<![\w-])(?:(?:deputy|opposition|group|party|council(?:'s)?|town hall|borough's)\s+leader|leader\s+of\s+(?:the\s+|your\s+|our\s+)?(?:[A-Z]\w+\s+)?(?:council|opposition|group|administration))(?![\w-])/gi,
  new RegExp(
    `(?<![\\w-])(?:(?:the|a)\\s+)?(?:man|woman|lady|gentleman|person|one|chap|bloke)\\s+(?:who|that)(?:\\s+(?:has|had|now|currently|still))*\\s+(?:led|leads?|runs?|ran|(?:is|was|been)\\s+(?:leading|running|in charge of|at the (?:top|head|helm) of))\\s+(?:the|our|this|your)\\s+(?:council|town hall|borough)${NO_COUNCIL}`,
    'gi',
  ),
  /(?<![\w-])(?:[Tt]he|[Oo]ur|[Aa])\s+Leader(?![\w'-])(?!\s+of\s+(?!the\s+(?:[Cc]ouncil|[Oo]pposition)))/g,
  /(?<![\w-])(?:[Tt]he|[Oo]ur|[Yy]our|[Aa])\s+(?:(?:ward|local|parish|town|borough)\s+)*[Cc]ouncillor\s+(?:for|in)\s+(?:the\s+)?(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z]\w+/g,
  new RegExp(`(?<![\\w-])(?:[Cc]andidate|[Cc]andidates?\\s+(?:called|named))\\s+${NAME}\\s+${NAME}`, 'g'),
  new RegExp(
    `(?<![\\w-])${NAME}\\s+${NAME},?\\s+(?:who\\s+)?(?:is|was|will be|hopes to be)?\\s*(?:standing|a candidate)\\s+(?:in|for)\\s+(?=[A-Z]|the\\s+(?:council|seat|ward))`,
    'g',
  ),
  new RegExp(`(?<![\\w-])(?:Cllrs|Councillors)\\.?\\s+${NAME}`, 'g'),
  /(?<![\w-])(?:the|our) (?:vice[- ])?chair(?:man|woman)? of (?:the )?(?:planning|licensing|scrutiny|overview|audit|standards|regulatory|cabinet|full council|[a-z]+ committee)(?![\w-])/gi,
  ...SEATS,
];

// before an office that nobody holds yet: "you can vote for a city region mayor", "any would-be mayor"
const NOBODY_YET =
  /\b(?:would-be|any|(?:vote|votes|voting|choose|choosing|elect|electing|election)(?: for| of)? an?(?: \w+){0,2})\s+$/i;
const TO_BE_CHOSEN = /\b(?:vot(?:e|es|ing)|choos(?:e|es|ing)|elect(?:s|ing)?)\b[^.!?]*$/i;

/** Whether an office is spoken of as one that people are still to fill: "each ward votes for a councillor and a mayor". */
function isToBeFilled(office: string, before: string): boolean {
  return NOBODY_YET.test(before) || (/^an?\s/i.test(office) && TO_BE_CHOSEN.test(before));
}

/**
 * "In 1883 the mayor …", "mayor of Bootle in the 1920s": whoever held the office then stands for nothing now. A year
 * elsewhere may be that of what a politician of today remembers. Before 1970 is before the oldest who do stand.
 */
function isOfHistory(text: string, office: Range): boolean {
  const around = sentencesIn(text).find(({ from, to }) => office.from >= from && office.from < to);
  if (around === undefined) return false;
  const before = text.slice(around.from, office.from);
  return BEGINS_LONG_AGO.test(before) || HELD_LONG_AGO.test(text.slice(office.to));
}

const LONG_AGO = 'in (?:the )?(?:1[0-8]\\d\\d|19[0-6]\\d)s?\\b';
const BEGINS_LONG_AGO = new RegExp(
  `^(?:[^.!?:]{0,40}:\\s*)?(?:(?:back|on this day|one day|here|early|late)\\s+)?${LONG_AGO}`,
  'i',
);
const HELD_LONG_AGO = new RegExp(
  `^(?:\\s+[A-Z]\\w+){0,2}\\s+(?:was born|died|lived)\\s+(?:[\\w,]+\\s+){0,4}?in 1[0-8]\\d\\d\\b|^,?\\s+(?:of\\s+(?:the\\s+)?\\w+\\s+)?(?:(?:took office|held office|served|sat|was (?:first )?(?:chosen|elected|sworn in|installed|appointed))\\s+)?(?:back\\s+)?${LONG_AGO}`,
  'i',
);

/** "The Prime Minister pub": what only has its name from an office. */
const ONLY_NAMED_SO =
  /^\s+(?:pub|inn|arms|tavern|desk|bookcase|beer garden|locomotive|steam engine|rose|roses)\b/;

/** Everybody that a folded text speaks of who is one politician: of the registers, a candidate, or by an office. */
export function politiciansIn(
  text: string,
  protocol: Protocol,
  candidates: readonly string[],
): readonly Politician[] {
  const named = [
    ...councillorsIn(text, protocol),
    ...mentionsOf(protocol.registers.politicians, text),
    ...mentionsOf(asPoliticians(candidates), text),
  ];
  const links = linksIn(text);
  const offices = [...OFFICES, leaderOf(protocol)].flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .map((m) => ({ from: m.index, to: m.index + m[0].length, name: m[0] }))
      .filter(
        (office) =>
          !isToBeFilled(office.name, text.slice(0, office.from)) &&
          !isNoPolitician(text, office) &&
          !isOfHistory(text, office) &&
          !ONLY_NAMED_SO.test(text.slice(office.to)),
      ),
  );
  return [...named, ...offices]
    .filter((one) => !links.some((link) => one.from >= link.from && one.to <= link.to))
    .sort((a, b) => a.from - b.from);
}

const leaders = new WeakMap<Protocol, RegExp>();

/** "Sefton's leader": who leads the council, by its short name. */
function leaderOf(protocol: Protocol): RegExp {
  const before = leaders.get(protocol);
  if (before !== undefined) return before;
  const short = protocol.council.short.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const made = new RegExp(`(?<![\\w-])${short}'s\\s+(?:deputy\\s+)?leader(?![\\w-])`, 'g');
  leaders.set(protocol, made);
  return made;
}

const known = new WeakMap<readonly string[], Protocol['registers']['politicians']>();

function asPoliticians(names: readonly string[]): Protocol['registers']['politicians'] {
  const before = known.get(names);
  if (before !== undefined) return before;
  const made = names.map((name) => ({ name, aliases: [], handles: [], offices: [] }));
  known.set(names, made);
  return made;
}
