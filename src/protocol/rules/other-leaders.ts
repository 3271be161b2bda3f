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

/**
 * Whether the leader of a text's range leads what no politician leads: "deputy leader of 4th Formby Scouts", "our nursery's
 * deputy leader", "the leader of the walking group".
 */
export function leadsSomethingElse(text: string, { from, to }: Range): boolean {
  const office = text.slice(from, to);
  if (!/leader/i.test(office) || OF_A_COUNCIL.test(office)) return false;
  if (ENDS_WITH_LED.test(office)) return true;
  const isKnown = /^(?:the|our|your)\s/i.test(office);
  if (!isKnown && OF_WHAT.test(text.slice(0, from))) return true;
  return (isKnown ? WHOSE : WHOSE_OF_NOBODY_KNOWN).test(text.slice(to));
}
