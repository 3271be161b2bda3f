import { isCommand } from './is-command.ts';

/** Between two commands in one message. */
const between = /\s*(?:[,;.&\n]\s*)?(?:\b(?:and then|and also|and|then|also)\b)\s+|\s*[;&\n]\s*/iu;

/** A text goes on behind these, whatever it says. */
const takesText: ReadonlySet<string> = new Set(['propose', 'captions', 'picture', 'edit', 'correct']);

/** `people and hold all`, `cancel 3, then hold 1`: the commands of one message, where it is nothing but these; else none. */
export function commandsOf(typed: string): readonly string[] {
  if (typed.length > longest) return [];
  const parts = typed.split(between).filter((part) => part !== '');
  const all = parts.length > 1 && parts.every((part, n) => isWhole(part, n === parts.length - 1));
  return all ? parts : [];
}

const longest = 200;

function isWhole(part: string, isLast: boolean): boolean {
  const { word = '', rest = '' } = /^\/?(?<word>\p{L}+)\s*(?<rest>[\s\S]*)$/u.exec(part)?.groups ?? {};
  const name = word.toLowerCase();
  return (isLast || !takesText.has(name)) && name !== 'propose' && isCommand(name, rest);
}
