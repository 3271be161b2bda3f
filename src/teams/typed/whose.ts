import type { DeskRules } from '../../posts/post.ts';
import { findDepartment, plain, rolesOf } from '../../protocol/people.ts';

/** What may stand before and behind a name, and says nothing more of whose it is. */
const before = /^[\s,:]*(?:(?:in|at|of|for|from|the)\s+)*/iu;
const behind =
  /(?:\Ws)?(?:[\s,]+(?:approvals?|posts?|work|team|department|please|pls|now|thanks|thank\s+you))*[\s.!?]*$/iu;

/** So long at most is what names a department or somebody, with all that people say around it; more names nobody. */
const longestName = 200;

/** @returns the department, or `desk`, that somebody names: `highways approvals`, `for the desk`, `roads please` */
export function whoseNamed(typed: string, rules: DeskRules): string | undefined {
  if (typed.length > longestName) return undefined;
  const whole = typed.replace(before, '').trim();
  const name = whole.replace(behind, '');
  if (/^(?:desk|communications|comms)$/iu.test(name)) return 'desk';
  // as it was typed first: a department may be called "The …"
  for (const each of [typed.trim(), whole, name]) {
    const found = findDepartment(each, rules);
    if (found.found !== 'no') return found.department.id;
  }
  return undefined;
}

/** @returns the departments, and the `desk`, in which somebody of this name has a part: `Sam`, `Sam Kenrick please` */
export function whereWorks(typed: string, rules: DeskRules): readonly string[] {
  if (typed.length > longestName) return [];
  const name = plain(typed.replace(before, '').trim().replace(behind, ''));
  const named = Object.values(rules.people).filter((person) => {
    const whole = plain(person.name);
    return whole === name || whole.split(' ').includes(name);
  });
  const roles = named.flatMap(({ id }) => rolesOf(id, rules));
  return [...new Set(roles.map((role) => ('department' in role ? role.department : 'desk')))];
}
