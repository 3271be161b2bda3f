import { list, part } from '../raw.ts';
import type { Part } from '../raw.ts';
import { accountIdForm, idForm } from '../schema.ts';
import type { TextForm } from '../schema.ts';
import type { References } from './references.ts';

/** Every id has its form, and none stands twice. */
export function checkIds(content: Part, { fault }: References): void {
  const ids = (section: string, form: TextForm, test: RegExp) => {
    for (const id of Object.keys(part(content[section]))) {
      if (!test.test(id)) fault([section, id], 'key', { code: 'wrong-form', value: id, form });
    }
  };
  const once = (section: string, key: string, of: 'stage' | 'flag' | 'clause') => {
    const seen = new Set<string>();
    for (const [i, entry] of list(content[section]).entries()) {
      const value = part(entry)[key];
      if (typeof value !== 'string') continue;
      if (seen.has(value)) fault([section, i, key], 'value', { code: 'id-twice', of, value });
      if (of !== 'clause' && !idForm.test(value)) {
        fault([section, i, key], 'value', { code: 'wrong-form', value, form: 'id' });
      }
      seen.add(value);
    }
  };

  ids('people', 'id', idForm);
  ids('departments', 'id', idForm);
  ids('accounts', 'account-id', accountIdForm);
  ids('retention', 'record-kind', idForm);
  once('stages', 'id', 'stage');
  once('flags', 'id', 'flag');
  once('routes', 'clause', 'clause');
}
