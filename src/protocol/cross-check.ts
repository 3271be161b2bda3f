import { checkAccounts } from './cross-check/accounts.ts';
import { checkElections } from './cross-check/elections.ts';
import { checkIds } from './cross-check/ids.ts';
import { checkRoles, checkSignInNames, checkDepartments } from './cross-check/people.ts';
import { referencesIn, type References } from './cross-check/references.ts';
import { checkRoutes, checkStages } from './cross-check/routes.ts';
import { checkRules } from './cross-check/rules.ts';
import { checkWalkable } from './cross-check/walkable.ts';
import type { FoundFault } from './faults.ts';
import { part, type Part } from './raw.ts';
import { keptKinds } from './schema.ts';

/**
 * What the parts of a protocol file say of each other. Reads the raw content and skips what the schema has
 * found wrong already, so that both kinds of fault are reported together.
 */
export function checkReferences(content: Part): readonly FoundFault[] {
  const faults: FoundFault[] = [];
  const references = referencesIn(content, faults);
  checkIds(content, references);
  checkSignInNames(content, references);
  checkDepartments(content, references);
  checkRoles(content, references);
  checkAccounts(content, references);
  checkElections(content, references);
  checkRules(content, references);
  checkRetention(content, references);
  checkStages(content, references);
  checkRoutes(content, references);
  faults.push(...checkWalkable(content, faults.length === 0));
  return faults;
}

/** How long each kind of record is kept is said. */
function checkRetention(content: Part, { fault }: References): void {
  if (content['retention'] !== undefined) {
    for (const kind of keptKinds) {
      if (!Object.hasOwn(part(content['retention']), kind)) {
        fault(['retention'], 'key', { code: 'no-retention', kind });
      }
    }
  }
}
