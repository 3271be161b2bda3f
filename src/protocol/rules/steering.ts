import type { Range } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import type { Piece } from './pieces.ts';

// anything by which a text shows that it is about an election
const ELECTION =
  /\b(?:vot(?:e|es|er|ers|ed|ing)|poll|polls|polling|ballot|ballots|elections?|elect(?:ed|ing)?|re-?elect(?:ed|ing)?|electorate|candidates?|6 may|may 6|councillors?|mps?|turn(?:ed)? (?:them|him|her) out|your cross)\b/;

// campaigning that needs no word of an election
const CAMPAIGNING =
  /\b(?:(?:not )?the party (?:that|who|which) (?:shut|cut|closed|sold|wrecked|ruined|saved|kept|built|fixed|let|broke|lied|wasted|put|took|raised)|keep your councillors|hand (?:them|that lot|this lot) the keys|\w+'s lot (?:would|will|want|tried|have|are)|(?:leaflets?|lies|promises|nonsense|claims) (?:from|by|of) the other (?:side|lot|party|team)|stick with (?:us|the (?:people|team|council|councillors) (?:who|that))|(?<!(?:(?<!vote )for|earned|has|have|gets?|got|won|for its|lasts?) )(?:four|five|another) more years|on (?:your|the) doorstep(?:s)? (?:for|with)|our (?:candidate|manifesto|activists)|another (?:four|five) years of|vote (?:them|him|her) out|(?:kick|vote|throw|boot|chuck|turf|get|drum|turn) (?:this|that|the|your|our|these|those) (?:\w+ )?(?:government|council|administration|councillors|politicians)(?: all)? out|(?:kick|vote|throw|boot|chuck|turf|drum) out (?:this|that|the|your|our|these|those) (?:\w+ )?(?:government|council|administration|councillors|politicians)|the (?:party|lot|group|side|benches) opposite|the opposition (?:would|want\w*|voted|tried|left)|vote (?:blue|red|yellow|orange|turquoise|purple))\b/;

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
  /\b(?:vote|voting|votes) for (?!(?:his|her|their|that|this|the|an?) (?:empty |vacant |ward )?seat\b|(?:your |the |our |a |an )?(?:favou?rite|name|names|design|designs|logo|mascot|project|projects|best|winner|winners|winning|one|two|three|four|up to|as many|first|each|every|someone|somebody|more than|the first|picture|photo|photograph|song|poem|colour|tree|park|garden|bench|bird|book|cake|artwork|mural|entry|entries|idea|ideas|scheme|team|charity|cause|community|(?:local |new )?(?:councillors|councillor(?! (?!on\b|in\b|at\b|by\b|for\b|and\b|or\b)[a-z]))|mayor|mp|mps|member|candidates?|police and crime|metro mayor|city region mayor|regional mayor|ward|which|what|who|how|sefton in|us in|us to win|in the)\b)\w+/,
  /\b(?:your|one|every|each|a) vote (?:can|could|will|would|has the power to|is the only way to|to) (?!(?:be|count|still|not be|only|help (?:choose|decide)|go|make your voice|make a difference to who)\b)\w+/,
  /\b(?:re-?elect|elect|back|support|choose|pick|trust) (?:(?:the|a|an|your|our|those|these|people|someone|councillors?|candidates?|team|party|council|leaders?) ){1,3}(?:who|that|which|with)\b/,
  /\b(?:know|decide|choose|see) (?:who|what|which way) (?:to (?:thank|blame|vote|do|back|choose)|(?:is|are) (?:to blame|on your side))\b/,
  /\btime (?:for|to) (?:a )?(?:change|new|fresh|get rid|kick)\b/,
  /\b(?:take|taking|win|get) (?:your|our|back) (?:council|town|borough|country|streets|power|voice)?\s*back\b/,
  /\b(?:make|choose|making) (?:the|a) (?:right|wrong|better|smart|sensible) (?:choice|decision)\b/,
  /\b(?:the other (?:lot|side|party)|the opposition|that lot|this lot|the lot in charge|ruling (?:group|party)|those in charge)\b/,
  /\b(?:only (?:we|they|one party|this (?:council|administration)|a vote)|a vote (?:for(?! (?:his|her|their|that|this|the|an?) (?:empty |vacant |ward )?seat\b)|against)|stay(?:ing)? in (?:charge|power)|keep (?:us|them|this council|this team|him|her) in)\b/,
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
  /\b(?:photo id|photographic|voter id|voter authority|register(?:ed|ing)?|registration|postal|proxy|vote for you|on your behalf|yes or no|(?:all|those) who (?:are standing|stand)|poll cards?|polling (?:card|station|place)s?|deadline|results?|count(?:ed|ing)?|opens?|doors|closes?|in person|help (?:choose|decide|pick)|apply|candidates? (?:list|are|is|will)|nomination\w*|by-election|agreed|approved|passed|debate[ds]?|motion|committee|meeting|budget (?:was|is)|shortlist\w*|winner|award|poll of|survey|name|logo|mascot|design|mural|favou?rite|best|park of|garden of|project|funding|lottery|heritage|youth parliament|school council)\b/;

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
  /\b(?:(?:red|blue|yellow|orange|turquoise|purple|gold|amber)(?: \w+)? (?:rosettes?|team|side|corner|lot|camp|wave|wall|tide|badges?|posters?)|(?:show(?:n|s|ing)?|see(?:n)?) (?:\w+ )?(?:lot (?:[\w ]+ )?)?the door|you (?:all )?know what to do|you know the drill|(?:in|into) (?:safe|good|the (?:right|wrong|same|best)) hands|do the right thing|make (?:it|thursday|this one|them) count|(?:it is|it's|the choice is) up to you (?:now|who)|the future of (?:this|our|your)|(?:let us|let's) (?:keep|finish|win|stop|show)|(?:keep|stop) (?:the|this|our|your) (?!votes? |ballots? )(?:\w+ )?(?:going|moving|safe|team|rot)|hold (?:them|us|him|her) to|get (?:them|him|her) (?:out|gone|in)|no more (?:cuts|broken|of this|years)|(?:time|five|four) (?:is|more years) up|choose (?:hope|change|better|progress|local)|(?:lend|give|loan) (?:us|me|them) (?:your|a) (?:vote|hand)|(?:shut|sort) them (?:up|out)|wipe the (?:smile|grin)|(?:turn|come) out for (?:it|us|them|him|her)|stay this (?:good|way|safe)|only (?:you|your vote) can)\b/;

// votes that fill no seat: for a park, a name, a hero of the year
const A_CONTEST =
  /\b(?:vote with your [a-z]+(?=[:!])|awards?|prizes?|competition|contest|people's choice|the winners?|youth (?:parliament|council|mayor)|school council|shortlist\w*|finalists?|in bloom|fields in trust|trophy|favourite|best (?:park|beach|library|garden|pub|caf[eé]|team|photo)|(?:poll|vote) (?:on|in) our (?:page|story|stories|app))\b/;
const FOR_THE_COUNCIL =
  /\b(?:6 may|may 6|polling|polls|election|ballot box|(?<!youth |school )council(?:lors?)?|party|parties|candidates?|mps?|mayor)\b/;

// sides of a council, spoken of without a name
const A_SIDE =
  /\b(?:the opposition|the (?:ruling|majority|minority|other|previous|last) (?:group|party|parties|administration)|the independents|a different majority|this administration|the last council|political opponents|the other (?:side|lot))\b/;
const JUDGED =
  /\b(?:no plan|not be trusted|cannot be trusted|can't be trusted|would|wants? to|tried to|voted|failed|broke|blocked|walked out|wasted|left (?:us|you|a)|delivered|has saved|have saved|promise[ds]?|lied|lies|refused|never|back|support|vote)\b/;

/** Sentences that tell people how to vote, in a text that is about an election at all. */
export function steeringIn(piece: Piece, isNear: boolean): readonly Range[] {
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
        (ELECTION.test(words.replace(PEOPLE_WHO, ' ')) || isNextToElection(piece, s))
      );
    })
    .filter((s) => !isNeutralAdvice(piece.lower.slice(s.from, s.to)));
}

// whoever they are, that they are spoken of does not show that people vote
const PEOPLE_WHO = /\bcouncillors? (?:who|that)\b/g;

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
    (/\b(?:photo id|photographic id|voter id|voter authority|register(?:ed|ing)?|postal vote|proxy|vote for you|on your behalf|poll card|polling station|deadline|application|apply|opens?|closes?|secret|in person)\b/.test(
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

/** Whether a text touches on who governs or on when people decide it; without that, nobody is told how to vote. */
export function touchesOnPolitics({ lower }: Piece): boolean {
  return POLITICS.test(lower);
}

// a colour of a thing is no side: "a green button", "the blue bin"
const PERHAPS_A_SIDE =
  '(?:wave|team|side|lot|rosettes?|doors?|wall|corner|camp|tide|badges?|posters?|leaflets?|ties?|scarf|scarves|box|benches|party|parties|shirts?|flags?|half|majority|and|or|on|in|at|for|again|to|is|are|was|were|if|this|that|next|come|all|once|wins?|won|not|than|with|now|today|tomorrow|then|by|but|because|will|would|has|have|out|over|instead|every|from|till|until|as|when|where|who|it|we|you|they)\\b';
const POLITICS = new RegExp(
  String.raw`\b(?:vot(?:e|es|ed|er|ers|ing)|turnout|doorsteps?|at your door|(?:people|folk|ones|those) who|polls?|polling|ballots?|booths?|elect\w*|re-?elect\w*|candidates?|councillors?|cllrs?|council|town hall|chamber|cabinet|wards?|seats?|mps?|ministers?|westminster|government|politic\w*|part(?:y|ies)|manifestos?|leaflets?|rosettes?|badges?|opposition|administration|coalition|majority|mandate|benches|rivals?|lot|side|sides|team|group|gang|shower|crowd|old guard|in charge|in power|power|leadership|run(?:s|ning)? (?:this|the|our) (?:town|place|council)|pencil|a cross|your cross|the box|which box|thursday|friday morning|the 6th|may elections?|(?:in|on|by|of|this|next|come|till?|until|before|after|last|the|\d+(?:st|nd|rd|th)?) may|spring|out with|in with|suits|promise[sd]?|cuts?)\b|\b(?:red|blue|yellow|orange|green|turquoise|purple)\b(?! (?!${PERHAPS_A_SIDE})[a-z])`,
);
