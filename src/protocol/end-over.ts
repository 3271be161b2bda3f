import { hours, type Millis } from '../core/time.ts';
import { endsIn, isKeptFrom, isOpen, namesAnotherDay, type FoundEnd } from './end-in-text.ts';
import { londonDate, zoned } from './london.ts';

/**
 * The ends that a text states and that are over by the time it goes out, such as `closed until 4pm today` at 5pm:
 * whoever reads it then is told something that is not so (rule DAY). Of a time alone, by the day on which it is read.
 *
 * Not what is told as past on purpose, nor what may be meant of another day: hours that may come again, and a time alone
 * that was hours ago. Where a sentence names another end that is still to come, nothing in it is over.
 */
export function endsOver(text: string, writtenAt: Millis, goesAt: Millis): readonly FoundEnd[] {
  const written = endsIn(text, writtenAt);
  // Most texts name none, and the start of a day costs more than to see that.
  if (written.length === 0) return [];
  const read = endsIn(text, zoned(goesAt).startOfDay().epochMilliseconds, writtenAt);
  const ends = [...written.filter(({ onDay }) => onDay), ...read.filter(({ onDay }) => !onDay)];
  const sentences = sentencesOf(text);
  const isOfToday = !namesAnotherDay(text);
  return ends.filter((end) => {
    const place = sentences.findIndex(({ from, to }) => from <= end.from && end.from < to);
    const [sentence, next] = [sentences[place], sentences[place + 1]];
    if (sentence === undefined || end.at > goesAt) return false;
    const others = ends.filter(({ from }) => from >= sentence.from && from < sentence.to);
    if (others.some((each) => each.at > goesAt)) return false;
    const words = text.slice(sentence.from, sentence.to);
    const before = text.slice(sentence.from, end.from);
    if (
      toldAsPast.test(before) ||
      toldAsOver.test(`${words} ${text.slice(next?.from ?? text.length, next?.to)}`)
    )
      return false;
    if (!end.onDay && !(isOfToday && isMeantThen(end, words, writtenAt))) return false;
    return end.at > writtenAt || isSaidOfNow(end, words, writtenAt);
  });
}

/** Said after it, a time alone may as well be that of the day after: `until 2am`, written in the evening. */
const soonAfter = hours(6);

/** Whether a time alone is of the day on which it is read, and of something that is not so otherwise. */
const isMeantThen = ({ at }: FoundEnd, words: string, writtenAt: Millis): boolean =>
  at > writtenAt - soonAfter && isKeptFrom.test(words) && !isOpen.test(words);

/** Whether what had ended when it was written is said to go on. A day before that is often history. */
function isSaidOfNow({ at }: FoundEnd, words: string, writtenAt: Millis): boolean {
  if (londonDate(at) !== londonDate(writtenAt)) return goesOn.test(words);
  return isKeptFrom.test(words) || saysNow.test(words);
}

const saysNow =
  /(?<!\p{L})(?:is|are|be|isn['’]t|aren['’]t|will|open|stays?|remains?|runs?|lasts?|ends|closes)(?!\p{L})/iu;
const goesOn =
  /(?<!\p{L})(?:is|are|be|stays?|remains?|runs?)\s+(?:(?:still|now|fully|partly|also)\s+)?(?:open|closed|shut|off|out|suspended|diverted|unavailable|on)(?!\p{L})/iu;

/** `It was closed until 4pm`, `Police closed it until 4pm`, `no longer closed until 4pm`. */
const toldAsPast =
  /(?<!\p{L})(?:was|were|had|did|wasn['’]t|weren['’]t|didn['’]t|ran|lasted|stayed|remained|worked|continued|caused|meant|led|kept|left|took|helped|stood|no\s+longer|not|instead\s+of|rather\s+than)(?!\p{L})|(?<!\p{L})(?:we|they|police|crews?|officers|engineers|contractors|firefighters)\s+(?:had\s+)?(?:closed|shut|diverted|suspended)(?!\p{L})/iu;

/** What is over already is told as such: `Moor Lane, closed until 4pm, has reopened`. */
const toldAsOver =
  /(?<!\p{L})(?:(?:has|have|is|are)\s+(?:now\s+|all\s+)?(?:re-?opened|finished|ended|completed?|over|cleared|lifted|done)|(?:re-?opened|finished|ended)\s+(?:early|earlier|at|on)|open\s+(?:again|now)|now\s+open|back\s+(?:open|to\s+normal)|thanks?)(?!\p{L})/iu;

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
