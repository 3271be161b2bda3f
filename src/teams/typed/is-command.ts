import { typedCommands } from './index.ts';

/** What follows the word of a command when it is meant; any words do where there is no line for it. */
const meant: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    ['posts', 'waiting', 'calendar', 'people', 'accounts', 'help', 'resume'].map((name) => [name, /^$/u]),
  ),
  ...Object.fromEntries(
    ['show', 'edit', 'cancel', 'schedule', 'correct', 'remove', 'why', 'captions'].map((name) => [
      name,
      /^(?:$|#?\d)/u,
    ]),
  ),
  hold: /^(?:$|#?\d|(?:all|everything)\b)/iu,
  pause: /^(?:$|routine\b)/iu,
  stop: /^(?:$|#?\d|everything\b|all\b)/iu,
  where: /^(?:$|(?:is\s+)?used\b|#?\d)/iu,
  away: /^(?:$|(?:until|till|no|off|over|back|not)\b)/iu,
  use: /^(?:$|(?:this\s+)?(?:teams\s+)?channel\b)/iu,
};

/** Whether words are a command: "people" is one, "People can park here again" is a text, "why am I" is neither. */
export function isCommand(word: string, rest: string): boolean {
  return typedCommands.some(({ name }) => name === word) && (meant[word]?.test(rest) ?? true);
}
