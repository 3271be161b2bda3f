import type { Range } from '../text/links.ts';

const LED =
  "(?:scouts?|guides?|guiding|brownies?|cubs?|beavers?|rainbows?|squirrels?|explorers?|cadets?|packs?|troops?|brigade|nurser(?:y|ies)|pre-?schools?|playgroups?|toddlers?|schools?|college|class(?:es)?|cr[eè]che|clubs?|choirs?|bands?|orchestras?|walks?|walkers?|walking|rambl(?:es?|ers?)|hikes?|hikers?|rides?|runs?|runners?|cyclists?|camps?|trips?|tours?|crews?|volunteers?|projects?|courses?|sessions?|workshops?|worship|(?:youth|play|toddler|parents?'?|carers?'?|support|friends'?|friendship|community|craft|art|book|reading|singing|gardening|knitting|history|drama|dance|faith|church|study|young people'?s?|[a-z]+ing) groups?)";
const WHOSE = new RegExp(
  `^\\s+(?:of|at|for|with|in|to)\\s+(?:(?!(?:council|opposition|administration|for|in|at|on|and|or|who|\\w+ing)\\b)[\\w'’-]+\\s+){0,4}?${LED}(?![\\w-])`,
  'i',
);
const OF_WHAT = new RegExp(`(?<![\\w-])${LED}(?:['’]s)?\\s+$`, 'i');

/**
 * Whether the leader of a text's range leads what no politician leads: "deputy leader of 4th Formby Scouts", "our nursery's
 * deputy leader", "the leader of the walking group".
 */
export function leadsSomethingElse(text: string, { from, to }: Range): boolean {
  if (!/leader/i.test(text.slice(from, to))) return false;
  const before = text.slice(0, from);
  const office = text.slice(from, to).match(/^(?:the|our|your|a)\s+/i);
  return (
    WHOSE.test(text.slice(to)) || (office === null && OF_WHAT.test(before)) || endsWithLed(text, from, to)
  );
}

/** "The leader of the walking group": what is led stands in what was taken for an office. */
function endsWithLed(text: string, from: number, to: number): boolean {
  return new RegExp(`\\sof\\s.*(?<![\\w-])${LED}$`, 'i').test(text.slice(from, to));
}
