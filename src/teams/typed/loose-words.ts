/** What people say of a post without its number: yes, no, and what they wish changed. It decides nothing: see `meant`. */

/** What loose words mean of whatever waits for whoever says them. */
export type Loose =
  /** `yes`, `looks good to me`, `not ok`; `note` is what was said against it; `isNo`: it is not to go out, or not yet */
  | {
      readonly means: 'answers';
      readonly isSmallTalk: boolean;
      readonly isNo?: true;
      readonly note?: string;
    }
  /** `change 4pm to 5pm`: what is wanted otherwise */
  | { readonly means: 'wishes'; readonly note: string };

const answer = { means: 'answers', isSmallTalk: false } as const;
const no: Loose = { ...answer, isNo: true };
const smallTalk: Loose = { means: 'answers', isSmallTalk: true };

const that = String.raw`(?:that'?s|that is|it'?s|it is|this is)`;
const good = String.raw`(?:ok(?:ay)?|fine|great|good|perfect|lovely|cool|brilliant)`;
const byMe = String.raw`(?:[ ,]+(?:with|by|for|from) (?:me|us))`;
const go = String.raw`(?:go|publish|send|post|be (?:published|posted|sent))(?: (?:it|out|live|up))?`;

const forms: readonly (readonly [RegExp, Loose])[] = [
  [
    /^(?:(?:yes|yep|yeah|ok(?:ay)?)[ ,.!]+(?:please )?)?(?:(?:i|we|i'?ll) )?(?:approved?|accept|publish|send|post|submit|release|reject|refuse|decline|go|do|confirm|yes|yep|yeah|yup|sure|y|no(?: way)?|nope|n)(?: it| this| that)?(?: (?:to|for) (?:the )?(?:comms|communications|desk|approval|approvers?))?(?:,? please)?$/u,
    answer,
  ],
  [
    new RegExp(
      String.raw`^(?:(?:approved?|yes|yep|yeah|${good})[ ,.!]+)?(?:please )?(?:just )?(?:go (?:ahead|for it|on(?: then)?)|agreed?|i agree|looks? (?:good|great|fine|ok(?:ay)?|right)(?: to me)?|lgtm|(?:(?:i'?m|i am) )?(?:happy|ok(?:ay)?|fine) with (?:it|this|that)|all (?:good|fine)|sounds (?:good|fine)|(?:(?:i'?m|i am) )?(?:ok(?:ay)?|good|fine|ready|happy) (?:to|for (?:it|this|that) to) ${go}|ship it|crack on|do it|let (?:it|this) go|get it out|no (?:changes|comments|objections?|problems?|issues))(?: with (?:it|this|that))?${byMe}?$`,
      'u',
    ),
    answer,
  ],
  [
    new RegExp(
      String.raw`^(?:(?:${that}|i'?m|i am) )?not (?:ok(?:ay)?|good|right|happy|approved|ready|fine|yet|now)(?: (?:with|about|to) (?:it|this|that|me))?(?: yet)?$`,
      'u',
    ),
    no,
  ],
  [
    /^(?:i |we )?(?:do not|don'?t|can'?t|cannot|won'?t|will not) (?:approve|agree|accept|publish|send|post)(?: (?:to|with))?(?: (?:it|this|that))?(?: yet)?$/u,
    no,
  ],
  [/^(?:send|pass|give|return|bounce) (?:it |this |that )?back(?: to (?:the )?\p{L}+)?$/u, answer],
  [new RegExp(`^(?:(?:${that}|all) )?(?:${good}|done|k)${byMe}?$`, 'u'), smallTalk],
  [/^(?:ok(?:ay)?[ ,]+)?(?:big )?thumbs up(?: from (?:me|us))?$/u, smallTalk],
];

/** `OK but change the time`: no yes, and what follows is its note. */
const yesBut = new RegExp(
  String.raw`^(?:(?:yes|yep|yeah|(?:i )?approved?|(?:i )?agreed?|(?:looks?|sounds|all) ${good}(?: to me)?|(?:${that} )?${good}${byMe}?|happy(?: with (?:it|this|that))?)[\s,.;:–—-]+)(?:but\s+|(?=(?:if|once|provided|as long as|subject to|except)\s))(?<note>\S[\s\S]*)$`,
  'iu',
);

/** `send it back, the date is wrong`: the verb alone says what is meant. */
const backWith =
  /^(?:send|pass|give|return|bounce) (?:it |this |that )?back(?: to (?:the )?\p{L}+)?(?:\s*[:;,.–—-]\s*|\s+(?=because\b|as\b|since\b))(?<note>\S[\s\S]*)$/iu;

/** `not yet, change 4pm to 5pm`: what is no yes stands in front of what is wished. */
const notYet =
  /^(?:(?:no|nope|not (?:yet|ok(?:ay)?|right|quite)|almost|nearly|wait|ok(?:ay)?|yes|fine|thanks?(?: you)?)[\s,.;:–—-]+)+(?=\S)/iu;

/** What a post is made of, and may be wrong. */
const thing = String.raw`(?:times?|dates?|days?|pictures?|photos?|images?|text|words?|wording|title|heading|headline|links?|spelling|typos?|names?|figures?|hashtags?|roads?|streets?|places?|areas?|(?:phone )?numbers?)`;

/** What is wished of a post. What residents should change is theirs: `your`. */
const wishes: readonly RegExp[] = [
  // `Change is coming to Bootle` says what is so.
  /^(?:change|amend|alter|swap|switch|replace|correct|update)\s(?!(?:is|are|was|has|will|can)\s).{1,80}?\s(?:to|with|for|into)(?:\s|:\s*)\S/iu,
  /^instead,?\s(?:say|put|write)\s\S/iu,
  /^(?:the )?(?:new|right|correct) (?:text|words|wording)\s*:\s*\S/iu,
  new RegExp(
    String.raw`^(?:change|amend|alter|correct|fix|check|swap|replace|update) (?:the|this|that|its?|my|our) (?:\p{L}+ )?${thing}\b`,
    'iu',
  ),
  // `Make it a date: the show is back`
  /^(?:make|have) (?:it|that|this)\s(?!an? \p{L}+[:!] )\S/iu,
  /^(?:it|that|this) (?:should|needs to|must|has to|ought to|is supposed to) (?:be|say|read)\s\S/iu,
  /^(?:"[^"]+"|\d\S*) (?:should|needs to|must|has to) (?:be|say|read)\s\S/iu,
  /^(?:there(?:'s| is) )?an? (?:typo|mistake|error|spelling mistake)\b/iu,
  new RegExp(String.raw`^the (?:\p{L}+ )?${thing} (?:is|are) (?:wrong|not right|incorrect|missing)\b`, 'iu'),
  new RegExp(`^wrong ${thing}\\b`, 'iu'),
];

const longestWish = 300;

/** Whether words are about what residents do. */
const toResidents = /\byou(?:r|rs|rself|rselves)?\b/iu;

/** What is wished in such words; undefined where they wish for nothing. */
function wishIn(own: string): string | undefined {
  if (own.length > longestWish || own.includes('\n') || toResidents.test(own)) return undefined;
  const wish = own.replace(notYet, '').replace(/^(?:please|pls|plz)[\s,]+/iu, '');
  return wishes.some((form) => form.test(wish)) ? wish : undefined;
}

/** A yes in a picture, of whatever skin, and what people put beside it. */
const signs = /(?:👍|👌|✅|✔|🆗|🙂|😀|😊|🙏)[\u{1F3FB}-\u{1F3FF}]?\uFE0F?/u;

/** Words without the signs and the thanks that somebody ends them with: `approved - many thanks, Priya`. */
const withoutThanks = (plain: string): string =>
  plain
    .replaceAll(new RegExp(signs, 'gu'), '')
    .trim()
    .replace(
      /[\s,.!–—-]+(?:(?:many|with) )?(?:thanks?(?: you)?|thx|ta|cheers|please|pls|plz)(?: (?:very|so) much| a lot| all)?(?:[ ,]+\p{L}+)?$/u,
      '',
    )
    .replace(/[\s,.!]+$/u, '');

/**
 * @param own what was said, without what was said out of good manners
 * @returns what is said of no post by its number; undefined where it is not that
 */
export function looseWords(own: string): Loose | undefined {
  const all = withoutUnder(own.normalize('NFKC').replace(/[\u2019\u2018]/gu, "'"));
  const first = signature.exec(all.trim())?.groups?.['first'];
  return looselySaid(all) ?? (first === undefined ? undefined : answerIn(first));
}

/** A yes or a no that stands above a signature. */
function answerIn(first: string): Loose | undefined {
  const loose = looselySaid(first);
  return loose?.means === 'answers' ? loose : undefined;
}

function looselySaid(said: string): Loose | undefined {
  const note = (yesBut.exec(said) ?? backWith.exec(said))?.groups?.['note'];
  if (note !== undefined) return { means: 'answers', isSmallTalk: false, note };
  const wish = wishIn(said);
  if (wish !== undefined) return { means: 'wishes', note: wish };
  if (said.length > longestLoose) return undefined;
  const plain = withoutThanks(said.replace(/\s+/gu, ' ').toLowerCase());
  if (plain === '') return signs.test(said) ? smallTalk : undefined;
  return forms.find(([form]) => form.test(plain))?.[1];
}

const longestLoose = 80;

/** A line that a phone or a mail program puts under words, or that somebody ends them with. */
const under =
  /^\s*(?:sent from my\b|get outlook\b|(?:kind |best |many )?regards\b|thanks\b|>|-{2,}|from:|on .{5,80} wrote:)/iu;

/** The same in the line of the words themselves. */
const quotedBehind = /\son (?:mon|tue|wed|thu|fri|sat|sun)[^\n]{5,80} wrote:[\s\S]*$/iu;

/** What stands above all that. Line by line: a pattern over all of them is begun again at each empty one. */
function withoutUnder(said: string): string {
  const lines = said.split('\n');
  const at = lines.findIndex((line, n) => n > 0 && under.test(line));
  const above = at < 0 ? said : lines.slice(0, at).join('\n').trimEnd();
  const inLine = above.search(quotedBehind);
  return inLine < 0 ? above : above.slice(0, inLine).trimEnd();
}

/** Some short lines under words: a name and what whoever has it does. */
const signature = /^(?<first>[^\n]{1,80})(?:\n+[^\n.!?]{1,40}){1,4}$/u;
