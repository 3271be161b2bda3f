import type { Party, Protocol } from '../protocol.ts';
import { fold } from '../text/fold.ts';
import type { Range } from '../text/links.ts';
import { linksIn } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { hasWordsOfNotice } from './notices.ts';
import type { Piece } from './pieces.ts';
import { piecesOf } from './pieces.ts';

/** POL-2: no publicity that seeks to influence voters: a party named as a party, or readers told how to vote. */
export const pol2: WordingRule = {
  id: 'POL-2',
  settings: {},
  check: (draft, protocol) =>
    piecesOf(draft).flatMap((piece): readonly WordingFinding[] => {
      const { elections, notice } = draft.occasion;
      const parties = notice === 'always' || hasWordsOfNotice(piece.lower) ? [] : partiesIn(piece, protocol);
      const first = parties[0];
      const findings: WordingFinding[] = [];
      const worse = elections.length === 0 ? {} : { breach: 'block' as const };
      if (first !== undefined) {
        findings.push({
          ...worse,
          code: 'party-named',
          facts: { party: first.party },
          spots: parties.map((p) => piece.spot(p.from, p.to)),
        });
      }
      const steering = steeringIn(piece, elections.length > 0);
      if (steering.length > 0) {
        findings.push({
          ...worse,
          code: 'steers-voters',
          facts: {},
          spots: steering.map((s) => piece.spot(s.from, s.to)),
        });
      }
      return findings;
    }),
};

const forms = new WeakMap<Protocol, readonly { pattern: RegExp; party: Party; everyday: boolean }[]>();

/** One pattern for each form of a party's name. A form that is also an everyday word needs its capital and a party's company. */
function formsOf(protocol: Protocol): readonly { pattern: RegExp; party: Party; everyday: boolean }[] {
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
        pattern: new RegExp(`(?<![A-Za-z0-9])${plain}(?![A-Za-z0-9])`, everyday ? 'g' : 'gi'),
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

function partiesIn(piece: Piece, protocol: Protocol): readonly PartyAt[] {
  const { text, lower } = piece;
  const links = linksIn(text);
  const found: PartyAt[] = [];
  for (const { pattern, party, everyday } of formsOf(protocol)) {
    for (const m of text.matchAll(pattern)) {
      const at = { from: m.index, to: m.index + m[0].length };
      if (links.some((l) => at.from >= l.from && at.to <= l.to)) continue;
      if (isExcepted(lower, at, party.except) || isVenue(text, at)) continue;
      if (everyday && !isPartyHere(text, at)) continue;
      // the name of an animal
      if (
        /^,?\s+(?:the|our|a)\s+(?:\w+\s+){0,2}(?:dog|cat|horse|pony|goat|pig|rabbit|tortoise|parrot|swan|seal|owl)\b/i.test(
          text.slice(at.to),
        )
      )
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
      if (hit < 0 || isExcepted(words.toLowerCase(), { from: hit, to: hit + 1 }, party.except)) return false;
      return (
        !everyday ||
        /\b(?:vote|back|elect|team|uk|party|join|only|gain|win|hold|councillors?|cllrs?)\b/i.test(words) ||
        words.length === party.name.length
      );
    });
    return named === undefined ? [] : [{ from: m.index, to: m.index + m[0].length, party: named.party.name }];
  });
}

function isExcepted(lower: string, at: Range, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => {
    const plain = fold(phrase).lower;
    for (let i = lower.indexOf(plain); i >= 0; i = lower.indexOf(plain, i + 1)) {
      if (i <= at.from && i + plain.length >= at.to) return true;
    }
    return false;
  });
}

/** A Labour club or Conservative hall is a place to meet in. */
function isVenue(text: string, at: Range): boolean {
  return /^\s+(?:and \w+ )?(?:club|hall|rooms?|social club|institute|house)\b/i.test(text.slice(at.to));
}

const COMPANY_AFTER =
  /^(?:'s)?[\s-]+(?:party|councillors?|cllrs?|candidates?|group|groups|mps?|led|run|controlled|administration|government|leader|leadership|council|members?|voters?|vote|votes|manifesto|policy|policies|plans?|promises?|pledge|supporters?|activists?|politicians?|budget|amendment|motion|opposition|mayor|have|has|had|will|would|want|wants|says?|said|tried|voted|cut|closed|left|wrecked|broke|is|are|did|do|does|can|cannot|won't|for|on|and|or|in|against|over|made|put|let|never|always|only|must|uk)\b/i;
const COMPANY_BEFORE =
  /\b(?:vote|voting|voted|back|backing|elect|support|only|the|under|by|with|from|for|our|your|local|old|new|both|and|or|than|like|to|beat|against|trust|choose|join|joining|of|a|an|than|is|was|between|blame|thank|thanks to|stop|not)\s+$/i;

/**
 * Whether an everyday word with a capital stands for a party. In the middle of a sentence the capital says so, unless
 * capitals on both sides make it part of another name; at the beginning the company has to.
 */
function isPartyHere(text: string, at: Range): boolean {
  const before = text.slice(0, at.from);
  const after = text.slice(at.to);
  const word = text.slice(at.from, at.to);
  const starts = /(?:^|[.!?:\n"'•]\s*)$/.test(before);
  if (/^greens?$/i.test(word)) {
    const party =
      /^[\s-]+(?:party|councillors?|cllrs?|candidates?|group|mps?|voters?|led|run|council|manifesto|administration)\b/i;
    return (
      party.test(after) ||
      (/\b(?:vote|voting|voted|elect|back)\s+$/i.test(before) &&
        /^\s*(?:[.!?,]|$|on\b|for\b|and\b)/i.test(after)) ||
      (word === 'Greens' &&
        /\bthe\s+$/i.test(before) &&
        /^\s+(?:want|have|will|say|said|are|would|tried|voted|promise)\b/.test(after))
    );
  }
  if (/^(?:reform|independents?|change|advance|heritage|restore|unionists?)$/i.test(word)) {
    const party =
      /^(?:'s)?[\s-]+(?:uk|party|councillors?|cllrs?|candidates?|group|mps?|voters?|led|run|manifesto|administration|members?|supporters?|activists?)\b/i;
    return (
      party.test(after) ||
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

// anything by which a text shows that it is about an election
const ELECTION =
  /\b(?:vot(?:e|es|er|ers|ed|ing)|poll|polls|polling|ballot|ballots|elections?|elect(?:ed|ing)?|re-?elect(?:ed|ing)?|electorate|candidates?|6 may|may 6|councillors?|mps?|turn(?:ed)? (?:them|him|her) out|your cross)\b/;

// campaigning that needs no word of an election
const CAMPAIGNING =
  /\b(?:(?:not )?the party (?:that|who|which) (?:shut|cut|closed|sold|wrecked|ruined|saved|kept|built|fixed|let|broke|lied|wasted|put|took|raised)|keep your councillors|hand (?:them|that lot|this lot) the keys|\w+'s lot (?:would|will|want|tried|have|are)|(?:leaflets?|lies|promises|nonsense|claims) (?:from|by|of) the other (?:side|lot|party|team)|stick with (?:us|the (?:people|team|council|councillors) (?:who|that))|(?:four|five|another) more years|on (?:your|the) doorstep(?:s)? (?:for|with)|our (?:candidate|manifesto|activists)|another (?:four|five) years of|vote (?:them|him|her) out|the (?:party|lot|group|side|benches) opposite|the opposition (?:would|want\w*|voted|tried|left)|vote (?:blue|red|yellow|orange|turquoise|purple))\b/;

const STEERING: readonly RegExp[] = [
  /\b(?:show|tell|let) (?:them|him|her|the council|those in charge|that lot|this lot) (?:know )?(?:what|how|that|who)\b/,
  /\bwhere (?:not )?to put (?:your|a|that) (?:cross|x)\b/,
  /\bmore of the same\b/,
  /\b(?:the choice is yours|your choice:|prove (?:them|him|her) wrong|keep \w+ (?:ours|safe|great|red|blue|green))\b/,
  /\b(?:pay for it|pay the price|to account|get their answer|have your revenge|enough is enough|fresh start|new broom|fed up (?:of|with)|had enough|send \w+(?: \w+)? packing|broken promises|empty promises|(?:let|letting) (?:you|us|this town|our town|the town|people) down|stands? up for (?:you|us)|puts? (?:you|people|residents|families) first|deserves? (?:your|better)|on your side|keep our team)\b/,
  /\b(?:people|lot|ones|those|team|councillors|leaders|politicians|parties|council) (?:who|that) (?:shut|cut|closed|sold|wrecked|ruined|saved|kept|built|fixed|let|broke|lied|wasted|gave|put|took(?! part)|raised|got|brought|want|care)\b/,
  /\bvot(?:e|ing) (?:like|as if|as though|accordingly|with your (?:heart|head|feet|wallet|purse|conscience))\b/,
  /\b(?:turn|paint|make|go|going|goes|keep|colour)\b(?: (?:the|our|this|your|all of))?(?: \w+){1,2} (?:red|blue|orange|yellow|turquoise|purple)\b/,
  /\b(?:every|any|each) (?:vote|cross|ballot) (?:for|against) (?:them|him|her|us|the)\b/,
  /\bif you (?:love|value|care about|want|like|use|hate|miss|need)\b[^.!?]*\b(?:vote|your cross|polling day|ballot)\b/,
  /\bstick(?:ing)? with\b/,
  /\b(?:send|sending|give|giving|deliver|teach) (?:(?:them|him|her|that lot|this lot|the council|the government|a|an|the|westminster|\w+) ){0,3}(?:message|signal|lesson|bloody nose|kicking|red card)\b/,
  /\b(?:kick|vote|throw|boot|chuck|turf|sling|get|turn|drum) (?:them|him|her|this lot|that lot|the lot|the rascals|these people|those people|the current lot|\w+) (?:all )?out\b/,
  /\b(?:do not|don't|never|dont) (?:let|trust|believe|allow|forget|reward|waste|risk|fall for|be fooled)\b/,
  /\b(?:remember|think|consider) (?:who|what|which|how|this|that|about who|of who)\b/,
  /\b(?:vote|voting|votes) (?:(?:wisely|tactically|smart|sensibly|with your|to (?!(?:help choose|choose|decide|pick|name)\b)(?:keep|save|stop|protect|end|fix|change|send|get|show|make|put|bring|defend|back|reject|remove|sack|punish|block|fund))|against|out|(?:him|her|them) (?:in|back))\b/,
  /\b(?:vote|voting|votes) for (?!(?:your |the |our |a |an )?(?:favou?rite|name|names|design|designs|logo|mascot|project|projects|best|winner|winners|winning|one|two|three|four|up to|as many|first|each|every|someone|somebody|more than|the first|picture|photo|photograph|song|poem|colour|tree|park|garden|bench|bird|book|cake|artwork|mural|entry|entries|idea|ideas|scheme|team|charity|cause|community|councillors?|local councillors?|mayor|mp|mps|member|candidates?|new councillors?|police and crime|metro mayor|ward|which|what|who|how|sefton in|us in|us to win|in the)\b)\w+/,
  /\b(?:your|one|every|each|a) vote (?:can|could|will|would|has the power to|is the only way to|to) (?!(?:be|count|still|not be|only|help (?:choose|decide)|go|make your voice|make a difference to who)\b)\w+/,
  /\b(?:re-?elect|elect|back|support|choose|pick|trust) (?:(?:the|a|an|your|our|those|these|people|someone|councillors?|candidates?|team|party|council|leaders?) ){1,3}(?:who|that|which|with)\b/,
  /\b(?:know|decide|choose|see) (?:who|what|which way) (?:to (?:thank|blame|vote|do|back|choose)|(?:is|are) (?:to blame|on your side))\b/,
  /\btime (?:for|to) (?:a )?(?:change|new|fresh|get rid|kick)\b/,
  /\b(?:take|taking|win|get) (?:your|our|back) (?:council|town|borough|country|streets|power|voice)?\s*back\b/,
  /\b(?:make|choose|making) (?:the|a) (?:right|wrong|better|smart|sensible) (?:choice|decision)\b/,
  /\b(?:the other (?:lot|side|party)|the opposition|that lot|this lot|the lot in charge|ruling (?:group|party)|those in charge)\b/,
  /\b(?:only (?:we|they|one party|this (?:council|administration)|a vote)|a vote (?:for|against)|stay(?:ing)? in (?:charge|power)|keep (?:us|them|this council|this team|him|her) in)\b/,
  /\b(?:put|mark|place) (?:your|a|an) (?:cross|x) (?:next to|by|beside|against|for) (?:the|those|people|someone|a)\b/,
  /\b(?:at|in|through|via) the ballot box\b/,
  /\b(?:when you|as you|before you) (?:vote|go to the polls|mark your|cast your|head to the polls)\b.*\b(?:who|ask yourself|remember|think|protect|save|keep|lost|cut|closed|shut|gave|built|promised)\b/,
  /\b(?:we|us|they|them) (?:need|want|deserve|are counting on) your vote\b/,
  /\b(?:use|cast) (?:your|it) (?:vote )?(?:well|wisely|to (?:keep|save|stop|protect|end|change|send|show|get|make|punish|back|defend))\b/,
];

/*
 * Whatever its wording, steering puts two things together: the vote (by any of its names, or the day on which it is),
 * and sides: those to blame or to thank, to keep or to change, better or worse things to come.
 */
const THE_VOTE =
  /\b(?:vot(?:e|es|ed|er|ers|ing)(?! (?:for|on) (?:the|your|a|our|us|which|what) (?:favou?rite|name|best|design))|polls|at the poll|polling day|ballots?|election day|elections?|re-?elect\w*|6 may|may 6|(?:your|a|the) cross|mark your paper|one more seat|seats? on the council|(?:win|gain|take|lose|hold) (?:a|the|this|that|more|\w+) seats?|with your pencil|(?:the|that|your) pencil|(?:their|his|her) seats?|friends in the chamber|make your (?:voice|mark|voices) (?:count|heard)|at the booth|polling booth|majority|balance of power|runs? things|in charge of (?:the council|this council)|who runs)\b/;
const SIDES =
  /\b(?:they took|you can take|think of the|choose them|needs friends|say (?:no|yes) to|stand (?:with|by|beside)|side with|get behind|stick by|\w+'s lot|hand (?:them|him|her) the keys|the part(?:y|ies) (?:that|who|which)|who do you trust|put (?:the|those|these) (?:\w+ )?back in|back in (?:power|charge|control)|no to|growing|(?:which|this|that|the other|the current|the same old|this tired|the present|whole) (?:lot|bunch|shower|crowd|crew|side|gang|mob)|the (?:lot|folk|people|ones|team|councillors|politicians|side|bunch|mob|gang) (?:who|that|in charge|behind|running|now|opposite)|folk who|(?:those|people|anyone|ones|politicians|councillors|a council|a party|candidates?) who|(?:to|who to|whom to|we) (?:blame|thank|trust|believe)|(?:them|him|her|it all|this lot|that lot) out|boot (?:them|out)|a change|change (?:who|things|it|that|this|course|hands|is coming)|time for (?:a )?change|different (?:majority|council|leadership|team|path|people)|finish the job|finish what|the job (?:on|of|is not|isn't)|keep (?:going|up|us|it going|this going|them|moving|building|the good|our good|your (?:library|park|pool|bus|libraries|parks))|good work|stay the course|carry on the|hold the key|you decide whether|the power to|your chance to (?:say|tell|show|stop|save|keep|end|change|put|get)|who (?:should|will|must|can|deserves to|ought to) (?:win|lose|lead|run|be in charge|stand)|who(?:'s| is| was) (?:really )?(?:on your side|to blame|to thank|fighting|working)|let (?:you|us|them|this) down|failed (?:you|us|this)|not deserve|doesn't deserve|don't deserve|deserves? (?:your|another|better)|tired of|sick of|fed up|had enough|bear (?:that|this|it) in mind|remember (?:that|this|it|who|how|what|them)|never forget|don't forget (?:who|what|how)|think (?:of|about) (?:that|this|who|what|how|your (?:bus|bin|bins|library|park|bill|pool|school))|think (?:twice|hard|again|carefully|before)|(?:would|will|could) (?:mean|cost|lose|close|shut|cut|sell|end|hit|ruin|wreck|scrap|raise|put up|go up)|(?:want|wants|plan|plans|tried|vote[ds]?|trying|promise[ds]?|pledged?) (?:to|for|against) (?:cut|close|sell|shut|scrap|end|raise|axe|stop|keep|save|wreck|slash|free|your|the cuts)|against (?:free|your|the|our)|the choice is|clear choice|(?:right|wrong|only) choice|choose (?:well|wisely|hope|better|people|someone|a (?:team|party|council))|only (?:we|they|one side)|stand up (?:to|for)|fight (?:for|back|against)|better (?:future|off|deal|council|days)|cleaner streets|lower (?:tax|bills?)|higher (?:tax|bills?|rents?)|wrecking|broken (?:promise|pledge)|who (?:built|saved|kept|cut|closed|shut|sold|wrecked|opened|stood|stopped|fixed|broke)|is a vote (?:for|against)|stop (?:the|them|this|these) (?:cuts|rot|closure|sell)|back (?:us|the|our|those|your)|rewards?|punish|teach|send (?:a|them|us|him|her)|just saying|you know (?:what|who|which)|we (?:all )?know (?:who|which|what)|empty shops)\b/;

// what elections offices and news say of any vote
const VOTE_NOTICE =
  /\b(?:photo id|photographic|voter id|voter authority|register(?:ed|ing)?|registration|postal|proxy|poll cards?|polling (?:card|station|place)s?|deadline|results?|count(?:ed|ing)?|opens?|doors|closes?|in person|help (?:choose|decide|pick)|apply|candidates? (?:list|are|is|will)|nomination\w*|by-election|agreed|approved|passed|debate[ds]?|motion|committee|meeting|budget (?:was|is)|shortlist\w*|winner|award|poll of|survey|name|logo|mascot|design|mural|favou?rite|best|park of|garden of|project|funding|lottery|heritage|youth parliament|school council)\b/;

// "on Thursday" is the vote where sides can be meant only so
const PERHAPS_THE_VOTE =
  /\b(?:on|this|next|by) (?:thursday|6 may)\b|\b(?:in|come|this) may\b|\b(?:next week|tomorrow|big day)\b/;
const PLAIN_SIDES =
  /\b(?:who (?:should|must|deserves to|ought to) (?:win|lose|lead|run)|boot (?:them|out)|(?:them|this lot|that lot) out|(?:this|that|the other|the current) lot|let (?:you|us) down|who to (?:blame|thank|trust|back)|(?:which|that|this|the other|\w+'s) lot\b|say no to|put (?:the|those|these|them) (?:\w+ )?back in|back in (?:power|charge|control)|change who|who runs|bear (?:that|this|it) in mind|remember (?:that|this|who|it))(?![\w])/;

function putsSidesToTheVote(words: string): boolean {
  if (PERHAPS_THE_VOTE.test(words) && PLAIN_SIDES.test(words)) return true;
  return THE_VOTE.test(words) && SIDES.test(words) && !VOTE_NOTICE.test(words);
}

// what a campaigner says who may not say it
const HINT =
  /\b(?:you (?:all )?know what to do|you know the drill|(?:in|into) (?:safe|good|the (?:right|wrong|same|best)) hands|do the right thing|make (?:it|thursday|this one|them) count|(?:it is|it's|the choice is) up to you (?:now|who)|the future of (?:this|our|your)|(?:let us|let's) (?:keep|finish|win|stop|show)|(?:keep|stop) (?:the|this|our|your) (?:\w+ )?(?:going|moving|safe|team|rot)|hold (?:them|us|him|her) to|get (?:them|him|her) (?:out|gone|in)|no more (?:cuts|broken|of this|years)|(?:time|five|four) (?:is|more years) up|choose (?:hope|change|better|progress|local)|(?:lend|give|loan) (?:us|me|them) (?:your|a) (?:vote|hand)|(?:shut|sort) them (?:up|out)|wipe the (?:smile|grin)|(?:turn|come) out for (?:it|us|them|him|her)|stay this (?:good|way|safe)|only (?:you|your vote) can)\b/;

// votes that fill no seat: for a park, a name, a hero of the year
const A_CONTEST =
  /\b(?:awards?|prizes?|competition|contest|people's choice|youth (?:parliament|council|mayor)|school council|shortlist\w*|finalists?|in bloom|fields in trust|trophy|favourite|best (?:park|beach|library|garden|pub|caf[eé]|team|photo)|(?:poll|vote) (?:on|in) our (?:page|story|stories|app))\b/;
const FOR_THE_COUNCIL =
  /\b(?:6 may|may 6|polling|polls|election|ballot box|(?<!youth |school )council(?:lors?)?|party|parties|candidates?|mps?|mayor)\b/;

// sides of a council, spoken of without a name
const A_SIDE =
  /\b(?:the opposition|the (?:ruling|majority|minority|other|previous|last) (?:group|party|parties|administration)|the independents|a different majority|this administration|the last council|political opponents|the other (?:side|lot))\b/;
const JUDGED =
  /\b(?:no plan|not be trusted|cannot be trusted|can't be trusted|would|wants? to|tried to|voted|failed|broke|blocked|walked out|wasted|left (?:us|you|a)|delivered|has saved|have saved|promise[ds]?|lied|lies|refused|never|back|support|vote)\b/;

/** Sentences that tell people how to vote, in a text that is about an election at all. */
function steeringIn(piece: Piece, isNear: boolean): readonly Range[] {
  if (A_CONTEST.test(piece.lower) && !FOR_THE_COUNCIL.test(piece.lower)) return [];
  const wide = sentencesIn(piece.text).filter((s, i, all) => {
    const words = piece.lower.slice(s.from, s.to);
    if (A_SIDE.test(words) && JUDGED.test(words.replace(A_SIDE, ' ')) && !/"/.test(words)) return true;
    const before = all[i - 1];
    const both = before === undefined ? words : piece.lower.slice(before.from, s.to);
    // while people are about to vote, hints are enough
    if (isNear && HINT.test(words) && (THE_VOTE.test(both) || PERHAPS_THE_VOTE.test(both))) return true;
    return putsSidesToTheVote(words) || (THE_VOTE.test(both) && putsSidesToTheVote(both));
  });
  if (wide.length > 0) return wide;
  const campaigning = CAMPAIGNING.exec(piece.lower);
  if (campaigning !== null)
    return [{ from: campaigning.index, to: campaigning.index + campaigning[0].length }];
  if (!ELECTION.test(piece.lower)) return [];
  return sentencesIn(piece.text)
    .filter((s) => {
      const words = piece.lower.slice(s.from, s.to);
      return (
        STEERING.some((pattern) => pattern.test(words)) &&
        (ELECTION.test(words) || isNextToElection(piece, s))
      );
    })
    .filter((s) => !isNeutralAdvice(piece.lower.slice(s.from, s.to)));
}

/** The sentence before or after speaks of the vote. */
function isNextToElection(piece: Piece, s: Range): boolean {
  const all = sentencesIn(piece.text);
  const i = all.findIndex((each) => each.from === s.from);
  return [all[i - 1], all[i + 1]].some(
    (near) =>
      near !== undefined &&
      /\b(?:vote|polls?|polling day|ballot|election)\b/.test(piece.lower.slice(near.from, near.to)),
  );
}

/** What every elections office says: bring ID, do not forget to register or to vote, think about a postal vote. */
function isNeutralAdvice(words: string): boolean {
  return (
    (/\b(?:photo id|photographic id|voter id|voter authority|register(?:ed|ing)?|postal vote|proxy|poll card|polling station|deadline|application|apply|opens?|closes?|secret|in person)\b/.test(
      words,
    ) &&
      !/\b(?:who (?:shut|cut|closed|left|let|broke|built|saved|kept)|ballot box|kick|them out|lesson)\b/.test(
        words,
      )) ||
    /\b(?:don't|do not|never|dont) (?:forget|let|lose|miss|waste|risk)\b(?:(?!\bthem\b|\bhim\b|\bher\b).)*\b(?:your vote|to vote|to bring|your say|your chance|your id|to post|to sign)\b/.test(
      words,
    )
  );
}
