import type { AuditReport } from '../core/verify.ts';
import type { AuditFinding } from '../core/verify-one.ts';
import type { Millis } from '../core/time.ts';
import { sayForYears } from './times.ts';

/** What the lines of an audit are told with. */
export interface AuditNames {
  /** the folder of the anchors that were looked at */
  readonly anchors: string;
  /** posts by the number that people say, under `post <id>` */
  readonly numbers: ReadonlyMap<string, number>;
}

/** @returns `#19 (post post-…)`, or what a record is called where people have no number for it */
function named(where: string, { numbers }: AuditNames): string {
  const number = numbers.get(where);
  return number === undefined ? where : `#${number} (${where})`;
}

/** A finding of an audit as the person who ran it reads it: what and where, without anybody's words. */
export function auditFinding(finding: AuditFinding, names: AuditNames): string {
  const { what, n, detail, at } = finding;
  const where = named(finding.where, names);
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
    case 'anchors-half':
      return `${where}: line ${n ?? 1} is not whole. A Crier that is killed while it writes can leave such a line, and takes it away once it runs again; otherwise the end of the file was cut off.`;
    case 'no-anchors':
      return `There are no anchors in ${names.anchors}, so nobody can tell what was deleted or cut off. Set CRIER_ANCHORS to where they are kept, or put them back from a copy. (A Crier that has never run for a minute writes them once it does.)`;
    case 'not-anchored':
      return `${where}: no anchor in ${names.anchors} vouches for entry ${n ?? 1} and what follows. Anchors were taken away, or could not be written. Where several processes share a store, all of their anchors have to stand there.`;
    case 'anchors-begin-late':
      return `The anchors in ${names.anchors} begin ${at === undefined ? 'on a later day' : `on ${sayForYears(at)}`}, after the records, so nobody can tell what was deleted or cut off before. Put the earlier files back beside them, each under a name of its own such as anchors-earlier.jsonl.`;
    case 'other-key':
      return 'Nothing here was written with the audit key that was given, so nobody can tell whether it was changed. Set CRIER_AUDIT_KEY to the key that Crier runs with (a rehearsal without it keeps one in CRIER_DATA), or CRIER_DATA and CRIER_ANCHORS to the folders that belong to this key. If all of them are right, everything was written anew by something other than Crier.';
    case 'version-changed':
      return `${where}: the text that is kept under it is of another version.`;
    case 'version-not-kept':
      return `${where}: decisions were made under this version, and its text is not kept.`;
    case 'unknown-kind':
      return `${where}: a kind of record that this Crier does not keep. A later Crier or something other than Crier put it there.`;
    case 'misplaced':
      return `${where}: the lists and searches in which it stands were changed by something other than Crier.`;
  }
}

/** One version of the protocol that is kept. */
export interface KeptVersion {
  readonly version: string;
  readonly at: Millis;
}

/** The versions of the protocol that are kept, oldest first, for whoever looks for one. */
export function sayVersions(kept: readonly KeptVersion[]): readonly string[] {
  return kept.length === 0
    ? ['No version of the protocol is kept yet. Crier keeps the one in force when it starts.']
    : kept.map(({ version, at }) => `${version}  first in force on ${sayForYears(at)}`);
}

/** That no version, or more than one, is meant by what was given. */
export const sayNotOneVersion = (given: string, kept: readonly KeptVersion[]): readonly string[] => [
  `${given} is the beginning of no one version of the protocol that is kept. Give enough of one of these:`,
  ...sayVersions(kept),
];

/** How the audit is asked for. */
export const sayAuditUsage = (): string =>
  'Give npm run audit alone to verify the record, with "-- --protocols" to list the versions of the protocol that are kept, or with "-- --protocol=" and the beginning of one to read it.';

/** What an audit looked at and what it came to, as lines. */
export function auditSummary(report: AuditReport, names: AuditNames): string[] {
  const { findings, aggregates, entries, anchors, erased, expired } = report;
  const rows: readonly (readonly [string, number])[] = [
    ['records checked', aggregates],
    ['entries checked', entries],
    ['anchors checked', anchors],
    ['texts erased', erased.length],
    ['records expired', expired.length],
    ['findings', findings.length],
  ];
  const clauses = [
    ...erased.map(
      ({ where, text, clause }) =>
        `${named(where, names)}: the text ${text} was erased under clause ${clause}.`,
    ),
    ...expired.map(({ where, clause }) => `${named(where, names)}: expired under clause ${clause}.`),
  ];
  return [...rows.map(([name, count]) => `${name.padEnd(18)}${String(count).padStart(10)}`), ...clauses];
}
