import { part } from '../raw.ts';
import type { Part } from '../raw.ts';
import { keptKinds } from '../schema.ts';
import type { References } from './references.ts';

/** How long each kind of record is kept is said. */
export function checkRetention(content: Part, { fault }: References): void {
  if (content['retention'] !== undefined) {
    for (const kind of keptKinds) {
      if (!Object.hasOwn(part(content['retention']), kind)) {
        fault(['retention'], 'key', { code: 'no-retention', kind });
      }
    }
  }
}
