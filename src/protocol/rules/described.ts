import type { Protocol } from '../protocol.ts';
import type { Range } from '../text/links.ts';
import { linksIn } from '../text/links.ts';
import { hashtagsIn } from '../text/hashtags.ts';
import { endsAPlace, isCommonWord, isWhereFrom } from '../text/names.ts';
import { sentencesIn } from '../text/sentences.ts';
import { placeWords } from './named.ts';
import { slogansIn } from './slogans.ts';
import { isOfAWork } from './titles.ts';

/**
 * Whom a text may mean without a name that reads like one: a word with a capital where English wants none ("the caterer,
 * Munchwell", "Pettigrew's car lot"), else somebody described ("the gent whose horsebox blocks the lane", "a certain
 * bride"). Neighbours know who is meant; whether that is bad for them the words around it say.
 */
export function describedIn(text: string, protocol: Protocol): readonly Range[] {
  const called = calledIn(text, placeWords(protocol)).filter((one) => !isOfAWork(text, one));
  return called.length > 0
    ? called
    : [...text.matchAll(DESCRIBED)]
        .map(rangeOf)
        .filter((one) => !isOfAnyReader(text, one) && !ONE_FROM_SOMEWHERE.test(text.slice(one.from, one.to)));
}

/** "If your landlord will not mend things", "does your builder …?": each reader's own, and nobody's in particular. */
function isOfAnyReader(text: string, { from, to }: Range): boolean {
  return (
    /^your\s/i.test(text.slice(from, to)) && PERHAPS_YOURS.test(text.slice(Math.max(0, from - 100), from))
  );
}

const PERHAPS_YOURS =
  /\b(?:if|when|whenever|where|unless|whether|should|in case|once|until|before|after|does|do|did|is|are|has|have|can|could|would|will|what if|suppose)\s+(?:you(?:'re)?\s+[^.!?;:]*?)?$/i;

/** "One Netherton landlord" is any of them, as "a Netherton landlord" is. */
const ONE_FROM_SOMEWHERE = /^(?:[Oo]ne|[Aa]nother) [A-Z]/;

const CALLED =
  /(?<![\w#@'’-])(?:St\.?\s+)?[A-Z][a-z]+(?:['’-][A-Za-z]+)*(?:\s+(?:(?:and|of|the|&)\s+)?[A-Z][a-z]+(?:['’-][A-Za-z]+)*)*/g;

function calledIn(text: string, places: ReadonlySet<string>): readonly Range[] {
  const apart = [...linksIn(text), ...hashtagsIn(text), ...slogansIn(text)];
  const begins = new Set(sentencesIn(text).map(({ from }) => from));
  return [...text.matchAll(CALLED)].flatMap((m) => {
    let { from, to } = rangeOf(m);
    const isFirst = begins.has(from) || /["(:]\s*$/.test(text.slice(0, from));
    const words = m[0].split(/\s+/);
    const isCommon = (word: string): boolean => {
      const plain = word
        .toLowerCase()
        .replace(/['’]s$/, '')
        .replace(/\.$/, '');
      return isCommonWord(plain) || places.has(plain) || JOINS.test(plain);
    };
    while (words[0] !== undefined && words[0] !== 'St' && isCommon(words[0])) {
      from += words[0].length + (text.slice(from + words[0].length).match(/^\s*/)?.[0].length ?? 0);
      words.shift();
    }
    const isCut = from > m.index;
    // "the Director of Finance", "the Friends of the Park": what a body or an office is called
    if (isCut && /\bof\b/.test(text.slice(m.index, from))) return [];
    if (words.every(isCommon) || endsAPlace(words.join(' '))) return [];
    if (apart.some((r) => from < r.to && to > r.from)) return [];
    const isOne = words.length === 1;
    // any word begins a sentence with a capital
    // "Labour-saving", "Norman-built": of which kind something is
    if (isOne && /-[a-z]+$/.test(m[0])) return [];
    if (isOne && isFirst && !isCut && !/['’]s$/.test(m[0])) return [];
    const before = text.slice(0, from);
    if (isOne && ANSWERED.test(before) && /^[,.!]/.test(text.slice(to))) return [];
    if (isOne && !/['’]s$/.test(m[0]) && LOCATED.test(before)) return [];
    if (FOLLOWED_BY_PLACE.test(text.slice(to)) || isWhereFrom(text, { from, to })) return [];
    if (/['’]s$/.test(m[0])) to -= 2;
    return [{ from, to }];
  });
}

/** "No, Kevin, …", "Hi Dot, …": somebody who asked is answered. */
const ANSWERED =
  /(?:^|[.!?]\s+|\n)(?:no|yes|sorry|hi|hiya|hello|dear|thanks|thank you|hey|ok|okay|good (?:morning|afternoon|evening|question)|morning|afternoon|evening),?\s+$/i;
const JOINS = /^(?:and|of|the|&)$/;
const LOCATED =
  /\b(?:in|at|on|near|to|from|of|for|by|around|across|through|into|outside|towards|between|and|over|beyond|past|off|via)\s+$/i;
const FOLLOWED_BY_PLACE =
  /^\s+(?:road|street|lane|avenue|park|beach|library|station|school|town|village|ward|hall|market|festival|council)\b/i;

const PERSON =
  '(?:man|woman|lady|gent|gentleman|lad|lass|chap|bloke|guy|boy|girl|couple|pair|person|mum|dad|gran|widow|bride|groom|twin|brother|sister|son|daughter|nephew|owners?|driver|rider|holder|keeper|boss|manager|director|chair\\w*|treasurer|secretary|caretaker|cleaner|clerk|verger|vicar|priest|teacher|head|coach|captain|goalie|referee|leader|scoutmaster|trainer|instructor|tutor|nurse|carer|doctor|dentist|vet|surgeon|pharmacist|optician|hairdresser|barber|landlord|landlady|agent|builder|roofer|plumber|electrician|trader|seller|dealer|farmer|gardener|baker|butcher|grocer|chef|cook|waiter|barman|publican|skipper|fisherman|angler|neighbour|tenant|resident|winner|runner|singer|star|editor|author|firm|company|shop|caf[eé]|pub|bar|bakery|takeaway|salon|garage|school|nursery|home|surgery|practice|club|charity|caterer|contractor|bungalow|house|flat|van|car|jeep|lorry|cab|taxi)';
// what a person, a house or a charity is only part of the name of: "the charity bin", "the school hall", "the car park"
const THING =
  '(?:parks?|pages?|team|bins?|box(?:es)?|banks?|skips?|tins?|tubs?|bags?|sacks?|trays?|shelf|shelves|racks?|sheds?|pots?|tills?|halls?|rooms?|doors?|gates?|roof|yard|grounds?|fields?|gyms?|kitchens?|shops?|stalls?|tents?|desks?|counters?|boards?|walls?|windows?|signs?|forms?|cards?|books?|leaflets?|letters?|posters?|sites?|nights?|days?|weeks?|evenings?|mornings?|trips?|runs?|walks?|races?|match(?:es)?|games?|dinners?|lunch(?:es)?|teas?|balls?|concerts?|shows?|sales?|auctions?|raffles?|fairs?|fetes?|quiz|events?|appeals?|collections?|boots?|wash|keys?|fees?|prices?|tax|rents?|rates?|fires?|alarms?|insurance|repairs?|clearances?|moves?|plants?|dance|buses|bus|meals?|uniforms?|holidays?|gates?|run|streets?)';
const DESCRIBED = new RegExp(
  `\\b(?:the|that|this|our|your|one|another|a certain|certain|some|his|her|their|only|last year's)\\s+(?:(?!(?:and|or|of|to|in|on|at|by|for|with|from|about|an?|the|who|that|if|is|are|was|has|will)\\b)[a-z'-]+\\s+){0,3}?${PERSON}\\b(?! ${THING}\\b)(?='s|[^.!?]{0,30}\\b(?:who|whose|that|at|by|with|from|in|on|of|near|outside|opposite|above|over|behind|next)\\b)`,
  'gi',
);

const rangeOf = (m: RegExpExecArray): Range => ({ from: m.index, to: m.index + m[0].length });
