import { list, part } from '../raw.ts';
import type { Part } from '../raw.ts';
import type { References } from './references.ts';

/** Routes speak of what is there, and do something. */
export function checkRoutes(content: Part, { fault, names }: References): void {
  for (const [i, entry] of list(content['routes']).entries()) {
    const clause = part(entry);
    const when = part(clause['when']);
    for (const [key, of] of [
      ['departments', 'department'],
      ['accounts', 'account'],
      ['rules', 'rule'],
      ['flags', 'flag'],
    ] as const) {
      names(of, when[key], ['routes', i, 'when', key]);
    }
    names('stage', clause['add'], ['routes', i, 'add']);
    names('stage', clause['leave-out'], ['routes', i, 'leave-out']);
    const number = clause['clause'];
    if (typeof number !== 'string') continue;
    const leavesOut = list(clause['leave-out']).length > 0;
    if (leavesOut && (when['finding'] !== undefined || when['rules'] !== undefined)) {
      fault(['routes', i, 'leave-out'], 'key', { code: 'leaves-out-by-finding', clause: number });
    }
    if (!leavesOut && list(clause['add']).length === 0) {
      fault(['routes', i], 'value', { code: 'empty-clause', clause: number });
    }
  }
}
