import { part } from '../raw.ts';
import type { Part } from '../raw.ts';
import type { References } from './references.ts';

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
