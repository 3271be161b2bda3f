import type { Among } from '../../core/store.ts';
import { departmentsOf, peopleOf } from '../../protocol/people.ts';
import { whoActs } from '../../protocol/route.ts';
import { isThere, maySeeAll } from './may.ts';
import type { DeskRules, PostState } from '../post.ts';
import { reviewOf } from './reviews.ts';

/** By which lists somebody's posts are found: whoever looks through what others may read as well finds theirs too late. */

const byAccount = (account: string): string => `account:${account}`;
const byStage = (stage: string): string => `stage:${stage}`;

/**
 * What of a post lets others than its author and its service read it: the accounts on which people may post it, and who is
 * asked. Each is written with every change of the post, so that those that its plan has Crier post on are left out.
 */
export function opensTo(post: PostState): readonly string[] {
  const parts = 'plan' in post.status ? post.status.plan.parts : [];
  const byCrier = new Set(parts.flatMap(({ account, network }) => (network === 'by-hand' ? [] : [account])));
  return [
    ...new Set([
      ...post.revision.accounts.filter((account) => !byCrier.has(account)).map(byAccount),
      ...(reviewOf(post)?.stages ?? []).map(({ id }) => byStage(id)),
    ]),
  ];
}

/**
 * The lists in which all stands that somebody may see, and hardly anything else; undefined: every post. What only an
 * earlier protocol asked them for, as somebody of another service, stands in none.
 */
export function listsFor(person: string, rules: DeskRules): readonly Among[] | undefined {
  if (!isThere(person, rules)) return [];
  if (maySeeAll(person, rules)) return undefined;
  const openTo = (equals: string): Among => ({ index: 'open-to', equals });
  // Whoever is meant by a post's own department has the list of that.
  const noDepartment = '';
  return [
    { index: 'of-author', equals: person },
    ...departmentsOf(person, rules).map(({ id }) => ({ index: 'of-department', equals: id })),
    ...Object.values(rules.accounts)
      .filter(({ postedBy = [] }) => peopleOf(postedBy, noDepartment, rules).includes(person))
      .map(({ id }) => openTo(byAccount(id))),
    ...rules.stages
      .filter((stage) => {
        const { people, escalateTo } = whoActs(stage, noDepartment, [], rules);
        return people.includes(person) || escalateTo.includes(person);
      })
      .map(({ id }) => openTo(byStage(id))),
  ];
}
