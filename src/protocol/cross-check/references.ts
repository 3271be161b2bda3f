import { nearest } from '../faults.ts';
import type { FaultKind, FoundFault, Named, Path } from '../faults.ts';
import { list, part, texts } from '../raw.ts';
import type { Part } from '../raw.ts';
import { parseWho } from '../who.ts';

/** What a check of one part of the file asks of all of it, and says what is wrong by. */
export interface References {
  /** the names that each kind has in this file */
  readonly known: Readonly<Record<Named, readonly string[]>>;
  readonly fault: (path: Path, at: 'key' | 'value', kind: FaultKind) => void;
  /** a name that has to be one of its kind */
  readonly name: (of: Named, value: unknown, path: Path, at?: 'key' | 'value') => void;
  /** a list of such names, none of them twice */
  readonly names: (of: Named, values: unknown, path: Path) => void;
  /** people, and roles of a department, as `who` has them */
  readonly whos: (values: unknown, path: Path) => void;
}

/** @param faults grows by whatever is found */
export function referencesIn(content: Part, faults: FoundFault[]): References {
  const fault: References['fault'] = (path, at, kind) => void faults.push({ path, at, kind });
  const known: References['known'] = {
    person: Object.keys(part(content['people'])),
    department: Object.keys(part(content['departments'])),
    account: Object.keys(part(content['accounts'])),
    rule: Object.keys(part(content['rules'])),
    stage: list(content['stages']).flatMap((stage) => texts([part(stage)['id']])),
    flag: list(content['flags']).flatMap((flag) => texts([part(flag)['id']])),
    owner: ['desk', ...Object.keys(part(content['departments']))],
  };
  const name: References['name'] = (of, value, path, at = 'value') => {
    if (typeof value === 'string' && !known[of].includes(value)) {
      fault(path, at, { code: 'unknown-name', of, value, known: known[of] });
    }
  };
  const names: References['names'] = (of, values, path) => {
    const seen = new Set<unknown>();
    for (const [i, value] of list(values).entries()) {
      name(of, value, [...path, i]);
      if (typeof value === 'string' && seen.has(value))
        fault([...path, i], 'value', { code: 'listed-twice', value });
      seen.add(value);
    }
  };
  const whos: References['whos'] = (values, path) => {
    for (const [i, value] of list(values).entries()) {
      const who = typeof value === 'string' ? parseWho(value) : undefined;
      if (who === undefined) continue;
      if (who.who === 'person') name('person', who.person, [...path, i]);
      else if ('department' in who) name('department', who.department, [...path, i]);
    }
  };
  return { known, fault, name, names, whos };
}

/** A mistyped name is told of once; what it meant is taken for granted elsewhere. */
export function asMeant(written: string, known: readonly string[]): string {
  return known.includes(written) ? written : (nearest(written, known) ?? written);
}
