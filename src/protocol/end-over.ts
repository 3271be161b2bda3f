import { hours, type Millis } from '../core/time.ts';
import { asksToCome, reportsPast, saysNow, withoutSupply } from './end-told.ts';
import {
  endsAndAskedIn,
  isKeptFrom,
  namesAnotherDay,
  partsOfSentence,
  type FoundEnd,
} from './end-in-text.ts';
import { londonDate, zoned } from './london.ts';

/** An end that is named with its day, and from when on it is over beyond doubt. */
export interface EndOver extends FoundEnd {
  readonly overAt: Millis;
}

/** What is said to end around a time may end later: for so long after that, only the card says that it has come. */
const mayBeLater = hours(1);

/**
 * The ends that a text states with their day and that are over by the time it goes out, such as `closed until 4pm today`
 * at 5pm: whoever reads it then is told something that is not so (rule DAY). So is whoever is asked to do something by a
 * time that has come.
 *
 * A post stays where it is for this, so nothing is found that may be meant another way: not a time alone, which may be of
 * any day that the text speaks of; not one of several days that a sentence tells of; not a weekday without a date, once the post goes out in a later week, which may be of
 * that week; not a time that is only near, before an hour has passed; not what is told as past, as called off or as only
 * sometimes so. Where a sentence names another end that is still to come, nothing in it is over. Nor is anything found of
 * hours in which something is open, by when the council hopes to be done, and of what had or had not come by a time. What is
 * not found here is still said on the card, but for what somebody is asked to do.
 */
export function endsOver(text: string, writtenAt: Millis, goesAt: Millis): readonly EndOver[] {
  const ends = endsWithDay(text, writtenAt);
  if (ends.length === 0 || toldAsOver.test(text)) return [];
  const sentences = sentencesOf(text);
  return ends.filter((end) => {
    const sentence = sentences.find(({ from, to }) => from <= end.from && end.from < to);
    if (sentence === undefined || !isOverAt(end, goesAt)) return false;
    const others = ends.filter(({ from }) => from >= sentence.from && from < sentence.to);
    if (others.some((each) => !isOverAt(each, goesAt))) return false;
    const told: Told = {
      before: text.slice(sentence.from, end.from),
      words: text.slice(end.from, end.to),
      after: text.slice(end.to, sentence.to),
    };
    if (isToldOtherwise(told, end)) return false;
    return end.at > writtenAt || end.isAhead || isSaidOfNow(end, told, writtenAt);
  });
}

/** The words of an end, and what its sentence says before and after them. */
interface Told {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

/** Whether a sentence does not say of now that something goes on until an end in it, or is to be done by then. */
const isToldOtherwise = ({ before, words, after }: Told, { isAhead }: FoundEnd): boolean =>
  (!isAhead && reportsPast(partAround({ before, words, after }))) ||
  toldAsPast.test(before) ||
  toldByOthers.test(before) ||
  inIntroduction.test(before) ||
  isOfSubject.test(after) ||
  (isAhead && asksNobody.test(before)) ||
  namesAnotherDay(after) ||
  onlySometimes.test(`${before}${words}${after}`);

/** Every end that a text names with its day, and every time with its day by which it asks for something. */
export const endsWithDay = (text: string, writtenAt: Millis): readonly EndOver[] =>
  endsAndAskedIn(text, writtenAt)
    .filter(({ onDay }) => onDay)
    .map((end) => ({ ...end, overAt: end.at + (end.about ? mayBeLater : 0) }));

const isOverAt = ({ at, overAt, onWeekday }: EndOver, goesAt: Millis): boolean =>
  overAt <= goesAt && (!onWeekday || mondayOf(at) === mondayOf(goesAt));

/** The first day of the week of an instant, such as `2026-11-23`. */
function mondayOf(at: Millis): string {
  const day = zoned(at).toPlainDate();
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

/** Whether what had ended when it was written is said to go on, in the part of the sentence that names the end. A day before that is often history. */
function isSaidOfNow({ at }: FoundEnd, { before, words, after }: Told, writtenAt: Millis): boolean {
  if (londonDate(at) !== londonDate(writtenAt)) return goesOn.test(`${before}${words}${after}`);
  const part = partAround({ before, words, after });
  return (
    isKeptFrom.test(part) || saysNow.test(part) || /^deadline/iu.test(words) || asksToCome(before, after)
  );
}

/** The part of a sentence that names an end. */
const partAround = ({ before, words, after }: Told): string =>
  `${before.split(partsOfSentence).at(-1) ?? ''}${words}${after.split(partsOfSentence)[0] ?? ''}`;
const goesOn =
  /(?<!\p{L})(?:is|are|be|stays?|remains?|runs?)\s+(?:(?:still|now|fully|partly|also)\s+)?(?:open|closed|shut|off|out|suspended|diverted|unavailable|on)(?!\p{L})/iu;

/** `It was closed until 4pm`, `Police closed it until 4pm`, `no longer closed until 4pm`. */
const toldAsPast = new RegExp(
  String.raw`(?<!\p{L})(?:was|were|had|did|would|wasn['’]t|weren['’]t|didn['’]t|ran|lasted|stayed|remained|worked|continued|caused|meant|led|kept|left|took|helped|stood|no\s+longer|(?<!why\s)not|instead\s+of|rather\s+than)(?!${withoutSupply})(?!\p{L})|(?<!\p{L})(?:we|they|police|crews?|officers|engineers|contractors|firefighters)\s+(?:had\s+)?(?:closed|shut|diverted|suspended)(?!\p{L})`,
  'iu',
);

/** What somebody says or wrote, which may be put right there and then: `a sign says "closed until 4pm today"`. */
const toldByOthers =
  /(?<!\p{L})(?:says|said|tells|told|claims|claimed|reads)(?!\p{L})|^[^"]*"(?:[^"]*"[^"]*")*[^"]*$|“[^”]*$/iu;

/** `After a closure until 4pm today, traffic is moving well.` */
const inIntroduction = /^\W*(?:after|following|during|despite)\s[^,]*$/iu;

/**
 * What goes on behind an end with a verb says something else of what ended then: `the event 10am to 2pm today was a joy`,
 * `works planned until 4pm today will be on Friday`, `Moor Lane, shut until 4pm today after a crash, is open`.
 */
const isOfSubject =
  /^(?:\s+(?:(?:now|also|still|all|since)\s+)?(?:is|are|was|were|has|have|had|will|would|did|does|do|can|could|went|drew|made|saw|brought|led|took|gave|came|left|cost|kept|got|\p{L}{2,}ed)|[^,;:]*,\s*(?:(?:now|also|still|all|since)\s+)?(?:is|are|was|were|has|have|had|did|\p{L}{2,}ed))(?!\p{L})/iu;

/** `No need to book by 4pm today`, `nobody has to move their car by noon today`. */
const asksNobody = /(?<!\p{L})(?:no|nobody|none|never|not|neither|nor)(?!\p{L})/iu;

/** What is over, called off or put off is told as such, before or after: `Moor Lane, closed until 4pm today, has reopened`. */
const toldAsOver =
  /(?<!\p{L})(?:(?:has|have|is|are)\s+(?:now\s+|all\s+|since\s+|been\s+)*(?:re-?opened|finished|ended|completed?|over|cleared|lifted|done)|(?:re-?opened|finished|ended)\s+(?:early|earlier|at|on)|(?:now|since)\s+(?:re-?opened|cleared|lifted)|open\s+(?:again|now)|now\s+open|back\s+(?:open|to\s+normal)|(?:thank(?:s|[\s-]+you)|well\s+done|congratulations)\s+(?:all|to\s+(?:all|every(?:body|one)|those))|cancelled|called\s+off|postponed|put\s+off|extended|brought\s+forward|no\s+longer|apologi[sz]e\w*|apolog(?:y|ies)|sorry|claim\w*|compensation|refund\w*)(?!\p{L})/iu;

/** `The tip is usually closed until noon today`, `if it snows` */
const onlySometimes =
  /(?<!\p{L})(?:usually|normally|often|sometimes|if|unless|in\s+case|at\s+the\s+earliest|at\s+least)(?!\p{L})/iu;

interface Sentence {
  readonly from: number;
  readonly to: number;
}

function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  for (const { index, 0: mark } of text.matchAll(/[.!?]\s+|\n/gu)) {
    found.push({ from, to: index + mark.length });
    from = index + mark.length;
  }
  return [...found, { from, to: text.length }];
}
