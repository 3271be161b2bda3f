import { days } from '../core/time.ts';
import type { AccountState } from '../dispatch/account.ts';
import { isOurs } from '../posts/effects/look.ts';
import { maySeeAll } from '../posts/deciding/may.ts';
import { departmentsOf } from '../protocol/people.ts';
import type { OutsideShown, SeenOn } from '../words/outside.ts';
import type { Desk } from './desk.ts';
import type { Turn } from './turn.ts';

/** How many posts the calendar shows that are not from here. */
const listed = 12;
/** So far back they are still of interest. */
const shownFor = days(2);

/**
 * What stands on our accounts and did not go out from here, or is planned there. What is not public yet is for those
 * alone who look after the account.
 */
export async function outsidePosts(
  { person, now }: Turn,
  accounts: ReadonlyMap<string, AccountState>,
  desk: Desk,
): Promise<OutsideShown> {
  const rules = desk.rules();
  const all = maySeeAll(person, rules);
  const departments = new Set(departmentsOf(person, rules).map(({ id }) => id));
  const found: SeenOn[] = [];
  for (const [account, { outside }] of accounts) {
    const owner = rules.accounts[account]?.owner ?? '';
    for (const seen of outside?.posts ?? []) {
      const may = seen.planned !== true || all || departments.has(owner);
      if (may && seen.at >= now - shownFor) found.push({ account, seen });
    }
  }
  const newest = found.toSorted((a, b) => b.seen.at - a.seen.at);
  const shown = newest.slice(0, listed);
  // What was being sent when the account was read has become ours since.
  const ours = await Promise.all(
    shown.map(async ({ account, seen }) => await isOurs(desk.executor, account, seen.id)),
  );
  return {
    posts: shown.filter((_, n) => ours[n] === false).toReversed(),
    more: newest.length - shown.length,
  };
}
