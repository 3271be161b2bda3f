import { isCommand } from './typed/is-command.ts';
import { typedCommands } from './typed/index.ts';
import { spoken } from './typed/manners.ts';
import { otherWords } from './typed/other-words.ts';
import { pictureFor } from './typed/picture.ts';

/** A greeting by itself, a question mark or a number is said to Crier, not to residents. */
const said = /^(?:\?|#?\d{1,9}|\/?start)?$/iu;

/** Whether words say something to Crier and nothing about a photo. */
export const isSaid = (typed: string): boolean => {
  const { greets, asked } = spoken(typed);
  return said.test(greets ? asked : typed);
};

/** What is meant for Crier though it is no command: `thanks`, `approve 12`, but no words that could be a text. */
export function isForCrier(typed: string): boolean {
  const meaning = otherWords(
    typed,
    typedCommands.map(({ name }) => name),
  );
  // `Make it five a day!` is what stands below a picture.
  if (meaning?.means === 'wishes') return false;
  return meaning !== undefined && !(meaning.means === 'do' && meaning.words.startsWith('propose '));
}

/**
 * What words are that come with a file: what residents read, a greeting beside it, or something to be done with posts,
 * which needs no photo.
 */
export function besidePhoto(typed: string, word: string, rest: string): 'text' | 'greeting' | 'command' {
  if (isCommand(word, rest)) return 'command';
  if (isSaid(typed)) return /\d/u.test(typed) ? 'command' : 'greeting';
  if (!isForCrier(typed)) return 'text';
  // `Today` may be what stands below a picture; `approve 12` is not.
  if (/\d/u.test(typed)) return 'command';
  return otherWords(typed, [])?.means === 'thanks' ? 'greeting' : 'text';
}

/** Commands that take the files of their message. */
const takingFiles: ReadonlySet<string> = new Set(['propose', 'captions', 'picture']);

/** Whether words do something with posts for which a photo that came with them is not used. */
export const leavesPhotoOut = (typed: string, word: string, rest: string): boolean =>
  !takingFiles.has(word) && pictureFor(typed) === undefined && besidePhoto(typed, word, rest) === 'command';
