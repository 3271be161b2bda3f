/*
 * How English says that one person sits on the council, or heads it, without the word councillor, leader or mayor. Plain
 * language, not a council's facts. Several together ("the members for Kew") are nobody in particular.
 */

const NAME = "[A-Z][A-Za-z'-]+";
const NAMES = `${NAME}(?:\\s+${NAME}){0,3}`;
const WHO = `(?:${NAMES},?\\s+|\\b[Hh]e\\s+|\\b[Ss]he\\s+)?(?:who\\s+)?`;
/** Behind "the council": what is only named after it, or is a part of it that anybody may belong to. */
export const NO_COUNCIL =
  "(?![\\w'’-]|\\s+(?:house|housing|home|estate|depot|caf[eé]|shop|office|gym|pool|archive|service|team|staff|tax|run|funded|owned|press|tenant|bus|van|car|payroll|website|page|sign|steps|wall|roof|bench|lawn|door|doormat|gate|panel|board|committee|making|maker)s?\\b)";
const COUNCIL = `(?:(?:the|our|this)\\s+(?:${NAME}\\s+)?|${NAMES}\\s+)[Cc]ouncil${NO_COUNCIL}`;
const HALL = `(?:${COUNCIL}|(?:the|our)\\s+(?:council\\s+)?chamber\\b|(?:the|our)\\s+[Tt]own\\s+[Hh]all\\b)`;
const PLACE = `(?:the\\s+)?${NAMES}(?:'s)?(?:\\s+ward)?`;

// a chain, but not one of those that a museum shows
const CHAIN =
  "(?:(?:gold|golden|mayoral|civic|borough's|town's|council's)\\s+)*(?:chains?\\s+of\\s+office|(?:mayoral|civic|borough's|town's|council's)\\s+(?:gold(?:en)?\\s+)?chains?)";

export const SEATS: readonly RegExp[] = [
  // "sits for the ward of Kew", "stands for Kew ward"
  new RegExp(
    `(?<![\\w-])${NAME}\\s+${NAME},?\\s+(?:who\\s+|is\\s+|was\\s+)*(?:sits|sat|serves|represents|stands|stood|runs|running|is elected|was elected)\\s+(?:again\\s+)?(?:for|in)?\\s*(?:the\\s+(?:ward|seat)\\s+of|${NAME}(?:'s)?\\s+${NAME}\\s+ward|${NAME}(?:'s)?\\s+ward|the\\s+council)${NO_COUNCIL}`,
    'g',
  ),
  // "who sits for Kew on the council", "has represented Kew at the town hall"
  new RegExp(
    `(?<![\\w-])${WHO}(?:(?:sits|speaks|has\\s+(?:sat|spoken))\\s+for|represents|has\\s+represented)\\s+${PLACE}\\s+(?:on|in|at)\\s+${HALL}`,
    'g',
  ),
  // "serves on Sefton Council", "has a seat on the council"
  new RegExp(
    `(?<![\\w-])${WHO}(?:(?:sits|serves|has\\s+(?:sat|served))\\s+(?:on|in)|(?:has|holds|won|keeps|kept)\\s+(?:a|his|her|the)\\s+seat\\s+(?:on|in)|(?:was|is|been|got)\\s+elected\\s+(?:on\\s+)?to)\\s+${HALL}(?!\\s+in\\s+1\\d{3})`,
    'g',
  ),
  new RegExp(
    `(?<![\\w-])(?:[Tt]he|[Yy]our|[Oo]ur|${NAME}'s|[Aa])?\\s*(?:(?:ward|elected|council)\\s+member|(?<=\\b(?:[Tt]he|[Yy]our|[Oo]ur)\\s+)member)\\s+for\\s+(?:the\\s+)?${NAME}(?:\\s+${NAME})?`,
    'g',
  ),
  // "Kew's councillor", "the Kew councillor"
  new RegExp(
    `(?<![\\w-])(?:(?:[Tt]he|[Oo]ur|[Yy]our)\\s+(?!Ward|Local|Parish|Town|Borough|County|City|District|New|Next)(?:${NAME}\\s+){1,2}|${NAME}'s\\s+)[Cc]ouncillor(?![\\w-])`,
    'g',
  ),
  /(?<![\w-])(?:(?:our|your|[\w-]+'s)\s+first\s+citizen(?!s)(?!\s+(?:to|scien\w+|advice|in)\b)|(?:the\s+)?first\s+citizen\s+of\s+(?:the\s+|our\s+|this\s+)?[\w-]+)/gi,
  new RegExp(
    `(?<![\\w-])(?:wear(?:s|ing|er\\s+of)|wore|(?:man|woman|lady|person|one|chap|figure)\\s+(?:in|with|behind))\\s+(?:(?:the|our|a|his|her)\\s+)?(?:${NAME}'s\\s+)?${CHAIN}`,
    'gi',
  ),
  /(?<![\w-])(?:His|Her|Their) Worship(?![\w-])/g,
  new RegExp(
    `(?<![\\w-])(?:(?:the|our)\\s+)?(?:head|(?:vice[- ])?chair(?:man|woman)?)\\s+of\\s+(?:the|our)\\s+(?:[A-Za-z]+\\s+)?(?:council|borough|cabinet)${NO_COUNCIL}`,
    'gi',
  ),
];
