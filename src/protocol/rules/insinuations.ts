import type { NameAt } from '../text/names.ts';

/*
 * Accusing somebody without a verb of wrongdoing: by a question, by suspicion, by disgust, by naming the premises on
 * which something was found. Plain language, not a council's facts.
 */

const HIDDEN_WRONG =
  "(?:money|cash|funds?|takings|grant|went|gone|missing|doing (?:there|here|that|with|in)|that night|happened to|afford\\w*|pa(?:id|ys|y) for|did with|hid(?:den)?|hiding|sleeps?|lied|lying|knew|knows|so scared|so quiet|will not|won't|refus\\w+)";

/** Behind a name in front of which readers are told to ask: a question that accuses. */
const QUESTION_THAT_ACCUSES = new RegExp(
  `^(?:,[^,.;]{0,60},)?\\s+(?:where|what|why|how|who|about (?:the|his|her|their)|if (?:he|she|they))\\b[^.!?]*\\b${HIDDEN_WRONG}`,
  'i',
);
const TOLD_TO_ASK =
  /\b(?:ask|quiz|grill|maybe|perhaps|wonder if|does|do|did|has|is it true that|(?:wonder|wondered|know|knows|guess) how|how did|how does|how can|why did|why does|why has)\s+(?:our |young |old |little |dear |his |her |the )?(?:\w+ )?$/i;
const ASKED_OF_A_PAST = new RegExp(
  `^(?:,[^,.;]{0,60},)?\\s+(?:[a-z]+\\s+){0,6}(?:faked?|lied?|forged?|stole|steal|cheat\\w*|fiddl\\w*|${HIDDEN_WRONG})\\b[^.!?]*\\?`,
  'i',
);

/** Behind a name: a suspicion that needs no deed. */
const SUSPECTED =
  /^(?:,[^,.;]{0,80},|\s*\([^)]*\))?\s+(?:(?:has|have|had|is|was|been|who|always|often|again|keeps?|kept|also|still|likes? to)\s+)*(?:some explaining to do|lost (?:its|his|her|their) (?:licen[cs]e|registration|permit)|wants? (?:cash|money|the money|payment|it all) up ?front|(?:\w+ )?questions to answer|a case to answer|knows (?:more than|all about|exactly|full well|very well|it|why)|(?:seen |spotted |caught |found |filmed |known )?(?:hang(?:s|ing)? (?:around|about|round)|hung (?:around|about)|loiter\w*|lurk\w*|prowl\w*|snoop\w*|creep(?:s|ing)? (?:around|about|into|up)|follow(?:s|ed|ing) (?:\w+ )?(?:girls|boys|children|kids|women|people|pupils|young)|peer(?:s|ed|ing) (?:in|through|into|over)|spy(?:ing|s)? on|spied on|star(?:es|ed|ing) (?:at|into) (?:\w+ )?(?:girls|boys|children|kids|women|people|neighbours)|leer\w*|pester\w*|film(?:s|ed|ing) (?:\w+ )?(?:girls|boys|children|kids|women|people|neighbours)|touch(?:es|ed|ing) (?:\w+ )?(?:girls|boys|children|kids|women))|(?:seen|spotted|filmed) (?:running|leaving|driving|climbing|carrying|fleeing|near the (?:fire|scene|break-in)))\b|^[^.!?]{0,40}\b(?:with|for|has|had) no (?:good |real )?(?:reason|excuse|right)\b/i;

/** In front of a name: disgust at whoever is named, or pity for those near. */
const DISGUST_BEFORE =
  /\b(?:(?:sick|tired|weary|ashamed|terrified|scared|afraid|frightened|wary|at the mercy) of|fed up (?:of|with)|had (?:it|enough) (?:with|of)|had our fill of|put up with|(?:live|living|lives) (?:next (?:door )?to|below|above|under|near|in fear of)|pity (?:the |those )?(?:\w+ ){0,3}(?:of|near|with|under)|suffer(?:s|ed|ing)? (?:at the hands of|because of|under)|no thanks to|rid of|in the (?:grip|clutches|pay|pocket) of|fell for|fall for|taken in by|fooled by|stung by|chased (?:us|you|him|her) out of|owed? (?:money |thousands |£[\d,]+ )?by|the (?:antics|behaviour|temper|lies|greed|neglect|mess|dogs?|shouting) of)\s+(?:(?:the|our|old|one|neighbour|landlord|landlady|owner|boss|trader|that|mr|mrs)\s+){0,3}$/i;

/** In front of a name: what kind of people it stands for. */
const BAD_KIND_BEFORE =
  /\b(?:greedy|lazy|selfish|rude|nasty|cruel|careless|dodgy|crooked|rogue|awful|shoddy|useless|irresponsible|thoughtless|mindless|idle|feckless|spiteful|vile|heartless|callous|unscrupulous|ruthless|shameless|two-faced|dishonest|bent|drunken|violent|bad|bullying|cheating|lying|thieving|cowboy|slum|absent|uncaring|tight-fisted|money-grabbing|foul-mouthed|grubby|shady|so-called|self-styled|bogus|fake)\s+(?:[a-z]+\s+){1,3}(?:like|such as|called|named|,|:)\s*$/i;

/** Whether what stands around a name accuses its bearer without saying what was done. */
export function isInsinuated(before: string, after: string): boolean {
  if (DISGUST_BEFORE.test(before) || BAD_KIND_BEFORE.test(before)) return true;
  if (SUSPECTED.test(after)) return true;
  if (!TOLD_TO_ASK.test(before)) return false;
  return (
    (/\b(?:ask|quiz|grill)\s/i.test(before) && QUESTION_THAT_ACCUSES.test(after)) ||
    (!/\b(?:ask|quiz|grill)\s/i.test(before) && ASKED_OF_A_PAST.test(after))
  );
}

/*
 * "Is your bike gone? Try Curtis Pardew's shed": where readers are sent to look for what they miss, there somebody has it.
 * Whom to ask at a library or in a team is not somebody's home.
 */
const MISSED =
  /\b(?:lost|missing|gone|can't find|can not find|cannot find|looking for|where(?:'s| is| are| has| have| did)|stolen|nicked|pinched|disappeared|vanished|short of|off your)\b/i;
const SENT_TO_LOOK =
  /\b(?:try|ask|look(?:ing)?|peek|check|knock|search|see|visit|call (?:on|at|in)|pop round|go (?:round )?to|have a (?:look|word))\b[^.!?]{0,60}$/i;
const HOME =
  '(?:shed|garage|van|car|boot|garden|yard|loft|attic|house|home|flat|cellar|lock-?up|barn|drive|porch)';
const AT_HOME = new RegExp(
  `^(?:'s?)?(?:,?\\s+(?:(?:at|of|in|from|on)\\s+)?(?:number\\s+)?\\d{1,4}[A-Za-z]?\\s+[A-Z]|\\s+(?:(?:back|front)\\s+)?${HOME}\\b)`,
);
const HOME_OF = new RegExp(`\\b${HOME}\\s+(?:of|at)\\s+$`, 'i');

/** Whether readers who miss something are told to look at the home of a name; `asked` is the sentence before. */
export function isWhereItWent(asked: string, before: string, after: string): boolean {
  if (!SENT_TO_LOOK.test(before) || !(AT_HOME.test(after) || HOME_OF.test(before))) return false;
  return (asked.endsWith('?') && MISSED.test(asked)) || MISSED.test(before);
}

const HAS_WHAT_IS_ANOTHERS =
  /\b(?:has|have|had|got|keeps?|kept|takes?|took|sells?|sold|uses?|used|drives?|drove|spends?|spent|wears?|picks?|picked|eats?|ate|opens?|opened|helps?|full of|home with|off with|out with)\b[^.!?]{0,60}?\b(?:was|were|is|are)(?:n't|\s+not|\s+never)\s+(?:hers|theirs|his)(?![\w'-])(?!\s+(?!to\b|and\b|but\b|at all\b)\w)/i;
const GIVEN_BACK =
  /\b(?:gave|gives?|handed|hands|brought|brings|sent|took|takes)\s+(?:[\w£]+\s+){0,4}?(?:back|in|over)\b|\breturn(?:ed|s)\b/i;

/** Behind a name: its bearer has, or sold, what belongs to somebody else. One who hands it in does well. */
export const hasWhatIsAnothers = (after: string): boolean =>
  HAS_WHAT_IS_ANOTHERS.test(after) && !GIVEN_BACK.test(after);

/** What inspectors find on premises, and what they do about it. */
const FOUND_THERE =
  /\b(?:seiz(?:ed|es|ing)|confiscat(?:ed|es|ing)|raid(?:ed|s|ing)?|swoop(?:ed|s)?|closure (?:notice|order)|closed? (?:it )?down|shut (?:it )?down|(?:shut|closed) (?:for|after|by)|we (?:have )?(?:shut|closed)|shop we (?:shut|closed)|mice|mouse droppings|rats|cockroach\w*|mould\w*|infest\w*|vermin|maggots|filth\w*|out-of-date|rotten|(?:fake|illegal|illicit|counterfeit|unsafe|banned|stolen) (?:vapes?|tobacco|cigarettes|goods|toys|alcohol|booze|meat|medicines?|fireworks|perfume|phones?|trainers|bikes?|knives)|under-?age|(?:sell(?:ing)?|sold|sales?) [^.!?]{0,40}\bto (?:children|kids|minors|under-?\d+s?)|food poisoning|made [\w ]{1,30}\b(?:ill|sick)|fell (?:ill|sick)|zero (?:stars?|out of|for)|failed (?:its|an|our|every|two|three))\b/i;
const PREMISES =
  /\b(?:at|in|inside|from|of|outside|behind|on the door of|against|called|named)\s+((?:[Tt]he\s+)?[A-Z][\w'&]*(?:\s+(?:(?:and|of|the|&)\s+)?[A-Z][\w'&]*){1,4})/g;
// part of a town, of which no list is needed: "North End", "Great Crosby"
const PART_OF_TOWN =
  /^(?:[Tt]he\s+)?(?:North|South|East|West|Central|Great|Little|Upper|Lower|Old|New)\s+[A-Z][\w']*$/;
const NO_PREMISES =
  /\b(?:Road|Street|Lane|Avenue|Drive|Close|Grove|Park|Gardens?|Square|Village|Town|Hall|Centre|Beach|Valley|Woods?|Estate|Strand|Library|School|Council|Police|Team|Standards|Island|Point|Docks?|Station|House|Court|Way|Place|Terrace|Lake|Pier|Dunes|Bridge|Market|Meadows?|England|Britain|UK)$/;

/** Businesses named as the place where something was found that should not be there, which no word of trade gives away. */
export function premisesIn(
  text: string,
  sentence: { readonly from: number; readonly to: number },
): readonly NameAt[] {
  const words = text.slice(sentence.from, sentence.to);
  if (!FOUND_THERE.test(words)) return [];
  return [...words.matchAll(PREMISES)].flatMap((m): readonly NameAt[] => {
    const name = m[1] ?? '';
    if (NO_PREMISES.test(name) || PART_OF_TOWN.test(name)) return [];
    const from = sentence.from + m.index + m[0].length - name.length;
    return [{ kind: 'business', from, to: from + name.length }];
  });
}
