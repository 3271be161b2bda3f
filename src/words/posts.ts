import type { Millis } from '../core/time.ts';
import type { EndNamed, WhereNamed } from '../posts/writing/end-in-words.ts';
import { needsFreshDecision, waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import { isApprovedAsItIs } from '../posts/telling/past.ts';
import { isOverdue, isPlannable, isStoppedByRule, isWithWriters } from '../posts/leaving/to-go-out.ts';
import { reviewOf } from '../posts/deciding/reviews.ts';
import { movesAlone } from '../posts/writing/schedule.ts';
import { isPartlyOut } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { Revision } from '../posts/writing/revision.ts';
import { firstSeen } from '../posts/leaving/shown-later.ts';
import { accountName, onAccount, sayList, sentence } from './names.ts';
import { sayDated, sayEnd } from './times.ts';

/** When a post goes out and ends, where it says the same, and what an edit or another time does to it. */

/**
 * @param isStopped whether somebody has stopped what it would go out by: no time is promised then
 * @returns when it goes out, and when it ends: `As soon as it is approved`, `Ends on Tue 24 Nov at 4pm`
 */
export function whenWords(
  post: PostState,
  rules: DeskRules,
  now: Millis,
  isStopped = false,
): readonly string[] {
  // Where all of it is shown later than it goes out, nothing is seen before that.
  const seen = firstSeen(post, rules, now);
  const hasPassed = hasTimePassed(post, now);
  const when = seen === undefined || hasPassed ? post.when : { at: seen };
  const letsGo = `${rules.desk.name} lets it go out`;
  // A resume alone lets go only what is decided, and was not held.
  const isDecided = 'decidedAt' in post.status && !needsFreshDecision(post);
  const resumed = `posts go out again${isDecided ? '' : ` and ${waitsForTheDesk(post) ? letsGo : 'somebody approves it'}`}`;
  return [
    when === undefined
      ? isStoppedByRule(post)
        ? isPartlyOut(post)
          ? 'The rest does not go out as it is'
          : 'As soon as it is changed and approved'
        : isStopped
          ? `Once ${resumed}`
          : waitsForTheDesk(post)
            ? `As soon as ${letsGo}`
            : 'As soon as it is approved'
      : hasPassed
        ? `Was planned for ${sayDated(when.at, now)}, which has passed`
        : `Planned for ${sayDated(when.at, now)}${isStopped ? `, if ${resumed} by then` : ''}`,
    ...endWords(post, now),
  ];
}

/** @returns when it ends, or was to */
export function endWords({ revision: { until } }: PostState, now: Millis): readonly string[] {
  if (until === undefined) return [];
  const when = sayEnd(until.at, now);
  return [until.at > now ? `Ends ${when}` : `Was to end ${when}, which has passed`];
}

/** Whether the time for which it is planned has passed while it is not to leave: unsent, over, or still to be decided. */
const hasTimePassed = (post: PostState, now: Millis): boolean =>
  isOverdue(post, now) || (!('review' in post.status) && post.when !== undefined && post.when.at <= now);

/** @returns that the end which the words of a post name comes before it goes out, or has passed */
export function overBeforeWords(end: EndNamed, rules: DeskRules, now: Millis): string {
  const why = end.at <= now ? 'which has passed' : 'which is before it goes out';
  return `${namesEndWords(end, rules, now)}, ${why}`;
}

/** @returns the end that the words of a post name, and where these stand */
export const namesEndWords = ({ at, where }: EndNamed, rules: DeskRules, now: Millis): string =>
  `${sentence(whereNamedWords(where, rules))} says that it ends ${sayEnd(at, now)}`;

/** @returns where words stand: `the text`, `the heading`, `the summary`, `the text on X` */
export function whereNamedWords(where: WhereNamed, rules: DeskRules): string {
  if (where.in === 'own') return `the text ${onAccount(where.account, rules)}`;
  return { text: 'the text', headline: 'the heading', summary: 'the summary' }[where.in];
}

/** @returns that the end which a post has stands in its words no more */
export const endUnnamedWords = (until: Millis, now: Millis): string =>
  `The post still ends ${sayEnd(until, now)}, which is not found in its text any more.`;

/** @returns the question whether the end that a post's words name is the post's, and the button that sets it */
export function endOffer(
  { at, where }: EndNamed,
  { until, accounts }: Revision,
  rules: DeskRules,
  now: Millis,
): { readonly words: string; readonly title: string } {
  const end = sayEnd(at, now);
  const named = sentence(whereNamedWords(where, rules));
  const hasPage = accounts.some((id) => rules.accounts[id]?.network === 'website');
  const asked =
    until === undefined
      ? `${named} names an end. Does the post end then?`
      : `${named} names another end than the post. Does it end ${end} now?`;
  return {
    words: `${asked} ${hasPage ? 'Its page then says so, and it leaves the frame on our website.' : 'What is not out by then does not go out any more.'}`,
    title: `Yes, it ends ${end}`,
  };
}

/** @returns `one`, `two`, … as words people read faster than figures */
export function count(n: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][n] ?? String(n);
}

/** @returns `the first of three posts`, `the first two of three posts` */
export const firstOf = (n: number, of: number): string =>
  `the first ${n === 1 ? '' : `${count(n)} `}of ${count(of)} posts`;

/** More links than these nobody reads in a sentence; the looks show them. */
const mostLinks = 6;

/** @returns where something is to stand that is public elsewhere, and does not: `On Facebook, where it is not published` */
export const notThereYet = (on: string): string => `${on}, where it is not published`;

/** @returns `On Facebook and the website the same as on X`, with the links that are others there */
export function sameWords(
  accounts: readonly string[],
  {
    isThere,
    as,
    links,
  }: { readonly isThere: boolean; readonly as: string; readonly links: readonly string[] },
  rules: DeskRules,
): string {
  const on = sentence(onAll(accounts, rules));
  const same = `${isThere ? on : `${notThereYet(on)},`} the same as ${onAccount(as, rules)}`;
  if (links.length === 0) return same;
  if (links.length > mostLinks) return `${same}, with ${count(links.length)} links of their own`;
  return `${same}, with the ${links.length === 1 ? 'link' : 'links'} ${sayList(links, 'and', Infinity)}`;
}

/** @returns `on X and Facebook` */
export function onAll(accounts: readonly string[], rules: DeskRules): string {
  const names = accounts.map((account) =>
    rules.accounts[account]?.network === 'website' ? 'the website' : accountName(account, rules),
  );
  return `on ${sayList(names)}`;
}

/**
 * @param goesOn whether it stays on its way, as where the desk edits what waits for approval
 * @returns what an edit does to the walk of approvals, said before somebody saves it
 */
export function savingWords(
  post: PostState,
  goesOn: boolean,
): { readonly consequence: string; readonly save: string } {
  const sentOnceMore = 'It becomes a draft again, and then you send it once more.';
  if (goesOn)
    return {
      consequence: 'Whoever approves it sees what you changed, word by word.',
      save: 'Save and pass on',
    };
  switch (post.status.is) {
    case 'in-review':
      return { consequence: sentOnceMore, save: 'Save as a draft' };
    case 'failed':
      return {
        consequence:
          'It becomes a draft again, and is approved afresh before any account is asked once more.',
        save: 'Save as a draft',
      };
    case 'approved':
    case 'scheduled':
    case 'held':
      return {
        // What is held as it is sent nobody has approved.
        consequence: isApprovedAsItIs(post)
          ? 'It becomes a draft again: what was approved is not what would go out, so it is approved afresh.'
          : sentOnceMore,
        save: 'Save as a draft',
      };
    default:
      return { consequence: '', save: 'Save' };
  }
}

/** @returns what another time does to the walk of approvals, for whoever plans it */
export function rescheduleWords(
  post: PostState,
  person: string | undefined,
  rules: DeskRules,
): readonly string[] {
  const review = isPlannable(post) ? reviewOf(post) : undefined;
  if (review === undefined || isWithWriters(post)) return [];
  if (person !== undefined && movesAlone(post, person, rules))
    return ['The words stay as they are. You alone approved it, so nobody is asked about another time.'];
  return [
    review.decisions.length === 0
      ? 'The words stay as they are. Whoever is asked about it reads the new time.'
      : 'The words stay as they are. Everybody is asked again, about the new time.',
  ];
}
