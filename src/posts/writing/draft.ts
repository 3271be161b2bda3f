import { z } from 'zod';
import { dayWordFindings } from '../../protocol/day-words.ts';
import { electionsAt } from '../../protocol/elections.ts';
import { findings } from '../../protocol/findings.ts';
import type { Finding, RawFinding, Spot } from '../../protocol/rule.ts';
import { canonical } from '../../core/json.ts';
import { days, type Millis } from '../../core/time.ts';
import { londonDate, londonDayStart } from '../../protocol/london.ts';
import { linkedPages } from '../leaving/linked-pages.ts';
import { describedMedium } from './medium.ts';
import { longestQuote } from './quoted-post.ts';
import { isPlaced, placedFindings } from '../../protocol/placed.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { wording, saysNothing } from './wording.ts';
import { daysOn } from './days-written.ts';
import { overFindings } from './over-words.ts';
import { accountTexts, checkedDraft, type AccountText } from './plan.ts';
import type { DeskRules, PostState } from '../post.ts';
import type { PlannedTime, Revision } from './revision.ts';
import { urgencies } from '../../protocol/protocol.ts';
import { privacies } from '../../networks/network.ts';

/** An instant with the wall time it was meant as. */
export const plannedTime = z.object({
  wall: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u),
  zone: z.literal('Europe/London'),
  at: z.int(),
});

/** No text that comes in is longer; what is too long for a post is refused in words. Networks' limits are findings. */
export const longestText = 300_000;

/** How a video stands on YouTube. A title is of 100 UTF-16 units at most (YouTube Data API, videos: snippet.title). */
export const onYoutube = z.object({
  title: z.string().max(100),
  madeForKids: z.boolean().exactOptional(),
  privacy: z.enum(privacies),
  playlist: z.string().max(100),
  shownAt: plannedTime.exactOptional(),
});

/** What a person may write in a post; everything else of a revision is ours. */
export const written = z.object({
  text: wording(longestText),
  variants: z.record(z.string(), wording(longestText)),
  accounts: z.array(z.string()),
  headline: wording(300),
  summary: wording(1_000),
  media: z.array(describedMedium),
  urgency: z.enum(urgencies),
  flags: z.array(z.string()),
  campaign: z.string().max(100),
  thread: z.boolean().exactOptional(),
  until: plannedTime.exactOptional(),
  youtube: onYoutube.exactOptional(),
  /** the address of a post to quote, as it was pasted; empty: none */
  quote: z.string().max(longestQuote).exactOptional(),
  pages: linkedPages.exactOptional(),
});
export type Written = z.infer<typeof written>;

/**
 * Every finding about a post's revision, at the time it would go out: the rules of wording and of elections, the words
 * for a day that would mean another day by then, and an end that would be over. `publishAt` is the planned time, or now.
 *
 * @param only the account whose text leaves now: what the others say for a day has been read there
 */
export function findingsOf(
  post: Pick<PostState, 'revision' | 'department'>,
  publishAt: Millis,
  rules: DeskRules,
  only?: string,
): readonly Finding[] {
  const dayWords = daysIn(post.revision, publishAt, rules, only);
  const placed = placedNow(post, rules, only);
  return distinct([...findings(checkedDraft(post, publishAt, rules), rules), ...placed, ...dayWords]);
}

/** What the protocol in force says of where a post goes; `only` as for `findingsOf`. */
export const placedNow = (
  { revision, department }: Pick<PostState, 'revision' | 'department'>,
  rules: DeskRules,
  only?: string,
): readonly Finding[] =>
  placedFindings(
    revision.accounts.filter((account) => only === undefined || account === only),
    department,
    rules,
  );

/** What was found in a post, without what was said of where it goes and is not so by the protocol in force. */
export function findingsStill(
  post: Pick<PostState, 'revision' | 'department' | 'findings'>,
  rules: DeskRules,
): readonly Finding[] {
  const now = placedNow(post, rules).map(({ code, facts }) => canonical([code, facts]));
  return post.findings.filter(
    (finding) => !isPlaced(finding) || now.includes(canonical([finding.code, finding.facts])),
  );
}

/** The same text on several accounts is one thing to put right. */
export function distinct(found: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return found.filter((finding) => {
    const same = JSON.stringify([finding.rule, finding.code, finding.facts]);
    return !seen.has(same) && seen.add(same) !== undefined;
  });
}

/** What a text says of days and times that would not be so any more by the time it is read. */
function daysIn(revision: Revision, publishAt: Millis, rules: DeskRules, only?: string): readonly Finding[] {
  return movedOrOver(
    movedDays(revision, publishAt, rules, only),
    endsOverIn(revision, publishAt, rules, only),
  );
}

/** `until 4pm today`, read tomorrow, is told once: that today is another day. */
export const movedOrOver = (moved: readonly Finding[], over: readonly Finding[]): readonly Finding[] => [
  ...moved,
  ...over.filter(({ spots }) => !spots.some((spot) => holdsOneOf(spot, moved))),
];

const holdsOneOf = (spot: Spot, found: readonly Finding[]): boolean =>
  found.some(({ spots }) =>
    spots.some((each) => each.in === spot.in && each.from >= spot.from && each.to <= spot.to),
  );

/** Ends that would be over by the time they are read. */
function endsOverIn(
  revision: Revision,
  publishAt: Millis,
  rules: DeskRules,
  only?: string,
): readonly Finding[] {
  return accountTexts(revision, rules)
    .filter(({ account }) => only === undefined || account === only)
    .flatMap(({ account, network }) =>
      ofDay(account, overFindings(revision, account, shownOn(network, revision, publishAt), rules), rules),
    );
}

/** What was found in what is read on an account, as the rule DAY of the protocol in force has it. */
export function ofDay(account: string, found: readonly RawFinding[], rules: DeskRules): readonly Finding[] {
  const day = rules.rules['DAY'];
  if (day === undefined) return [];
  const { id: rule, breach, clause } = day;
  return found.map((each) => ({
    ...each,
    rule,
    breach,
    clause,
    spots: each.spots.map((spot) => ('media' in spot ? spot : { ...spot, account })),
  }));
}

/** Words for a day that would mean another day by the time they are read: with a film that is shown later, then. */
function movedDays(
  revision: Revision,
  publishAt: Millis,
  rules: DeskRules,
  only?: string,
): readonly Finding[] {
  const texts = accountTexts(revision, rules).filter(({ account }) => only === undefined || account === only);
  const dated = texts.map((text) => ({ ...text, written: daysOn(revision, text.account) }));
  return movedDaysIn(dated, revision, publishAt, rules);
}

/** A text, and when each word for a day in it was written; undefined for one that is not said anew. */
export interface DatedText extends Pick<AccountText, 'account' | 'network' | 'text'> {
  readonly written: readonly (Millis | undefined)[];
}

/** The same in texts that go out with a revision. */
export function movedDaysIn(
  texts: readonly DatedText[],
  revision: Revision,
  publishAt: Millis,
  rules: DeskRules,
): readonly Finding[] {
  return texts.flatMap(({ account, network, text, written }) => {
    const readAt = shownOn(network, revision, publishAt);
    return ofDay(
      account,
      dayWordFindings(text, (place) => written[place], readAt, rules.registers.dayNames),
      rules,
    );
  });
}

/** The midnight at which a word for a day in it comes to mean another than it was written for; undefined where none does. */
export function daysMoveAt(revision: Revision, rules: DeskRules): Millis | undefined {
  const another = movedDays(revision, revision.at + days(2), rules);
  return another.length === 0 ? undefined : londonDayStart(londonDate(revision.at), 1);
}

/** Whether a word for a day in it is known to mean another day than it was written for. */
export const hasMovedDay = ({ findings: found }: Pick<PostState, 'findings'>): boolean =>
  found.some(({ code }) => code === 'day-word-moved');

type Sent = Pick<PostState, 'revision' | 'department' | 'findings' | 'checkedUnder'>;

/**
 * Every finding about a post that has been sent. Under the protocol that it was sent under, the rules of wording would
 * find the same again, so only days and ends are looked at anew; under another one, or where an election is near or was,
 * everything is.
 */
export function findingsNow(
  post: Sent,
  publishAt: Millis,
  rules: DeskRules,
  only?: string,
): readonly Finding[] {
  const { revision } = post;
  const another = post.checkedUnder !== rules.version;
  if (another || electionsAt(rules, publishAt).length > 0 || post.findings.some(isOfElection))
    return findingsOf(post, publishAt, rules, only);
  const wording = post.findings.filter((finding) => finding.rule !== 'DAY');
  return distinct([...wording, ...daysIn(revision, publishAt, rules, only)]);
}

/** What stops a post now that it has been sent; `only` as for `findingsOf`. */
export function blocksNow(
  post: Sent,
  publishAt: Millis,
  rules: DeskRules,
  only?: string,
): readonly Finding[] {
  return blocking(findingsNow(post, publishAt, rules, only));
}

function isOfElection({ rule }: Finding): boolean {
  return rule === 'POL-2' || rule === 'POL-5' || rule === 'POL-6';
}

/** Findings that stop a post from being sent, decided or published. */
export function blocking(found: readonly Finding[]): readonly Finding[] {
  return found.filter((finding) => finding.breach === 'block');
}

/** Whether a draft is not ready to be sent, whatever the rules say of it: it says nothing, or goes nowhere. */
export const isUnwritten = ({ text, accounts }: Revision): boolean =>
  saysNothing(text) || accounts.length === 0;

/**
 * Findings that stop a correction. It changes words; its pictures stand in public already, and holding the right words
 * back for something about those would leave the wrong ones there.
 */
export function blockingCorrection(found: readonly Finding[]): readonly Finding[] {
  return blocking(found).filter(
    ({ rule, spots }) =>
      // Where something stands, it can be put right.
      rule !== 'GOV-1' && (spots.length === 0 || spots.some((spot) => !('media' in spot))),
  );
}

/** When what goes out at a time is seen on a network: a film may be shown later there. One that only we can see is not. */
export function shownOn(network: NetworkName | undefined, { youtube }: Revision, publishAt: Millis): Millis {
  const later = network === 'youtube' && youtube?.privacy !== 'private' ? youtube?.shownAt?.at : undefined;
  return Math.max(publishAt, later ?? publishAt);
}

/** When a post would go out if everybody agreed now. */
export function publishTime(when: PlannedTime | undefined, now: Millis): Millis {
  return when === undefined || when.at < now ? now : when.at;
}
