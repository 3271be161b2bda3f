import { typedCommands } from './index.ts';

/** Commands that are said by their word alone; what follows it adds nothing, or is a text. */
const alone: ReadonlySet<string> = new Set('posts waiting calendar people accounts help resume'.split(' '));

const number = String.raw`(?:posts? |number |no\.? ?)?#?\d{1,9}\b`;

/** What follows the word of a command when it is meant; any words do where there is no line for it. */
const meant: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries([...alone].map((name) => [name, /^$/u])),
  ...Object.fromEntries(
    ['show', 'edit', 'cancel', 'schedule', 'correct', 'remove', 'why', 'captions', 'picture'].map((name) => [
      name,
      new RegExp(`^(?:$|${number})`, 'iu'),
    ]),
  ),
  hold: new RegExp(String.raw`^(?:$|${number}|(?:all|everything)\b)`, 'iu'),
  pause: new RegExp(String.raw`^(?:$|${number}|(?:routine|all|everything|posting)\b)`, 'iu'),
  stop: new RegExp(String.raw`^(?:$|${number}|(?:all|everything|posting)\b)`, 'iu'),
  where: /^(?:$|(?:is\s+)?used\b|#?\d{1,9}\b)/iu,
  away: /^(?:$|(?:until|till|no|off|over|back|not)\b)/iu,
  use: /^(?:$|(?:this\s+)?(?:teams\s+)?channel\b)/iu,
};

/** Whether words are a command: "people" is one, "People can park here again" is a text, "why am I" is neither. */
export function isCommand(word: string, rest: string): boolean {
  return typedCommands.some(({ name }) => name === word) && (meant[word]?.test(rest) ?? true);
}

/** What a command that was nearly typed would be; undefined where what follows it cannot follow that command. */
export function asCommand(word: string, rest: string): string | undefined {
  if (isCommand(word, rest)) return `${word} ${rest}`.trim();
  // `calender for today`
  return alone.has(word) && rest.split(/\s+/u).length < 4 ? word : undefined;
}
