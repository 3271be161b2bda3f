import { hours, type Millis } from '../core/time.ts';
import { endsAndAskedIn, isKeptFrom, type FoundEnd } from './end-in-text.ts';
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
 * any day that the text speaks of; not a weekday without a date, once the post goes out in a later week, which may be of
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
    const words = text.slice(sentence.from, sentence.to);
    if (toldAsPast.test(text.slice(sentence.from, end.from)) || onlySometimes.test(words)) return false;
    return end.at > writtenAt || end.isAhead || isSaidOfNow(end, words, writtenAt);
  });
}

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

/** Whether what had ended when it was written is said to go on. A day before that is often history. */
function isSaidOfNow({ at }: FoundEnd, words: string, writtenAt: Millis): boolean {
  if (londonDate(at) !== londonDate(writtenAt)) return goesOn.test(words);
  return isKeptFrom.test(words) || saysNow.test(words);
}

const saysNow =
  /(?<!\p{L})(?:is|are|be|isn['’]t|aren['’]t|will|open|stays?|remains?|runs?|lasts?|ends|closes|deadline)(?!\p{L})/iu;
const goesOn =
  /(?<!\p{L})(?:is|are|be|stays?|remains?|runs?)\s+(?:(?:still|now|fully|partly|also)\s+)?(?:open|closed|shut|off|out|suspended|diverted|unavailable|on)(?!\p{L})/iu;

/** `It was closed until 4pm`, `Police closed it until 4pm`, `no longer closed until 4pm`. */
const toldAsPast =
  /(?<!\p{L})(?:was|were|had|did|wasn['’]t|weren['’]t|didn['’]t|ran|lasted|stayed|remained|worked|continued|caused|meant|led|kept|left|took|helped|stood|no\s+longer|not|instead\s+of|rather\s+than)(?!\p{L})|(?<!\p{L})(?:we|they|police|crews?|officers|engineers|contractors|firefighters)\s+(?:had\s+)?(?:closed|shut|diverted|suspended)(?!\p{L})/iu;

/** What is over, called off or put off is told as such, before or after: `Moor Lane, closed until 4pm today, has reopened`. */
const toldAsOver =
  /(?<!\p{L})(?:(?:has|have|is|are)\s+(?:now\s+|all\s+|since\s+|been\s+)*(?:re-?opened|finished|ended|completed?|over|cleared|lifted|done)|(?:re-?opened|finished|ended)\s+(?:early|earlier|at|on)|(?:now|since)\s+(?:re-?opened|cleared|lifted)|open\s+(?:again|now)|now\s+open|back\s+(?:open|to\s+normal)|thank(?:s|\s+you)\s+(?:all|to\s+(?:all|every(?:body|one)|those))|cancelled|called\s+off|postponed|put\s+off|extended|brought\s+forward|no\s+longer|apologi[sz]e\w*|apolog(?:y|ies)|sorry|claim\w*|compensation|refund\w*)(?!\p{L})/iu;

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
