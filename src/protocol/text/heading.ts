import { withoutAtEnd } from './at-end.ts';
import { cutAtWord } from './cut.ts';
import { sentencesIn } from './sentences.ts';

/** Words that begin what only says more of what stands before them: a heading may end there. */
const saysMore =
  /(?:,? (?:because|so that|due to|owing to|thanks to|following|while (?:we|our|the|crews|engineers|contractors|repairs))|, (?:so|which|where|and (?:we|it|they|you|this|there))|;| [–—]) (?=\S)/giu;

/** In what would be left out, these turn or limit what a heading says. */
const turns =
  /\b(?:not|no|nor|never|nobody|nothing|none|neither|cannot|but|except|excluding|unless|until|if|however|although|though|only|just|without|apart|other than|instead|rather|despite|cancelled|postponed|closed|untrue|false|hoax|myth)\b|n['’]t\b/iu;

/** What begins so says nothing without what follows it. */
const leansOn =
  /^(?:if|unless|although|though|while|when|whether|because|since|as|after|before|until|once|despite|due to|owing to|thanks to|following|in order|even|where|from)\b/iu;

/** In what a heading keeps, these may hang on the reason that follows: "not closed because of snow". */
const hangs = /\b(?:not|no|nor|never|nobody|none|neither|cannot|only|just|less|more|rather)\b|n['’]t\b/iu;

/**
 * A heading out of the first sentence of a text. A sentence that is too long ends where a clause ends, if what is left
 * out neither turns nor limits what is kept; else it is cut behind a word and says so by an ellipsis.
 *
 * @param most how many UTF-16 units it may have
 */
export function headingFrom(text: string, most: number): string {
  const whole = text.trim();
  const [first] = sentencesIn(whole);
  const said = first === undefined ? '' : whole.slice(first.from, first.to).trim();
  const sentence = withoutAtEnd(said, /[.!]/u);
  if (sentence.length <= most) return sentence;
  return clauseOf(sentence, most) ?? cutAtWord(sentence, most);
}

/** The longest beginning of a sentence that says a whole thing; undefined where none is safe. */
function clauseOf(sentence: string, most: number): string | undefined {
  if (leansOn.test(sentence)) return undefined;
  const heads = [...sentence.matchAll(saysMore)]
    .map(({ index }) => index)
    .filter((end) => end <= most && end >= most / 3)
    .filter((end) => isWhole(sentence.slice(0, end)) && !turns.test(sentence.slice(end)));
  const end = heads.at(-1);
  return end === undefined ? undefined : sentence.slice(0, end).trimEnd();
}

/** Whether it says something by itself, with no bracket or quotation left open. */
function isWhole(head: string): boolean {
  const balanced =
    head.split('(').length === head.split(')').length &&
    head.split('"').length % 2 === 1 &&
    head.split('“').length === head.split('”').length;
  return (
    balanced &&
    !hangs.test(head) &&
    /\b(?:is|are|was|were|will|has|have|can|may|must|open|opens|close|closes|starts?|begins?)\b/iu.test(head)
  );
}

/** Longest headline that is made from a text, in characters: what search results and link cards show whole. */
const longestHeadline = 70;

/** A headline out of the first sentence, as it is approved and as it goes out. */
export const headlineFrom = (text: string): string => headingFrom(text, longestHeadline);

/** Longest title of a video, in UTF-16 units: what YouTube takes (YouTube Data API, videos: snippet.title). */
export const longestVideoTitle = 100;

/** The title of a video whose author wrote none. */
export const videoTitleFrom = (text: string): string => headingFrom(text, longestVideoTitle);
