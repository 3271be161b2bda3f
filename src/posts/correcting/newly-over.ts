import type { Millis } from '../../core/time.ts';
import { hasNotLeft, mayTurnUp } from '../../dispatch/publication.ts';
import { mayComeBack } from '../../dispatch/stop.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { endsReadIn } from '../../protocol/end-in-text.ts';
import type { Finding, RawFinding } from '../../protocol/rule.ts';
import { onOneLine } from '../../protocol/text/cut.ts';
import type { DeskRules, PostState } from '../post.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { ownTextWritten, textWritten, typedOn } from '../writing/days-written.ts';
import { ofDay, shownOn } from '../writing/draft.ts';
import type { Wording } from '../writing/end-in-words.ts';
import { overFindings, overIn, overTimesIn, wordingsOn, type EndSaid } from '../writing/over-words.ts';
import type { AccountText } from '../writing/plan.ts';
import type { Revision } from '../writing/revision.ts';
import { rightIn, type Answer } from './answer.ts';
import { saidBefore } from './earlier.ts';
import { saidAnew, type WantedCorrection } from './correction-plan.ts';

/** A post as the rules of a correction look at it: what they find in what stays as it was is not about that. */
export type Corrected = Pick<PostState, 'department' | 'revision' | 'status'>;

/** What a correction says: on which accounts, in its texts there, and in a reply. */
interface Said {
  readonly wanted: WantedCorrection;
  readonly answer: Answer;
  /** every text that the public reads anew, what was wrong among them */
  readonly read: readonly Pick<AccountText, 'account' | 'network' | 'text'>[];
}

/**
 * What a correction newly says of an end that is over by the time it is made (rule DAY): `closed until 4pm today`, agreed
 * to at 4:30pm. An end that the post named before stops none, wherever it is said once more: who changes something else, or
 * takes that end out, makes nothing worse, and the wrong words would go on standing. The end that the post itself has does
 * count: it keeps no correction from being made. Where nothing of the post stands yet, all that it says is new.
 *
 * @param before the post as it stood until then
 * @returns as `overIn`, by the accounts' own times of being read
 */
export function newlyOver(
  before: Corrected,
  said: Said,
  madeAt: Millis,
  rules: DeskRules,
): readonly Finding[] {
  const isNews = newsAfter(before.revision, said.wanted.revision);
  return said.read.flatMap((text) => {
    const { account } = text;
    const readAt = shownOn(text.network, said.wanted.revision, madeAt);
    if (isFirstOn(before, account))
      return ofDay(account, overFindings(saidAnew(said.wanted), account, readAt, rules), rules);
    const found = wordsOf(text, said, rules).flatMap((each) =>
      placed(overIn(each, readAt, isNews), each.at ?? 0),
    );
    return ofDay(account, found, rules);
  });
}

/** The times at which a correction may come to say newly what is over. */
export function newlyOverAt(before: Corrected, said: Said, rules: DeskRules): readonly Millis[] {
  const isNews = newsAfter(before.revision, said.wanted.revision);
  return said.read.flatMap((text) => {
    const isAny = isFirstOn(before, text.account) ? undefined : isNews;
    return wordsOf(text, said, rules).flatMap((each) => overTimesIn(each, isAny));
  });
}

/**
 * Whether nothing of a post stands on an account nor may, and what waits to go out there goes out with the words of a
 * correction: for its readers none of them stood before.
 */
export function isFirstOn(post: Corrected, account: string): boolean {
  const there = Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
    accountOf(part) === account ? [each] : [],
  );
  return (
    there.some((each) => each.is === 'queued' || mayComeBack(each)) &&
    there.every((each) => hasNotLeft(each) && !mayTurnUp(each))
  );
}

/** Which ends are not those of what stood before. */
function newsAfter(before: Revision, { at }: Revision): (end: EndSaid) => boolean {
  const stood = namedIn(textsOf(before), at);
  return (end) => !stood(end);
}

/** A stretch of what the public reads; `at`: where it begins in what was typed. */
type Stretch = Wording & { readonly at?: number };

/** What the public reads anew on an account: all that it shows of the right words, or what was typed for a reply. */
const wordsOf = (
  { account, text }: Said['read'][number],
  { wanted, answer }: Said,
  rules: DeskRules,
): readonly Stretch[] =>
  wanted.revision.accounts.includes(account) && wanted.ways[account] !== 'reply'
    ? wordingsOn(account, saidAnew(wanted), rules)
    : typedWords(text, answer, wanted.revision);

/** Every text of a revision, be it one that only stays where it stands. */
function textsOf(revision: Revision): readonly Pick<Wording, 'text' | 'written'>[] {
  const { text, headline, summary, variants } = revision;
  return [
    { text, written: textWritten(revision) },
    ...[headline, summary].map((words) => ({ text: words, written: [typedOn(revision)] })),
    ...Object.entries(variants).map(([account, own]) => ({
      text: own,
      written: ownTextWritten(revision, account),
    })),
  ];
}

/**
 * Whether texts name an end, in other words or in its own, which may have been read otherwise among others. By the days on
 * which they were written, or read at a later time: who says what was wrong may quote them.
 */
function namedIn(
  texts: readonly Pick<Wording, 'text' | 'written'>[],
  later: Millis,
): (end: EndSaid) => boolean {
  const ends = new Set(
    texts.flatMap(({ text, written }) =>
      [...written, later].flatMap((each) => endsReadIn(text, each, later).map(({ at }) => at)),
    ),
  );
  const said = texts.map(({ text }) => onOneLine(text).toLowerCase());
  return ({ at, words }) => ends.has(at) || said.some((text) => text.includes(words.toLowerCase()));
}

/** What was typed for the public, each for itself: that something was wrong says nothing of the right words behind it. */
function typedWords(text: string, answer: Answer, revision: Revision): readonly Stretch[] {
  const then = rightIn({ ...answer, reply: text });
  const before = then < 0 ? text : text.slice(0, then);
  const where = { in: 'text' } as const;
  return [
    { where, text: before, written: [revision.at], at: 0 },
    ...(then < 0 ? [] : [{ where, text: text.slice(then), written: textWritten(revision), at: then }]),
  ];
}

const placed = (found: readonly RawFinding[], at: number): readonly RawFinding[] =>
  found.map((each) => ({
    ...each,
    spots: each.spots.map((spot) => ({ ...spot, from: spot.from + at, to: spot.to + at })),
  }));

/**
 * What was found in the rest of a correction that was made already, without the ends that the post named before it: what
 * it said then is kept, but for texts that the correction left as they are.
 *
 * @param at when the words of that rest were written
 */
export function withoutFormerEnds(
  found: readonly Finding[],
  post: PostState,
  at: Millis,
): readonly Finding[] {
  if (!found.some(isOver)) return found;
  const earlier = saidBefore(post).map(({ texts }) => texts);
  const { text } = post.revision;
  const former = [
    ...(earlier.at(-1)?.['text'] === undefined ? [text] : []),
    ...earlier.flatMap((texts) => Object.values(texts)),
  ];
  const stood = namedIn(
    former.map((words) => ({ text: words, written: [] })),
    at,
  );
  return found.filter(
    (finding) =>
      !isOver(finding) || !stood({ at: Number(finding.facts['end']), words: String(finding.facts['words']) }),
  );
}

const isOver = ({ code }: Finding): boolean => code === 'end-over';
