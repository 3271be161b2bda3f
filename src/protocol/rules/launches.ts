import { SLOGAN_NAME } from './slogans.ts';

/*
 * How English launches a campaign. Plain language, not a council's facts: which campaigns run already stands in the
 * protocol.
 */

const KIND =
  '(?:campaign|drive|push|crusade|pledge|initiative|appeal|movement|crackdown|blitz|awareness (?:week|month|day|campaign)|challenge|programme|program|scheme|message|slogan|war on|fight against|battle against|call to (?:action|arms))';
const LAUNCH =
  '(?:launch(?:es|ed|ing)?|kick(?:s|ed|ing)?[- ]?(?:ed )?(?:off|start\\w*)|unveil(?:s|ed|ing)?|roll(?:s|ed|ing)? out|begin(?:s|ning)?|began|start(?:s|ed|ing)?|goes live|go live|gone live|get(?:s|ting)? under way|(?:is|are) under way|introduc(?:e|es|ed|ing)|announc(?:e|es|ed|ing)|present(?:s|ed|ing)?|set(?:s|ting)? off|open(?:s|ed|ing)?|sign(?:s|ed)? up (?:to|for))';

/** A sentence that launches. */
export const LAUNCHED: readonly RegExp[] = [
  new RegExp(
    `\\b${LAUNCH}\\b[^.!?]{0,60}\\b(?:campaign|drive|push|crusade|pledge|initiative|appeal|movement|crackdown|blitz)\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:campaign|crusade|pledge|initiative|movement|crackdown|blitz|appeal|(?:\\w+ )?(?:litter|safety|health|recycling|energy) drive)\\b[^.!?]{0,40}\\b${LAUNCH}\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:brand[- ]new|new|newest|first[- ]ever|biggest|bold|fresh|fresh new)\\s+(?:[\\w'-]+\\s+){0,3}${KIND}\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:meet|here is|here's|see|watch|this is|be the first to|be part of|join)\\b[^.!?]{0,40}\\b(?:face|star|song|film|video|posters?|badge|mascot|voice|lips|statue)\\b[^.!?]{0,30}\\b${KIND}\\b`,
    'i',
  ),
  // "our Kind Streets push starts today", "first day of our Leave No Trace drive"
  new RegExp(
    `\\b(?:[A-Z][\\w']*\\s+){2,5}${KIND}\\b[^.!?]{0,60}\\b(?:${LAUNCH}|today|is here|is live|now on|day one)\\b`,
  ),
  new RegExp(
    `\\b(?:[Ff]irst|[Oo]pening|[Dd]ay one|[Ww]eek one|[Ss]tart|[Dd]awn)\\b(?: (?:day|morning|week|hours?))?(?: of)? (?:our|the|a) (?:new )?(?:[A-Z][\\w']*\\s+){2,5}${KIND}\\b`,
  ),
  /\bcampaign launch\b|\blaunch day\b/i,
  /\b(?:proud|pleased|delighted|excited|thrilled|happy) to (?:launch|unveil|introduce|announce|kick off)\b/i,
  /\b(?:we are|we're|we|today we|the council is|sefton is)\s+(?:launching|kicking off|unveiling)\b/i,
];

/** A name that is announced; whether it is one of a campaign has to be looked at. */
export const ANNOUNCED: readonly RegExp[] = [
  new RegExp(
    `\\b(?:[Ss]ay hello to|[Ii]ntroducing|[Mm]eet|[Ww]elcome to|[Gg]et ready for|[Ww]atch out for|[Ll]ook out for|[Cc]oming soon:|[Ll]aunching|[Ll]aunch(?:ed|es)?|[Uu]nveil(?:ed|ing|s)?|[Kk]ick(?:ing|ed|s)? off|[Dd]ay one of|[Ww]eek one of|[Tt]he start of|[Ff]irst (?:day|morning|week|sight|taste) of|[Bb]e part of|[Ss]ign up (?:to|for)|[Pp]ledge to|[Jj]oin|[Bb]ig news[.:!]?|[Nn]ew today:|[Hh]ere comes|[Tt]his is|[Tt]hat is|[Ii]t is here[.:!]?|[Ii]t's here[.:!]?|[Tt]oday sees|[Oo]ur new(?: \\w+)?,)\\s+(?:the |our )?(?:new )?${SLOGAN_NAME}`,
  ),
  new RegExp(
    `${SLOGAN_NAME}(?:,[^,.!?]{0,60},)?\\s+(?:is here\\b|goes live|is live|(?:starts?|started) (?:here|today|now|this)|has (?:just )?(?:started|begun|launched|kicked off|gone live)|begins?\\b|began\\b|(?:kicks|kicked) off|(?:launches|launched)\\b|is (?:launched|up and running)|went live|is born|has arrived|arrives|lands|gets? (?:going|under way)|is under way|hits (?:the|our)|drops?\\b|has (?:dropped|landed|hit)|comes to|rolls (?:in|out|into)|sets off|takes off|is on its way|is go\\b)`,
  ),
];

/** Something begins. */
export const STARTS =
  /\b(?:starts?|starting|begins?|beginning|kicks? off|kicking off|launch\w*|is here|goes live|from today|from this (?:morning|week)|from (?:monday|tomorrow)|starting today|day one|coming soon|brand[- ]new|big news|drops (?:right )?(?:now|today)|new era|introducing|watch this space|our biggest)\b/i;

/** Where campaigns are met. */
export const SEEN_AROUND =
  /\b(?:posters?|billboards?|bus(?:es)? (?:stops?|backs?|sides?)|on (?:the )?(?:buses|radio|tv|telly)|local radio|radio|adverts?|leaflets?|badges?|banners?|our (?:film|video)|pledges?|in shops)\b/i;

/** What was there before and goes on. */
export const CARRIES_ON =
  /\b(?:is|are) back\b|\b(?:our|the|this year's)\s+annual\s+(?!(?:\w+\s+)?(?:meetings?|reports?|conference|council|budget|review|survey|dinner|awards?|show|fair|fete|general)\b)|\b(?:under way|up and running|on the road|on the air|at it|time of (?:the )?year|once|yet) again\b|\bonce more\b|\b(?:continues?|carr(?:y|ies) on|still|ongoing|as usual|as before|again this|once again|returns?|for (?:a|the|its|our) (?:second|third|fourth|fifth|sixth|\w+th) (?:year|time|spring|summer)|in its \w+ (?:year|week|month)|(?:second|third|fourth|fifth|\w+th|last|final) (?:year|week|month) of|last year'?s|ends? (?:on|this|today)|has ended|is over)\b/i;

const LONG_SINCE =
  '(?:in (?:(?:early|late|mid-?|the) )?(?:(?:january|february|march|june|july|august|september|october|november|december|spring|summer|autumn|winter)\\b|(?:[a-z]+ )?(?:of )?20\\d\\d)|last (?:year|spring|summer|autumn|winter|christmas|easter|january|february|march|april|may|june|july|august|september|october|november|december)|(?:\\w+ )?(?:months|years) ago|a (?:month|year) ago|half a year ago|over a year ago|back in)';
const ONCE_BEGUN =
  '(?:began|begun|(?:was |were |has been |had been )?(?:started|launched|kicked off|set up|introduced|unveiled|born)|set off|went live|first ran)';

/** What began some time before: "our drive, launched last autumn", "two years ago we began", "is six months old". */
export const BEGAN_BEFORE = new RegExp(
  `\\b${ONCE_BEGUN}\\b[^.!?]{0,40}\\b${LONG_SINCE}|\\b${LONG_SINCE}\\b[^.!?]{0,40}\\b${ONCE_BEGUN}\\b|\\bsince (?:\\d{4}|last|january|february|march|june|july|august|september|october|november|december|spring|summer|autumn|winter)\\b|\\b(?:is|are) (?:now |nearly |almost |just )?(?:\\w+ )?(?:months?|years?) old\\b|\\b(?:turns|turned) (?:one|two|three|four|five|ten|\\d+)\\b|\\bhalf ?-?way (?:there|through|in|point|mark)\\b|\\b(?:first|one[- ]year) (?:birthday|anniversary)\\b`,
  'i',
);

/** What begins about now, whatever else the text tells of an earlier time. */
export const BEGINS_NOW = new RegExp(
  `\\b(?:today|tonight|tomorrow|now|this (?:week|month|morning|monday)|from (?:today|now|monday)|at last|finally)\\b[^.!?]{0,60}\\b(?:begins?|starts?|launch(?:es|ing)?|kicks? off|goes live|is (?:here|live|born|out)|are (?:live|launching))\\b|\\b(?:begins?|starts?|launch(?:es)?|kicks? off|goes live|is (?:here|live|born)|are launching) (?:here |right )?(?:today|now|tonight|tomorrow|this|on|from|at|in)\\b|\\bbrand[- ]new\\b`,
  'i',
);

/** What history shows: a campaign of another time. */
export const OF_OLD =
  /\b(?:from|in|of|dated|since|back in) (?:the )?(?:early |late )?1\d{3}s?\b|\b(?:war-?time|vintage|victorian|edwardian|(?:first|second) world war)\b/i;
