import { isVideo } from '../../posts/writing/media.ts';
import type { Medium } from '../../posts/writing/revision.ts';
import type { FindingCode } from '../../protocol/rules/codes.ts';
import { answeredWords, originChoices, pictureQuestions, recognisedChoices } from '../../words/pictures.ts';
import { pictureInputs } from '../picture-inputs.ts';
import type { PostDrawing } from './drawing.ts';
import type { PictureQuestions } from './picture-data.ts';
import { cardText } from './text.ts';

/** What `questionsOf` asks: everything, as a form does; what is not answered yet; or nothing. */
export type Asked = 'everything' | 'unanswered' | 'nothing';

/** A picture or a video, by its place among those of its post, from 0. */
export interface PlacedMedium {
  readonly medium: Medium;
  readonly index: number;
  /** how many there are */
  readonly of: number;
}

/** What is asked of one picture beside its description, by the rules that the protocol has. */
export function questionsOf(
  { medium, index, of }: PlacedMedium,
  asked: Asked,
  { rules, options }: PostDrawing,
): PictureQuestions {
  const ids = pictureInputs(index);
  const words = pictureQuestions(kindOf(medium), index, of);
  const { recognised, origin } = medium;
  const form = recognised?.who === 'children' ? (recognised.form ?? '') : '';
  const from = origin?.whose === 'permitted' ? (origin.from ?? '') : '';
  const wantsForm = recognised?.who === 'children' && form === '';
  const wantsFrom = origin?.whose === 'permitted' && from === '';
  const shown = (rule: string, open: boolean): boolean =>
    rules.rules[rule] !== undefined && (asked === 'everything' || (asked === 'unanswered' && open));
  const seenShown = shown('DAT-4', recognised === undefined || wantsForm);
  const whoseShown = shown('DAT-6', origin === undefined || origin.whose === 'not-cleared' || wantsFrom);
  const value = (id: string, stands: string): string => options.typed?.[id] ?? stands;
  const formValue = value(ids.form, form);
  const fromValue = value(ids.from, from);
  const error = (id: string) => cardText(options.errors?.[id] ?? '');
  const open =
    wantsForm ||
    wantsFrom ||
    [formValue, fromValue, error(ids.form), error(ids.from)].some((each) => each !== '');
  return {
    seen: {
      show: seenShown,
      inputId: ids.seen,
      label: words.seen,
      value: value(ids.seen, recognised?.who ?? ''),
      choices: recognisedChoices,
      error: error(ids.seen),
    },
    whose: {
      show: whoseShown,
      inputId: ids.whose,
      label: words.whose,
      value: value(ids.whose, origin?.whose ?? ''),
      choices: originChoices,
      error: error(ids.whose),
    },
    details: {
      show: seenShown || whoseShown,
      toggle: (seenShown || whoseShown) && !open,
      open,
      boxId: `proof:${index}`,
      title: words.details,
    },
    form: { show: seenShown, inputId: ids.form, label: words.form, value: formValue, error: error(ids.form) },
    from: {
      show: whoseShown,
      inputId: ids.from,
      label: words.from,
      value: fromValue,
      error: error(ids.from),
    },
    out: { show: asked === 'everything', inputId: ids.out, label: words.out, value: value(ids.out, 'false') },
  };
}

const kindOf = (medium: Medium) => (isVideo(medium) ? 'video' : 'picture');

/** Whether anything is asked at all. */
export const asksAnything = ({ seen, whose }: PictureQuestions): boolean => seen.show || whose.show;

/** What is found to be missing of pictures and videos, and is put right by what a post's own card asks of them. */
export const askedOnCard: ReadonlySet<string> = new Set<FindingCode>([
  'alt-missing',
  'captions-missing',
  'recognised-unanswered',
  'consent-form-missing',
  'origin-unanswered',
  'permission-from-whom',
  'not-cleared',
]);

/** @returns what was answered, in a line for whoever decides */
export const answersLine = (medium: Medium): ReturnType<typeof cardText> =>
  cardText(answeredWords(kindOf(medium), medium));
