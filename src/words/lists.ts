import type { Millis } from '../core/time.ts';
import { lacksPeople } from '../approval/review.ts';
import { reviewAwaited } from '../posts/deciding/reviews.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { departmentsOf, isTold } from '../protocol/people.ts';
import type { Said } from './answers.ts';
import { knowsWords } from './nobody-here.ts';
import { departmentName, sayList, postsWords } from './names.ts';
import { quote } from './several.ts';
import { removalsGoOn } from './stopping.ts';

/** The lists that somebody can open, and what a search found. */
export type ListName = 'posts' | 'waiting' | 'calendar' | 'found' | 'digest' | 'where-used' | 'nobody-here';

const lists: Readonly<Record<ListName, { readonly title: string; readonly empty: string }>> = {
  posts: {
    title: 'Posts',
    empty: 'There are no posts yet. Type "propose" and then what the public should read.',
  },
  waiting: { title: 'Waiting for you', empty: 'Nothing waits for you.' },
  calendar: { title: 'Calendar', empty: 'Nothing is planned for the coming weeks.' },
  digest: {
    title: 'More posts at once',
    empty: 'Each of them has a card of its own now.',
  },
  'nobody-here': { title: 'Nobody is here to decide', empty: 'Somebody is here again for all of them.' },
  'where-used': { title: 'Where it is used', empty: 'No post that you can see uses it any more.' },
  found: { title: 'Found', empty: 'No post has these words. Try fewer of them, or a number such as 142.' },
};

/**
 * @param total how many posts it has in all, where it is one that counts them
 * @param part what of the calendar it is
 * @returns a list's title, and what is said where it is empty
 */
export function listWords(
  of: ListName,
  length: number,
  total = length,
  part: 'to-come' | 'earlier' = 'to-come',
): Said {
  const { title, empty } = lists[of];
  if (part === 'earlier') return { title: `${title}: earlier`, lines: length === 0 ? [noMore] : [] };
  if (length === 0) return { title, lines: [total === 0 ? empty : noMore] };
  if (of === 'digest') {
    return {
      title: `${title}: ${postsWords(length)}`,
      lines: ['So many came within a minute that they share one card. Open the one you need.'],
    };
  }
  return { title: of === 'waiting' ? `${title}: ${postsWords(total)}` : title, lines: [] };
}

/** @returns that posts of a page are not shown, since one release of Crier may meet what a newer one has written */
export const newerWords = (count: number): readonly string[] =>
  count === 0
    ? []
    : [
        `A newer Crier has written ${postsWords(count)} of this list, and the one that you reached cannot read ${count === 1 ? 'it' : 'them'}. Nothing of ${count === 1 ? 'it' : 'them'} is lost: please look again in a few minutes.`,
      ];

/** What is said where what stood on a page has gone from it meanwhile. */
const noMore = 'There are no more of them.';

/** @returns a list's title with its page, from the second on */
export const pageWords = (title: string, page: number): string =>
  page === 1 ? title : `${title}, page ${String(page)}`;

/** @returns the button for what went out, or was to, in the hours before */
export const earlierButton = (count: number): string => `Earlier (${String(count)})`;

/**
 * @param shown those of them that the page shows
 * @returns the title of a list of posts about which nobody who is asked is here, or too few are left, who knows, and
 *   what can be done
 */
export function nobodyHereWords(
  all: number,
  shown: readonly PostState[],
  person: string,
  rules: DeskRules,
  now: Millis,
): Said {
  const these = all === 1 ? 'it' : 'these';
  const lacking = shown.filter((post) => {
    const review = reviewAwaited(post);
    return review !== undefined && lacksPeople(review);
  }).length;
  if (lacking > 0)
    return {
      title: `Nobody can decide: ${postsWords(all)}`,
      lines: [
        lacking === shown.length
          ? `By the protocol as it is now, too few people may decide ${these}.`
          : 'Some wait for people who are away. For others the protocol as it is now names too few.',
        isTold(person, rules)
          ? `Open ${all === 1 ? 'it' : 'one'} to see what you can do.`
          : `${knowsWords(rules, now)} Open ${all === 1 ? 'it' : 'one'} to see more.`,
      ],
    };
  return {
    title: `${lists['nobody-here'].title}: ${postsWords(all)}`,
    lines: [
      `Everybody who could decide ${these} is away.`,
      isTold(person, rules)
        ? 'If it cannot wait, ring one of them. Open a post to see who is back when, and what else you can do.'
        : `${knowsWords(rules, now)} Open ${all === 1 ? 'it' : 'one'} to see who is back when.`,
    ],
  };
}

/** A department that somebody named for a list of posts, and whether its posts are shown, or those of their own instead. */
export type NamedScope =
  | { readonly is: 'shown' | 'not-theirs'; readonly department: string }
  | { readonly is: 'unknown'; readonly typed: string };

/** @returns the title of a list of posts for which a department was named, and whose they are where it is another's */
export function scopeWords(scope: NamedScope, length: number, person: string, rules: DeskRules): Said {
  if (scope.is === 'shown') {
    const name = departmentName(scope.department, rules);
    return { title: `Posts of ${name}`, lines: length === 0 ? [`There are no posts of ${name} yet.`] : [] };
  }
  const own = departmentsOf(person, rules).map(({ name }) => name);
  const { title, lines } = listWords('posts', length);
  const why =
    scope.is === 'unknown'
      ? `I do not know the department ${quote(scope.typed)}.`
      : `You have no part in ${departmentName(scope.department, rules)}, so I cannot list its posts for you.`;
  const these =
    length === 0
      ? []
      : [`These are ${own.length === 0 ? 'the latest' : `your own and those of ${sayList(own)}`}.`];
  return { title, lines: [[why, ...these].join(' '), ...lines] };
}

/** @returns the title and the sentences above a list of a picture's uses */
export function usesWords(
  use: { readonly number: number; readonly uses: number; readonly hidden: number },
  rules: DeskRules,
): Said {
  const { number, uses, hidden } = use;
  return {
    title: `Where the pictures of #${String(number)} are used: ${postsWords(uses)}`,
    lines:
      hidden === 0
        ? []
        : [
            `${postsWords(hidden)} of them you cannot open. Ask ${rules.desk.name} to look at ${hidden === 1 ? 'it' : 'them'}.`,
          ],
  };
}

/** @returns what a hold of everything came to; the groups name the posts below it */
export function heldWords(held: {
  readonly held: number;
  readonly onTheWay: number;
  readonly before: number;
  /** so many copies that are public are still to come down */
  readonly comingDown: number;
  /** what somebody stopped or paused is said above: a fresh approval is not all that they wait for */
  readonly isStopped: boolean;
}): Said & {
  readonly groups: Readonly<Record<'held' | 'left' | 'stopped' | 'onTheWay' | 'before' | 'again', string>>;
} {
  return {
    title:
      held.held > 0
        ? `Everything is held: ${postsWords(held.held)}`
        : held.before > 0
          ? `Everything was held already: ${postsWords(held.before)}`
          : 'Nothing had to be held',
    lines: [
      ...(held.held + held.before === 0
        ? []
        : [
            held.isStopped
              ? 'Each of them needs a fresh approval as well.'
              : 'Each of them stays where it is until somebody approves it again.',
          ]),
      ...(held.onTheWay > 0 ? ['What was already on its way could not be called back. See below.'] : []),
      ...removalsGoOn(held.comingDown),
    ],
    groups: {
      held: 'Held',
      left: 'Still goes out, because it is safety information',
      stopped: 'Safety information, which is stopped as well',
      onTheWay: 'Was already on its way',
      before: 'Was held before',
      again: 'Did not go out everywhere: whoever sends it again needs an approval first',
    },
  };
}

/** @returns `and 12 more posts` */
export function moreWords(more: number): readonly string[] {
  return more === 0 ? [] : [`and ${String(more)} more ${more === 1 ? 'post' : 'posts'}`];
}
