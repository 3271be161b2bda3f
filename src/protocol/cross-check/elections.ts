import type { Path } from '../faults.ts';
import { plain } from '../people.ts';
import { list, part, text, texts } from '../raw.ts';
import type { Part } from '../raw.ts';
import { isIsoDay } from '../schema.ts';
import type { References } from './references.ts';

/** Elections and campaigns by their names and days, and who runs the elections. */
export function checkElections(content: Part, { fault, name }: References): void {
  const once = (entries: unknown, of: 'election' | 'campaign', path: Path) => {
    const seen = new Set<string>();
    for (const [i, entry] of list(entries).entries()) {
      const value = part(entry)['name'];
      if (typeof value !== 'string') continue;
      if (seen.has(plain(value))) fault([...path, i, 'name'], 'value', { code: 'id-twice', of, value });
      seen.add(plain(value));
    }
  };
  const periods = part(content['elections'])['periods'];
  once(periods, 'election', ['elections', 'periods']);
  once(part(content['registers'])['campaigns'], 'campaign', ['registers', 'campaigns']);
  for (const [i, entry] of list(periods).entries()) {
    const { name: election, begins, 'polling-day': polls, wards, candidates } = part(entry);
    for (const [key, values] of Object.entries({ wards, candidates })) {
      for (const [j, value] of texts(list(values)).entries()) {
        if (list(values).indexOf(value) === j) continue;
        fault(['elections', 'periods', i, key, j], 'value', { code: 'listed-twice', value });
      }
    }
    if (typeof begins !== 'string' || typeof polls !== 'string') continue;
    if (isIsoDay(begins) && isIsoDay(polls) && begins >= polls) {
      fault(['elections', 'periods', i, 'polling-day'], 'value', {
        code: 'polls-before-it-begins',
        election: text(election),
      });
    }
  }
  name('department', part(content['elections'])['department'], ['elections', 'department']);
}
