import type { Millis } from '../core/time.ts';
import { endAfter, endBefore, endsReadIn, isThatEnd, type NamedEnd } from '../protocol/end-in-text.ts';
import { meant, zoned } from '../protocol/london.ts';
import { textWritten } from './days-written.ts';
import type { Revision } from './revision.ts';

/** Whether the words of a revision name the end that it has, read from some time on. */
const namesItsEnd = (revision: Revision, from: Millis): boolean => {
  const { text, until } = revision;
  return (
    until !== undefined &&
    textWritten(revision).some((written) =>
      endsReadIn(text, written, from).some((end) => isThatEnd(end, until.at)),
    )
  );
};

/**
 * The end that the words of a revision name for whoever reads them from some time on, where it is not the one that the
 * revision has.
 */
export function endApart(revision: Revision, from: Millis): NamedEnd | undefined {
  const { text, until } = revision;
  if (namesItsEnd(revision, from)) return undefined;
  const [named] = textWritten(revision).flatMap(
    (written) => endAfter(text, written, from) ?? endBefore(text, written, from) ?? [],
  );
  if (named === undefined || named.onDay || named.at > from || until === undefined || until.at <= from)
    return named;
  // A time alone that has passed today is of the day on which the post ends.
  const { epochMilliseconds: at } = zoned(until.at).withPlainTime(zoned(named.at).toPlainTime());
  return at > from ? { ...named, ...meant(at) } : named;
}

/** What other words leave untold of an end: they name another one than it is, or do not name it any more. */
export type EndLeft = { readonly is: 'another'; readonly end: NamedEnd } | { readonly is: 'unnamed' };

/**
 * What a revision that takes the place of another one leaves untold of its end, read from some time on. Where words and
 * end were apart before just as they are now, somebody has wanted that.
 */
export function endLeftBy(before: Revision, after: Revision, from: Millis): EndLeft | undefined {
  const { until } = after;
  if (until === undefined) return undefined;
  const isSameEnd = before.until?.at === until.at;
  const end = endApart(after, from);
  if (end !== undefined)
    return isSameEnd && endApart(before, from)?.at === end.at ? undefined : { is: 'another', end };
  const isUnnamed = isSameEnd && until.at > from && namesItsEnd(before, from) && !namesItsEnd(after, from);
  return isUnnamed ? { is: 'unnamed' } : undefined;
}
