/** How a sentence with an end in it is told: as what was, or as what somebody may still come to. */

/** What says of now what stands beside it. */
export const saysNow =
  /(?<!\p{L})(?:is|are|be|isn['’]t|aren['’]t|will|can|please|open|stays?|remains?|runs?|lasts?|ends|closes)(?!\p{L})/iu;

/** Words on `-ed` that say how something is, and not what somebody did. */
const states =
  'clos|re-?open|suspend|divert|interrupt|delay|expect|need|want|affect|reduc|limit|restrict|block|flood|advis|reserv|requir|plann|schedul|invit|staff|us|bas|locat|sign|signpost|organis|provid|support|fund|updat|extend|chang|revis|relocat|ticket|guarante|serv';

/** Behind these a word on `-ed` says of which kind something is: `with a signed diversion`. */
const ofKind =
  'an?|the|our|your|his|her|their|its|this|these|that|some|any|no|most|all|newly|fully|partly|well|with|of|for|and|or|by|in|at|on|to|as|from';

/** Verbs that tell what somebody did in a form of their own. */
const irregular =
  'met|went|gave|came|saw|heard|held|sat|sang|spoke|told|won|got|brought|fought|drew|built|rebuilt|taught|wrote|rode|swam|flew|began|found|sold|sent|spent|meant|took|ran|made|led|kept|left|stood|dug|grew|threw|caught|drove|shone';

/** What says how homes are, behind `left`: `homes left without water`. Who left something did it. */
export const withoutSupply = String.raw`(?<=left)\s+with(?:out|\s+no)\s+(?:hot\s+)?(?:water|power|gas|heat(?:ing)?|electricity|phones?|internet|broadband|lights?)(?!\p{L})`;

/** `Our poet read at the fair`, but `please read our notice`, `you can read it there`. */
const hasRead = String.raw`(?<=[\p{L}\p{N}]\s)(?<!(?<!\p{L})(?:please|to|can|will|must|should|may|could|you|and|or|then|do|don['’]t|not|never|always|also)\s)read`;

const did = new RegExp(
  String.raw`(?<!\p{L})(?:(?<=[\p{L}\p{N}]\s)(?<!(?<!\p{L})(?:${ofKind})\s)(?!(?:${states})ed(?!\p{L}))\p{L}{2,}ed(?!\s+by(?!\p{L}))|(?:${irregular}|${hasRead})(?!${withoutSupply}))(?!\p{L})`,
  'iu',
);

/** What tells only why, or of whom: `closed until 4pm today after a lorry crashed into a wall`. */
const aside = /(?<!\p{L})(?:after|since|because|as|where|when|who|which|that|whose|due|following)\s[^]*$/iu;

/** What is looked back on: `the pictures of our fun day`. */
const lookedBackOn =
  /(?<!\p{L})(?:pictures?|photos?|photographs?|highlights|footage|memories|recap|album|looking\s+back)(?!\p{L})/iu;

/**
 * Whether a part of a sentence tells what somebody did, and says nothing of now: `the mayor opened three closed parks from
 * 9am to noon today`.
 */
export const reportsPast = (part: string): boolean =>
  !saysNow.test(part.replace(/(?<!\p{L})here\s+are(?!\p{L})/iu, '')) &&
  (did.test(part.replace(aside, '')) || lookedBackOn.test(part));

const toCome = String.raw`(?:come(?!\s+back)|visit\s+(?:us|our|the)|drop\s+(?:in|by|off)|pop\s+(?:in|by|along|down|into|over)|call\s+(?:in|by|us)|ring\s+us|find\s+us|meet\s+(?:us|our|the|your)|get\s+(?:yours?|an?|free|advice|help)|enjoy|bring|donate|(?:swim|skate|play|park)\s+(?:for\s+)?(?:free|at|in)|(?:chat|talk|speak)\s+(?:to|with)|head\s+(?:to|for|down|over)|collect\s+(?:yours?|free)|have\s+your\s+say|avoid|use(?!\s+of)|try\s+(?:our|the|out|an?)|take\s+(?:your|the)|help\s+us|join\s+(?:us|our|the)|hear|buy|browse|shop|vote|keep\s+(?:clear|away|out|off|your)|leave\s+your)`;

/** Where somebody is asked: at the beginning of a sentence or of a part of it. */
const comeUntil = new RegExp(
  String.raw`(?:^|,|(?<!\p{L})(?:please|and|so|then|why\s+not|today|now))[\s"'“‘]*(?:please\s+)?${toCome}(?!\p{L})(?![^]*(?<!\p{L})(?:who|that|which|how|what|where|why|when)(?!\p{L}))`,
  'iu',
);
const untilCome = new RegExp(String.raw`^\s*[:,–—-]\s*(?:please\s+)?${toCome}(?!\p{L})`, 'iu');

/**
 * Whether somebody is asked to come, or to do something, until the end between two parts of a sentence: `come and see us
 * until 4pm today`, `until 4pm today: drop in`.
 */
export const asksToCome = (before: string, after: string): boolean =>
  comeUntil.test(
    before
      .split(/[:;!?–—]/u)
      .at(-1)
      ?.trim() ?? '',
  ) || untilCome.test(after);
