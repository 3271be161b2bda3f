import { z } from 'zod';
import type { AuditEntry, PersonalText } from './aggregate.ts';
import { everyDocument, readAnchors } from './anchors.ts';
import type { Anchor, AnchorSeries } from './anchors.ts';
import {
  auditKinds,
  bodySchema,
  commitmentTo,
  linkOf,
  pageId,
  pageSize,
  readPage,
  readTexts,
  sealOf,
  tombstoneId,
} from './audit.ts';
import type { Subject } from './audit.ts';
import { erasedAction, tombstoneMac } from './erase.ts';
import { canonical, sha256 } from './json.ts';
import type { StoredDocument, StoreReader } from './store.ts';
import { minutes, type Millis } from './time.ts';

/** Something in the records that Crier did not write so. */
export interface AuditFinding {
  /** `<kind> <id>`, or the name of the anchors' series */
  readonly where: string;
  readonly what:
    | 'unreadable'
    | 'entry-changed'
    | 'entries-missing'
    | 'state-changed'
    | 'rest-changed'
    | 'text-changed'
    | 'text-missing'
    | 'erasure-unfinished'
    | 'page-missing'
    | 'page-changed'
    | 'deleted'
    | 'behind-anchor'
    | 'not-as-anchored'
    | 'tombstone-forged'
    | 'anchors-changed'
    | 'anchors-half'
    | 'no-anchors'
    | 'not-anchored'
    | 'anchors-begin-late'
    | 'other-key'
    | 'version-changed'
    | 'version-not-kept'
    | 'unknown-kind'
    | 'misplaced';
  /** the entry, page or line it is about */
  readonly n?: number;
  /** which text, as `<n>.<name>`, or the id behind which nothing can be read */
  readonly detail?: string;
  /** when the anchors begin */
  readonly at?: Millis;
}

/** What an audit looked at. */
export interface AuditReport {
  readonly findings: readonly AuditFinding[];
  readonly aggregates: number;
  readonly entries: number;
  readonly anchors: number;
  /** versions of the protocol that entries name, and when the last of these was written */
  readonly under: ReadonlyMap<string, Millis>;
  /** texts that are gone, and the clause under which: not findings */
  readonly erased: readonly { readonly where: string; readonly text: string; readonly clause: string }[];
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

const erasureFacts = z.object({ clause: z.string(), texts: z.array(z.string()) });

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
  const erased: AuditReport['erased'][number][] = [];
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

function nameOf({ kind, id }: Subject): string {
  return `${kind} ${id}`;
}

/** Checks one aggregate as it stands, without what was anchored of it. @returns undefined where there is none */
export async function verifyOne(
  store: StoreReader,
  auditKey: Uint8Array,
  { kind, id }: Subject,
): Promise<readonly AuditFinding[] | undefined> {
  const document = await store.get(kind, id);
  return document === undefined ? undefined : (await checkedWhole(store, auditKey, document)).findings;
}

/**
 * Whether records were sealed by this key: entries by another one would break every chain that they are added to.
 * Where there are none yet any key will do; one that was tampered with says nothing of the key while another is whole.
 */
export async function isSealedBy(
  store: Pick<StoreReader, 'scan'>,
  kinds: readonly string[],
  auditKey: Uint8Array,
): Promise<boolean> {
  let others = 0;
  for (const kind of kinds) {
    for (const document of (await store.scan(kind, 3)).items) {
      const body = bodySchema.safeParse(document.body);
      if (!body.success) continue;
      const { seal, state } = body.data;
      const expected = sealOf(auditKey, { ...document, body: body.data }, sha256(canonical(state)));
      if (expected.state === seal.state) return true;
      others += 1;
    }
  }
  return others === 0;
}

interface Checked {
  readonly findings: readonly AuditFinding[];
  readonly entries: readonly AuditEntry[];
  readonly erased: AuditReport['erased'];
  /** whether its state or its first entry was sealed with the key that was given */
  readonly keyed: boolean;
}

/** A page may be set aside between reading the document and its pages; then the document is another one by now. */
async function checkedWhole(
  store: StoreReader,
  auditKey: Uint8Array,
  document: StoredDocument,
): Promise<Checked> {
  let read = document;
  for (;;) {
    const checked = await check(store, auditKey, read);
    if (checked.findings.length === 0) return checked;
    const now = await store.get(document.kind, document.id);
    if (now === undefined || now.version === read.version) return checked;
    read = now;
  }
}

async function check(store: StoreReader, auditKey: Uint8Array, document: StoredDocument): Promise<Checked> {
  const where = nameOf(document);
  const body = bodySchema.safeParse(document.body);
  if (!body.success)
    return { findings: [{ where, what: 'unreadable' }], entries: [], erased: [], keyed: false };
  const { audit, seal, state } = body.data;
  const findings: AuditFinding[] = [];

  const entries: AuditEntry[] = [];
  const personal: Record<string, PersonalText> = { ...audit.personal };
  for (let n = 0; n < audit.pages; n += 1) {
    const page = await store.get(auditKinds.page.kind, pageId(document, n));
    const texts = await store.get(auditKinds.texts.kind, pageId(document, n));
    const read = page === undefined ? undefined : readPage(page.body);
    const beside = texts === undefined ? undefined : readTexts(texts.body);
    if (read === undefined) findings.push({ where, what: 'page-missing', n: n + 1 });
    else if (read.page !== n || nameOf(read.of) !== where || read.entries.length !== pageSize) {
      findings.push({ where, what: 'page-changed', n: n + 1 });
    }
    if (beside?.page !== n || nameOf(beside.of) !== where)
      findings.push({ where, what: 'page-changed', n: n + 1 });
    entries.push(...(read?.entries ?? []));
    Object.assign(personal, beside?.personal);
  }
  entries.push(...audit.tail);

  let before = '';
  let changed = false;
  for (const [n, entry] of entries.entries()) {
    if (entry.n !== n + 1 || linkOf(auditKey, document, before, entry) !== entry.link) {
      findings.push({ where, what: entry.n === n + 1 ? 'entry-changed' : 'entries-missing', n: n + 1 });
      changed = true;
      break;
    }
    before = entry.link;
  }
  if (!changed && (entries.length !== audit.length || before !== audit.head)) {
    findings.push({ where, what: 'entries-missing', n: entries.length + 1 });
  }

  const expected = sealOf(auditKey, { ...document, body: body.data }, sha256(canonical(state)));
  if (expected.state !== seal.state) findings.push({ where, what: 'state-changed' });
  // The second seal covers the first, so that it says something about the rest only where the state is as it was.
  else if (expected.rest !== seal.rest) findings.push({ where, what: 'rest-changed' });

  const texts = checkTexts(where, entries, personal);
  const [opening] = entries;
  const keyed =
    expected.state === seal.state ||
    (opening !== undefined && linkOf(auditKey, document, '', opening) === opening.link);
  return { findings: [...findings, ...texts.findings], entries, erased: texts.erased, keyed };
}

/** Every commitment has its text, unchanged, or the mark of an erasure that an entry of the chain tells of. */
function checkTexts(
  where: string,
  entries: readonly AuditEntry[],
  personal: Readonly<Record<string, PersonalText>>,
): Pick<Checked, 'findings' | 'erased'> {
  const findings: AuditFinding[] = [];
  const erased: AuditReport['erased'][number][] = [];
  const told = new Map<string, { readonly clause: string; readonly at: number }[]>();
  for (const { action, facts, at } of entries) {
    const read = action === erasedAction ? erasureFacts.safeParse(facts) : undefined;
    if (read?.success !== true) continue;
    const { clause, texts } = read.data;
    for (const name of texts) told.set(name, [...(told.get(name) ?? []), { clause, at }]);
  }
  const committed = new Set(
    entries.flatMap(({ n, commitments }) => Object.keys(commitments).map((name) => `${n}.${name}`)),
  );
  for (const detail of Object.keys(personal)) {
    if (!committed.has(detail)) findings.push({ where, what: 'text-changed', detail });
  }
  for (const { n, commitments } of entries) {
    for (const [name, commitment] of Object.entries(commitments)) {
      const detail = `${n}.${name}`;
      const text = personal[detail];
      const erasures = told.get(detail) ?? [];
      if (text === undefined) findings.push({ where, what: 'text-missing', n, detail });
      else if ('erased' in text) {
        const so = erasures.some(({ clause, at }) => clause === text.erased && at === text.at);
        if (so) erased.push({ where, text: detail, clause: text.erased });
        else findings.push({ where, what: 'text-missing', n, detail });
      } else if (erasures.length > 0) findings.push({ where, what: 'erasure-unfinished', n, detail });
      else if (commitmentTo(text.salt, text.text) !== commitment) {
        findings.push({ where, what: 'text-changed', n, detail });
      }
    }
  }
  return { findings, erased };
}

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
