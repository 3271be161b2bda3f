import { checkAccounts } from './cross-check/accounts.ts';
import { checkDepartments } from './cross-check/departments.ts';
import { checkElections } from './cross-check/elections.ts';
import { checkIds } from './cross-check/ids.ts';
import { checkRoles, checkSignInNames } from './cross-check/people.ts';
import { referencesIn } from './cross-check/references.ts';
import { checkRetention } from './cross-check/retention.ts';
import { checkRoutes } from './cross-check/routes.ts';
import { checkRules } from './cross-check/rules.ts';
import { checkStages } from './cross-check/stages.ts';
import { checkWalkable } from './cross-check/walkable.ts';
import type { FoundFault } from './faults.ts';
import type { Part } from './raw.ts';

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
