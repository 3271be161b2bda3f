import type { Range } from '../text/links.ts';

const LED =
  "(?:scouts?|guides?|guiding|brownies?|cubs?|beavers?|rainbows?|squirrels?|explorers?|cadets?|packs?|troops?|brigade|nurser(?:y|ies)|pre-?schools?|playgroups?|toddlers?|schools?|college|class(?:es)?|cr[eè]che|clubs?|choirs?|bands?|orchestras?|walks?|walkers?|walking|rambl(?:es?|ers?)|hikes?|hikers?|rides?|runs?|runners?|cyclists?|camps?|trips?|tours?|crews?|volunteers?|projects?|courses?|sessions?|workshops?|worship|(?:youth|play|toddler|parents?'?|carers?'?|support|friends'?|friendship|community|craft|art|book|reading|singing|gardening|knitting|history|drama|dance|faith|church|study|young people'?s?|[a-z]+ing) groups?)";
const whose = (prepositions: string): RegExp =>
  new RegExp(
    `^\\s+(?:${prepositions})\\s+(?:(?!(?:council|opposition|administration|for|in|at|on|and|or|who|\\w+ing)\\b)[\\w'’-]+\\s+){0,4}?${LED}(?![\\w-])`,
    'i',
  );
const WHOSE = whose('of|at|in');
// "thanks to the deputy leader for the new school" is about whom everybody knows
const WHOSE_OF_NOBODY_KNOWN = whose('of|at|in|for|with|to');
const OF_A_COUNCIL = /\b(?:council|opposition|party|town hall|borough|administration)\b/i;
const ENDS_WITH_LED = new RegExp(`\\sof\\s.*(?<![\\w-])${LED}$`, 'i');
const OF_WHAT = new RegExp(`(?<![\\w-])${LED}(?:['’]s)?\\s+$`, 'i');

// whom nobody votes for at a polling station: the young, and members of a school, a workplace or a faith
const YOUNG =
  "(?:youth|young(?: (?:people|person|carer)['’]?s?['’]?)?|junior|mini|child(?:ren)?['’]?s?|pupils?['’]?s?|students?['’]?s?|teen(?:age|ager)?s?['’]?|mock|pretend)";
const OF_A_BODY =
  "(?:(?:pre-?)?school|college|sixth[- ]form|class|house|eco|parents?['’]?|tenants?['’]?|residents?['’]?|staff|works|faiths?|sports|arts)";
const THEIR_COUNCIL = `(?<![\\w-])(?:(?:${YOUNG}|${OF_A_BODY})\\s+(?:(?:parish|town|borough)\\s+)?council|${YOUNG}\\s+parliament|(?:youth|student|pupil)\\s+cabinet)(?:['’]s)?(?![\\w-])`;
const THEIR_COUNCILS = new RegExp(THEIR_COUNCIL, 'gi');
const OF_THEIR_COUNCIL = new RegExp(`^\\s+(?:of|on)\\s+(?:[\\w'’-]+\\s+){0,4}?${THEIR_COUNCIL}`, 'i');
const OF_THE_YOUNG = new RegExp(`(?<![\\w-])${YOUNG}\\s+(?:deputy\\s+)?$`, 'i');
const OF_THE_BODY = new RegExp(`(?<![\\w-])${OF_A_BODY}\\s+(?:deputy\\s+)?$`, 'i');
const FOR_A_DAY = /^\s+for (?:the|a|one) (?:day|morning|afternoon)\b/i;

/**
 * Whether who holds the office of a text's range is no politician: leads what none leads ("deputy leader of 4th Formby
 * Scouts", "our nursery's deputy leader"), or has the office at a school, among the young or among tenants ("school
 * council leader", "youth mayor", "mayor for the day").
 */
export function isNoPolitician(text: string, office: Range): boolean {
  return leadsSomethingElse(text, office) || isOffTheBallot(text, office);
}

function leadsSomethingElse(text: string, { from, to }: Range): boolean {
  const office = text.slice(from, to);
  if (!/leader/i.test(office) || OF_A_COUNCIL.test(office)) return false;
  if (ENDS_WITH_LED.test(office)) return true;
  const isKnown = /^(?:the|our|your)\s/i.test(office);
  if (!isKnown && OF_WHAT.test(text.slice(0, from))) return true;
  return (isKnown ? WHOSE : WHOSE_OF_NOBODY_KNOWN).test(text.slice(to));
}

/** So much of a text before an office says whose it is, in characters. */
const reachable = 60;

function isOffTheBallot(text: string, { from, to }: Range): boolean {
  const start = Math.max(0, from - reachable);
  const office = text.slice(from, to);
  return (
    [...text.slice(start, to).matchAll(THEIR_COUNCILS)].some((m) => start + m.index + m[0].length > from) ||
    isTitleAfter(text.slice(start, from), office) ||
    (/leader|mayor|chair|member/i.test(office) && OF_THEIR_COUNCIL.test(text.slice(to))) ||
    (/mayor$/i.test(office) && FOR_A_DAY.test(text.slice(to)))
  );
}

/** "youth mayor", "school councillor" and "School Councillor"; "at the school Councillor …" is a place and a title. */
function isTitleAfter(before: string, title: string): boolean {
  if (OF_THE_YOUNG.test(before)) return true;
  const body = OF_THE_BODY.exec(before)?.[0];
  return body !== undefined && (/^[a-z]/.test(title) || /^[A-Z]/.test(body));
}

// several are nobody in particular, and so is each; one "of our councillors" is somebody
const COUNCILLOR =
  /\b(?<!\b(?:each|every|any|(?:than|like|as) an?)\s)councillor(?!s)|\b(?:of|among|like)\s+(?:(?:all|our|the|its|local|ward|\d+)\s+)+councillors\b(?!['’])|\bward member\b/gi;

/** Whether a text speaks of councillors whom people vote for. */
export function speaksOfCouncillors(text: string): boolean {
  return [...text.matchAll(COUNCILLOR)].some((m) => !isTitleAfter(text.slice(0, m.index), m[0]));
}
