import { blocking } from '../posts/writing/draft.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { PostRefusals } from '../posts/refusals.ts';
import type { Finding } from '../protocol/rule.ts';
import type { FindingCode } from '../protocol/rules/codes.ts';
import { sayAllFound } from '../words/where-found.ts';
import { isLeftOut, pictureInputs } from './picture-inputs.ts';
import type { Inputs } from './turn.ts';

/** What was found in what somebody typed, and the words that it points into. */
export type FoundInForm = PostRefusals['edit-blocked'];

/** Which input of the form something without a place is about; what is not here is about where the post goes, or its text. */
const inputs: Readonly<Partial<Record<FindingCode, string>>> = {
  'for-children-unsaid': 'youtube-kids',
  'new-campaign-in-election': 'campaign',
  'quote-beside-media': 'quote',
  'angle-brackets': 'text',
};

/** Which input of a picture something is about; what is not here is about its description, or the picture. */
const pictured: Readonly<Partial<Record<FindingCode, keyof ReturnType<typeof pictureInputs>>>> = {
  'recognised-unanswered': 'seen',
  'consent-form-missing': 'form',
  'origin-unanswered': 'whose',
  'not-cleared': 'whose',
  'permission-from-whom': 'from',
};

/**
 * What the rules found in what a form says, as the form shows it: a picture that it leaves out was not looked at, and
 * still stands in its place.
 */
export function foundInForm({ found, read }: FoundInForm, post: PostState, typed: Inputs): FoundInForm {
  const { media } = post.revision;
  const places = media.flatMap((_medium, place) => (isLeftOut(place, typed) ? [] : [place]));
  const placeOf = (index: number): number => places[index] ?? index;
  return {
    found: found.map((finding) => {
      const { number } = finding.facts;
      const isPictured = finding.spots.some((spot) => 'media' in spot);
      return {
        ...finding,
        ...(isPictured && typeof number === 'number'
          ? { facts: { ...finding.facts, number: placeOf(number - 1) + 1 } }
          : {}),
        spots: finding.spots.map((spot) =>
          'media' in spot ? { ...spot, media: placeOf(spot.media) } : spot,
        ),
      };
    }),
    read: {
      ...read,
      media: media.map((medium, place) => read.media[places.indexOf(place)] ?? medium),
    },
  };
}

/** What stops what a form says, in words, each beside the inputs that it is about. */
export function besideInputs(
  { found, read }: FoundInForm,
  post: PostState,
  typed: Inputs,
  rules: DeskRules,
): Readonly<Record<string, string>> {
  const placed = blocking(found).flatMap((finding) =>
    inputsOf(finding, post, typed).map((input) => ({ input, finding })),
  );
  return Object.fromEntries(
    [...Map.groupBy(placed, ({ input }) => input)].map(([input, here]) => [
      input,
      sayAllFound(
        here.map(({ finding }) => finding),
        { ...read, captionsTo: post.number },
        rules,
      ),
    ]),
  );
}

function inputsOf(
  { code, facts, spots }: Finding,
  { revision }: PostState,
  typed: Inputs,
): readonly string[] {
  const holds = (input: string, stands: string): boolean => (typed[input] ?? stands).trim() !== '';
  const known = new Map(Object.entries(inputs)).get(code);
  if (known !== undefined) return [known];
  if (spots.length === 0) return ['account' in facts || 'network' in facts ? 'accounts' : 'text'];
  const places = spots.map((spot): string => {
    if ('media' in spot)
      return pictureInputs(spot.media)[new Map(Object.entries(pictured)).get(code) ?? 'alt'];
    const { account } = spot;
    // What is made from the text is put right there.
    if (spot.in !== 'text') return holds(spot.in, revision[spot.in]) ? spot.in : 'text';
    const own = `variant:${account ?? ''}`;
    return account !== undefined && holds(own, revision.variants[account] ?? '') ? own : 'text';
  });
  return [...new Set(places)];
}
