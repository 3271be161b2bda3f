/*
 * The company that a councillor's name keeps where it is not the subject. News of an office uses few words there: a
 * motion by, a letter from, questions to, a picture of. What is none of those says something else of the person. Plain
 * language, not a council's facts.
 */

const TITLE = '(?:\\s+(?:our|the|your|local|ward|new|own|very)){0,3}\\s*$';

// "as straight as", "more like": the measure of others
const MEASURE = new RegExp(
  `\\b(?:(?:as|so) [\\w-]+ as|(?:more|less|[\\w-]{3,}er|better|braver|nobody|none|no one|anyone|someone|others?) (?:than|like)|another|an(?= $))${TITLE}`,
  'i',
);

// "of" behind what is praised in a person, or is theirs alone
const OF = new RegExp(
  `\\b(?:streak|touch|eye|ear|nose|knack|gift|talent|work rate|cheek|charm|calm|sharp (?:mind|eyes?)|quick thinking|foresight|wits?|mettle|backbone|spirit|steel|stamina|humour|warmth|good sense|common sense|graft|legwork|diligence|doggedness|determination|dedication|devotion|efforts?|labours?|campaigning|lobbying|nagging|magic|memory like)\\s+of${TITLE}`,
  'i',
);

// what somebody gets who is cheered
const FOR = new RegExp(
  `\\b(?:ovation|applause|clap|round|cheers?|hurray|hooray|love|respect|admiration|praise|thanks|gratitude|medal|statue|plaque|crown|knighthood|gong|award|trophy|bouquet|flowers|cake|pint|drink|toast|triumph|victory|win|coup|feather in the cap|proud (?:day|moment)|great day|big day)\\s+for${TITLE}`,
  'i',
);

// "letters from … have paid off": what came of it
const FROM = new RegExp(
  `\\b(?:letters?|work|pressure|pushing|calls|emails|campaign\\w*|lobbying|nagging|efforts?|help|persistence|leadership)\\s+(?:from|by)${TITLE}`,
  'i',
);
const PAID_OFF =
  /^[^.!?]{0,30}\b(?:paid off|did the trick|worked|won|bore fruit|made the difference|saved|got (?:us|you|it)|brought|has given|have given|gave (?:us|you)|turned)\b/i;

const DEPENDS = new RegExp(
  `\\b(?:set your (?:watch|clock) by|lean on|rest on|look up to|swear by|turn to|bet on|put your trust in|trust|love|adore|admire|miss|cherish|idolise|thank your (?:lucky )?stars for|thank (?:heaven|goodness|god|heavens) for|sing(?:ing)? the praises of|no (?:stopping|match for|equal to)|hand(?:ed)? it to)${TITLE}`,
  'i',
);

/** In front of a name: words that no news of an office has there. `after`: the rest of the sentence. */
export function isOddCompany(before: string, after: string): boolean {
  return (
    [MEASURE, OF, FOR, DEPENDS].some((pattern) => pattern.test(before)) ||
    (FROM.test(before) && PAID_OFF.test(after))
  );
}

/** A description in front of a name, such as "the brains of the operation, Cllr A", that is no office. */
export function isStyled(before: string): boolean {
  const styled =
    /(?:^|[.:!?]\s*|\b(?:meet|to|by|from|of|for|with|is|was|thank|ask)\s+)(?:the|our|your|a|an)\s+([^,.;:]{4,60}),\s*$/i.exec(
      before,
    )?.[1];
  return styled !== undefined && PRIZED.test(styled) && !OFFICE.test(styled);
}

const OFFICE =
  /\b(?:cabinet|member|leader|mayor|chair\w*|deputy|ward|portfolio|councillor|spokes\w+|representative|lead|whip|vice|champion for|armed forces)\b/i;
const PRIZED =
  /\b(?:brains?|heart|soul|engine|force|face|power|architect|father|mother|man|woman|hero|heroine|genius|queen|king|star|driver|saviour|friend|fixer|mastermind|author|pioneer|fighter|voice|rock|best|greatest|finest|hardest)\b/i;
