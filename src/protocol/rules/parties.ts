import type { Party, Protocol } from '../protocol.ts';
import { fold } from '../text/fold.ts';
import type { Range } from '../text/links.ts';
import { linksIn } from '../text/links.ts';
import { isPartOf } from '../text/phrases.ts';
import type { Piece } from './pieces.ts';
import { makesAPlace } from './place-names.ts';

interface PartyForm {
  /** in small letters, its first word: most texts are told by that to hold none */
  readonly hint: string;
  readonly pattern: RegExp;
  readonly party: Party;
  readonly everyday: boolean;
}

const forms = new WeakMap<Protocol, readonly PartyForm[]>();

/** One pattern for each form of a party's name. A form that is also an everyday word needs its capital and a party's company. */
function formsOf(protocol: Protocol): readonly PartyForm[] {
  const known = forms.get(protocol);
  if (known !== undefined) return known;
  const all = protocol.registers.parties.flatMap((party) =>
    [party.name, ...party.aliases].map((form) => {
      const plain = fold(form)
        .text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/[\s-]+/g, '[\\s-]*');
      const everyday =
        !/\s/.test(form.trim()) &&
        /^(?:labour|conservatives?|greens?|reform|liberals?|independents?|unionists?|heritage|change|advance|restore)$/i.test(
          form,
        );
      return {
        hint:
          fold(form)
            .text.toLowerCase()
            .split(/[\s-]+/)[0] ?? '',
        // an everyday word counts as it is written, or shouted
        pattern: new RegExp(
          `(?<![A-Za-z0-9])(?:${everyday ? `${plain}|${plain.toUpperCase()}` : plain})(?![A-Za-z0-9])`,
          everyday ? 'g' : 'gi',
        ),
        party,
        everyday,
      };
    }),
  );
  forms.set(protocol, all);
  return all;
}

interface PartyAt extends Range {
  readonly party: string;
}

/** The parties of the register that a piece names as parties, also in hashtags and handles. */
export function partiesIn(piece: Piece, protocol: Protocol): readonly PartyAt[] {
  const { text, lower } = piece;
  const links = linksIn(text);
  const found: PartyAt[] = [];
  const small = text.toLowerCase();
  // Looked for once for each party, however often a text names it.
  const known = new Map<Party, readonly Range[]>();
  const innocent = (party: Party): readonly Range[] => {
    const ranges = known.get(party) ?? exceptedIn(lower, party.except);
    known.set(party, ranges);
    return ranges;
  };
  for (const { hint, pattern, party, everyday } of formsOf(protocol)) {
    if (!small.includes(hint)) continue;
    for (const m of text.matchAll(pattern)) {
      const at = { from: m.index, to: m.index + m[0].length };
      if (links.some((l) => at.from >= l.from && at.to <= l.to)) continue;
      if (isPartOf(at, innocent(party)) || isVenue(text, at)) continue;
      if (/^[A-Z]/.test(m[0]) && makesAPlace(text.slice(at.to))) continue;
      if (everyday && !isPartyHere(text, at)) continue;
      // the name of an animal
      if (
        /^,?\s+(?:the|our|a)\s+(?:\w+\s+){0,2}(?:dog|cat|horse|pony|goat|pig|rabbit|tortoise|parrot|swan|seal|owl)\b/i.test(
          text.slice(at.to),
        )
      )
        continue;
      // "the Green Party Frock Shop": what a shop is called
      if (/^(?:\s+Party)?\s+(?:Bags?|Hats?|Games?|Frocks?|Balloons?|Planners?)\b/.test(text.slice(at.to)))
        continue;
      // green party bags
      if (
        /^[a-z]/.test(m[0]) &&
        /^\s+(?:bags?|hats?|food|games?|dress\w*|frocks?|plates?|balloons?|invit\w+|poppers?)\b/.test(
          text.slice(at.to),
        )
      )
        continue;
      found.push({ ...at, party: party.name });
    }
  }
  return [...found, ...partiesInTags(text, protocol)].sort((a, b) => a.from - b.from);
}

/** Parties in hashtags and handles, whose words are told apart by their capitals, such as `#VoteLabour`. */
function partiesInTags(text: string, protocol: Protocol): readonly PartyAt[] {
  return [...text.matchAll(/[#@]([A-Za-z0-9_]{3,})/g)].flatMap((m) => {
    const words = (m[1] ?? '').replace(/_/g, ' ').replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
    const named = formsOf(protocol).find(({ pattern, party, everyday }) => {
      const hit = words.search(new RegExp(pattern.source, 'i'));
      if (hit < 0 || isPartOf({ from: hit, to: hit + 1 }, exceptedIn(words.toLowerCase(), party.except)))
        return false;
      return (
        !everyday ||
        /\b(?:vote|back|elect|team|uk|party|join|only|gain|win|hold|councillors?|cllrs?)\b/i.test(words) ||
        words.length === party.name.length
      );
    });
    return named === undefined ? [] : [{ from: m.index, to: m.index + m[0].length, party: named.party.name }];
  });
}

/** Where words stand in which a party's name means something else, also as part of longer ones: `law reform` in `law reforms`. */
const exceptedIn = (lower: string, phrases: readonly string[]): readonly Range[] =>
  phrases.flatMap((phrase) => {
    const plain = fold(phrase).lower;
    const found: Range[] = [];
    for (let from = lower.indexOf(plain); from >= 0; from = lower.indexOf(plain, from + 1))
      found.push({ from, to: from + plain.length });
    return found;
  });

/** A Labour club or Conservative hall is a place to meet in. */
function isVenue(text: string, at: Range): boolean {
  return /^\s+(?:and \w+ )?(?:club|hall|rooms?|social club|institute|house)\b/i.test(text.slice(at.to));
}

// who and what belongs to a party, behind a name that is an everyday word too
const OF_A_PARTY =
  /^(?:'s)?[\s-]+(?:uk|party|councillors?|cllrs?|candidates?|group|mps?|man|men|woman|women|chap|bloke|guy|lads?|lass|lot|mob|crowd|gang|side|benches|bench|team|voters?|led|run|council|manifesto|administration|members?|supporters?|activists?|rebels?|leader|spokes\w+|leaflets?|posters?|badges?|rosettes?|ads?|adverts?|broadcasts?|stalls?|flyers?|stickers?|banners?|rally|conference|branch|seats?|majority|heartlands?|gain|hold)\b/i;

// what a party is blamed and praised for: "Labour's cuts", "Conservative tax rises"; not "Labour costs"
const DEEDS =
  '(?:cuts|(?:tax|bus|rent|parking|council|spending|budget|service|library|road|new) (?:rises?|hikes?|cuts|plans?|promises?|pledges?|failures?)|taxes|spending|austerity|rule|record|lies|mess|chaos|neglect|failures?|failings?|waste|sleaze|broken promises|u-turns?|dogma|greed|incompetence|mismanagement|betrayal|legacy|misrule|achievements?|success(?:es)?|victory|wins?)';
const DONE =
  '(?:saved|tore|sold|built|kept|opened|ruined|ran|runs|spent|wasted|lied|fixed|delivered|delivers|stole|slashed|slashes|axed|axes|scrapped|scraps|raised|failed|fails|backed|blocked|opposed|opposes|stopped|promises|threatens|threatened|refused|refuses|sank|squandered|betrayed|forgot)';
const DEEDS_AFTER = new RegExp(`^(?:'s?)?\\s+(?:(?:[a-z]+\\s+)?${DEEDS}|(?:[a-z]+ly\\s+)?${DONE})\\b`);
const OWN_DEEDS_AFTER = new RegExp(`^'s?\\s+(?:[a-z]+\\s+)?(?:${DEEDS}|promises|pledges|plans|policies)\\b`);

const COMPANY_AFTER =
  /^(?:'s)?[\s-]+(?:party|councillors?|cllrs?|candidates?|group|groups|mps?|led|run|controlled|administration|government|leader|leadership|council|members?|voters?|vote|votes|manifesto|policy|policies|plans?|promises?|pledge|supporters?|activists?|politicians?|budget|amendment|motion|opposition|mayor|have|has|had|will|would|want|wants|says?|said|tried|voted|cut|closed|left|wrecked|broke|is|are|did|do|does|can|cannot|won't|for|on|and|or|in|against|over|made|put|let|never|always|only|must|uk)\b/i;
const COMPANY_BEFORE =
  /\b(?:vote|voting|voted|back|backing|elect|support|only|the|under|by|with|from|for|our|your|local|old|new|both|and|or|than|like|to|beat|against|trust|choose|join|joining|of|a|an|than|is|was|between|blame|thank|thanks to|stop|not)\s+$/i;

const MANY_PEOPLE =
  /^\s+(?:have|are|were|do|did|want|say|said|voted|claim|claimed|would|tried|promise|promised|plan|think|do not|don't)\b/;

/**
 * Whether an everyday word with a capital stands for a party. In the middle of a sentence the capital says so, unless
 * capitals on both sides make it part of another name; at the beginning the company has to.
 */
function isPartyHere(text: string, at: Range): boolean {
  const before = text.slice(0, at.from);
  const after = text.slice(at.to);
  const word = text.slice(at.from, at.to);
  const starts = /(?:^|[.!?:\n"'•]\s*)$/.test(before);
  // "Labour-in-Vain Hill", "Reform-on-Sea": part of a longer name
  if (/^-(?:in|on|of|le|by|under|with|the)-/.test(after)) return false;
  if (/^greens?$/i.test(word)) {
    return (
      OF_A_PARTY.test(after) ||
      (/\b(?:vote|voting|voted|elect|back)\s+$/i.test(before) &&
        /^\s*(?:[.!?,]|$|on\b|for\b|and\b|badges?\b|posters?\b|stickers?\b)/i.test(after)) ||
      (word === 'Greens' &&
        /\b(?:[Tt]he|[Yy]oung|local|our|with|by|for)\s+$/.test(before) &&
        !/^\s+[A-Z]/.test(after))
    );
  }
  // what it did marks a party, and an everyday word has no deeds
  if ((/^(?:labour|conservatives?|liberals?)$/i.test(word) ? DEEDS_AFTER : OWN_DEEDS_AFTER).test(after))
    return true;
  // the party is many people, reform is one thing
  if (word === 'Reform' && MANY_PEOPLE.test(after)) return true;
  // with a capital inside a sentence, and no part of another name
  if (/^reform$/i.test(word) && /(?<![A-Z][\w'-]*)\s$/.test(before) && !starts)
    return !/^\s+(?:of\b|[A-Z](?!K\b))/.test(after);
  if (/^(?:reform|independents?|change|advance|heritage|restore|unionists?)$/i.test(word)) {
    return (
      OF_A_PARTY.test(after) ||
      (/\b(?:vote|voting|voted|elect|back|only|trust|under|blame)\s+$/i.test(before) &&
        !/^\s+of\b/.test(after)) ||
      /\b(?:lot|mob|bunch|crowd|gang|folk|friends|pals|mates|people|councillors?|candidates?)\s+(?:at|in|from|of)\s+$/.test(
        before,
      ) ||
      (/[a-z,]\s$/.test(before) && /^\s+(?:would|wants?|promises?|promised|voted|tried|says?)\b/.test(after))
    );
  }
  if (/^\s+[A-Z][a-z]+/.test(after) && !COMPANY_AFTER.test(after) && !/^\s+(?:Party|Group|MP|UK)/.test(after))
    return false;
  if (starts)
    return COMPANY_AFTER.test(after) && !/^\s+(?:and|or|in|is|are|for|on|can|costs?)\b/i.test(after);
  return (
    COMPANY_BEFORE.test(before) ||
    COMPANY_AFTER.test(after) ||
    /^\s*[.,;:!?)]/.test(after) ||
    /[A-Za-z,(]\s*$/.test(before)
  );
}
