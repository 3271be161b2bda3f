import { nearest } from '../../protocol/faults.ts';
import { reading } from '../../protocol/time-words.ts';
import { withoutAtEnd } from '../../protocol/text/at-end.ts';
import { leftOver } from './named-posts.ts';
import { looseWords, type Loose } from './loose-words.ts';
import { asSoonAsCan, spoken, timeIn } from './manners.ts';
import { takenOut, type TakenOut } from './taken-out.ts';

/** A first word may be said to Crier, or be of what residents read: `post Road is shut`, `Post offices are open`. */
export type IsText = 'perhaps' | 'likely';

/** What somebody means who does not know the words of the commands. Nothing of it is done by a guess: see `said`. */
export type Meaning =
  /** a command that only shows something */
  | { readonly means: 'show'; readonly words: string }
  /** a command that does something, to be offered on a button */
  | { readonly means: 'do'; readonly words: string; readonly isText?: IsText }
  /** what only the buttons of the post's card do, since one decides on what one sees; `note` is said to it, `isNo`: by a no */
  | { readonly means: 'decide'; readonly number: string; readonly note?: string; readonly isNo?: true }
  | Loose
  /** that a post is not to go out: a no on its card by whoever is asked, a hold by others */
  | { readonly means: 'not-out'; readonly number: string; readonly note?: string }
  /** that the post goes away, which is another command before it is public than after */
  | { readonly means: 'take-back'; readonly number: string }
  | { readonly means: 'undo'; readonly number: string }
  | { readonly means: 'change'; readonly number: string }
  /** a part of a post, which stays without it */
  | ({ readonly means: 'take-out' } & TakenOut)
  /** `move 12 to Friday 9am`, or to a department */
  | { readonly means: 'move'; readonly number: string; readonly to: string }
  | { readonly means: 'thanks' }
  | { readonly means: 'which'; readonly command: string };

/** Commands that show something and change nothing. */
export const showing: readonly string[] = [
  'posts',
  'waiting',
  'show',
  'why',
  'where',
  'calendar',
  'people',
  'accounts',
  'help',
];

/** What somebody says who is not at work, or will not be. */
const iAm = String.raw`(?:(?:i'?m|i am|i'?ll be|i will be) )?`;
const absent = String.raw`${iAm}(?:not (?:in|at work|working)|(?:off|out|away)(?: sick| ill| work)?|sick|ill|on (?:(?:annual|sick|special|maternity|paternity|parental|unpaid) )?leave|on (?:my )?holidays?|(?:annual |sick )?leave|holidays?|out of (?:the )?office|ooo)`;
const awayUntil = new RegExp(`^${absent} (?:until|till|til|to) (.+)$`, 'iu');

const phrases: readonly (readonly [RegExp, Meaning])[] = [
  [/^(?:list|all|all posts|my posts|our posts|(?:my )?drafts|latest|recent|news)$/u, show('posts')],
  [
    /^(?:what(?:'?s| is)? (?:waiting|next|waits)(?: for me)?|waiting for me|(?:my )?(?:queue|inbox|tasks|approvals)|to ?do(?: list)?|pending|anything (?:for me|to do)|status)$/u,
    show('waiting'),
  ],
  [
    /^(?:(?:what(?:'?s| is)? )?(?:on|planned|scheduled|upcoming|going out|due(?: out)?)(?: (?:for |on )?(?:today|tomorrow|tonight|(?:this|next) week|(?:mon|tues|wednes|thurs|fri|satur|sun)day))?|what goes out(?: (?:today|tomorrow))?|today|tomorrow|(?:this )?week|diary|timetable|plan|(?:draft |forward )?plans?)$/u,
    show('calendar'),
  ],
  // Of what became of a post, its list says most.
  [
    /^(?:where|when|is|are|has|have|did|does|will|can|could)\s(?:\D*\s)?(?:it|this one|mine|my posts?|our posts?)(?:\s(?:gone|go|going|been|live|out|up|published|posted|approved|yet|now|today|already))*$/u,
    show('posts'),
  ],
  [/^(?:chase|nudge)(?: (?:it|this|them|up))*$/u, show('posts')],
  [/^who am i$/u, show('people')],
  [
    /^(?:who(?: approves(?: what)?)?|who(?:'?s| is) (?:away|off|out|on leave)(?: today| tomorrow| this week)?|team|staff|approvers|contacts)$/u,
    show('people'),
  ],
  [/^(?:networks|social(?: media)?(?: accounts)?|channels|connections)$/u, show('accounts')],
  [
    /^(?:menu|commands|options|what(?: can (?:you|i) (?:do|post|type|say|ask))?|info|instructions|faq|how(?: \D+)?|(?:where|when|can|could|is|are|does) \D+)$/u,
    show('help'),
  ],
  [
    /^(?:thanks?(?: you)?|thx|ta|cheers|bye|goodbye)(?: (?:very much|a lot|so much))?(?: (?:all|everyone|everybody|team|both|crier))?$/u,
    { means: 'thanks' },
  ],
  [
    /^(?:take ?down|take it down|delete|unpublish|retract|withdraw|pull)(?: it| this| that)?$/u,
    { means: 'which', command: 'remove' },
  ],
  [/^(?:undo|revert|roll ?back)(?: it| this| that)?$/u, { means: 'which', command: 'undo' }],
  [/^(?:change|amend|update|fix)(?: it| this| that)?$/u, { means: 'which', command: 'edit' }],
  [
    /^(?:un-?pause|un-?stop|un-?freeze|start posting(?: again)?|carry on)(?: everything| all)?$/u,
    { means: 'do', words: 'resume' },
  ],
  [
    /^(?:(?:i'?m|i am) )?back(?: now| again| in(?: the office)?| at work)?$/u,
    { means: 'do', words: 'away no' },
  ],
  [
    new RegExp(
      `^(?:${absent}|${iAm}back)(?: (?:today|tomorrow|(?:this|next) week|(?:from|on|at) .+))$|^${absent}$`,
      'u',
    ),
    { means: 'which', command: 'away' },
  ],
  [
    /^(?:new|create|write|compose|draft|new post|create post|tweet)$/u,
    { means: 'which', command: 'propose' },
  ],
];

/** `who approves for Highways`, `who can write housing posts` */
const decidesFor =
  /^who (?:can |may )?(?:approves?|decides?|writes?|checks?|signs? off)(?: posts?)? (?<whose>\D{1,60})$/iu;

/** Verbs that stand before a number, or after it. */
const ofPost: readonly (readonly [RegExp, (number: string) => Meaning])[] = [
  [
    /^(?:status|open|view|see|find|look at|card|check|get|read|preview|where is|show me|chase|nudge|who has(?: got)?|what (?:happened|has happened|is happening|became) (?:to|with|of)|(?:is|has|was|did|will)(?: (?:out|live|up|public|gone|go|been|approved|sent|published|posted|yet|now|today|already))+)$/u,
    (n) => show(`show ${n}`),
  ],
  [/^(?:explain|history|log|audit|who (?:approves|decides)|reason|route)$/u, (n) => show(`why ${n}`)],
  [
    /^(?:(?:i )?approved?|accept|(?:i )?agree|ok(?:ay)? to go|publish|send|pass|pass on|post|release|unhold|resume|confirm|sign off|go|yes|ok(?:ay)?|(?:looks?|is|seems) (?:good|great|fine|ok(?:ay)?|right)(?: to me)?|(?:good|fine|ok(?:ay)?) to go)$/u,
    (number) => ({ means: 'decide', number }),
  ],
  [
    /^(?:not (?:ok(?:ay)?|approved|right)|send back|return|no|reject|refuse|decline|deny)$/u,
    (number) => ({ means: 'decide', number, isNo: true }),
  ],
  [
    /^(?:take ?down|take off|delete|unpublish|retract|withdraw|pull|bin|scrap|drop|kill|get rid of)$/u,
    (number) => ({ means: 'take-back', number }),
  ],
  [/^(?:undo|revert|roll ?back)$/u, (number) => ({ means: 'undo', number })],
  [
    /^(?:change|amend|update|fix|modify|rewrite|(?:make|is) (?:(?:very|now) )?(?:urgent|not urgent))$/u,
    (number) => ({ means: 'change', number }),
  ],
  [
    /^(?:(?:add|put|attach|upload|replace|swap|exchange) )?(?:(?:a|an|the|this|my|new|another) )*(?:pictures?|photos?|images?|pics?|videos?|films?|stills?)(?: (?:to|into|in|of|for))?$/u,
    (n) => ({ means: 'do', words: `picture ${n}` }),
  ],
  [
    /^(?:add|put|attach)(?: (?:this|it|these))?(?: (?:to|into|in))$/u,
    (n) => ({ means: 'do', words: `picture ${n}` }),
  ],
  [
    /^(?:please )?(?:do not|don'?t)(?: (?:send|publish|post))?(?: (?:it )?yet)?$/u,
    (number) => ({ means: 'not-out', number }),
  ],
  [/^(?:freeze|block|halt)$/u, (n) => ({ means: 'do', words: `hold ${n}` })],
];

/** A number with a mark and a note behind it: `send back 6: which shops?`. The verb alone says what is meant. */
const noted =
  /^(?<verb>\p{L}[\p{L}' ]{1,20}?) (?:post |number |no\.? ?)?#?(?<number>\d{1,9})(?<back> back)?(?:(?:\s*[:;,.]|\s+[-–—])\s*|\s+(?=(?:because|as|since)\s))(?<note>\S[\s\S]*)$/u;

/** `approve 6 but say which road`, `#6: please say which road`: no yes, and what follows is said to it. */
const notedToo =
  /^(?:(?:(?:i )?approved?|agreed?|ok(?:ay)?(?: to)?|yes(?: to)?|fine)\s+#?(?<but>\d{1,9})[\s,]+(?:but\s+|(?=(?:if|once|with|except|subject to|provided)\s))|(?:re:?\s+)?#(?<re>\d{1,9})\s*[:,;–—-]?\s*(?=(?:please|pls|can|could)\s))(?<note>\S[\s\S]*)$/iu;

/** `12 schedule for Tues 9.30`, `post 12 move to Friday`: the number in front of the verb. */
const numberFirst =
  /^(?:post |number |no\.? ?)?#?(?<number>\d{1,9}) (?<verb>schedule|move|reschedule|postpone|delay|defer|plan) (?:it )?/iu;

const moving =
  /^(schedule|move|reschedule|postpone|delay|defer|plan) (?:post )?#?(\d{1,9}) (?:(?:to|until|till|for) )?(.+)$/iu;

/** What whoever decides says with a note: only a no takes one, and what else follows is a sentence. */
function withNote(own: string): Meaning | undefined {
  const { but, re = but, note: said } = notedToo.exec(own)?.groups ?? {};
  if (re !== undefined && said !== undefined) return { means: 'decide', number: re, note: said };
  const { verb = '', number, back = '', note } = noted.exec(own)?.groups ?? {};
  if (number === undefined || note === undefined) return undefined;
  const plain = `${verb}${back}`.toLowerCase();
  if (/^(?:send back|send it back|return|reject|refuse|decline|deny|no to)$/u.test(plain))
    return { means: 'decide', number, note, isNo: true };
  return /^(?:do not|don'?t) (?:send|publish|post)$/u.test(plain)
    ? { means: 'not-out', number, note }
    : undefined;
}

function show(words: string): Meaning {
  return { means: 'show', words };
}

/** Words of the tables that a thumb may miss, beside those of the commands. */
const missable =
  'approve reject publish delete unpublish status queue today approvals thanks change undo'.split(' ');

/** What words that are no command mean, also with a letter missed; undefined for what nobody could tell. */
export function otherWords(typed: string, commands: readonly string[]): Meaning | undefined {
  const meaning = inTables(typed, commands);
  if (meaning !== undefined) return meaning;
  const [word = '', ...rest] = spoken(typed).asked.split(/\s+/u);
  const close = rest.length > 1 ? undefined : nearest(word.toLowerCase(), missable);
  return close === undefined ? undefined : inTables([close, ...rest].join(' '), commands);
}

/** Reads by small letters, on one line; what is offered keeps the letters that somebody wrote. */
function inTables(typed: string, commands: readonly string[]): Meaning | undefined {
  const { asked: own, how } = spoken(typed);
  const offered =
    how === undefined ? undefined : /^propose\b[:,]?\s*(?<text>\S[\s\S]*)$/iu.exec(own)?.groups?.['text'];
  if (offered !== undefined) return { means: 'do', words: `propose ${offered}` };
  const line = own.normalize('NFKC').replace(/[’‘]/gu, "'").replace(/\s+/gu, ' ');
  const withItsNote = withNote(own.replace(/[’‘]/gu, "'"));
  if (withItsNote !== undefined) return withItsNote;
  const out = takenOut(line);
  if (out !== undefined) return { means: 'take-out', ...out };
  const asked = withoutAtEnd(line, /[\s.!?]/u);
  const plain = asked.toLowerCase();
  const whole = asked.length > 80 ? undefined : phrases.find(([form]) => form.test(plain));
  const loose = whole?.[1] ?? looseWords(own);
  if (loose !== undefined) return loose;
  const whose = decidesFor.exec(asked)?.groups?.['whose'];
  if (whose !== undefined) return show(`people ${whose}`);
  if (asked.length > 80) return proposal(own);
  const [, stands, number, after] =
    /^(?:(.+?) )?(?:post |number |no\.? ?)?#?(\d{1,9})(?: (?!\d)(.+))?$/u.exec(plain) ?? [];
  // `take 12 down`, `12 approve`
  // `number 12`
  const before = stands === 'number' || stands === 'no.' ? undefined : stands;
  const behind = after === undefined || leftOver(after) === '' ? undefined : after;
  const verb =
    before === undefined && behind === undefined
      ? undefined
      : [before, behind].filter((each) => each !== undefined).join(' ');
  if (number !== undefined && verb === undefined) {
    return plain.startsWith('post') ? { means: 'decide', number } : show(`show ${number}`);
  }
  if (number !== undefined && verb !== undefined) {
    const meant = ofPost.find(([form]) => form.test(verb));
    if (meant !== undefined) return meant[1](number);
    // `12 hold`, and `please hold 12`
    if (commands.includes(verb)) return command(`${verb} ${number}`);
  }
  const [, moves = '', moved, to] = moving.exec(asked.replace(numberFirst, '$<verb> $<number> ')) ?? [];
  if (moved !== undefined && to !== undefined) {
    // Nothing but a time is meant by the others.
    const when = timeIn(to);
    if (reading(when) !== undefined || asSoonAsCan.test(when))
      return { means: 'do', words: `schedule ${moved} ${to}` };
    // `delay 12 by an hour`: its form asks when.
    return moves.toLowerCase() === 'move'
      ? { means: 'move', number: moved, to }
      : { means: 'do', words: `schedule ${moved}` };
  }
  const away = awayUntil.exec(asked);
  if (away !== null) return { means: 'do', words: `away until ${away[1] ?? ''}` };
  const [word = '', ...rest] = asked.split(' ');
  if (how !== undefined && commands.includes(word.toLowerCase())) {
    return command([word.toLowerCase(), ...rest].join(' '));
  }
  return proposal(own);
}

/**
 * `tweet: Park closed`, `post Road is shut`: without its colon one word is no text, and the first may be of the text,
 * likelier so where it alone begins with a capital.
 */
function proposal(own: string): Meaning | undefined {
  const { colon, words } =
    /^(?:new(?: post)?|create(?: post)?|write|draft|compose|tweet|post|announce|share|say|(?:put|publish|send|get)(?=\s+(?:this|these|the following)\b[^\n]{0,80}:))(?:\s*(?<colon>:)|\s)\s*(?<words>\S[\s\S]*)$/iu.exec(
      own,
    )?.groups ?? {};
  if (words === undefined) return undefined;
  const command = `propose ${words}`;
  // `post this on Facebook for Friday: …` is plainly said to Crier
  if (colon !== undefined || thisInFront.test(words)) return { means: 'do', words: command };
  if (words.split(/\s+/u).length < 2) return undefined;
  const isText = /^\p{Lu}/u.test(own) && !/^\p{Lu}/u.test(words) ? 'likely' : 'perhaps';
  return { means: 'do', words: command, isText };
}

const thisInFront = /^(?:this|these|the following)\b[^\n:]{0,80}:(?![/\d])/iu;

function command(words: string): Meaning {
  return { means: showing.includes(words.split(' ')[0] ?? '') ? 'show' : 'do', words };
}
