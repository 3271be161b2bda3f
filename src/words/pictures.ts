import type { Origin, PictureAnswers, Recognised } from '../protocol/pictured.ts';
import type { DeskRules } from '../posts/post.ts';
import type { NetworkName } from '../protocol/protocol.ts';
import { networkName, sayList, sentence, mediumName } from './names.ts';
import { onAll } from './posts.ts';

type Kind = 'picture' | 'video';

/** @returns what is asked of a picture or video, beside its description */
export function pictureQuestions(kind: Kind, index: number, of: number) {
  const which = of === 1 ? '' : ` (${kind} ${String(index + 1)})`;
  return {
    seen: `Who can be recognised?${which}`,
    form: 'For children: reference of the signed form',
    whose: `Whose ${kind} is it?${which}`,
    from: 'If it is not our own: who gave permission',
    details: 'Add the form, or who gave permission',
    out: `Leave ${mediumName(kind, index, of)} out`,
  } as const;
}

/** Answers to who can be recognised, the most frequent first. */
export const recognisedChoices: readonly { readonly value: Recognised['who']; readonly title: string }[] = [
  { value: 'nobody', title: 'Nobody' },
  { value: 'adults', title: 'Adults, who have agreed' },
  { value: 'children', title: 'Children, with a signed form' },
];

/** Answers to whose a picture is, the most frequent first. */
export const originChoices: readonly { readonly value: Origin['whose']; readonly title: string }[] = [
  { value: 'ours', title: "The council's own" },
  { value: 'permitted', title: 'Licensed, or used with permission' },
  { value: 'not-cleared', title: "Somebody else's, not cleared" },
];

/** @returns `Nobody can be recognised · the council's own picture`; nothing where nothing was answered */
export function answeredWords(kind: Kind, answers: PictureAnswers): string {
  const { seen, whose } = answerWords(kind, answers);
  const words = [seen, whose].filter((each) => each !== undefined).join(' · ');
  return words === '' ? '' : words[0]?.toUpperCase() + words.slice(1);
}

/** @returns what was answered to each question about a picture or video, as it is said within a sentence */
export const answerWords = (
  kind: Kind,
  { recognised, origin }: PictureAnswers,
): { readonly seen: string | undefined; readonly whose: string | undefined } => ({
  seen: recognised === undefined ? undefined : recognisedWords(recognised),
  whose: origin === undefined ? undefined : originWords(kind, origin),
});

function recognisedWords(recognised: Recognised): string {
  switch (recognised.who) {
    case 'nobody':
      return 'nobody can be recognised';
    case 'adults':
      return 'adults can be recognised, who have agreed';
    case 'children':
      return `children can be recognised, ${recognised.form === undefined ? 'no form yet' : `form ${recognised.form}`}`;
  }
}

function originWords(kind: Kind, origin: Origin): string {
  switch (origin.whose) {
    case 'ours':
      return `the council's own ${kind}`;
    case 'permitted':
      return origin.from === undefined ? 'used with permission' : `used with permission of ${origin.from}`;
    case 'not-cleared':
      return `somebody else's ${kind}, not cleared`;
  }
}

/**
 * @param pictures places of the pictures among so many media, from 0; whether any picture beside them is cropped
 * @returns where pictures go out between bars on accounts of a network, and why
 */
export function barsWords(
  accounts: readonly string[],
  network: NetworkName,
  where: 'at-the-sides' | 'above-and-below',
  pictures: { readonly barred: readonly number[]; readonly of: number; readonly cut: boolean },
  rules: DeskRules,
): string {
  const { barred, of, cut } = pictures;
  const which = of === 1 ? 'the picture' : numbered(barred);
  const go = barred.length === 1 ? 'goes' : 'go';
  const [place, taller] =
    where === 'at-the-sides' ? ['left and right', 'taller'] : ['above and below', 'wider'];
  const said = `${sentence(onAll(accounts, rules))} ${which} ${go} out with white bars ${place}, since ${networkName(network)} takes no ${taller} ones`;
  return cut ? said : `${said}. Nothing is cut off`;
}

/** @returns which pictures a network crops to the shape of the first, and how to have them whole */
export function croppedWords(
  accounts: readonly string[],
  cropped: readonly number[],
  rules: DeskRules,
): string {
  const are = cropped.length === 1 ? 'is' : 'are';
  return `${sentence(onAll(accounts, rules))} ${numbered(cropped)} ${are} cropped to the shape of picture 1. Pictures of one shape stay whole`;
}

const numbered = (places: readonly number[]): string =>
  `${places.length === 1 ? 'picture' : 'pictures'} ${sayList(places.map((place) => String(place + 1)))}`;

/** @returns on which accounts a video goes out without the pictures beside it, and why */
export function aloneWords(accounts: readonly string[], pictures: number, rules: DeskRules): string {
  const on = sentence(onAll(accounts, rules));
  const which = pictures === 1 ? 'the picture' : 'the pictures';
  return `${on} the video goes out without ${which}: none can stand beside a video there`;
}
