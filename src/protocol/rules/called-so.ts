import type { Range } from '../text/links.ts';
import { isCommonWord } from '../text/names.ts';

/*
 * Whether somebody is called by a word that is also the name of a thing, a plant or an animal: "some prick has parked
 * here", "the old bag next door", "she is an old bat". Plain language, not a council's facts.
 */

const SCORN =
  '(?:stupid|silly|daft|dozy|lazy|idle|selfish|greedy|mad|crazy|nasty|miserable|moaning|moany|whing(?:e)?ing|whining|nagging|grumpy|stroppy|thieving|lying|cheating|useless|hopeless|horrible|thick|rude|nose?y|ugly|poor|total|absolute|utter|proper|complete|jumped-up|bloody|cheeky|arrogant|ignorant|pathetic|bitter|evil|vile|interfering|crabby|cantankerous|spiteful|pompous|smug|clueless|gormless|brainless|heartless|callous|jealous|snotty|stuck-up|two-faced|foul-mouthed|spoilt|entitled|inconsiderate|irresponsible|thoughtless|careless|mindless|reckless|drunken|cruel|bossy|gobby|mouthy|loud-mouthed|tight-fisted|mean)';

/** Right before it. */
const CALLED_BEFORE: readonly RegExp[] = [
  new RegExp(`\\b${SCORN},?\\s+(?:(?:old|little|fat|young)\\s+)?$`),
  new RegExp(`\\b(?:you|yous|youse|u)\\s+(?:(?:old|little|fat|dirty|filthy|${SCORN}),?\\s+){0,3}$`),
  /\b(?:what|such) an?\s+(?:(?:right|real|little|old|\w+ly)\s+)?$/,
  /\b(?:bunch|shower|gang|mob) of\s+(?:[a-z'-]+\s+){0,2}$/,
  /\b(?:what|which) (?:sort|kind|type) of\s+$/,
  /(?:\bdo not|\bdon't|\bdont|\bnever|^|\byou(?:'d| would| will)? have to) be (?:(?:such|an?|so|just|that|right|real) )*$/,
  /\b(?:call(?:ed|ing|s)?|act(?:s|ed|ing)?|behav(?:es?|ed|ing)) (?:\w+ ){0,2}?(?:like )?an?\s+$/,
  /\b(?:whoever|who|if you) [^.!?]*\b(?:is|are|were|'re) (?:(?:such|just|really|\w+ly) )*(?:an? )?(?:(?:real|right|total|complete|absolute) )?$/,
  /\b(?:sick of|fed up (?:with|of)|tired of|shame on|blame|ignore|no place for)\s+(?:(?:the|these|those|that|all)\s+)*$/,
];

/** Whoever the first word means is, or should not be, what comes next. */
const IS =
  /(?:^|\b(he|she|who|whoever|they|you|we|i)(?=')|([\w-]+)\s+)(?:is|are|was|were|am|be|being|been|'re|'m|'s|seems?|must be)\s+(?:(?:not|just|really|only|nothing but|all|both|such|so|some|an?|right|real|a bit(?: of)?|quite|rather|too|very|\w+ly)\s+)*$/i;
const A_PERSON =
  /^(?:he|she|they|you|we|i|who|whoever|(?:every|some|any|no)(?:one|body)|man|men|woman|women|lady|ladies|gents?|guys?|blokes?|chaps?|lads?|lass|boys?|girls?|kids?|children|teenagers?|youths?|people|folk|person|residents?|tenants?|parents?|pupils?|students?|thie(?:f|ves)|vandals?|yobs?|mums?|dads?|grans?|nans?|husbands?|wife|wives|sons?|boss|staff|crews?|teams?|officers?|wardens?|collectors?|lifeguards?|nurses?|lot|mob|gang|neighbours?|visitors?|councillors?|directors?|(?:fly-?tipp|driv|own|rid|manag|teach|lead|play|work|smok|drink|build|trad|farm|us|custom|campaign|protest|landl)(?:er|ord|ady)s?|cyclists?|motorists?)$/i;

/** "The man on the phone is …", "kids today are …", and "are they …?" */
const WITH_A_PHRASE =
  /([\w-]+)\s+(?:here|there|today|nowadays|these days|round here|(?:in|on|at|from|with|behind)\s+(?:(?!(?:that|which|who|and|but)\b)[\w-]+\s+){0,2}(?!(?:that|which|who)\b)[\w-]+)\s+(?:is|are|was|were)\s+(?:(?:an?|a bit|quite|rather|too|very|so)\s+)?$/;
const ASKED = /(?:^|[,;:]\s*)(?:is|are|was|were) (?:you|they|he|she|we)\s+(?:an?\s+)?$/;

/** What says how somebody is and goes on to say it: "as thick as", "too thick to". It stands right behind whom it is said of. */
const GOES_ON = /\s(?:as|to)$/i;
const DESCRIBED = /([\w-]+),?\s+$/;

const HUMAN =
  '(?:\\s*,?\\s*(?:who|whose|whom)\\b|\\s+(?:like|such as) (?:you|him|her|them|that|this|these|those)\\b|\\s+that (?:he|she|they|you) (?:is|are)\\b|\\s+(?:next door|upstairs|downstairs|in charge|behind the (?:wheel|counter|desk)|at (?:number|no\\.?) ?\\d+|(?:on|in) (?:a|his|her|the) (?:quad\\w*|moped|scooter|front desk|phones))\\b)';
const ONCE = '(?:(?:just|now|again|still|also|always|never|even|\\w+ly)\\s+)?';
// what no thing does; "left" and "dumped" alone may be said of one
const DEED = `(?:\\s+${ONCE}(?:stole|broke|drove|threw|took(?! place)|ran|rang|swore|spat|lied|nicks|wants?|thinks?|moans?|keeps?|refuses?|lies|swears?|spits?|shouts?|parks?|drives?|says?|said|told|cheats?|owns?|owes?|rings?|never)\\b|(?:\\s+(?:has|have|had)|'s|'ve)\\s+${ONCE}(?:been (?!rotting|leaking|lying|sitting|hanging|growing|missing)[a-z]+ing|done (?:it|this|that)|left|dumped|stolen|nicked|pinched|parked|keyed|smashed|burnt|burned|set|thrown|tipped|chucked|driven|taken|pulled|cut|wrecked|ruined|damaged|glued|robbed|moaned|complained|rung|phoned|emailed|told|asked|shouted|spat|sworn|let|turned up|broken (?:our|the|a|into|every|up)|moved (?:our|the)|run (?:off|away)|stuck|(?!lost|got|had|been|become|gained)[a-z]+(?:ed|en|t|n|k|g) (?:our|my|your|his|her|their|us|me|every|all))\\b|\\s+(?:is|are|was|were) ${ONCE}(?:blocking|parking|driving|riding|racing|shouting|screaming|moaning|dumping|tipping|chucking|throwing|feeding|smashing|nicking|stealing|letting|trying|refusing|ignoring)\\b|\\s+(?:should|ought to|needs? to|must) (?:be ashamed|be banned|know better|learn|grow up|pay)\\b)`;
const CALLED_AFTER = new RegExp(
  `^(?:${HUMAN}|(?:\\s+(?:in|on|at|from|with|near)(?:\\s+\\w+){1,3}?)?${DEED})`,
);

/** What a sentence that is nothing else shouts at somebody. */
const SHOUTED = new RegExp(`^(?:(?:oi|hey|oh|you|${SCORN}),?\\s+)*$`);

/** Whether the words of a sentence around `at` say it of somebody; `things` are words of what else it may be said of. */
export function isSaidOfSomebody(
  text: string,
  sentence: Range,
  at: Range,
  things: readonly string[],
): boolean {
  const written = text.slice(sentence.from, at.from).trimStart();
  const before = written.toLowerCase();
  const after = text.slice(at.to, sentence.to).toLowerCase();
  if (CALLED_BEFORE.some((pattern) => pattern.test(before))) return true;
  if (GOES_ON.test(text.slice(at.from, at.to))) {
    if (A_PERSON.test(DESCRIBED.exec(before)?.[1] ?? '')) return true;
  } else if (CALLED_AFTER.test(after)) return true;
  // "that old bag of a landlord"
  if (A_PERSON.test(/^ of an? ([a-z]+)/.exec(after)?.[1] ?? '')) return true;
  if (SHOUTED.test(before) && /^\s*!/.test(after)) return true;
  if (/(?:^|[,:-]\s*)you (?:\w+ ){0,2}$/.test(before) && /^\s*[!,.?]/.test(after)) return true;
  if (
    /^which (?:\w+ )?$/.test(before) &&
    /^\s+(?:left|dumped|put|cut|let|set|parked|thought|moved|locked|is|was)\b/.test(after)
  )
    return true;
  // "pick that up, …": spoken to whoever the sentence speaks to
  if (/,\s*$/.test(before) && /^\s*[.!?]*$/.test(after) && /\byour?\b/.test(before)) return true;
  if (A_PERSON.test(WITH_A_PHRASE.exec(before)?.[1] ?? '') || ASKED.test(before)) return true;
  const is = IS.exec(written);
  if (is === null) return false;
  const subject = is[1] ?? is[2] ?? 'you';
  if (A_PERSON.test(subject)) return true;
  // a name
  const plain = subject.toLowerCase();
  return /^[A-Z][a-z]/.test(subject) && !isCommonWord(plain) && !things.includes(plain);
}
