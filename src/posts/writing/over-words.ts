import type { Millis } from '../../core/time.ts';
import { endsOver, endsWithDay, type EndOver } from '../../protocol/end-over.ts';
import type { RawFinding } from '../../protocol/rule.ts';
import { onOneLine } from '../../protocol/text/cut.ts';
import type { DeskRules } from '../post.ts';
import { namesEnd, wordingsOf, type Wording } from './end-in-words.ts';
import { showsHeadline, showsSummary } from './headline.ts';
import { readWhole } from './plan.ts';
import type { Revision } from './revision.ts';

type Rules = Pick<DeskRules, 'accounts' | 'threads'>;

/**
 * What a revision says on an account of an end that is over by the time it is read there (rule DAY): `closed until 4pm
 * today`, at 5pm. Not of the end that the post itself has, which keeps it from going out after that.
 *
 * @returns as `overIn`
 */
export const overFindings = (
  revision: Revision,
  account: string,
  readAt: Millis,
  rules: Rules,
): readonly RawFinding[] =>
  wordingsOn(account, revision, rules).flatMap((wording) => {
    const found = overIn(wording, readAt);
    return found.length === 0 || namesEnd(wording, revision, readAt) ? [] : found;
  });

/** The words of a revision that are read on an account, as they are read in one piece. */
export const wordingsOn = (account: string, revision: Revision, rules: Rules): readonly Wording[] =>
  wordingsOf(revision, rules)
    .filter((wording) => isReadOn(account, wording, revision, rules))
    .map((wording) => ({ ...wording, text: readWhole(wording.text, rules) }));

/** Whether words of a revision are read on an account. */
function isReadOn(account: string, { where }: Wording, revision: Revision, rules: Rules): boolean {
  const network = rules.accounts[account]?.network;
  switch (where.in) {
    case 'own':
      return where.account === account;
    case 'text':
      return revision.variants[account] === undefined;
    case 'headline':
      return showsHeadline(network, revision);
    case 'summary':
      return showsSummary(network);
  }
}

/** When an end is, and the words that name it, on one line. */
export interface EndSaid {
  readonly at: Millis;
  readonly words: string;
}

const saidIn = (text: string, { at, from, to, overAt }: EndOver) => ({
  at,
  from,
  to,
  overAt,
  words: onOneLine(text.slice(from, to)),
});

/** The times at which words may come to say what is over. @param isNews as for `overIn` */
export const overTimesIn = (
  { text, written }: Pick<Wording, 'text' | 'written'>,
  isNews: (end: EndSaid) => boolean = () => true,
): readonly Millis[] =>
  written.flatMap((each) =>
    endsWithDay(text, each)
      .map((end) => saidIn(text, end))
      .filter(isNews)
      .map(({ overAt }) => overAt),
  );

/**
 * What words say of an end that is over by the time they are read.
 *
 * @param isNews whether an end is looked at: a correction is not asked about one that stood before it
 * @returns code `end-over`, with facts `words` (as they stand) and `end` (when that was), a finding for each
 */
export function overIn(
  { text, written, where }: Wording,
  readAt: Millis,
  isNews: (end: EndSaid) => boolean = () => true,
): readonly RawFinding[] {
  // Words that stand since several days are over once they are by each of these.
  const [over = [], ...others] = written.map((each) =>
    endsOver(text, each, readAt)
      .map((end) => saidIn(text, end))
      .filter(isNews),
  );
  const ends = over.filter(({ from }) => others.every((each) => each.some((end) => end.from === from)));
  return ends.map(({ at, words, from, to }) => ({
    code: 'end-over',
    facts: { words, end: at },
    spots: [{ in: where.in === 'own' ? 'text' : where.in, from, to }],
  }));
}
