import { z } from 'zod';
import type { AuditEntry } from './aggregate.ts';
import { everyDocument, readAnchors } from './anchors.ts';
import type { Anchor, AnchorSeries } from './anchors.ts';
import { auditKinds, readPage, tombstoneId } from './audit.ts';
import { tombstoneMac } from './erase.ts';
import type { StoreReader } from './store.ts';
import { minutes, type Millis } from './time.ts';
import { checkedWhole, nameOf, type AuditFinding, type ErasedText } from './verify-one.ts';

/** The audit of all records: that nothing is changed, gone, or shorter than it was anchored. */

/** What an audit looked at. */
export interface AuditReport {
  readonly findings: readonly AuditFinding[];
  readonly aggregates: number;
  readonly entries: number;
  readonly anchors: number;
  /** versions of the protocol that entries name, and when the last of these was written */
  readonly under: ReadonlyMap<string, Millis>;
  /** not findings */
  readonly erased: readonly ErasedText[];
  /** aggregates that are gone, and the clause under which */
  readonly expired: readonly { readonly where: string; readonly clause: string }[];
}

const stoneSchema = z.object({
  of: z.object({ kind: z.string(), id: z.string() }),
  at: z.number(),
  clause: z.string(),
  length: z.number(),
  head: z.string(),
  mac: z.string(),
});

/** Of what is committed in so short a time, one death of the process may leave the anchors unwritten. */
const oneDeath: Millis = minutes(1);

/** How long after the first entries the first anchor was ever written; where it is longer, earlier anchors are gone. */
const atFirst: Millis = minutes(10);

/**
 * Checks every aggregate's chain, present state, pages and texts, and that nothing is gone or shorter than it was
 * anchored. Reads only; an aggregate that changes while it is read is read again.
 * @param series the anchors
 * @param since what was written before this instant has to be anchored; absent: anchors need not be there
 */
export async function verify(
  store: StoreReader,
  kinds: readonly string[],
  auditKey: Uint8Array,
  series: readonly AnchorSeries[],
  since?: Millis,
): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const erased: ErasedText[] = [];
  const expired: AuditReport['expired'][number][] = [];
  const anchored = new Map<string, Anchor[]>();
  let anchors = 0;
  for (const { name, lines, half } of series) {
    const read = readAnchors(auditKey, lines);
    for (const n of read.broken) findings.push({ where: name, what: 'anchors-changed', n });
    if (half) findings.push({ where: name, what: 'anchors-half', n: lines.length + 1 });
    anchors += read.anchors.length;
    for (const anchor of read.anchors) {
      const of = nameOf(anchor);
      anchored.set(of, [...(anchored.get(of) ?? []), anchor]);
    }
  }

  const expiredNames = new Set<string>();
  for await (const { id, body } of everyDocument(store, auditKinds.tombstone.kind)) {
    const read = stoneSchema.safeParse(body);
    if (
      !read.success ||
      tombstoneMac(auditKey, read.data) !== read.data.mac ||
      tombstoneId(read.data.of) !== id
    ) {
      findings.push({ where: `tombstone ${id}`, what: 'tombstone-forged' });
      continue;
    }
    expiredNames.add(nameOf(read.data.of));
    expired.push({ where: nameOf(read.data.of), clause: read.data.clause });
  }

  const first = [...anchored.values()]
    .flat()
    .reduce<Millis | undefined>((least, { at }) => Math.min(least ?? at, at), undefined);
  const before = span();
  const late = span();
  const notAnchored: AuditFinding[] = [];
  const seen = new Set<string>();
  const under = new Map<string, Millis>();
  /** kinds whose documents could not all be read: what was not seen there need not be gone */
  const unreadable = new Set<string>();
  let entries = 0;
  /** whether anything at all follows from the key that was given */
  let keyed = anchors > 0;
  for (const kind of kinds) {
    let last = '';
    try {
      for await (const document of everyDocument(store, kind)) {
        const checked = await checkedWhole(store, auditKey, document);
        findings.push(...checked.findings);
        erased.push(...checked.erased);
        const where = nameOf(document);
        seen.add(where);
        last = document.id;
        entries += checked.entries.length;
        for (const { protocol, at } of checked.entries)
          under.set(protocol, Math.max(at, under.get(protocol) ?? at));
        keyed ||= checked.keyed;
        const of = anchored.get(where) ?? [];
        findings.push(...againstAnchors(where, checked.entries, of));
        if (first !== undefined)
          for (const { at } of checked.entries) if (at < first - atFirst) before.add(at);
        const open = entriesToAnchor(checked.entries, of, since);
        for (const { at } of open) late.add(at);
        const [next] = open;
        if (next !== undefined) notAnchored.push({ where, what: 'not-anchored', n: next.n });
      }
    } catch {
      unreadable.add(kind);
      findings.push({ where: kind, what: 'unreadable', ...(last === '' ? {} : { detail: last }) });
    }
  }
  if (since !== undefined) {
    if (notAnchored.length > 0 && series.every(({ lines }) => lines.length === 0)) {
      findings.push({ where: 'anchors', what: 'no-anchors' });
    } else {
      if (late.length() > oneDeath) findings.push(...notAnchored);
      if (first !== undefined && before.length() > oneDeath) {
        findings.push({ where: 'anchors', what: 'anchors-begin-late', at: first });
      }
    }
  }
  for (const [where, [anchor]] of anchored) {
    if (anchor === undefined || unreadable.has(anchor.kind)) continue;
    if (!seen.has(where) && !expiredNames.has(where)) findings.push({ where, what: 'deleted' });
  }
  // A page outlives its aggregate only while an expiry is under way.
  const deleted = new Set(findings.filter(({ what }) => what === 'deleted').map(({ where }) => where));
  for await (const { id, body } of everyDocument(store, auditKinds.page.kind)) {
    const page = readPage(body);
    if (page === undefined) findings.push({ where: `audit-page ${id}`, what: 'unreadable' });
    else if (unreadable.has(page.of.kind)) continue;
    else if (![seen, expiredNames, deleted].some((names) => names.has(nameOf(page.of)))) {
      deleted.add(nameOf(page.of));
      findings.push({ where: nameOf(page.of), what: 'deleted' });
    }
  }
  const told =
    keyed || seen.size === 0
      ? findings
      : [
          { where: 'records', what: 'other-key' } as const,
          ...findings.filter(({ what }) => !needsKey.has(what)),
        ];
  return { findings: told, aggregates: seen.size, entries, anchors, under, erased, expired };
}

/** What is said of everything when another key was given, and so says nothing of any of it. */
const needsKey: ReadonlySet<AuditFinding['what']> = new Set([
  'entry-changed',
  'state-changed',
  'rest-changed',
  'anchors-changed',
  'tombstone-forged',
  'not-anchored',
]);

/** What lies between the earliest and the latest of some instants. */
function span(): { readonly add: (at: Millis) => void; readonly length: () => Millis } {
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
