import { tellsWhatWasWrong } from '../../dispatch/put-right.ts';
import { days, type Millis } from '../../core/time.ts';
import { isOneOf, isReply } from '../../dispatch/thread.ts';
import { dayWordsIn } from '../../protocol/day-words.ts';
import { londonDate, londonDayStart } from '../../protocol/london.ts';
import { belowCorrected } from '../../protocol/text/length.ts';
import { findings } from '../../protocol/findings.ts';
import type { CheckedDraft, Finding, Spot } from '../../protocol/rule.ts';
import { rightIn, type Answer } from './answer.ts';
import { replyKey, saidAnew, type WantedCorrection } from './correction-plan.ts';
import { daysOn } from '../writing/days-written.ts';
import { isDescribedAnew, redescribed } from './descriptions.ts';
import {
  blocking,
  blockingCorrection,
  distinct,
  movedDaysIn,
  movedOrOver,
  type DatedText,
} from '../writing/draft.ts';
import { newEndPassed } from '../leaving/its-end.ts';
import { isFirstOn, newlyOver, newlyOverAt, type Corrected } from './newly-over.ts';
import { accountTexts, checkedDraft, readPart, readWhole } from '../writing/plan.ts';
import type { Correction, DeskRules, PostState } from '../post.ts';
import type { Revision } from '../writing/revision.ts';

/** What somebody types who corrects something; `descriptions`: what its pictures and videos show, in a field for each. */
export type CorrectionField = 'text' | 'headline' | 'summary' | 'descriptions' | 'what';

/** What the rules find in a correction, by the words that it is about. Its spots lie in those, whatever the account. */
export type FoundInCorrection = Readonly<Record<CorrectionField, readonly Finding[]>>;

/** Whether what a correction says on an account is newly posted there, and not changed where it stands. */
type IsAnew = (account: string) => boolean;

/** Names what was wrong among the texts of accounts; no account has such an id. */
const why = '?what';

type Located = readonly [CorrectionField, Spot | undefined];

/** What a correction says, as it is looked at. */
interface Said {
  readonly wanted: WantedCorrection;
  /** what each account says anew */
  readonly texts: CheckedDraft['texts'];
  /** those, and what was wrong wherever the public reads that */
  readonly read: CheckedDraft['texts'];
  readonly answer: Answer;
  /** the places of pictures and videos of which people come to read something else somewhere */
  readonly described: readonly number[];
}

/** A finding with what it is about, by field: with no place where it is of all that stands there. */
interface Placed {
  readonly finding: Finding;
  readonly located: readonly Located[];
}

/**
 * Every finding about what a correction says anew, if that were said at a time: the right words, a reply that holds
 * them, and what was wrong wherever the public reads that.
 */
export function foundInCorrection(
  post: Corrected,
  wanted: WantedCorrection,
  now: Millis,
  rules: DeskRules,
  isAnew: IsAnew = (account) =>
    ['reply', 'again'].includes(wanted.ways[account] ?? '') || isFirstOn(post, account),
): FoundInCorrection {
  const { revision } = wanted;
  const draft = checkedDraft({ ...post, revision: saidAnew(wanted) }, now, rules);
  const said = saidIn(post, wanted, withBelow(draft.texts, wanted), rules);
  const { read } = said;
  const dated = read.map((text): DatedText => ({ ...text, written: daysWritten(text, said, isAnew) }));
  const days = movedOrOver(movedDaysIn(dated, revision, now, rules), newlyOver(post, said, now, rules)).map(
    (finding): Finding => ({ ...finding, facts: { ...finding.facts, corrects: 'text' } }),
  );
  const all = [...findings({ ...draft, texts: read }, rules), ...days].map((each) => placedIn(each, said));
  const placed = withoutWhole(all);
  return {
    text: distinct(inField('text', placed)),
    headline: distinct(inField('headline', placed)),
    summary: distinct(inField('summary', placed)),
    // Each is said beside its own medium.
    descriptions: inField('descriptions', placed),
    what: distinct(inField('what', placed)),
  };
}

/** The texts with what a correction writes below them where it changes what stands there, or may. */
const withBelow = (texts: Said['texts'], { ways, what }: WantedCorrection): Said['texts'] =>
  texts.map((text) => {
    const way = ways[text.account];
    const isChanged = way === 'edit' || way === 'if-there';
    return isChanged ? { ...text, below: belowCorrected(text.network, what) } : text;
  });

/** What a correction says, by what each account says anew. */
function saidIn(post: Corrected, wanted: WantedCorrection, texts: Said['texts'], rules: DeskRules): Said {
  const { revision, ways, what } = wanted;
  const told = texts.find(({ account, network }) => ways[account] === 'edit' && tellsWhatWasWrong(network));
  const reply = texts.find(({ account }) => ways[account] === 'reply')?.text ?? '';
  return {
    wanted,
    texts,
    read: told === undefined ? texts : [...texts, { account: why, network: told.network, text: what }],
    answer: { reply, what, right: readWhole(revision.text, rules) },
    described: redescribed(post.revision, revision).filter((place) =>
      texts.some(({ account, network }) => isDescribedAnew(network, ways[account], revision, place)),
    ),
  };
}

/** A finding with the fields that it is about. */
function placedIn(finding: Finding, said: Said): Placed {
  const { account } = finding.facts;
  if (finding.code === 'alt-too-long')
    return { finding, located: finding.spots.map((spot) => inDescription(spot, finding, said)) };
  if (finding.rule !== 'LEN' || typeof account !== 'string')
    return { finding, located: finding.spots.map((spot) => locate(spot, said)) };
  // A reply that is too long is so by what was wrong: the right words stand in it only where there is room.
  const isReply = said.wanted.ways[account] === 'reply';
  const [field, spot]: Located = isReply ? ['what', undefined] : ['text', finding.spots[0]];
  return { finding: { ...finding, facts: { ...finding.facts, corrects: field } }, located: [[field, spot]] };
}

/** In which field what was found has its place. */
function locate(spot: Spot, { wanted: { revision, ways }, texts, answer, described }: Said): Located {
  if ('media' in spot)
    return [spot.in === 'alt' && described.includes(spot.media) ? 'descriptions' : 'text', spot];
  const { in: kind, from, to, account = texts[0]?.account ?? '' } = spot;
  // What is made from the text is put right there.
  if (kind !== 'text' && revision[kind] !== '') return [kind, { in: kind, from, to }];
  if (kind !== 'text') return ['text', { in: kind, from, to }];
  if (account === why) return ['what', { in: kind, from, to }];
  if (ways[account] === 'reply') return inReply(answer, from, to);
  return ['text', revision.variants[account] === undefined ? { in: kind, from, to } : undefined];
}

/** The same of a description's length: it is said of the medium on a network, which need not get it anew. */
function inDescription(spot: Spot, { facts }: Finding, { wanted, texts, described }: Said): Located {
  const { revision, ways } = wanted;
  const isAnew = (place: number): boolean =>
    texts.some(
      ({ account, network }) =>
        network === facts['network'] && isDescribedAnew(network, ways[account], revision, place),
    );
  const isHere = 'media' in spot && described.includes(spot.media) && isAnew(spot.media);
  return [isHere ? 'descriptions' : 'text', spot];
}

/** What was found, without what is found in a reply as a whole and in what it is made of too: that is of the latter. */
const withoutWhole = (all: readonly Placed[]): readonly Placed[] =>
  all.filter(
    ({ finding, located }) =>
      finding.rule === 'LEN' ||
      located.length === 0 ||
      located.some(([, spot]) => spot !== undefined) ||
      !all.some(
        (other) =>
          other.finding.rule === finding.rule &&
          other.finding.code === finding.code &&
          other.located.some(([, spot]) => spot !== undefined),
      ),
  );

/** What was found in a field, with its places there. What has none anywhere is about the text. */
const inField = (field: CorrectionField, placed: readonly Placed[]): readonly Finding[] =>
  placed.flatMap(({ finding, located }) => {
    const here = located.filter(([of]) => of === field);
    const isHere = here.length > 0 || (located.length === 0 && field === 'text');
    return isHere ? [{ ...finding, spots: here.flatMap(([, spot]) => spot ?? []) }] : [];
  });

/** When each word for a day was written in what an account says. */
function daysWritten(
  { account, text }: Pick<DatedText, 'account' | 'text'>,
  { wanted: { revision, ways }, answer }: Said,
  isAnew: IsAnew,
): DatedText['written'] {
  if (account === why || ways[account] === 'reply') return daysInSaid(text, answer, revision);
  // What stands since before and is changed in its place keeps the day it was written for.
  return daysOn(revision, account).map((at) => (at === revision.at || isAnew(account) ? at : undefined));
}

/** When the words for a day were written in what was typed for the public to read: the right words in it have their own. */
function daysInSaid(text: string, answer: Answer, revision: Revision): readonly (Millis | undefined)[] {
  const then = rightIn({ ...answer, reply: text });
  const ofRight = daysOn({ ...revision, variants: {} }, '');
  const words = dayWordsIn(text);
  const first = words.findIndex(({ from }) => then >= 0 && from >= then);
  return words.map((_word, place) =>
    first < 0 || place < first ? revision.at : (ofRight[place - first] ?? revision.at),
  );
}

/** Which words of a reply a place in it lies in; one that is in no one of them has no place of its own. */
function inReply(answer: Answer, from: number, to: number): Located {
  const { reply, what } = answer;
  const begins = reply.indexOf(what);
  const ends = begins + what.length;
  const then = rightIn(answer);
  if (then >= 0 && from >= then) return ['text', { in: 'text', from: from - then, to: to - then }];
  const isIn = begins >= 0 && from >= begins && to <= ends;
  return ['what', isIn ? { in: 'text', from: from - begins, to: to - begins } : undefined];
}

/** What somebody asked for, as the rules look at it again. */
function wantedIn({ revision, ways = {}, what, plan, reply }: Correction): WantedCorrection {
  const replies = plan.parts.filter(({ key, bytes }) => bytes !== '' && isReply(key));
  const mine = replies.filter(({ key, account }) => isOneOf(key, [replyKey(account, plan.revision)]));
  const [first] = mine;
  const planned = mine.filter(({ account }) => account === first?.account);
  return {
    revision,
    ways,
    what,
    reply: reply ?? planned.map((part) => readPart(part).text).join('\n\n'),
  };
}

const known = new WeakMap<
  Correction,
  { readonly rules: DeskRules; readonly at: Millis; readonly found: FoundInCorrection }
>();

/** What is found in a correction as it was asked for, if it were made now, under the protocol in force. */
export function foundNow(
  post: Corrected,
  correction: Correction,
  now: Millis,
  rules: DeskRules,
): FoundInCorrection {
  // A card asks several times, and each is drawn at one moment.
  const before = known.get(correction);
  if (before?.rules === rules && before.at === now) return before.found;
  const found = foundInCorrection(post, wantedIn(correction), now, rules);
  known.set(correction, { rules, at: now, found });
  return found;
}

/** What stops a correction on some of its accounts, as `foundNow`. */
export function blockingOn(
  { accounts, isAnew }: { readonly accounts: readonly string[]; readonly isAnew: IsAnew },
  post: Corrected,
  correction: Correction,
  now: Millis,
  rules: DeskRules,
): FoundInCorrection {
  const wanted = wantedIn(correction);
  return blockingIn(
    foundInCorrection(post, { ...wanted, revision: { ...wanted.revision, accounts } }, now, rules, isAnew),
  );
}

/** Whether a rule stops what somebody asked for, as it is now: nobody can agree to it. */
export const isStoppedNow = (
  post: Corrected,
  correction: Correction,
  now: Millis,
  rules: DeskRules,
): boolean => isFound(blockingIn(foundNow(post, correction, now, rules)));

/** Whether nobody can agree any more to what somebody asked for: a rule stops it, or the end that it was to give has passed. */
export function isPastAgreeing(post: PostState, now: Millis, rules: DeskRules): boolean {
  const { correction } = post;
  if (correction === undefined || correction.applied !== undefined) return false;
  return newEndPassed(post, now) !== undefined || isStoppedNow(post, correction, now, rules);
}

/**
 * When the rules may come to find something else in a correction: the midnight at which a word for a day in it means
 * another than it was asked for with, an end that it newly names comes, or an election comes near. Undefined where none
 * is to come.
 */
export function correctionMovesAt(
  post: Corrected,
  correction: Correction,
  now: Millis,
  rules: DeskRules,
): Millis | undefined {
  const { at } = correction.revision;
  const wanted = wantedIn(correction);
  const later = foundInCorrection(post, wanted, at + days(2), rules);
  const moves = Object.values(later).some((found) => found.some(({ code }) => code === 'day-word-moved'));
  const said = saidIn(post, wanted, accountTexts(saidAnew(wanted), rules), rules);
  const ends = newlyOverAt(post, said, rules);
  const elections = rules.elections?.periods.map(({ from }) => from) ?? [];
  const times = [...elections, ...ends, ...(moves ? [londonDayStart(londonDate(at), 1)] : [])];
  // What is so by now stands on the cards that are drawn now.
  return times.filter((time) => time > now).toSorted((one, other) => one - other)[0];
}

/** Whether anything was found in any of its fields. */
export const isFound = (found: FoundInCorrection): boolean =>
  Object.values(found).some((each) => each.length > 0);

/** What of it stops the correction, by field. */
export const blockingIn = (found: FoundInCorrection): FoundInCorrection => ({
  text: blockingCorrection(found.text),
  headline: blockingCorrection(found.headline),
  summary: blockingCorrection(found.summary),
  descriptions: blocking(found.descriptions),
  what: blockingCorrection(found.what),
});

/** The same without what would stop a post and stops no correction: nobody is asked about its pictures. */
export function withoutIdle(found: FoundInCorrection): FoundInCorrection {
  const stops = blockingIn(found);
  const left = (field: CorrectionField): readonly Finding[] =>
    found[field].filter((finding) => finding.breach !== 'block' || stops[field].includes(finding));
  return {
    text: left('text'),
    headline: left('headline'),
    summary: left('summary'),
    descriptions: left('descriptions'),
    what: left('what'),
  };
}
