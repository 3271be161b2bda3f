import type { LongText } from '../core/too-long.ts';
import { mostWritten } from '../posts/how-much.ts';
import type { Incoming } from './activity.ts';

/** What is typed holds the text of a post, and beside it a command with a department, its time and its end. */
const mostTyped = mostWritten + 1_000;

/**
 * A text of what came from somebody that is longer than anything of it may be. It is told by its length alone, before
 * anything reads it.
 *
 * @returns where it stands and how much it holds; undefined where nothing is too long
 */
export function tooMuchTyped(incoming: Incoming): LongText | undefined {
  const long = Object.entries(textsIn(incoming)).find(([, text]) => text.length > mostTyped);
  return long === undefined ? undefined : { at: [long[0]], characters: long[1].length, most: mostWritten };
}

function textsIn(incoming: Incoming): Readonly<Record<string, string>> {
  switch (incoming.kind) {
    case 'message':
    case 'edited':
    case 'search':
      return { message: incoming.text };
    case 'press':
    case 'propose-dialog-sent':
      return Object.fromEntries(
        Object.entries(incoming.data).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      );
    case 'propose-dialog-opened':
    case 'joined':
    case 'left':
    case 'members-changed':
    case 'other':
      return {};
  }
}
