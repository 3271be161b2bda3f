import type { FoundFault, Path } from './cross-check.ts';
import { plain } from './people.ts';
import { list, part, text, texts } from './raw.ts';
import type { Part } from './raw.ts';
import { isIsoDay } from './schema.ts';

/** Elections and campaigns by their names and days. */
export function checkElections(content: Part): readonly FoundFault[] {
  const faults: FoundFault[] = [];
  const once = (entries: unknown, of: 'election' | 'campaign', path: Path) => {
    const seen = new Set<string>();
    for (const [i, entry] of list(entries).entries()) {
      const value = part(entry)['name'];
      if (typeof value !== 'string') continue;
      const kind = { code: 'id-twice', of, value } as const;
      if (seen.has(plain(value))) faults.push({ path: [...path, i, 'name'], at: 'value', kind });
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
        const kind = { code: 'listed-twice', value } as const;
        faults.push({ path: ['elections', 'periods', i, key, j], at: 'value', kind });
      }
    }
    if (typeof begins !== 'string' || typeof polls !== 'string') continue;
    if (isIsoDay(begins) && isIsoDay(polls) && begins >= polls) {
      const kind = { code: 'polls-before-it-begins', election: text(election) } as const;
      faults.push({ path: ['elections', 'periods', i, 'polling-day'], at: 'value', kind });
    }
  }
  return faults;
}
