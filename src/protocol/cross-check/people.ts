import { list, part, type Part } from '../raw.ts';
import type { References } from './references.ts';
import type { Path } from '../faults.ts';
import { plain } from '../people.ts';

/** Who is who: how people sign in, which parts they have, and what people type for a department. */

/** No two people sign in by the same name. */
export function checkSignInNames(content: Part, { fault }: References): void {
  const signIn = new Map<string, string>();
  for (const [id, person] of Object.entries(part(content['people']))) {
    const written = part(person)['user-principal-name'];
    if (typeof written !== 'string') continue;
    const first = signIn.get(written.toLowerCase());
    if (first === undefined) signIn.set(written.toLowerCase(), id);
    else {
      fault(['people', id, 'user-principal-name'], 'value', {
        code: 'sign-in-name-twice',
        value: written,
        first,
      });
    }
  }
}

/** Whoever has a part of their own is somebody. */
export function checkRoles(content: Part, { name, names }: References): void {
  names('person', part(content['desk'])['officers'], ['desk', 'officers']);
  name('person', content['head-of-communications'], ['head-of-communications']);
  name('person', content['monitoring-officer'], ['monitoring-officer']);
  names('person', content['duty-officers'], ['duty-officers']);
  for (const id of Object.keys(part(content['training']))) name('person', id, ['training', id], 'key');
}

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
