import type { TooLong } from '../core/too-long.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { tooLongWords } from '../words/too-long.ts';
import { isLeftOut, pictureInputs } from './picture-inputs.ts';
import type { Inputs } from './turn.ts';

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
