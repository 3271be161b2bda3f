import type { Path } from '../faults.ts';
import { plain } from '../people.ts';
import { list, part } from '../raw.ts';
import type { Part } from '../raw.ts';
import type { References } from './references.ts';

/** A department has people, and no other goes by what people type for it. */
export function checkDepartments(content: Part, { fault, names }: References): void {
  const said = new Map<string, string>([['desk', 'the desk']]);
  const deskName = part(content['desk'])['name'];
  if (typeof deskName === 'string') said.set(plain(deskName), 'the desk');
  for (const [id, entry] of Object.entries(part(content['departments']))) {
    const department = part(entry);
    for (const role of ['proposers', 'approvers', 'leads']) {
      names('person', department[role], ['departments', id, role]);
    }
    const words: readonly (readonly [unknown, Path])[] = [
      [id, []],
      [department['name'], ['name']],
      [department['short'], ['short']],
      ...list(department['aliases']).map((alias, i) => [alias, ['aliases', i]] as const),
    ];
    for (const [word, path] of words) {
      if (typeof word !== 'string') continue;
      const first = said.get(plain(word));
      if (first === undefined) said.set(plain(word), id);
      else if (first !== id) {
        const at = path.length === 0 ? 'key' : 'value';
        fault(['departments', id, ...path], at, { code: 'said-twice', value: word, first });
      }
    }
  }
}
