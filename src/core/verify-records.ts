import type { AuditEntry } from './aggregate.ts';
import { everyDocument, type Anchor } from './anchors.ts';
import type { StoreReader } from './store.ts';
import { minutes, type Millis } from './time.ts';
import { checkedWhole, nameOf, type AuditFinding, type ErasedText } from './verify-one.ts';

/** The audit of every aggregate that is there, each against its anchors. */

/** How long after the first entries the first anchor was ever written; where it is longer, earlier anchors are gone. */
const atFirst: Millis = minutes(10);

/** What the series of anchors say. */
export interface Anchors {
  readonly findings: readonly AuditFinding[];
  /** of each aggregate, by its name */
  readonly anchored: ReadonlyMap<string, readonly Anchor[]>;
  readonly count: number;
  /** when the first was written */
  readonly first: Millis | undefined;
}

/** What was found in the records, while they are read one after the other. */
export interface Records {
  readonly findings: AuditFinding[];
  readonly erased: ErasedText[];
  readonly under: Map<string, Millis>;
  /** names of the aggregates that are there */
  readonly seen: Set<string>;
  /** kinds whose documents could not all be read: what was not seen there need not be gone */
  readonly unreadable: Set<string>;
  readonly notAnchored: AuditFinding[];
  /** of the entries from before the first anchor */
  readonly before: Span;
  /** of the entries that have no anchor and had to */
  readonly late: Span;
  entries: number;
  /** whether anything at all follows from the key that was given */
  keyed: boolean;
}

/**
 * @param since what was written before this instant has to be anchored; absent: anchors need not be there
 * @returns what is found in all records of some kinds; an aggregate that changes while it is read is read again
 */
export async function recordsIn(
  store: StoreReader,
  kinds: readonly string[],
  auditKey: Uint8Array,
  anchors: Anchors,
  since: Millis | undefined,
): Promise<Records> {
  const records: Records = {
    findings: [],
    erased: [],
    under: new Map(),
    seen: new Set(),
    unreadable: new Set(),
    notAnchored: [],
    before: span(),
    late: span(),
    entries: 0,
    keyed: anchors.count > 0,
  };
  for (const kind of kinds) {
    let last = '';
    try {
      for await (const document of everyDocument(store, kind)) {
        note(records, nameOf(document), await checkedWhole(store, auditKey, document), anchors, since);
        last = document.id;
      }
    } catch {
      records.unreadable.add(kind);
      records.findings.push({ where: kind, what: 'unreadable', ...(last === '' ? {} : { detail: last }) });
    }
  }
  return records;
}

/** Notes what was found in one aggregate, and what its anchors say to that. */
function note(
  records: Records,
  where: string,
  checked: Awaited<ReturnType<typeof checkedWhole>>,
  { anchored, first }: Anchors,
  since: Millis | undefined,
): void {
  const { entries } = checked;
  const anchors = anchored.get(where) ?? [];
  records.seen.add(where);
  records.findings.push(...checked.findings, ...againstAnchors(where, entries, anchors));
  records.erased.push(...checked.erased);
  records.entries += entries.length;
  records.keyed ||= checked.keyed;
  for (const { protocol, at } of entries) {
    records.under.set(protocol, Math.max(at, records.under.get(protocol) ?? at));
    if (first !== undefined && at < first - atFirst) records.before.add(at);
  }
  const open = entriesToAnchor(entries, anchors, since);
  for (const { at } of open) records.late.add(at);
  const [next] = open;
  if (next !== undefined) records.notAnchored.push({ where, what: 'not-anchored', n: next.n });
}

/** What lies between the earliest and the latest of some instants. */
interface Span {
  readonly add: (at: Millis) => void;
  readonly length: () => Millis;
}

function span(): Span {
  let [least, most] = [Infinity, -Infinity];
  return {
    add: (at) => {
      least = Math.min(least, at);
      most = Math.max(most, at);
    },
    length: () => Math.max(0, most - least),
  };
}

/** The entries that no anchor vouches for, of those that are old enough to have one. */
function entriesToAnchor(
  entries: readonly AuditEntry[],
  anchors: readonly Anchor[],
  since: Millis | undefined,
): readonly AuditEntry[] {
  if (since === undefined) return [];
  const length = anchors.reduce((most, anchor) => Math.max(most, anchor.length), 0);
  return entries.slice(length).filter(({ at }) => at < since);
}

function againstAnchors(
  where: string,
  entries: readonly AuditEntry[],
  anchors: readonly Anchor[],
): readonly AuditFinding[] {
  for (const { length, head } of anchors) {
    if (length === 0) continue;
    const entry = entries[length - 1];
    if (entry === undefined) return [{ where, what: 'behind-anchor', n: length }];
    if (entry.link !== head) return [{ where, what: 'not-as-anchored', n: length }];
  }
  return [];
}
