import { withoutAtEnd } from '../../protocol/text/at-end.ts';

/** What somebody says before what they want, and what they want in their own letters. */
export interface Spoken {
  /** a greeting, or Crier's name, stands in front */
  readonly greets: boolean;
  /** `please` wants it, `could you` asks for it, `should I` only wonders; undefined where nothing of it is said */
  readonly how?: 'wants' | 'asks' | 'wonders';
  readonly asked: string;
}

const greeting =
  /^(?:(?:hi|hiya|hello|hallo|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|evening)(?:\s+(?:there|all|again|everyone|team|@?crier))*|@?crier)(?:[\s,;:.!?…–—-]+|$)/iu;

const requests = [
  ['wants', /^(?:please|pls|plz)(?:[\s,]+|$)/iu],
  [
    'asks',
    /^(?:(?:can|could|would|will) (?:you|u|ya)|i want (?:you )?to|i(?:['’]d| would) like (?:you )?to|i need (?:you )?to|let['’]?s|let me|can i|could i)\s+/iu,
  ],
  ['wonders', /^(?:should|shall|may|do) i\s+/iu],
] as const;

/** Words without the marks that somebody set in front of them or around them: `, hold 1`, `> hold 1`, `"hold 1"`. */
function unmarked(typed: string): string {
  const text = typed.trim();
  const inside = /^(["“”'‘’*_`])([^"“”]*)["“”'‘’*_`]$/u.exec(text)?.[2];
  if (inside !== undefined) return inside.trim();
  return text.replace(/^(?:[,;:.!…>*–—-]+|["“](?=[^"”]*$))\s*(?=[\p{L}\p{N}#/@])/u, '');
}

/** Takes off what is said out of good manners: `Hi Crier, could you please hold 12`. */
export function spoken(typed: string): Spoken {
  let asked = unmarked(typed);
  let greets = false;
  let how: Spoken['how'];
  for (;;) {
    const greeted = greeting.exec(asked);
    const request = requests
      .map(([is, form]) => ({ is, said: form.exec(asked)?.[0] }))
      .find(({ said }) => said !== undefined);
    const said = greeted?.[0] ?? request?.said;
    if (said === undefined) return { greets, asked, ...(how === undefined ? {} : { how }) };
    if (greeted !== null) greets = true;
    // `should I please` wonders all the same
    else if (how === undefined || how === 'wants') how = request?.is;
    asked = asked.slice(said.length);
  }
}

/** A time without what may stand around it: `for tomorrow 9am please`. */
export function timeIn(words: string): string {
  const ended = withoutAtEnd(
    words.replace(/^(?:(?:please|pls|plz|to go out|to|for)(?:[\s,]+|$))+/iu, ''),
    /[\s.!]/u,
  );
  const time = ended.replace(/(?:^|[\s,])(?:please|pls|plz|thanks|thank you|thx|ta|cheers)$/iu, '');
  return withoutAtEnd(time, /[\s,.!]/u);
}

/** What somebody says who wants no time of their own. */
export const asSoonAsCan =
  /^(?:(?:right )?now|asap|as soon as (?:possible|you can|poss)|(?:as soon as|when|once) (?:it(?: i|['\u2019])s )?approved|immediately|at once|(?:right|straight) away)$/iu;
