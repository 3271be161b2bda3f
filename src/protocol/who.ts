import type { Who } from './protocol.ts';
import { whoForm } from './schema.ts';

/** Reads who a stage asks, such as `desk`, `approvers of housing`, `person ellen-rimmer`; undefined for anything else. */
export function parseWho(written: string): Who | undefined {
  const [, council, some, department, person] = whoForm.exec(written) ?? [];
  if (person !== undefined) return { who: 'person', person };
  if (department !== undefined) {
    return some === 'leads' ? { who: 'leads', department } : { who: 'approvers', department };
  }
  switch (council) {
    case 'desk':
    case 'head-of-communications':
    case 'monitoring-officer':
    case 'duty-officer':
    case 'approvers':
    case 'leads':
      return { who: council };
    case undefined:
    default:
      return undefined;
  }
}
