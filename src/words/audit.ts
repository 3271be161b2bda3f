import type { AuditFinding, AuditReport } from '../core/verify.ts';

/** A finding of an audit as the person who ran it reads it: what and where, without anybody's words. */
export function auditFinding({ where, what, n, detail }: AuditFinding): string {
  switch (what) {
    case 'unreadable':
      return detail === undefined
        ? `${where}: a record cannot be read.`
        : `${where}: a record after ${detail} cannot be read, and those behind it were not checked.`;
    case 'entry-changed':
      return `${where}: entry ${n ?? 1} is not as it was written, or the chain was recomputed from there on.`;
    case 'entries-missing':
      return `${where}: entries are missing from number ${n ?? 1} on.`;
    case 'state-changed':
      return `${where}: what it holds now was changed by something other than Crier.`;
    case 'rest-changed':
      return `${where}: its waiting work, its list fields or the end of its history were changed by something other than Crier.`;
    case 'text-changed':
      return `${where}: the text ${detail ?? ''} is not the one that was written.`;
    case 'text-missing':
      return `${where}: the text ${detail ?? ''} is gone, and no erasure was recorded for it.`;
    case 'erasure-unfinished':
      return `${where}: the erasure of the text ${detail ?? ''} was recorded, and the text is still there. Run the erasure again.`;
    case 'page-missing':
      return `${where}: page ${n ?? 1} of its history is missing.`;
    case 'page-changed':
      return `${where}: page ${n ?? 1} of its history is not as it was written.`;
    case 'deleted':
      return `${where}: deleted without a record of why.`;
    case 'behind-anchor':
      return `${where}: its history is shorter than it was: entry ${n ?? 1} was anchored and is gone.`;
    case 'not-as-anchored':
      return `${where}: entry ${n ?? 1} is not the one that was anchored: the chain was recomputed.`;
    case 'tombstone-forged':
      return `${where}: this record of a removal was not written by Crier.`;
    case 'anchors-changed':
      return `${where}: line ${n ?? 1} was changed, added or follows a line that was taken out.`;
  }
}

/** What an audit looked at and what it came to, as lines. */
export function auditSummary({
  findings,
  aggregates,
  entries,
  anchors,
  erased,
  expired,
}: AuditReport): string[] {
  const rows: readonly (readonly [string, number])[] = [
    ['records checked', aggregates],
    ['entries checked', entries],
    ['anchors checked', anchors],
    ['texts erased', erased.length],
    ['records expired', expired.length],
    ['findings', findings.length],
  ];
  const clauses = [
    ...erased.map(({ where, text, clause }) => `${where}: the text ${text} was erased under ${clause}.`),
    ...expired.map(({ where, clause }) => `${where}: expired under ${clause}.`),
  ];
  return [...rows.map(([name, count]) => `${name.padEnd(18)}${String(count).padStart(10)}`), ...clauses];
}
