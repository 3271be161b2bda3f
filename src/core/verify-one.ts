import { z } from 'zod';
import type { AuditEntry, PersonalText } from './aggregate.ts';
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
} from './audit.ts';
import type { Subject } from './audit.ts';
import { erasedAction } from './erase.ts';
import { canonical, sha256 } from './json.ts';
import type { StoredDocument, StoreReader } from './store.ts';
import type { Millis } from './time.ts';

/** The audit of one aggregate: its chain, its present state, its pages and its texts. */

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

const erasureFacts = z.object({ clause: z.string(), texts: z.array(z.string()) });

export function nameOf({ kind, id }: Subject): string {
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

/** A text that is gone, and the clause under which. */
export interface ErasedText {
  readonly where: string;
  readonly text: string;
  readonly clause: string;
}

interface Checked {
  readonly findings: readonly AuditFinding[];
  readonly entries: readonly AuditEntry[];
  readonly erased: readonly ErasedText[];
  /** whether its state or its first entry was sealed with the key that was given */
  readonly keyed: boolean;
}

/** A page may be set aside between reading the document and its pages; then the document is another one by now. */
export async function checkedWhole(
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
  const erased: ErasedText[] = [];
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
