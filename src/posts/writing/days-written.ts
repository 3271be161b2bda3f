import { diffWordsWithSpace } from 'diff/lib/diff/word.js';
import type { Millis } from '../../core/time.ts';
import { dayWordsIn } from '../../protocol/day-words.ts';
import { londonDate } from '../../protocol/london.ts';
import type { Revision } from './revision.ts';

/** Beyond so many changes a text is another one, of which no word is taken to stand since before. */
const mostEdits = 250;

type Days = NonNullable<Revision['daysWritten']>;

/** When each word for a day in what a revision says on an account was written, in their order. */
export function daysOn(revision: Revision, account: string): readonly Millis[] {
  const own = revision.variants[account];
  return own === undefined
    ? daysIn(revision.text, revision.daysWritten?.text, typedOn(revision))
    : daysIn(own, revision.daysWritten?.variants[account], typedOn(revision));
}

const daysIn = (text: string, written: readonly Millis[] | undefined, at: Millis): readonly Millis[] =>
  dayWordsIn(text).map((_word, place) => written?.[place] ?? at);

/**
 * A corrected revision in which the words for a day that stand as they stood before keep the day they were written for:
 * nobody has written them anew.
 */
export function keepingDays(before: Revision, after: Revision): Revision {
  const text = since(before, after);
  const variants = Object.entries(after.variants).map(([account, own]): [string, readonly Millis[]] => [
    account,
    own === (before.variants[account] ?? before.text)
      ? daysOn(before, account)
      : daysIn(own, undefined, after.at),
  ]);
  return withDays(after, { text, variants: Object.fromEntries(variants) });
}

/** When a revision's text was typed, but for the words for a day in it that stand since before. */
export const typedOn = ({ typedAt, at }: Pick<Revision, 'typedAt' | 'at'>): Millis => typedAt ?? at;

/** When the words of a revision's text that may name a day were written: of those that stand since before, then as well. */
export const textWritten = (revision: Revision): readonly Millis[] =>
  writtenBy(daysIn(revision.text, revision.daysWritten?.text, typedOn(revision)), revision);

/** The same of what it says on an account. */
export const ownTextWritten = (revision: Revision, account: string): readonly Millis[] =>
  writtenBy(daysOn(revision, account), revision);

const writtenBy = (days: readonly Millis[], revision: Revision): readonly Millis[] =>
  days.length === 0 ? [typedOn(revision)] : [...new Set(days)];

/** A revision whose text was typed some time before: a button below a sentence may make it a post on another day. */
export const typedBefore = (revision: Revision, at: Millis): Revision =>
  at >= revision.at || londonDate(at) === londonDate(revision.at) ? revision : { ...revision, typedAt: at };

/** A revision whose own texts of these accounts are what another said there, and are of its days. */
export function withDaysOf(before: Revision, after: Revision, accounts: readonly string[]): Revision {
  const { text = [], variants = {} } = after.daysWritten ?? {};
  const theirs = accounts.map((account) => [account, daysOn(before, account)] as const);
  return withDays(after, {
    text: daysIn(after.text, text, after.at),
    variants: { ...variants, ...Object.fromEntries(theirs) },
  });
}

/** Times that say no more than the revision itself are left out. */
function withDays({ daysWritten: _before, ...revision }: Revision, days: Days): Revision {
  const all = [days.text, ...Object.values(days.variants)].flat();
  return all.every((at) => at === revision.at) ? revision : { ...revision, daysWritten: days };
}

/** When the words for a day in a text were written, of those that stand in the text before it as well. */
function since(before: Revision, { text, at }: Revision): readonly Millis[] {
  const words = dayWordsIn(text);
  if (words.length === 0) return [];
  const former = dayWordsIn(before.text);
  const written = daysIn(before.text, before.daysWritten?.text, typedOn(before));
  const kept = unchanged(before.text, text);
  return words.map(({ from, to }) => {
    const stretch = kept.find((each) => each.from <= from && to <= each.to);
    const place =
      stretch === undefined
        ? -1
        : former.findIndex((each) => each.from === from - stretch.from + stretch.stood);
    return written[place] ?? at;
  });
}

/** The stretches of a text that stood in the one before it, and where. */
function unchanged(
  before: string,
  after: string,
): readonly { readonly from: number; readonly to: number; readonly stood: number }[] {
  const changes =
    before === after
      ? [{ value: after, added: false, removed: false }]
      : (diffWordsWithSpace(before, after, { maxEditLength: mostEdits }) ?? []);
  const stretches: { readonly from: number; readonly to: number; readonly stood: number }[] = [];
  let [from, stood] = [0, 0];
  for (const { value, added, removed } of changes) {
    if (!added && !removed) stretches.push({ from, to: from + value.length, stood });
    if (!removed) from += value.length;
    if (!added) stood += value.length;
  }
  return stretches;
}
