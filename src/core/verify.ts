import { z } from 'zod';
import { everyDocument, readAnchors } from './anchors.ts';
import type { AnchorSeries } from './anchors.ts';
import { auditKinds, readPage, tombstoneId } from './audit.ts';
import { tombstoneMac } from './erase.ts';
import type { StoreReader } from './store.ts';
import { minutes, type Millis } from './time.ts';
import { nameOf, type AuditFinding, type ErasedText } from './verify-one.ts';
import { recordsIn, type Anchors, type Records } from './verify-records.ts';

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
  const anchors = anchorsIn(series, auditKey);
  const stones = await expiredIn(store, auditKey);
  const records = await recordsIn(store, kinds, auditKey, anchors, since);
  const findings = [
    ...anchors.findings,
    ...stones.findings,
    ...records.findings,
    ...(since === undefined ? [] : ofAnchoring(series, anchors, records)),
  ];
  const deleted = deletedOf(anchors, stones, records);
  const pages = await lonePagesIn(store, stones, records, deleted);
  return {
    findings: underKey([...findings, ...deleted, ...pages], records),
    aggregates: records.seen.size,
    entries: records.entries,
    anchors: anchors.count,
    under: records.under,
    erased: records.erased,
    expired: stones.expired,
  };
}

function anchorsIn(series: readonly AnchorSeries[], auditKey: Uint8Array): Anchors {
  const read = series.map((each) => ({ ...each, ...readAnchors(auditKey, each.lines) }));
  const anchors = read.flatMap((each) => each.anchors);
  return {
    findings: read.flatMap(({ name, lines, half, broken }): AuditFinding[] => [
      ...broken.map((n) => ({ where: name, what: 'anchors-changed' as const, n })),
      ...(half ? [{ where: name, what: 'anchors-half' as const, n: lines.length + 1 }] : []),
    ]),
    anchored: Map.groupBy(anchors, nameOf),
    count: anchors.length,
    first: anchors.reduce<Millis | undefined>((least, { at }) => Math.min(least ?? at, at), undefined),
  };
}

/** The aggregates that are gone and may be. */
interface Stones {
  readonly findings: readonly AuditFinding[];
  readonly expired: AuditReport['expired'];
  readonly names: ReadonlySet<string>;
}

async function expiredIn(store: StoreReader, auditKey: Uint8Array): Promise<Stones> {
  const findings: AuditFinding[] = [];
  const expired: AuditReport['expired'][number][] = [];
  for await (const { id, body } of everyDocument(store, auditKinds.tombstone.kind)) {
    const { data: stone } = stoneSchema.safeParse(body);
    if (stone !== undefined && tombstoneMac(auditKey, stone) === stone.mac && tombstoneId(stone.of) === id)
      expired.push({ where: nameOf(stone.of), clause: stone.clause });
    else findings.push({ where: `tombstone ${id}`, what: 'tombstone-forged' });
  }
  return { findings, expired, names: new Set(expired.map(({ where }) => where)) };
}

/** What has no anchor and had to: where there is none at all, that is said once. */
function ofAnchoring(
  series: readonly AnchorSeries[],
  { first }: Anchors,
  { notAnchored, late, before }: Records,
): readonly AuditFinding[] {
  if (notAnchored.length > 0 && series.every(({ lines }) => lines.length === 0))
    return [{ where: 'anchors', what: 'no-anchors' }];
  return [
    ...(late.length() > oneDeath ? notAnchored : []),
    ...(first !== undefined && before.length() > oneDeath
      ? [{ where: 'anchors', what: 'anchors-begin-late' as const, at: first }]
      : []),
  ];
}

/** What was anchored and is not there any more. */
const deletedOf = ({ anchored }: Anchors, stones: Stones, records: Records): readonly AuditFinding[] =>
  [...anchored].flatMap(([where, [anchor]]) =>
    anchor === undefined ||
    records.unreadable.has(anchor.kind) ||
    records.seen.has(where) ||
    stones.names.has(where)
      ? []
      : [{ where, what: 'deleted' as const }],
  );

/** Pages of aggregates that are not there. A page outlives its aggregate only while an expiry is under way. */
async function lonePagesIn(
  store: StoreReader,
  stones: Stones,
  { seen, unreadable }: Records,
  gone: readonly AuditFinding[],
): Promise<readonly AuditFinding[]> {
  const findings: AuditFinding[] = [];
  const deleted = new Set(gone.map(({ where }) => where));
  for await (const { id, body } of everyDocument(store, auditKinds.page.kind)) {
    const page = readPage(body);
    if (page === undefined) {
      findings.push({ where: `audit-page ${id}`, what: 'unreadable' });
      continue;
    }
    const where = nameOf(page.of);
    if (unreadable.has(page.of.kind) || [seen, stones.names, deleted].some((names) => names.has(where)))
      continue;
    deleted.add(where);
    findings.push({ where, what: 'deleted' });
  }
  return findings;
}

/** Where nothing at all follows from the key, it is another one: that is said, and nothing that needs the key. */
const underKey = (findings: readonly AuditFinding[], { keyed, seen }: Records): readonly AuditFinding[] =>
  keyed || seen.size === 0
    ? findings
    : [{ where: 'records', what: 'other-key' }, ...findings.filter(({ what }) => !needsKey.has(what))];

/** What is said of everything when another key was given, and so says nothing of any of it. */
const needsKey: ReadonlySet<AuditFinding['what']> = new Set([
  'entry-changed',
  'state-changed',
  'rest-changed',
  'anchors-changed',
  'tombstone-forged',
  'not-anchored',
]);
