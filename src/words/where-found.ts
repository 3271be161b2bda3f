import { captionWords } from '../posts/writing/media.ts';
import type { AccountText } from '../posts/writing/plan.ts';
import type { CorrectionField } from '../posts/correcting/correction-findings.ts';
import type { ReadMedium, Revision } from '../posts/writing/revision.ts';
import type { PostRefusals } from '../posts/refusals.ts';
import { isVideoType } from '../protocol/media-limits.ts';
import type { Finding, Spot } from '../protocol/rule.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { cutAtWord, onOneLine } from '../protocol/text/cut.ts';
import type { FindingWords } from './findings.ts';
import { sayFinding } from './findings.ts';
import { onAccount, sayList, sentence, mediumName } from './names.ts';

/** What people would read of a post, as its findings point into it. */
export interface ReadTexts {
  readonly texts: readonly Pick<AccountText, 'account' | 'text' | 'headline' | 'summary'>[];
  readonly media: readonly ReadMedium[];
  /** where the text is, in words; else `Here` */
  readonly here?: string;
  /** the number of the post, for whoever can send captions anew */
  readonly captionsTo?: number;
}

/** So much of a place is quoted, in characters: enough to find it again. */
const longest = 60;
/** So many places are quoted; whoever has put those right is shown the next. */
const most = 3;

/** These are of the text as a whole, or everybody sees where they are. */
const evident: ReadonlySet<string> = new Set([
  'too-long',
  'thread-too-long',
  'hard-to-read',
  'alt-missing',
  'alt-file-name',
  'alt-says-nothing',
  'alt-too-long',
  'too-many-hashtags',
  'too-many-emoji',
  'emoji-repeated',
  'too-many-links',
]);

/** @returns a finding in words, with the place where it was found and how to put it right */
export function sayFound(finding: Finding, read: ReadTexts, protocol: Protocol): FindingWords {
  const { what, fix } = sayFinding(finding, read.media.length);
  return {
    what: `${what} ${sayWhere(finding, read, what, protocol)}`.trim(),
    fix: `${fix} ${inCaptions(finding, read)}`.trim(),
  };
}

/** What is found in captions is put right in no field of a form. */
function inCaptions({ spots }: Finding, { captionsTo }: ReadTexts): string {
  const there = spots.filter((spot) => 'media' in spot && spot.in === 'captions');
  if (there.length === 0 || captionsTo === undefined) return '';
  const send = `in the file, and send it with "captions ${String(captionsTo)}".`;
  return there.length === spots.length ? `Put it right ${send}` : `In the captions, put it right ${send}`;
}

/** @returns findings in words, one after the other, as they are said beside a field */
export const sayAllFound = (findings: readonly Finding[], read: ReadTexts, protocol: Protocol): string =>
  findings
    .map((finding) => sayFound(finding, read, protocol))
    .map((said) => `${said.what} ${said.fix}`.trim())
    .join(' ');

/**
 * Where something was found, in the words that stand there: `Here: "12 Moor Lane".`, `On X: …`, `In the heading: …`.
 *
 * @param said what is said of it: a place in a text that it quotes is not quoted again
 * @returns an empty text where there is nothing to point at
 */
function sayWhere(
  finding: Finding,
  { texts, media, here = 'Here' }: ReadTexts,
  said: string,
  protocol: Protocol,
): string {
  if (evident.has(finding.code)) return '';
  const quotes = new Map<string, string[]>();
  let left = most;
  for (const spot of finding.spots) {
    const whole = textAt(spot, texts, media);
    const found = onOneLine(whole.slice(spot.from, spot.to));
    if (left === 0 || found === '' || found.length >= whole.trim().length) continue;
    // In the text everybody finds what is quoted; in a description or in captions nobody looks for it.
    if (!('media' in spot) && said.toLowerCase().includes(found.toLowerCase())) continue;
    const place = placeOf(spot, media, here, protocol);
    const before = quotes.get(place) ?? [];
    const quote = `"${cutAtWord(found, longest)}"`;
    if (before.includes(quote)) continue;
    quotes.set(place, [...before, quote]);
    left -= 1;
  }
  return [...quotes].map(([place, of]) => `${place}: ${sayList(of)}.`).join(' ');
}

function textAt(spot: Spot, texts: ReadTexts['texts'], media: ReadTexts['media']): string {
  if ('media' in spot) {
    const medium = media[spot.media];
    if (medium === undefined || spot.in === 'media') return '';
    return spot.in === 'alt' ? medium.alt : captionWords(medium);
  }
  const { account } = spot;
  const of = account === undefined ? texts[0] : texts.find((each) => each.account === account);
  return of?.[spot.in] ?? '';
}

function placeOf(spot: Spot, media: ReadTexts['media'], here: string, protocol: Protocol): string {
  if ('media' in spot) {
    const medium = media[spot.media];
    const kind = medium !== undefined && isVideoType(medium.contentType) ? 'video' : 'picture';
    return `In the ${spot.in === 'captions' ? 'captions' : 'description'} of ${mediumName(kind, spot.media, media.length)}`;
  }
  if (spot.in !== 'text') return spot.in === 'headline' ? 'In the heading' : 'In the summary';
  return spot.account === undefined ? here : sentence(onAccount(spot.account, protocol));
}

/** What was typed for a correction, as the rules looked at it. */
type ReadCorrection = Readonly<Record<Exclude<CorrectionField, 'descriptions'>, string>>;

/** @returns what a correction's findings point into: its right words, and what was wrong */
export const readCorrection = (
  { text, headline, summary, what }: ReadCorrection,
  media: Revision['media'],
): { readonly right: ReadTexts; readonly what: ReadTexts } => ({
  right: { texts: [{ account: '', text, headline, summary }], media },
  what: { texts: [{ account: '', text: what }], media },
});

/** @returns what stops a correction, by the field that it is about; of each picture and video in its place */
export function blockedCorrectionWords(
  { found, read }: PostRefusals['correction-blocked'],
  media: Revision['media'],
  protocol: Protocol,
): Readonly<Record<keyof ReadCorrection, string>> & { readonly descriptions: readonly string[] } {
  const described = media.map((medium, place) => ({
    ...medium,
    alt: read.descriptions[place] ?? medium.alt,
  }));
  const { right, what } = readCorrection(read, described);
  const say = (findings: readonly Finding[], of: ReadTexts): string => sayAllFound(findings, of, protocol);
  return {
    text: say(found.text, right),
    headline: say(found.headline, right),
    summary: say(found.summary, right),
    descriptions: media.map((_medium, place) =>
      say(
        found.descriptions.flatMap((finding) => {
          const spots = finding.spots.filter((spot) => 'media' in spot && spot.media === place);
          return spots.length === 0 ? [] : [{ ...finding, spots }];
        }),
        right,
      ),
    ),
    what: say(found.what, what),
  };
}
