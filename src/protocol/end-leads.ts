const clock = String.raw`(?:\d{1,2}[.:]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|noon|midday|midnight)`;
const timeOfRange = String.raw`(?:${clock}|\d{1,2})`;
const to = String.raw`\s*(?:to|[-–—])`;
/** Numbers alone may be those of houses or buses: of two without a word before them, one has to be a time. */
const range = String.raw`from\s+${timeOfRange}${to}|between\s+${timeOfRange}\s+and|${clock}${to}|\d{1,2}${to}(?=\s*${clock})`;

const closing =
  'consultations?|surveys?|questionnaires?|polls?|ballots?|vot(?:e|es|ing)|nominations?|applications?|registrations?|register|entries|bids?|tenders?|petitions?|competitions?';
const ending =
  'ends|ending|finish(?:es|ing)|(?:will|should|must|due to|expected to|set to|works|roadworks|repairs|closures|delays|diversions|restrictions|events|celebrations)\\s+(?:end|finish)';
const fewWords = String.raw`(?:\s+(?!(?:and|but|or|while)\s)[\p{L}'’-]+){0,6}?`;
const at = String.raw`(?:\s+(?:at|on))?`;
const about = String.raw`(?:(?<about>around|about|approximately|approx\.?|roughly)\s+)?`;

/**
 * What leads to the time of an end:
 *
 * - `until`;
 * - `says`: that something ends or finishes, or that what people can take part in closes (a library that closes at 5pm has
 *   opening hours, and a road that closes on Friday is only closed from then);
 * - `deadline`: `the deadline for entries is noon today`;
 * - `range`: the second time of `from 9am to 3pm`, `between 9am and 3pm` and `9am to 3pm`.
 *
 * `about`: no more than near it, `until around 4pm`.
 */
export const leadsToTime = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:(?<until>until|till|'til)|(?<says>(?:${ending}|(?:${closing})${fewWords}\s+(?:closes?|will\s+close))${at})|(?<deadline>deadline${fewWords}(?:\s+is${at}|\s*[:–—-])))\s+|(?<range>${range})\s*)${about}`,
  'giu',
);

/** The first time of a range, at the end of what stands before the second one: `closed from 9am`, before `until 3pm`. */
export const rangeBefore = new RegExp(String.raw`(?:(?<!\p{L})from\s+)?${timeOfRange}\s*$`, 'iu');

/** The same, where what leads to the second one may follow it. */
export const firstOfRange = new RegExp(
  String.raw`(?<first>${timeOfRange})(?:\s*(?:to|and|until|till|'til|[-–—]))?\s*${about}$`,
  'iu',
);

const asking =
  'apply|ask|book|call|ring|phone|email|text|message|contact|register|sign up|enter|vote|bid|respond|reply|rsvp|send|submit|return|hand|pay|object|comment|nominate|order|tell|let us know|have your say|get|take|put|move';
/** What follows such a word where it asks: `book a place`, and not `book sales went up`. */
const asksFor = String.raw`(?:by|yours?|our|the|an?|us|it|them|this|these|to|at|on|in|for|from|with|via|through|up|back|down|out|now|today|online|here|below|early|one|two|any|all)(?!\p{L})|\d|\S+@`;
/** Where somebody is asked: at the beginning of a sentence, of a part of it, or behind these words. */
const begins = String.raw`(?=\p{L})(?<=(?:^|[^\p{L}\p{N}\s'’"£@#/]|\n|(?<!\p{L})(?:please|(?:forget|remember|chance|want|wish)\s+to))\s*)`;
const duty = String.raw`(?<!n['’]t\s)(?:must(?!\s+have\s)|needs?\s+to|ha(?:ve|s)\s+to)`;
const someWords = String.raw`(?:\s+(?!(?:by|who|that|which|if|when|how|we|they|was|were|not|until|till)\s)\S*[^\s.!?:;]){0,10}?`;

/**
 * What leads to the time by which the public is asked to do something: `please apply by 4pm today`, `forms must reach us by
 * noon`. By when the council hopes to be done asks nobody; `bins not emptied by noon` and `orders placed by noon` tell of
 * what was.
 */
export const leadsToAsked = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${begins}(?:${asking})(?=\s+(?:${asksFor}))${someWords}(?<!ed)|${duty}${someWords})\s+by\s+${about}`,
  'giu',
);
