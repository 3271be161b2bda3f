import type { Way, Ways } from '../../dispatch/put-right.ts';
import { withDaysOf } from '../writing/days-written.ts';
import type { PostState } from '../post.ts';
import type { Revision } from '../writing/revision.ts';

/** Where a correction leaves the words as they were: what stays on an account is kept as its own text. */

/**
 * The corrected revision as it will stand: where the post is not changed, its old text stays. A variant of the old
 * text elsewhere would leave the mistake standing there.
 */
export function correctedRevision(post: PostState, revision: Revision, ways: Ways): Revision {
  const { variants, keeps = [], text } = post.revision;
  // Whoever changes the end or a heading leaves the words as they are, also where an account has its own.
  if (revision.text === text) {
    const still = keeps.filter((account) => !saysItInPlace(ways[account]));
    const own = Object.entries(variants).filter(
      ([account]) => still.includes(account) || !keeps.includes(account),
    );
    return keeping({ ...revision, variants: Object.fromEntries(own) }, still);
  }
  // A reply that has said the new words already stands under the old ones.
  const isReplied = (account: string): boolean =>
    ways[account] === 'same' && keeps.includes(account) && variants[account] !== revision.text;
  const kept = Object.keys(ways).filter(
    (account) => ways[account] === 'reply' || ways[account] === 'leave' || isReplied(account),
  );
  const own = kept.map((account): [string, string] => [account, variants[account] ?? text]);
  return keeping({ ...revision, variants: Object.fromEntries(own) }, kept);
}

/** Whether the right words take the place of what stood on an account. */
const saysItInPlace = (way: Way | undefined): boolean =>
  way === 'edit' || way === 'again' || way === 'if-there';

/** A revision whose own texts of these accounts are what still stands there. */
function keeping(revision: Revision, accounts: readonly string[]): Revision {
  const { keeps: _before, ...rest } = revision;
  return accounts.length === 0 ? rest : { ...rest, keeps: accounts };
}

/** The right revision once it is known on which accounts it could not be said: what stood there still does. */
export function withWordsKept(before: Revision, right: Revision, accounts: readonly string[]): Revision {
  const kept = accounts.flatMap((account): [string, string][] =>
    before.keeps?.includes(account) === true || before.text !== right.text
      ? [[account, before.variants[account] ?? before.text]]
      : [],
  );
  const variants = { ...right.variants, ...Object.fromEntries(kept) };
  const keeps = [...new Set([...(right.keeps ?? []), ...kept.map(([account]) => account)])];
  const days = kept.map(([account]) => account);
  return withDaysOf(before, keeping({ ...right, variants }, keeps), days);
}

/** A revision of which an account says by now what is right. */
export function saidOn(account: string, revision: Revision): Revision {
  const { variants, keeps = [] } = revision;
  if (!keeps.includes(account)) return revision;
  const { [account]: _old, ...others } = variants;
  return keeping(
    { ...revision, variants: others },
    keeps.filter((each) => each !== account),
  );
}
