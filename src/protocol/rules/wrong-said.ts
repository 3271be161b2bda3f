import { DEED_OF, TELLING_ROLE, WRONG_SAID } from './wrongs.ts';

/*
 * Whether a wrong is said of the bearer of a name by where the two stand in a sentence, and not of somebody else.
 */

// the name of a person as the name of a thing
export const ATTRIBUTE =
  /^(?:'s?)?\s+(?:mural|statue|memorial|foundation|trust|award|prize|trail|play|film|book|exhibition|show|concert|tribute|cup|trophy|lecture|walk|garden|bench|story|day|fund|appeal|charity|day|suite|wing|building|club)\b/i;

const OCCASION =
  /\b(?:talks?|book|show|play|film|exhibition|concert|workshop|class|session|lecture|walk|stor(?:y|ies)|poems?|paintings?|display|songs?|photos? (?:by|from)|interview|podcast|guest|welcome|meet|join)\b/i;

// somebody else who may be the one that did the wrong
const SOMEBODY_ELSE =
  /\b(?:thie(?:f|ves)|vandals?|people|someone|somebody|scammers?|fraudsters?|yobs?|gangs?|burglars?|robbers?|attackers?|intruders?|raiders?|culprits?|criminals?|others|nobody|no one|anyone|everyone|we|our|you|your|they|police|officers?|drivers?|dogs?|lorry|driver|a (?:man|woman|gang|group|youth|teenager|stranger|company|firm|car|van|dog|storm|fire))\b/i;
const RESISTS =
  /\b(?:stop|stops|stopped|stopping|prevent\w*|fight(?:s|ing)?|fought|tackl\w+|report(?:s|ed|ing)?|help\w*|support\w*|advice|advise\w*|campaign\w*|victims?|survivors?|survived?|free|spot\w*|clear\w*|clean\w*|clearing|remov\w+|teach\w*|learn\w*|talk\w*|speak\w*|spoke|explain\w*|warn\w*|about|against|from|after|protect\w*|safe|saved?|rescue\w*|raised|(?<!(?:was|were|been|got|get|is|on) )caught|pulled|chased|found|witness\w*|saw|seen|book|novel|reads?|stars?|plays? the|in the role|lecture|tour|workshop|session|class|course|trail|exhibition|charity|foundation|appeal|inquest|memory)\b/i;

/** Something wrong in the sentence, said of the bearer of the name by where it stands, and not of somebody else. */
export function isWrongSaidOf(before: string, after: string): boolean {
  if (TELLING_ROLE.test(before)) return false;
  // "hit the wall of Jo Park's shop": what is hers did nothing
  const isOwner = /^'s?\s/.test(after) && /\bof\s+$/.test(before);
  if (ATTRIBUTE.test(after) || OCCASION.test(before)) return isDeedOf(before);
  // "the state of the churchyard is down to Basil Wren, who mows it"
  if (!isOwner && !CARES.test(after) && isDeedOf(before)) return true;
  for (const m of after.matchAll(WRONG_SAID)) {
    const between = after.slice(0, m.index);
    if (SOMEBODY_ELSE.test(between) || RESISTS.test(between)) continue;
    if (isPassive(`${between.split(/\s+/).slice(-4).join(' ')}${m[0]}`)) continue;
    return true;
  }
  return false;
}

/** Somebody who keeps a place as it should be is thanked for its state. */
const CARES =
  /^,?\s+who\s+(?:\w+ly\s+)?(?:mows?|weeds?|sweeps?|cleans?|tends?|paints?|polish(?:es)?|prunes?|waters?|mends?|plants?|dusts?|mops?|looks? after|cares? for|keeps? (?:it|them) (?:tidy|clean|lovely|neat)|volunteers?)\b/i;

const OF_A_CULPRIT =
  /\b(?:down to|work of|fault of|because of|thanks to|caused by|left by|made by|sold (?:\w+ )?by|taken by|is from|was from)\s+(?:our |the |local |\w+er |\w+or )?$/i;
const BROKEN =
  /\b(?:broken|damage\w*|missing|mess|litter|rubbish|state|crash|fire|flood\w*|leak|noise|smell|sold|taken|closed|shut|hole|dent|graffiti|missed|late|delay\w*)\b/i;

/** "Three cars were keyed by …", "the graffiti is the work of …": a wrong before the name, and words that tie it to the name. */
function isDeedOf(before: string): boolean {
  const tie = DEED_OF.exec(before);
  if (tie === null) return false;
  const said = before.slice(0, tie.index);
  if (
    OF_A_CULPRIT.test(before) &&
    BROKEN.test(said) &&
    !/\b(?:mend|fix|clear|clean|sav|repair|rescu|found|open|won)\w*/i.test(said)
  )
    return true;
  for (const m of said.matchAll(WRONG_SAID)) {
    const lead = said.slice(0, m.index);
    if (!RESISTS.test(lead) && !RESISTS.test(said.slice(m.index + m[0].length))) return true;
  }
  return false;
}

/** `was conned`, `been attacked`: done to the person. Being drunk or banned is not. */
export function isPassive(words: string): boolean {
  return (
    /\b(?:was|were|been|being|is|are|be)\s+(?:\w+ly\s+)?\w+(?:ed|en|t|hit|shot)(?:\s+\w+)?$/i.test(
      words.trim(),
    ) &&
    !/\b(?:drunk|ing)\b/i.test(words) &&
    !/ing\b/.test(words)
  );
}
