import { plain } from '../../protocol/people.ts';

/** What people say of a place to which something is not to go, as one word each: `not` or `except`. */

/** Words behind which stands what is not so, once each other way to say it is one of them. */
export const denying: ReadonlySet<string> = new Set('not no without except excluding but bar'.split(' '));

/** What is not to go there, which no place is: `keep it off X`, `do not post this on X`. */
const it = '(?: (?:it|this|that|these|them|anything))?';

/** What somebody may do there: `skip posting to X`. */
const doing = '(?: (?:post|publish|putt|send|shar|us)ing)?';

/** Each way to say it, with what it is in one word; in this order. */
const ways: readonly (readonly [RegExp, string])[] = [
  // `leave X out of it`, `X excluded`, `on X not`: the place stands before what denies it
  [
    /\b(?:leave|leaving|keep|keeping) ((?!it |this |that )\S+(?: \S+){0,5}?) (?:out|off)(?: of (?:it|this))?$/gu,
    'except $1',
  ],
  [/^(.*?)((?:\bon |\bto |\bvia |\bfor )?(?:\S+ ){0,3}\S+) (?:not|excluded|excepted)$/gu, '$1not $2'],
  [
    new RegExp(
      `\\b(?:do not|don t|dont|(?:must|should|is|may|can) ?not|(?:mustn|shouldn|isn|can|won) t|never)(?: to)?(?: be)? (?:post|posted|publish|published|put|send|sent|share|shared|go|appear|use)${it}(?= )`,
      'gu',
    ),
    'not',
  ],
  [/\bno need (?:for|of)\b/gu, 'not'],
  [/\b(?:never|nothing)(?= (?:on|to|via)\b)/gu, 'not'],
  // Of what is kept away no text says that it is: `keep off the ice`
  [/\b(?:keep|leave|take|hold) (?:it|this|that) (?:off|out of|away from)\b/gu, 'not on'],
  [/\b(?:keep|keeping|stay|staying) (?:off|out of|away from)\b/gu, 'except'],
  [
    /\b(?:apart from|other than|except for|excepting|with the exception of|save for|save|minus|w o)\b/gu,
    'except',
  ],
  [
    new RegExp(
      `\\b(?:skip|skipping|avoid|avoiding|omit|omitting|exclude|drop|dropping|leave out|leaving out|miss out|missing out|leave off|leaving off)${doing}${it}\\b`,
      'gu',
    ),
    'except',
  ],
  // All the places, where some are left out: `everything but X`
  [/\b(?:everything|anywhere|all)(?= (?:except|excluding|but|bar)\b)/gu, 'everywhere'],
];

/** Most words deny nothing, and a look at them says so. */
const mayDeny =
  /\b(?:not?|don t|dont|never|nothing|without|except\w*|exclud\w+|but|bar|apart|other than|save|minus|w o|skip\w*|avoid\w*|omit\w*|drop\w*|miss\w*|leav\w+|keep\w*|stay\w*|take|hold|cannot|(?:mustn|shouldn|isn|can|won) t)\b/u;

/** Words as they are compared, with one word for what several of them mean. */
export function withOneWord(words: string): string {
  const all = plain(words);
  return mayDeny.test(all) ? ways.reduce((read, [form, word]) => read.replace(form, word), all) : all;
}

/** Whether words say that something is not so, as a front would. */
export const saysNot = (words: string): boolean =>
  withOneWord(words)
    .split(' ')
    .some((word) => denying.has(word));
