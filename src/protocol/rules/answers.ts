/*
 * Accusing somebody in an answer, or by what is held against whoever is spoken to. Plain language, not a council's facts.
 */

const WHY = /(?:^|\b)(?:why|how (?:come|did|is it)|what (?:has )?happened)\b[^?]*\?\s*$/i;
const HARM =
  /\b(?:off|dark|out|gone|missing|empty|broken|smashed|burnt|slashed|dead|die|dying|stolen|shut|closed|flooded|wet|bare|stuck|blocked|late|smells?|stinks?|stench|mess|dirty|filthy|black|brown|cold|sick|ill|hurt|crying|stumps?|holes?|glass|litter|rubbish|oil|paint|waste|rats|no (?:lead|lights?|heat\w*|water|power|money|roof|swings?|seats?|trees?|ducks?|swans?|fish|bins?|keys?|door|gates?)|end(?:ed)? up in|fallen?|fell|c[ao]me down|down)\b/i;
const GONE =
  /\b(?:gone|missing|empty|smashed|burnt|slashed|dead|stolen|broken into|no (?:lead|money|swings?|seats?|swans?|fish))\b/i;
const GIVES_THE_REASON =
  /^(?:well,? |simple[:,] |easy[:,] |that is |it is |it's |just )*(?:because|since|as)\s+(?:(?:of|our|the|a|one|local|that)\s+|[a-z]+(?:er|or|man|ist)\s+){0,3}$/i;
const SENT_TO = /^(?:well,? |just )*(?:ask|blame|thank)\s+$/i;
// what the bearer of a name did, and has done no good by
const DID =
  /^(?:,[^,.;]{0,60},)?\s+(?:has |had |just |went and |always |still |keeps? |again )*(?:cut|cuts|took|takes|broke|breaks|left|leaves|let|lets|pulled|pulls|ripped|rips|drove|drives|hit|hits|ran|runs|tipped|tips|pours?|poured|put|puts|smashed|sold|forgot|forgets|spent|dug|chopped|felled|threw|throws|switched|locked|burnt|burned|sawed|kicked|pushed|dropped|emptied|drained|unplugged|flushed|blocked|parked|dumped|stole|swiped|nicked|sprayed|set|shot|poisoned|killed|drank|fed|feeds)\b/i;
const FOR_GOOD =
  /\b(?:fix\w*|mend\w*|repair\w*|sav(?:e|es|ed|ing)|help\w*|clear\w*|clean\w*|safe|safely|test\w*|plant\w*|new|paint\w*|upgrade\w*|check\w*|free\w*|rescue\w*|raise\w*|charity|so that|by mistake|our (?:team|crew|staff|engineers?))\b/i;
const HAPPENED_TO = /^(?:,?\s+(?:at|of|on|from)\s+[^.!?]{1,40})?\s+happened\s+to\s+(?:it|them|him|her|us)\b/i;
const WHERE_MONEY_WENT =
  /\bwhere (?:did|has|have|is|are|does)\b[^?]*\b(?:money|cash|takings|funds?|grant|deposit|savings|donations|£[\d,]+|change|kitty)\b[^?]*\?\s*$/i;
const SPENT_ON = /^(?:straight |right |well,? )*(?:on|into|in|to)\s+$/i;

const WHOM_TO_THANK = /\bwho\b[^?]*\b(?:thank|blame)\b[^?]*\?\s*$/i;
const NUISANCE =
  /\b(?:needles|mess|rats|mice|litter|rubbish|graffiti|glass|waste|oil|damage|smell|stench|noise|din|holes?|fires?|floods?|muck|dirt|fumes|smoke|no (?:water|heat\w*|lights?|power|sleep|buses|swings?)|dog (?:mess|poo)|broken \w+|smashed \w+)\b/i;

/**
 * "Why are the lights off? Because Lewis Farrant cut the wires": whether what stands around a name in an answer makes its
 * bearer the reason for the harm that was asked about (`asked`, the sentence before).
 */
export function isReasonFor(asked: string, before: string, after: string): boolean {
  if (WHERE_MONEY_WENT.test(asked)) return SPENT_ON.test(before) && /^'s?\s/.test(after);
  if (WHOM_TO_THANK.test(asked))
    return NUISANCE.test(asked) && before.trim() === '' && /^\s*[.!]*$/.test(after);
  if (!WHY.test(asked) || FOR_GOOD.test(after)) return false;
  if (before.trim() === '') return HAPPENED_TO.test(after);
  if (SENT_TO.test(before)) return GONE.test(asked) && /^\s*[.!]*$/.test(after);
  return HARM.test(asked) && GIVES_THE_REASON.test(before) && DID.test(after);
}

const SPOKEN_TO = /^(?:(?:to|dear|hey|oi|hello|hi|a note for|a word to|message to|note to)\s+)?$/i;
const CLAIMS =
  /\b(?:blue badge|benefits?|alone|disab\w+|discount|pension|allowance|too (?:ill|sick|weak|poorly|unwell|frail)|off sick|on the sick|sick (?:pay|note|leave)|signed off|carer|out of work|unemployed|bad back|can(?:not| not|'t) walk|permit|rent|no income|no job|credit)\b/i;
const WATCHED =
  /\b(?:we (?:can |do |all )?see you|we (?:can|do) see\b|we are watching|we're watching|we (?:are|'re) on to you|we have (?:the |your )?(?:photos?|film|footage|pictures?|it on film)|we (?:all )?know (?!how\b)|smile for|nice try|funny,? that|how odd|you (?:do not|don't) fool|you are not fooling|who are you kidding|see you in court|expect (?:a|our) (?:call|letter|visit)|your time is up)\b/i;
const KINDLY =
  /\b(?:thank\w*|well done|proud|congratulations|happy|miss you|star|love|brave|kind|welcome|best wishes)\b/i;

/**
 * "To Dean Halloway, who has a blue badge and plays five-a-side: we can see you": whether something that only some are
 * due is held against whoever a text speaks to; `after` is what comes behind the name, the next sentences too.
 */
export function isHeldAgainst(before: string, after: string): boolean {
  return (
    SPOKEN_TO.test(before) &&
    /^\s*,\s/.test(after) &&
    CLAIMS.test(after) &&
    WATCHED.test(after) &&
    !KINDLY.test(after)
  );
}

const THANKS_TO =
  /^(?:all |it is |it's |and )?(?:no )?thanks to\s+(?:(?:our|the|a|one|local|old|mr|mrs)\s+){0,2}$/i;
const LEFT_WITH = /^,?\s+(?:[\w']+\s+){1,6}(?:has|have|had|is|are|gets?|got|faces?|lives? with|full of)\s+/i;

/** "Thanks to Bobby Rusk the whole street has rats": whether a name is thanked for a nuisance. */
export function isThankedForHarm(before: string, after: string): boolean {
  const left = LEFT_WITH.exec(after);
  return (
    left !== null &&
    THANKS_TO.test(before) &&
    NUISANCE.test(after.slice(left[0].length)) &&
    !FOR_GOOD.test(after)
  );
}
