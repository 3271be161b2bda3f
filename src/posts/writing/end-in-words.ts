import type { Millis } from '../../core/time.ts';
import {
  endAfter,
  endBefore,
  endsReadIn,
  isThatEnd,
  nextEndIn,
  type NamedEnd,
} from '../../protocol/end-in-text.ts';
import { meant, zoned } from '../../protocol/london.ts';
import { ownTextWritten, textWritten, typedOn } from './days-written.ts';
import { showsHeadline, showsSummary } from './headline.ts';
import type { DeskRules } from '../post.ts';
import type { Revision } from './revision.ts';

type Rules = Pick<DeskRules, 'accounts'>;

/** Where the words stand that name an end: in the text for all, in the heading or summary, or in an account's own text. */
export type WhereNamed =
  { readonly in: 'text' | 'headline' | 'summary' } | { readonly in: 'own'; readonly account: string };

/** An end that words name, and where these stand. */
export type EndNamed = NamedEnd & { readonly where: WhereNamed };

export interface Wording {
  readonly where: WhereNamed;
  readonly text: string;
  /** when its words that may name a day were written */
  readonly written: readonly Millis[];
}

/**
 * What people read of a revision, the text for all first. What an account still says since it could not be put right
 * there is not among it.
 *
 * @param before the revision whose place it takes: a heading or summary that stands since then is of its day
 */
export function wordingsOf(revision: Revision, rules: Rules, before = revision): readonly Wording[] {
  const { text, variants, accounts, keeps = [] } = revision;
  const networks = accounts.map((account) => rules.accounts[account]?.network);
  const beside = [
    ...(networks.some((network) => showsHeadline(network, revision)) ? (['headline'] as const) : []),
    ...(networks.some(showsSummary) ? (['summary'] as const) : []),
  ];
  return [
    { where: { in: 'text' }, text, written: textWritten(revision) },
    ...beside.map((part) => ({
      where: { in: part },
      text: revision[part],
      written: [typedOn(revision[part] === before[part] ? before : revision)],
    })),
    ...Object.entries(variants)
      .filter(([account]) => !keeps.includes(account))
      .map(([account, own]) => ({
        where: { in: 'own', account } as const,
        text: own,
        written: ownTextWritten(revision, account),
      })),
  ];
}

/** Whether words name the end of their revision, read from some time on. */
export const namesEnd = ({ text, written }: Wording, { until }: Revision, from: Millis): boolean =>
  until !== undefined &&
  written.some((each) => endsReadIn(text, each, from).some((end) => isThatEnd(end, until.at)));

/** The end that words name for whoever reads them from some time on, where it is not the one of their revision. */
function apartIn(wording: Wording, revision: Revision, from: Millis): EndNamed | undefined {
  const { text, written, where } = wording;
  const { until } = revision;
  if (namesEnd(wording, revision, from)) return undefined;
  const [named] = written.flatMap((each) => endAfter(text, each, from) ?? endBefore(text, each, from) ?? []);
  if (named === undefined) return undefined;
  if (named.onDay || named.at > from || until === undefined || until.at <= from) return { ...named, where };
  // A time alone that has passed today is of the day on which the post ends.
  const { epochMilliseconds: at } = zoned(until.at).withPlainTime(zoned(named.at).toPlainTime());
  return at > from ? { ...named, ...meant(at), where } : { ...named, where };
}

/**
 * The end that the words of a revision name for whoever reads them from some time on, where it is not the one that the
 * revision has. The first of its texts that names one is asked about: another that names a third end asks nothing, or
 * each answer would ask about the other.
 */
export function endApart(revision: Revision, from: Millis, rules: Rules): EndNamed | undefined {
  for (const wording of wordingsOf(revision, rules)) {
    if (namesEnd(wording, revision, from)) return undefined;
    const end = apartIn(wording, revision, from);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** When the next end comes that the words of a revision name; undefined where they name none that is still to come. */
export function nextEndNamed(revision: Revision, now: Millis, rules: Rules): Millis | undefined {
  const ends = wordingsOf(revision, rules).flatMap(({ text }) => nextEndIn(text, now) ?? []);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** What other words leave untold of an end: they name another one than it is, or do not name it any more. */
export type EndLeft = { readonly is: 'another'; readonly end: EndNamed } | { readonly is: 'unnamed' };

/**
 * What a revision that takes the place of another one leaves untold of its end, read from some time on. Where words and
 * end were apart before just as they are now, somebody has wanted that; so they have where another text of it names the
 * end that it was given.
 */
export function endLeftBy(
  before: Revision,
  after: Revision,
  from: Millis,
  rules: Rules,
): EndLeft | undefined {
  const { until } = after;
  if (until === undefined) return undefined;
  const said = wordingsOf(after, rules, before);
  const isNamed = said.some((wording) => namesEnd(wording, after, from));
  if (before.until?.at !== until.at) {
    if (isNamed) return undefined;
    const [end] = said.flatMap((wording) => apartIn(wording, after, from) ?? []);
    return end === undefined ? undefined : { is: 'another', end };
  }
  const former = wordingsOf(before, rules);
  for (const wording of said) {
    const end = apartIn(wording, after, from);
    const old = former.find(({ where }) => isSame(where, wording.where)) ?? textInPlaceOf(wording, former);
    if (end !== undefined && (old === undefined || apartIn(old, before, from)?.at !== end.at))
      return { is: 'another', end };
  }
  const isUnnamed = until.at > from && !isNamed && former.some((wording) => namesEnd(wording, before, from));
  return isUnnamed ? { is: 'unnamed' } : undefined;
}

const isSame = (one: WhereNamed, other: WhereNamed): boolean =>
  one.in === other.in && (one.in !== 'own' || other.in !== 'own' || one.account === other.account);

/** What an account said that had no text of its own. */
const textInPlaceOf = ({ where }: Wording, former: readonly Wording[]): Wording | undefined =>
  where.in === 'own' ? former.find((wording) => wording.where.in === 'text') : undefined;
