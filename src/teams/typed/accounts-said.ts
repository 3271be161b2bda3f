import { missingMedium } from '../../protocol/media-limits.ts';
import type { DeskRules } from '../../posts/post.ts';
import { hasVideo } from '../../posts/writing/media.ts';
import { defaultAccounts } from '../../posts/writing/propose.ts';
import type { Medium } from '../../posts/writing/revision.ts';
import type { Front } from './front.ts';
import type { Proposal } from './proposal.ts';

/** To which accounts a draft goes by what somebody said in front of it. */

/** Where a draft goes, and what decides where it can go. */
export interface DraftPlaces {
  readonly department?: string;
  /** account ids */
  readonly accounts: readonly string[];
  readonly media: readonly Medium[];
}

/** The accounts that somebody named, as far as the department may use them; where it may use none, those by default. */
export function accountsFor(
  { accounts, isMore }: Pick<Proposal, 'accounts' | 'isMore'>,
  of: string | undefined,
  rules: DeskRules,
): readonly string[] {
  const byDefault = defaultAccounts(of, rules);
  const theirs = allowed(accounts ?? [], of, rules);
  if (theirs.length === 0) return byDefault;
  return [...new Set([...(isMore === true ? byDefault : []), ...theirs])];
}

/** Those accounts to which a department may post. */
const allowed = (accounts: readonly string[], of: string | undefined, rules: DeskRules): readonly string[] =>
  accounts.filter((id) => {
    const { departments = [] } = rules.accounts[id] ?? {};
    return departments.length === 0 || of === undefined || departments.includes(of);
  });

/** Whether an account takes a post with these media: `everywhere` is wherever it can go. */
function takesIt(id: string, media: readonly Medium[], rules: DeskRules): boolean {
  const network = rules.accounts[id]?.network;
  const has = { media: media.length > 0, video: hasVideo({ media }) };
  return network !== undefined && missingMedium(network, has) === undefined;
}

/** The accounts that words make of those that a draft has; undefined where they name none that can be. */
export function accountsBy(
  front: Front | undefined,
  { department: of, accounts: before, media }: DraftPlaces,
  rules: DeskRules,
): readonly string[] | undefined {
  const { accounts = [], without = [], isMore = false, isEverywhere = false } = front ?? {};
  const theirs = allowed(accounts, of, rules);
  const named = isEverywhere ? theirs.filter((id) => takesIt(id, media, rules)) : theirs;
  const all = [...new Set([...(isMore || named.length === 0 ? before : []), ...named])];
  const left = all.filter((id) => !without.includes(id));
  return left.length === 0 ? undefined : left;
}

/** The same accounts, in whatever order. */
export const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));
