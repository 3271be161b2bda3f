import type { Protocol } from '../protocol/protocol.ts';
import { sayList } from './names.ts';

/** Every one of these people by name, for the lines at the start. */
export function sayNames(people: readonly string[], protocol: Protocol): string {
  return sayList(
    people.map((person) => protocol.people[person]?.name ?? person),
    'and',
    people.length,
  );
}
