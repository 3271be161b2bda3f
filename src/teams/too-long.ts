import type { TooLong, LongText } from '../core/too-long.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { tooLongWords } from '../words/too-long.ts';
import { isLeftOut, pictureInputs } from './picture-inputs.ts';
import type { Inputs } from './turn.ts';
import { mostWritten } from '../posts/writing/how-much.ts';
import type { Incoming } from './activity.ts';

/** What somebody typed that is longer than it may be: told before anything reads it, or said at its input. */

/** What is said of texts that are too long, each by the input that holds it. */
export function longInputs(
  { facts: { texts } }: TooLong,
  post: PostState,
  inputs: Inputs,
  rules: DeskRules,
): Readonly<Record<string, string>> {
  const { media } = post.revision;
  // A picture that the form leaves out is not among those that were given.
  const places = media.flatMap((_medium, place) => (isLeftOut(place, inputs) ? [] : [place]));
  return Object.fromEntries(
    texts.map((text): [string, string] => {
      const [of = '', which = '', ...rest] = text.at;
      const at = of === 'media' ? [of, String(places[Number(which)] ?? which), ...rest] : text.at;
      return [inputOf(at, inputs), tooLongWords({ ...text, at }, media, rules)];
    }),
  );
}

/** The input in which somebody types what a command takes there. */
function inputOf(at: readonly string[], inputs: Inputs): string {
  const [of = '', which = '', part = ''] = at;
  switch (of) {
    case 'variants':
      return `variant:${which}`;
    case 'media': {
      const ids = pictureInputs(Number(which));
      return part === 'recognised' ? ids.form : part === 'origin' ? ids.from : ids.alt;
    }
    case 'descriptions':
      return pictureInputs(Number(which)).alt;
    case 'youtube':
      return `youtube-${which}`;
    case 'videoTitle':
      return 'youtube-title';
    case 'link':
      return `link:${inputs['part'] ?? ''}`;
    default:
      return of;
  }
}

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
