import type { FoundFault } from '../faults.ts';
import { stuckStages, undecidedPosts } from '../feasible.ts';
import type { Who } from '../protocol.ts';
import { list, part } from '../raw.ts';
import type { Part } from '../raw.ts';
import { routedPart } from './routed.ts';

/** Whether every route can be walked by somebody, as far as the file can be read. */
export function checkWalkable(content: Part, otherwiseRight: boolean): readonly FoundFault[] {
  const faults: FoundFault[] = [];
  const { protocol, complete } = routedPart(content);
  const clauses = list(content['routes']).map((route) => part(route)['clause']);
  const stages = list(content['stages']).map((stage) => part(stage)['id']);

  for (const { departments: all, ...stuck } of stuckStages(protocol)) {
    const who = protocol.stages.find(({ id }) => id === stuck.stage)?.who ?? [];
    // Where nobody is named because a key is missing or mistyped, that is told already.
    const departments = all.filter((id) => who.every((one) => isNamed(one, id, content)));
    if (departments.length === 0) continue;
    const kind = { code: 'nobody-can', ...stuck, departments } as const;
    faults.push({ path: ['stages', stages.indexOf(stuck.stage)], at: 'value', kind });
  }
  if (complete && otherwiseRight) {
    for (const undecided of undecidedPosts(protocol)) {
      const i = clauses.indexOf(undecided.clause);
      const kind = { code: 'nobody-decides', ...undecided } as const;
      faults.push(i < 0 ? { path: ['routes'], at: 'key', kind } : { path: ['routes', i], at: 'value', kind });
    }
    for (const department of Object.keys(protocol.departments)) {
      const some = protocol.accounts.some(
        (account) =>
          account.byDefault && (account.departments.length === 0 || account.departments.includes(department)),
      );
      if (some) continue;
      faults.push({
        path: ['accounts'],
        at: 'key',
        kind: { code: 'no-default-account', department },
      });
    }
  }
  return faults;
}

/** Whether the file has the list of those whom a stage asks so, be it empty. */
function isNamed(one: Who, department: string, content: Part): boolean {
  switch (one.who) {
    case 'desk':
      return Array.isArray(part(content['desk'])['officers']);
    case 'duty-officer':
      return Array.isArray(content['duty-officers']);
    case 'approvers':
    case 'leads':
      return Array.isArray(part(part(content['departments'])[one.department ?? department])[one.who]);
    default:
      return true;
  }
}
