import type { Range } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { isNotice } from './notices.ts';
import { isOddCompany, isStyled } from './company.ts';
import type { Piece } from './pieces.ts';
import { piecesOf } from './pieces.ts';
import type { Mention } from './politicians.ts';
import { councillorsIn } from './politicians.ts';
import {
  CREDIT_AFTER,
  CREDIT_BEFORE,
  CREDITED_BY,
  DEED,
  EXCLAIMED,
  IN_OFFICE,
  NAMES_WHOM,
  REPORTING,
  SOMEBODY_GREAT,
  WARM,
  WHERE_TO_MEET,
  WISHED_FOR,
} from './praise.ts';

/** POL-8: praise of, or credit to, one councillor. Naming one in office or quoting one on a decision passes. */
export const pol8: WordingRule = {
  id: 'POL-8',
  settings: {},
  check: (draft, protocol) =>
    piecesOf(draft).flatMap((piece): readonly WordingFinding[] => {
      if (isNotice(draft.occasion, piece)) return [];
      const mentions = councillorsIn(piece.text, protocol);
      const found = mentions.flatMap((mention) => praiseOf(piece, mention, mentions));
      const first = found[0];
      if (first === undefined) return [];
      return [
        {
          code: 'promotes-councillor',
          facts: { councillor: first.mention.name },
          spots: found.map(({ at }) => piece.spot(at.from, at.to)),
        },
      ];
    }),
};

/** Where the piece praises this councillor. */
function praiseOf(
  piece: Piece,
  mention: Mention,
  all: readonly Mention[],
): readonly { mention: Mention; at: Range }[] {
  const sentences = sentencesIn(piece.text);
  const index = sentences.findIndex((s) => mention.from >= s.from && mention.from < s.to);
  const sentence = sentences[index];
  if (sentence === undefined || isOneOfSeveral(piece.text, mention, all)) return [];
  const whole = { mention, at: { from: sentence.from, to: sentence.to } };
  const before = piece.text.slice(sentence.from, mention.from);
  const after = piece.text.slice(mention.to, sentence.to);
  // what somebody else is quoted as saying counts where the councillor is named; the councillor's own words do not
  const ownWords = REPORTING.test(after) || isReportedBefore(before);
  if (CREDIT_BEFORE.some((pattern) => pattern.test(before))) return [whole];
  if (isOddCompany(before, after) || isStyled(before)) return [whole];
  if (CREDITED_BY.test(before) || WISHED_FOR.some((pattern) => pattern.test(before))) return [whole];
  if (!ownWords && CREDIT_AFTER.some((pattern) => pattern.test(after))) return [whole];
  if (!ownWords && DEED.test(afterAppositive(after))) return [whole];
  const asked = sentences[index - 1];
  if (
    asked !== undefined &&
    ANSWERS.test(before) &&
    /^[\s.!]*$/.test(after) &&
    piece.text.slice(asked.from, asked.to).endsWith('?')
  )
    return [whole];
  if (NAMES_WHOM.test(before) && /^[\s.!]*$/.test(after)) {
    const told = asked === undefined ? '' : piece.text.slice(asked.from, asked.to);
    if (SOMEBODY_GREAT.test(`${told} ${before}`) && !speaksOfOthers(told)) return [whole];
  }
  if (!ownWords && (isSpokenWellOf(before, after) || isNoNews(before, after, piece.kind))) return [whole];
  return followUps(piece.text, sentences, index, all, ownWords).map((at) => ({ mention, at }));
}

/**
 * A councillor who is what the sentence is about, with a predicate that no news of an office has: people praise in
 * endless ways ("fixes what others ignore"), while councillors open, chair, meet and say.
 */
function isNoNews(before: string, after: string, kind: Piece['kind']): boolean {
  // a picture's description says what somebody is seen doing: waves, smiles, climbs
  if (kind === 'alt' && SEEN_DOING.test(after)) return false;
  if (IN_OFFICE.test(after) || STATE_OF_OFFICE.test(after) || WHERE_TO_MEET.test(before)) return false;
  if (COMPARED.test(after)) return true;
  // what is to come, or was done to one, is news unless it is warm
  if (
    /^(?:,[^,.;:]{0,90},)?\s+(?:has been (?:a|an|the) (?:elected|member|councillor|ward)|will|is|was|has been|had been|may|can|could|would|is due|has to|had to)\b(?! (?:the|our|your|a|an|why|one|what|who)\b)/i.test(
      after,
    )
  )
    return false;
  const isSubject = /^\s*(?:(?:and|but|now|then|today|yesterday),?\s+)?(?:the\s+|our\s+)?$/i.test(before);
  // "Surgeries this week: Cllr A at Bootle Library" says where and when, and no more
  const isTagline =
    (/[:?-]\s*$/.test(before) || /^\s*:\s/.test(after)) &&
    !/^\s*(?:[.,;]|$|(?:at|in|on|from|\(|-|\d|mon|tue|wed|thu|fri|sat|sun)\b)/i.test(after);
  return (
    isTagline ||
    (isSubject &&
      /^\s+[a-z]+(?:s|ed|ght|ew|oke|ept|old|ade|as|ut|old|ran|urned)?\s/.test(after) &&
      !/^\s+(?:and|or|for|of|in|at|on|by|from|with|to|as)\s/.test(after))
  );
}

// "is rarer still", "spent two winters asking for it", "talked the minister into it": effort and its reward
const COMPARED =
  /^(?:,[^,.;:]{0,90},)?\s+(?:(?:has|have|had|who|then|also)\s+)*(?:(?:is|was) (?:[\w-]{3,}er|more [\w-]+) (?:still|than|by)\b|spen(?:t|ds) (?:\w+ )?(?:\w+ )?(?:hours?|days?|weeks?|months?|years?|winters?|summers?|evenings?|weekends?|nights?|decades?) \w+ing\b|(?:talked|charmed|nagged|wore|shamed|badgered|persuaded|convinced|pestered) [^.!?]{1,40}\b(?:into|until|down|round)\b|turned (?:a|an|the|our) [^.!?]{1,60}\binto\b)/i;
const SEEN_DOING =
  /^(?:,[^,.;:]{0,90},)?\s+(?:and [\w' ]+ )?(?:(?:is|are)\s+)?(?:\w+ing|smiles?|waves?|points?|stands?|sits?|walks?|climbs?|digs?|holds?|wears?|looks?|leans?|kneels?|rides?|drinks?|eats?|cheers?|claps?|laughs?|hugs?|paints?|lifts?|pushes|pulls|throws|kicks|runs|jumps|helps|carries|poses|shakes|shows|talks|listens to|bends|pours|serves|picks|tries|takes|gets (?:on|off|into|out of)|steps|has|in|at|on|with|beside|next)\b/i;

const STATE_OF_OFFICE =
  /^(?:,[^,.;:]{0,90},)?\s+(?:(?:has|have|had|will|is|was|would|who|also|now|then|be|been)\s+)*(?:written|abstained|spoken|what|which|about|rode|rides|drove|drives|flew|boarded|travelled|tested|tests|marched|paraded|pulled the|pressed|blew|bowled|hopped|kicked off|waved|clapped|cheered on|kept (?:time|score)|swung|threw the first|(?:the|our|a) new|ill|unwell|away|back|new|lied|lies|cheated|stole|lit|replaced|replaces|succeeds|succeeded|takes|took|became|becomes|sent|wore|wears|dressed|donned|tasted|cooked|danced|sang|swam|abseiled|cycled|rowed|dived|climbed|posted|filled|counted|measured|compared|cast|recorded|filmed|sits|serves?|served|sat|won the (?:vote|seat|by-election)|lost|declared|withdrawn|withdrew|left|leaves|tabled|seconded|apologised|died|passed|not|no longer|questioned|backed|backs|supported|supports|rejected|considered|received|accepted|shared|posed|toured|inspected|ran|walked (?:the|round|along)|wants|hopes|plans|intends|would like|believes|thinks|can be|may|must|should|could|does not|did not|is due|dropped|swapped|bought|drew|judged|picked|chose|turned (?:on|the first)|put (?:on|the first)|stood for|stands for|pictured|seen|shown|shaken|went|came|comes|goes|looked|looks|taught|learned|tried|tries)\b/i;

// in front of a name that answers the question before
const ANSWERS =
  /^(?:(?:yes|well|why|of course|indeed|that's right|you guessed it|who else but|none other than|only|just|one|the answer|our|your|own|very|it|that|this|he|she|there|is|was|will be|has to be|must be|can only be|could only be|would be|had to be|it's|that's|that'll be|simple|easy)[\s,:!]*)*$/i;

/** Warm words around a name that are not news of what its bearer did in office, and not for others. */
function isSpokenWellOf(before: string, after: string): boolean {
  const free = `${before} ${after}`.replace(/"[^"]*"/g, ' ').replace(EVERYDAY, ' ');
  if (!WARM.test(free) || speaksOfOthers(free)) return false;
  if (/^\s*:\s/.test(after)) return WARM.test(after);
  if (IN_OFFICE.test(after)) return false;
  return !WHERE_TO_MEET.test(before) || GIVEN_TO.test(before);
}

// warm words that news and notices use of anything
const EVERYDAY =
  /\b(?:best (?:way|time|place|wishes|before)|good (?:news|morning|afternoon|evening|luck|friday|time to|idea)|great news|better (?:way|chance|weather)|thank you for (?:your|coming)|love (?:our|your|the) (?:library|park|town|beach|borough)|started?|starts)\b/gi;
const GIVEN_TO =
  /\b(?:(?:love|marks|thanks?|credit|medals?|cheers?|hand|applause|hooray|hurrah|respect|win|victory|triumph|result|success|glory|praise|prize|award|honour|first|kept|points?|bouquet|up)(?: \w+)? (?:to|for)|(?:safe hands|better off|stronger|safer|happier|cleaner|luckier|things (?:get done|move|happen|change)) with)\s+(?:our |your )?$/i;

/** "Cllr A and Cllr B" and a list under one title: not one councillor. */
function isOneOfSeveral(text: string, mention: Mention, all: readonly Mention[]): boolean {
  return all.some((other) => {
    if (other === mention || other.name === mention.name) return false;
    const [left, right] = other.from < mention.from ? [other, mention] : [mention, other];
    // an office and the name of who holds it are one person
    if (/^\s*,\s*$/.test(text.slice(left.to, right.from)) && isOffice(text, left) !== isOffice(text, right))
      return false;
    return /^(?:\s*,\s*|\s*,?\s+(?:and|&)\s+)$/.test(text.slice(left.to, right.from));
  });
}

function isOffice(text: string, mention: Mention): boolean {
  return /\b(?:leader|mayor|member|chair)\b/i.test(text.slice(mention.from, mention.to));
}

/** `said Cllr A`: what stands before is quoted from the councillor. */
function isReportedBefore(before: string): boolean {
  return /["',]\s*(?:said|says|added|explained|commented)\s+(?:[\w' -]{0,40})$/i.test(before);
}

/** The clause after a name, without `, Cabinet Member for Housing,` in between. */
function afterAppositive(after: string): string {
  return after
    .replace(/^\s*,(?!\s*(?:you|who|whose|has|is|take|we)\b)[^,]{0,80},/, '')
    .replace(/^\s*\([^)]*\)/, '');
}

/** Sentences around the mention that praise somebody by a pronoun or exclaim, while nobody else is spoken of. */
function followUps(
  text: string,
  sentences: readonly Range[],
  index: number,
  all: readonly Mention[],
  quoted: boolean,
): readonly Range[] {
  const found: Range[] = [];
  for (const [i, sentence] of sentences.entries()) {
    if (i === index || Math.abs(i - index) > 3) continue;
    if (all.some((m) => m.from >= sentence.from && m.from < sentence.to)) continue;
    const words = text.slice(sentence.from, sentence.to);
    if (quoted && /^["']|["']$/.test(words)) continue;
    const between = sentences
      .slice(Math.min(i, index) + 1, Math.max(i, index))
      .map((s) => text.slice(s.from, s.to))
      .join(' ');
    if (speaksOfOthers(words) || speaksOfOthers(between)) continue;
    if (quoted && !/^(?:what an?|where would)\b/i.test(words)) continue;
    if (EXCLAIMED.some((pattern) => pattern.test(words)))
      found.push({ from: sentence.from, to: sentence.to });
    else if (
      i > index &&
      /^(?:and |but |then )?(?:he|she|they)\b/i.test(words) &&
      !REPORTING.test(words) &&
      DEED.test(words.replace(/^(?:and |but |then )?\w+/i, ''))
    ) {
      found.push({ from: sentence.from, to: sentence.to });
    }
  }
  return found;
}

function speaksOfOthers(words: string): boolean {
  return /\b(?:(?:you|those|\d+) (?:of you )?who|staff|teams?|crews?|volunteers?|residents|pupils|children|students|everyone|everybody|all who|those who|workers|friends of|winners?|officers|carers|neighbours|police|players|drivers|parents)\b/i.test(
    words,
  );
}
