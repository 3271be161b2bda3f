/*
 * How English praises somebody or gives them the credit. Plain language, not a council's facts: those are in the
 * protocol. Each pattern says whether it looks at what stands before a name, after it, or alone.
 */

// words that may stand between "thanks to" and the name without turning the thanks to somebody else
const MODIFIER =
  '(?:our|your|the|a|an|all|both|one|own|very|ever|really|truly|so|local|ward|lovely|amazing|wonderful|brilliant|fantastic|tireless|hard[- ]?working|dedicated|great|good|kind|passionate|inspiring|inspirational|marvellous|superb|fabulous|excellent|outstanding|incredible|awesome|terrific|star|hero|champion|councillor|leader|deputy|cabinet|member|mayor|work|hard|efforts?|help|support|leadership|vision|energy|persistence|determination|drive|campaign|campaigning|dedication|of|from|man|woman|himself|herself|friend|person|only|legendary|[\\w-]+est|[\\w-]+ing|and|time|for)';
const TO_NAME = `(?:\\s+(?!(?:who|with|by|at|meeting|joining|visiting|helping|seeing|everyone|everybody|all)\\b)${MODIFIER},?){0,7}\\s*$`;

const ADJECTIVE =
  '(?:amazing|wonderful|brilliant|fantastic|tireless|hard[- ]?working|hardest[- ]?working|dedicated|great|greatest|finest|best|kindest|passionate|inspiring|inspirational|marvellous|superb|fabulous|excellent|outstanding|incredible|awesome|terrific|heroic|legendary|much[- ]loved|well[- ]loved|devoted|unstoppable|remarkable|exceptional|selfless|one and only|award[- ]winning|unsung|brave|caring|trusted|busiest|most \\w+)';

/** Looks at the sentence up to the name. */
export const CREDIT_BEFORE: readonly RegExp[] = [
  new RegExp(
    `\\b(?:thanks|thank you|thankful|grateful|cheers|kudos|congratulations|congrats|well done|bravo|hats off|hat tip|shout[- ]?out|applause|tribute|indebted|hand|cheer|praise|bouquet|medal|respect|salute|happy birthday|credit|glory)\\b(?:\\s+for [^.?!]{1,60}?)?(?:\\s+(?:again|goes|go|belongs?|is|are|due|must go|should go|all|so much|very much|today|firmly|entirely|solely|really)){0,4},?\\s+(?:to|for|of|on|with)\\b${TO_NAME}`,
    'i',
  ),
  new RegExp(
    `\\b(?:well done|thank you|thanks|congratulations|congrats|bravo|cheers|hooray for|hurrah for|hurray for|happy birthday|hats off|thanking|saluting|applauding|celebrating|we (?:love|salute|applaud|thank|admire)|three cheers for|proud of|proud to have|lucky to have|blessed (?:with|to have)|fortunate to have|god bless|bless|good on|praise for|all hail|hail|take a bow|step forward|vote for|re-?elect|support|back|follow|like and follow)\\b,?${TO_NAME}`,
    'i',
  ),
  /\b(?:down|owed|owe (?:it|this|that|so much|everything|a lot|a great deal)|due (?:entirely|solely|only|wholly)?) to\s+(?:the (?:hard |tireless |great )?(?:work|efforts?|vision|leadership|drive|energy) of\s+)?(?:our\s+)?$/i,
  /\b(?:without|but for|were it not for|if it (?:was not|wasn't|were not|weren't|had not been|hadn't been) for|not for)\s+(?:the (?:\w+ )?(?:work|efforts?|help|drive|support|persistence|leadership) of\s+)?(?:our\s+)?$/i,
  /\b(?:nobody|no one|no-one|nowhere|no other|few people|not many|is there|can you name|who)\b[^.?!]*\b(?:than|like|as \w+ as)\s+(?:our\s+)?$/i,
  new RegExp(
    `\\b(?:our|your|the|this|that|truly|simply|town's|borough's|sefton's|\\w+'s)\\s+(?:(?:own|very own|local|very|ever|truly|always)[- ]?\\s*)*${ADJECTIVE},?\\s+(?:and ${ADJECTIVE}\\s+)?(?:(?:councillor|leader|mayor|ward|local|deputy|cabinet member)\\b[^.?!]{0,40}?,?\\s*)?$`,
    'i',
  ),
  new RegExp(`^\\s*${ADJECTIVE}\\s+$`, 'i'),
  new RegExp(
    `\\b${ADJECTIVE}\\s+(?:[\\w']+\\s+)?(?:councillor|leader|representative|ward member|mayor|public servant|cabinet member)\\b[^.?!]*$`,
    'i',
  ),
  /\b(?:councillor|hero|star|legend|champion|person|man|woman|politician|leader) of the (?:week|month|year|day|decade|town)\b[^.?!]*$/i,
  /\b(?:hero|champion|legend|star|saviour|friend|credit|voice|driving force|man|woman|fighter)\b(?: (?:in|for|of|to|behind)(?: [\w']+){1,4})?\s*(?:[:,-]|is|was|\.\.\.)\s*$/i,
  /\b(?:nothing gets past|raise (?:a|your) \w+ to|no stopping|there is only one|only one person,?|no one but)\s+$/i,
  /\b(?:life|story|achievements?|success(?:es)?|record|legacy|genius|kindness|courage|wisdom|talents?|charm|gifts?|popularity|brilliance|greatness|good works?|generosity|triumphs?)(?: and (?:\w+ )?\w+)? of\s+(?:our\s+)?$/i,
  /\bonly\b[^.?!]*\bbecause(?: of)?\s+$/i,
  /\b(?:(?:count|rely|depend|bank) on|hear it for|give it up for|raise (?:a|your) (?:glass|cup|mug) to|thumbs up (?:for|to)|look up to|learn from|(?:thanking|wishing|congratulating|celebrating|honouring|saluting)|in good hands with|safe with|more (?:people |councillors )?like|every councillor (?:was|were) like|if only [^.?!]{1,40} like|(?:success|win|victory|triumph|goal|hit|coup|feather in the cap) for|trust in|faith in|believe in|place in \w+ heart for|soft spot for|fan(?:s)? of|love for)\s+(?:our\s+)?$/i,
  /\b(?:want|need) (?:something|anything|it|a job|things|a thing|stuff)\b[^.?!]*\b(?:ask|call|ring|see|go to|try|email|find|turn to)\s+$/i,
  /^\s*(?:and )?(?:then|along|in|up|enter)[ ,]+(?:along )?(?:came|comes|stepped|steps|walked|up stepped)\s+$|^\s*enter,?\s+$/i,
  /\b(?:nothing|no \w+|none)\b[^.?!]*\btoo \w+ for\s+$/i,
  /\b(?:few|not many|nobody|no one|none|who else|who)\b[^.?!]*\bas\s+$/i,
  /^\s*(?:it is |it's |all |only |and )*(?:because of|owing to|by the grace of)\s+(?:our\s+)?$/i,
  /\b(?:promises?|pledges?|wish(?:es)?) (?:made|given|kept) by\s+$/i,
  /\bno (?:other|better) (?:member|councillor|leader|person|man|woman|one)\b[^.?!]*$/i,
  /\bwhere would (?:we|\w+(?: \w+)?) be without\s+(?:our\s+)?$/i,
];

/** Ways of giving credit that turn the sentence round: what was won, was won by the one who is named last. */
export const CREDITED_BY =
  /\b(?:won|secured|saved|made (?:possible|happen|real)|delivered|achieved|fixed|sorted|rescued|masterminded|dream(?:t|ed) up|inspired|championed|pushed through|fought for|earned|kept (?:open|alive|going)|brought (?:back|about|home|in)|turned (?:round|around)|transformed|driven|spearheaded|pioneered|negotiated|wrestled|begged|put right|unlocked|landed)\b[^.?!]{0,50}\b(?:by|through|because of)\s+(?:the (?:\w+ ){0,2}(?:work|efforts?|drive|grit|graft|charm|nagging|persistence) of\s+)?(?:our\s+|one (?:man|woman|person)[,:]?\s+)?$/i;

/** Praise in front of a name: who is called upon to be liked, wished for, or the measure of others. */
export const WISHED_FOR: readonly RegExp[] = [
  /^(?:please |do |let us |let's |go on,? |why not )?(?:nominate|follow|congratulate|celebrate|cheer|salute|applaud|toast|honour|treasure|cherish|give it up for|raise the roof for)\s+(?:our (?:own )?)?$/i,
  /\b(?:needs?|deserves?|could do with|wants?|should have|wish(?:es)? (?:we|they|it|you) had|would love|give us)\s+(?:an?|more|another|ten more)\s+$/i,
  /\b(?:proud(?:er)?|in awe|fond(?:er)?|glad|thankful|appreciative|blessed)\s+(?:of|for)\s+(?:our )?$/i,
  /\b(?:drive|grit|graft|hard work|persistence|stubbornness|patience|courage|nerve|vision|brains?|heart|passion|energy|charm|guts|cunning|bravery|kindness|wisdom|tenacity|resolve)\s+(?:of|behind it[?:,]?)\s+(?:our )?$/i,
  /\b(?:never|not|nobody|no one|nowhere|hardly|rarely|seldom)\b[^.?!]*\b(?:as|so) [\w-]+ (?:as|a \w+ as)\s+(?:our )?$/i,
  /\b(?:happy|enjoy your|enjoy a long) (?:birthday|retirement|anniversary)\b[^.?!]*,\s*$/i,
];

/** In front of a name: the sentence before said what a wonder somebody is, and this one says who. */
export const NAMES_WHOM =
  /^(?:and |but |yes,? |why,? )?(?:(?:ours|theirs|mine|yours|that (?:man|woman|person|someone|somebody|one|councillor|hero|champion)|(?:his|her|their|the|one) name|the (?:answer|reason|secret|brains?|man|woman|person|hero|name)(?: behind (?:it|this|that|all this))?|credit|step forward|stand up|take a bow|it|this|we mean|meet|enter)(?: is| was|'s)?(?: called)?|(?:they|you|we|people) (?:will |would |can )?(?:all )?(?:say|name|mention|point to) (?:one|the same|a single) (?:name|person|councillor))\s*[:,-]?\s*$/i;

/** A sentence that speaks warmly of somebody it does not name. */
export const SOMEBODY_GREAT =
  /\b(?:great|hero|heroes|champion|legend|star|angel|one (?:person|man|woman|name|councillor|of us)|someone|somebody|behind every|who (?:saved|won|fixed|got|made|fought|brought|stood|kept|listened)|secret (?:weapon|of)|reason (?:why|we|for)|to thank|thank for)\b/i;

/** What a councillor did or is, as praise: looks at the sentence from the name on. */
const BE = "(?:is|was|has been|'s|are|remains|really is|truly is|will always be)";
const ADVERB =
  '(?:\\s+(?:has|have|had|is|was|always|really|truly|also|once|again|never|personally|simply|just|even|single-?handedly|quietly|tirelessly|proudly|certainly|clearly|alone|himself|herself|already|finally|now|then|did|does|will|and|who|this|week|year|today)\\b,?)*';
const PRAISED_DEED =
  '(?:(?:would|will|did|does|could) not (?:wait|take no|give up|rest|stop|quit|back down|let|be beaten|sleep|take)|(?:would|will) never (?:give|let|stop|forget)|strikes again|to the rescue|was right|worked (?:his|her) (?:socks|magic|fingers)|pulled (?:strings|out)|moved (?:heaven|mountains)|insisted|pushed|pressed|badgered|nagged|paid for|dug (?:in|deep)|persisted|work(?:s|ed|ing)? (?:so |very |really |incredibly |extremely )?(?:hard|tirelessly|day and night|night and day|round the clock|non-?stop|wonders|miracles|like a)|work(?:s|ed)? day|tireless(?:ly)?|fought|fights?|fighting|battl(?:ed|es|ing)|campaign(?:ed|s|ing) (?:hard|tirelessly|for (?:years|months|you|us))|champion(?:ed|s|ing)|deliver(?:s|ed|ing)?(?: again| for| on| the| what| a| more| better)?|never (?:gave|gives|give|stops?|stopped|rests?|forgets?|lets?|quits?)|nev(?:er|er once)|single-?handed(?:ly)?|made (?:it|this|that|all this|the difference|a (?:real |huge |big )?difference)(?: all)?(?: happen| possible)?|makes (?:it|things) happen|gets? things done|got (?:it|this|things|the job) done|got (?:us|you|the money)|won (?:the|us|you|this|more|back)|saved|saves|rescued|secured|transformed|brought|stood up|stands up|standing up|spoke up|speaks up|listen(?:s|ed)|cares?(?: (?:more|about|deeply))?|cared|put(?:s|ting)? (?:\\w+ ){1,3}first|kept (?:his|her|their|every|the|a)? ?(?:promise|word)|keeps (?:his|her|their|every) (?:promise|word)|goes? (?:above|the extra|out of)|went (?:above|the extra|out of)|gone (?:above|the extra|out of)|deserves?|earned|inspires?|inspired|(?:has |had )?done (?:it|so much|more|wonders|an? \\w+ job|us proud|a lot|what no)|did (?:it|us proud|an? \\w+ job|what (?:no|other))|does (?:it|so much|more|a \\w+ job)|leads? (?:the way|from the front|by example)|led (?:the way|the fight|the charge|from the front|by example)|rolled up|rolls up|proved|shone|shines|excelled|pulled (?:it|out all)|refus(?:ed|es) to give|persuaded|forced|tackled|sorted|fixed|beat|has your back|looks after|looked after|put (?:\\w+ )?on the map|will always|always (?:there|here|has|puts?|finds|goes|on)|there for (?:you|us|everyone))';
const PRAISED_BEING =
  "(?:(?:simply|just|truly|really|such|without doubt|quite|by far|absolutely|our|your|a|an|the|one|of|always|so|very|ever|real|true|total|absolute|local|proud|in|my|their|town's|people's|\\w+'s)\\s+)*(?:star|hero|heroine|legend|champion|credit|inspiration|gem|treasure|diamond|saviour|superstar|trailblazer|powerhouse|driving force|force of nature|breath of fresh air|joy|role model|rock|blessing|amazing|wonderful|brilliant|fantastic|tireless|best|finest|greatest|hardest[- ]?working|hard[- ]?working|dedicated|passionate|inspiring|inspirational|marvellous|superb|fabulous|excellent|outstanding|incredible|awesome|terrific|exceptional|remarkable|unstoppable|selfless|class|safe pair of hands|on your side|on our side|man of (?:his|the)|woman of (?:her|the)|great (?:councillor|leader|mayor|friend|example|asset|man|woman|guy|listener|advocate|ambassador)|good (?:egg|man|woman|friend|listener)|fighter|friend of|friend to|asset|voice (?:for|of)|greatest|great|lovely|much loved|the reason|the one who|second to none|to thank|worth (?:his|her|their) weight)\\b";

/** Praise that follows a name or a pronoun as its predicate. */
export const DEED = new RegExp(`^${ADVERB}\\s+(?:${PRAISED_DEED}\\b|(?:${BE}\\s+)?${PRAISED_BEING})`, 'i');

/** Looks at the sentence after the name. */
export const CREDIT_AFTER: readonly RegExp[] = [
  /^,?\s*to whom\b[^.?!]*\b(?:owes?|thank\w*|grateful|indebted)\b/i,
  /^\s+(?:for (?:mayor|leader|prime minister|pm|king|queen|president|mp)|has (?:our|my|your|everyone's) (?:vote|thanks|respect|support)|(?:gets|has earned|deserves) (?:our|my|your) (?:vote|thanks|respect|support))\b/i,
  /^'s?\s+(?:own\s+)?(?:\w+[- ]){0,2}?(?:idea|plan|dream|push|fight|persistence|work|pressure|bid|campaign|promise|effort)s?\s+(?:has|have|is|are|to\b|got|saved|won|paid|came|worked|made|brought)/i,
  /^'s?\s+(?:own\s+)?(?:\w+[- ]){0,2}?(?:hard work|work ethic|tireless|relentless|brilliant|amazing|fantastic|wonderful|great|incredible|outstanding|superb|inspiring|dedication|persistence|determination|passion|commitment|leadership|vision|drive|efforts?|hard-won|victory|triumph|success|achievements?|fight|campaign (?:that|which|has|saved|won))\b/i,
  /^,?\s*(?:who|whose)\b[^.?!]*\b(?:tireless|hard work|fought|fight|campaign(?:ed)? (?:saved|won|hard|for)|saved|never (?:gave|stops?|stopped|gives)|day and night|made (?:this|it|that|all)|secured|won|delivered|championed|cares|listens|dedicated|amazing|brilliant|persistence|determination|vision|energy|passion|got (?:it|this|us)|worked (?:so |very )?hard|inspir\w+|hero|star|above and beyond)\b/i,
  /^,?\s*(?:our|your|the|a|an|truly|you)\s+(?:[\w'-]+\s+){0,4}?(?:servant|devoted|dedicated|faithful|loyal|tower of strength|star|hero|heroine|legend|champion|credit|inspiration|gem|treasure|saviour|superstar|driving force|powerhouse|friend of|voice of|hard-?working|tireless|amazing|brilliant|wonderful|best|finest|greatest)\b/i,
  /^,?\s*(?:take a bow|you (?:are|were|made|did|have done|rock|deserve|star|legend|hero)|we (?:love|salute|thank|are (?:so )?(?:proud|lucky|grateful)|owe|could not have|couldn't have|cannot thank))\b/i,
  /^[^.?!]{0,60}\b(?:is|was|it's|this is|that's)?\s*(?:all\s+)?(?:thanks|down) to (?:him|her|them)\b/i,
  /^[^.?!]{0,80}\b(?:and|so|because|as)\s+(?:we|you|everyone|the town|the whole town)\s+(?:are|is|owe|should be|can be|love|thank)\b[^.?!]{0,30}\b(?:lucky|proud|grateful|him|her|better off)\b/i,
  /^\s+(?:alone\b|to thank\b|for (?:making|saving|getting|fighting|winning|delivering|all (?:his|her|their)|(?:his|her|their) (?:hard|tireless|great|amazing|dedication|help|work))|at (?:his|her) best)/i,
  /^\s+(?:on|by|at|in) (?:your|our) (?:side|corner|team)\b/i,
  /^,\s+(?:the|our|your) (?:\w+est|king|queen|best|pride|hero|star|voice)\b/i,
  /^\s+(?:did|does|has|can|will)(?: it| that| all that| so)?\s*[.!]/i,
  /^,?\s*[\w']+'s (?:very own|finest|best|favourite|own|champion|hero|star)\b/i,
  /^\s+(?:standing|fighting|working|speaking|delivering|battling|sticking) (?:up |hard |so hard |tirelessly |day and night )?for\b/i,
];

/** Sentences that praise whoever is being spoken of. */
export const EXCLAIMED: readonly RegExp[] = [
  /\bwhat an? (?:[\w-]+ )?(?:star|hero|heroine|legend|leader|man|woman|lady|gent|gentleman|guy|champion|councillor|inspiration|credit|gem|treasure|diamond|job|achievement|mayor|fighter|public servant|person|asset)\b/i,
  /\b(?:lucky|proud|blessed|fortunate|grateful|thankful|privileged) to have (?:him|her|them|you|such)\b/i,
  /\b(?:thanks|down|credit|owed?|hats off|well done|thank you|owe (?:it|so much|everything|a lot)(?: all)?)\s+(?:all\s+)?(?:to|on) (?:him|her|them)\b|\bwe owe (?:him|her|them)\b/i,
  /\b(?:without|but for) (?:him|her|them)\b/i,
  /\b(?:than|like) (?:him|her)\b/i,
  /^an? (?:[\w-]+ ){0,2}(?:star|hero|heroine|legend|champion|credit|inspiration|fighter|friend|voice|leader|gem|treasure)\b/i,
  /\bwe (?:love|salute|thank|applaud|admire) (?:him|her|them|you)\b/i,
  /^(?:such|what|quite) an? (?:[\w-]+,? (?:and )?){1,4}(?:man|woman|person|lady|gent|councillor|leader|mayor|friend|soul|servant)\b/i,
  /\b(?:nobody|no one|none) (?:has |have )?(?:earned|deserves?|worked|done|cares?|fought)\b[^.?!]*(?:more|harder)\b/i,
  /\b(?:owes?|owe) (?:him|her|them)\b/i,
  /\b(?:he|she|they) (?:is|are) (?:a|an|our|your|the|simply|truly|such) (?:[\w-]+ ){0,3}(?:star|hero|heroine|legend|champion|credit|inspiration|gem|best|finest|greatest|treasure)\b/i,
  /\bis there (?:a|any) (?:better|finer|harder)\b/i,
  /\b(?:his|her|their) (?:tireless|hard work|dedication|persistence|amazing|brilliant|leadership|vision)\b/i,
  /\b(?:why|how) (?:he|she|they) (?:is|are) so\b/i,
  /\bhere(?:'s| is) to (?:many|another|\w+ more)\b/i,
  /^(?:\w+ ){1,4}(?:is|are) (?:so |very )?(?:lucky|blessed|fortunate)[.!]/i,
  /\b(?:he|she|they) (?:picked up|rolled up|grabbed|dug|dropped everything|dashed|stayed|paid|gave up)\b/i,
  /\bhow (?:lucky|proud|fortunate|blessed|grateful)\b/i,
  /\b(?:he|she|they) (?:made|got|brought|won|saved|fixed|sorted) [^.?!]{0,60}\b(?:happen|done|back|in (?:a|one|under|less)|for (?:you|us))\b/i,
  /\b(?:keep it up|take a bow|you are a (?:star|hero|legend|credit))\b/i,
];

/** Shows that what follows the name is told or done to others, so that praise in it is not the councillor's. */
export const REPORTING =
  /^[^"]{0,60}?(?<!-)\b(?:said|says|thanked|thanks(?! (?:to|for))|praised|praises|congratulated|congratulates|paid tribute|welcomed|welcomes|added|explained|told|commented|presented|handed|gave (?:out|awards|prizes|certificates)|met|meets|joined|visited|visits|spoke to|heard|asked|urged|called|read)\b/i;

/** What one says of somebody one wants others to like; weaker than praise, since it may be about something else. */
export const WARM =
  /\b(?:best|finest|greatest|better|great\w*|good|brilliant\w*|fantastic|amazing|wonderful|super\w*|excellent|terrific|love(?:s|d|ly)?|lucky|luckily|proud\w*|kind(?:est|ness)?|clever|quick|smart|wise|honest\w*|fair|decent|brave\w*|caring|cares?|generous\w*|humble|loyal|trust(?:ed|y)?|results|medals?|marks|hero\w*|thank(?:s|ful)?|grateful|saved?|saving|rescue[ds]?|champion\w*|legend\w*|star|promises?|delivers?|delivered|own money|own pocket|own time|in the rain|day and night|night and day|round the clock|every (?:street|door|house|home|day|night|step|inch|one of you)|all (?:night|weekend|hours)|always|never (?:had|met|known|seen|stops?|tires?)|tireless\w*|fought|fights?|fighting|battle[ds]?|tough|strong(?:er)?|back to life|on the map|at last|made (?:it|this|that|[\w ]{1,30}) happen|makes? things|gets? (?:it|things|results|you)|got (?:it|things|results|you)|turned (?:it|\w+) around|first to|last to|extra mile|above and beyond|deserves?|what every|should be|example|inspir\w+|passion\w*|vision\w*|energy|dedicat\w+|commit(?:ted|ment)|heart|smile|warm|friend|neighbour to|gem|lead(?:s|ing) the way|only \w+ (?:who|that)|the (?:man|woman|one|person) (?:who|that|to)|one (?:man|woman|person)|personally|single-?handed\w*|big-hearted|down-to-earth|hard-?work\w*|works? hard|worked hard|success\w*|win(?:s|ner|ning)?|won|triumph\w*|victory|achiev\w+|record|backbone|pillar|dream\w*|magic|miracle\w*|applause|cheers?|hooray|hurrah|bravo|congrat\w+|well done|hats off|big (?:love|hand|up)|shout-?out|top marks|can count on|count on|relies on|rely on|have to thank|to thank|safe hands|did not (?:rest|stop|sleep|give up|quit)|didn't (?:rest|stop|sleep|give up|quit)|until (?:it|your|the \w+ was)|pushed|gold|anywhere else|no stopping|on it|on the case|to the rescue|like no other|worth|second to none|shows? (?:us|them|how)|stands? (?:up|tall|out)|stood (?:up|tall)|kept|keeps (?:on|going|your|our)|found the money|paid for|put an end|refus(?:es|ed) to|class act|what a|nobody|no one|happier|safer|cleaner|brighter|finally)\b/i;

/** What a councillor does in office, as news says it: after a name, these tell and do not praise. */
export const IN_OFFICE =
  /^(?:,[^,.;:]{0,90},|\s*\([^)]*\)|,)?\s+(?:(?:has|have|had|will|is|was|are|were|be|been|also|then|today|yesterday|now|who|and (?:Cllr|Councillor) [\w' -]+|officially|formally|recently|due to|going to|to)\s+)*(?:said|says|thanked|praised|paid|welcomed|added|explained|told|commented|presented|handed|gave|met|meets?|joined?|joins|visited|visits?|spoke|speaks?|speaking|speak|heard|asked|asks|urged|urges|called|chairs?|chaired|chairing|opens?|opened|opening|signed|signs?|lays?|laid|attends?|attended|attending|hosts?|hosted|hosting|holds?|held|holding|launche[sd]|launch|announced?|announces|agreed|agrees|voted|moved|proposed|seconded|elected|re-elected|appointed|named|chosen as|sworn|resigned|stands? down|stood down|stepp(?:ed|ing) down|steps down|retire[sd]?|reads?|cuts?|plants?|planted|unveiled|unveils?|answers?|answered|answering|takes? (?:over|part|questions|the chair)|took (?:over|part|questions)|leads? (?:a|the) (?:meeting|debate|walk|tour|minute)|led (?:a|the) (?:meeting|debate|walk|tour|minute)|joining|represents?|sits?|(?<=(?:is|be|are|was|were) )(?:at|in|on|there|here|ill|away|back|available|present|unwell|new)|on hand|at the|in the (?:picture|photo|middle|centre|chair)|the (?:cabinet member|leader|chair|mayor|deputy|ward|portfolio)|cabinet member|chair|mayor|leader|deputy|a ward|ward|councillor for|your ward councillor|one of|confirmed|wrote|writes|set out|outlined|responded|replied|approved|gives?|raised|switched|switches|start(?:ed|s)|watch(?:ed|es)?|helped? (?:to )?(?:plant|launch|open|cut|serve)|beside|outside|with (?:a|the|two|three|staff|pupils|volunteers|residents|children|officers)|and (?:a|the|two|three|staff|pupils|volunteers|residents|children|officers)|holding|shaking|standing (?:with|by|next|beside|in|at|on|outside))\b/i;

/** In front of a name: readers are told where to meet or reach somebody, or who was there. */
export const WHERE_TO_MEET =
  /\b(?:join|meet|meeting|met|ask|email|contact|ring|call|write to|talk to|speak to|hear from|see|watch|with|by|from|to|and|for|picture|photo|of|chaired by|opened by|led by|including|between|at|via|below|above|left|right|l-r|pictured)\s*:?\s+(?:the\s+|our\s+|your\s+)?$/i;
