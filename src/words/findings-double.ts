import type { Finding } from '../protocol/rule.ts';
export function sayFinding(finding: Finding): { what: string; fix: string } {
  return { what: `${finding.rule}: ${finding.code}`, fix: 'See what the protocol says.' };
}
