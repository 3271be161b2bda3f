import type { AggregateBody, AuditEntry, Erasure, PersonalText } from './aggregate.ts';
import { auditKinds, bodySchema, mac, pageId, readPage, readTexts, tombstoneId } from './audit.ts';
import type { Subject } from './audit.ts';
import type { Actor } from './context.ts';
import type { Executor } from './execute.ts';
import { asJson } from './json.ts';
import type { NewDocument, Store } from './store.ts';
import type { Millis } from './time.ts';

/** The action of the entry that an erasure leaves: its facts are the clause, and the texts by `<n>.<name>`. */
export const erasedAction = 'erased';

/**
 * Takes personal texts out of an aggregate: out of its state by the kind's own `redact`, and out of what stands
 * beside its entries, with the salts. The entry that says so is committed first; texts of older pages follow.
 * An erasure that was cut off is finished by giving it again; one that means nothing that is still there leaves no entry.
 * @returns how many texts beside the entries went
 * @throws where a page of the record is missing
 */
export async function erase(
  executor: Executor,
  { kind, id }: Subject,
  erasure: Erasure,
  actor: Actor,
): Promise<number> {
  const pages = await pagesOf(executor.store, { kind, id });
  const inPages = pages.flatMap(({ entries, personal }) => chosen(entries, personal, erasure));
  const erased = await executor.amend(kind, id, (draft) => {
    const { tail, personal, pages: count } = draft.audit;
    if (count !== pages.length) return undefined;
    const inTail = chosen(tail, personal, erasure);
    const names = [...inPages, ...inTail];
    if (names.length === 0 && !draft.redacts(erasure)) return { texts: 0, at: draft.now };
    const left = without(personal, inTail, { erased: erasure.clause, at: draft.now });
    const note = { action: erasedAction, facts: { clause: erasure.clause, texts: names } };
    draft.erase(erasure, left, note, actor);
    return { texts: names.length, at: draft.now };
  });
  // A page was set aside between reading the pages and writing; what stood in the tail is in it now.
  if (erased === undefined) return await erase(executor, { kind, id }, erasure, actor);
  for (const { page } of pages) await eraseInPage(executor.store, { kind, id }, page, erasure, erased.at);
  return erased.texts;
}

/** The names of the texts of an aggregate's record that are still there, each once, such as `text` or `note`. */
export async function textsLeft(store: Store, { kind, id }: Subject): Promise<readonly string[]> {
  const document = await store.get(kind, id);
  const body = document === undefined ? undefined : bodySchema.safeParse(document.body).data;
  const all = [
    ...(await pagesOf(store, { kind, id })).map(({ personal }) => personal),
    body?.audit.personal ?? {},
  ];
  const left = all.flatMap(Object.entries<PersonalText>).filter(([, text]) => 'text' in text);
  return [...new Set(left.map(([name]) => name.slice(name.indexOf('.') + 1)))].toSorted();
}

/** Every entry of an aggregate's record, the oldest first. */
export async function recordOf(store: Store, subject: Subject): Promise<readonly AuditEntry[]> {
  const document = await store.get(subject.kind, subject.id);
  const pages = await pagesOf(store, subject);
  const tail = document === undefined ? [] : (bodySchema.safeParse(document.body).data?.audit.tail ?? []);
  return [...pages.flatMap(({ entries }) => entries), ...tail];
}

/** The texts that an erasure means and that are still there. */
function chosen(
  entries: readonly AuditEntry[],
  personal: Readonly<Record<string, PersonalText>>,
  { names, actor }: Erasure,
): readonly string[] {
  const meant = entries
    .filter((entry) => actor === undefined || entry.actor === actor)
    .flatMap(({ n, commitments }) =>
      Object.keys(commitments)
        .filter((name) => names === undefined || names.includes(name))
        .map((name) => `${n}.${name}`),
    );
  return meant.filter((name) => {
    const text = personal[name];
    return text !== undefined && 'text' in text;
  });
}

function without(
  personal: Readonly<Record<string, PersonalText>>,
  names: readonly string[],
  mark: PersonalText,
): AggregateBody<unknown>['audit']['personal'] {
  return { ...personal, ...Object.fromEntries(names.map((name) => [name, mark])) };
}

interface Page {
  readonly page: number;
  readonly entries: readonly AuditEntry[];
  readonly personal: Readonly<Record<string, PersonalText>>;
}

/** @throws where one of them is missing or cannot be read: what was in it could not be said to be erased */
async function pagesOf(store: Store, subject: Subject): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const document = await store.get(subject.kind, subject.id);
  const count = document === undefined ? 0 : auditOf(document.body).pages;
  for (let page = 0; page < count; page += 1) {
    const id = pageId(subject, page);
    const read = readPage((await store.get(auditKinds.page.kind, id))?.body ?? null);
    const texts = readTexts((await store.get(auditKinds.texts.kind, id))?.body ?? null);
    if (read === undefined || texts === undefined)
      throw new Error(`page ${page + 1} of the record of the ${subject.kind} ${subject.id} is missing`);
    pages.push({ page, entries: read.entries, personal: texts.personal });
  }
  return pages;
}

function auditOf(body: unknown): { readonly pages: number; readonly length: number; readonly head: string } {
  const none = { pages: 0, length: 0, head: '' };
  if (body === null || typeof body !== 'object' || !('audit' in body)) return none;
  const { audit } = body;
  if (audit === null || typeof audit !== 'object') return none;
  if (!('pages' in audit) || !('length' in audit) || !('head' in audit)) return none;
  const { pages, length, head } = audit;
  if (typeof pages !== 'number' || typeof length !== 'number' || typeof head !== 'string') return none;
  return { pages, length, head };
}

/** Replaces the texts of a page; again from a fresh read when somebody else was writing it. */
async function eraseInPage(
  store: Store,
  subject: Subject,
  page: number,
  erasure: Erasure,
  at: Millis,
): Promise<void> {
  const id = pageId(subject, page);
  for (;;) {
    const document = await store.get(auditKinds.texts.kind, id);
    const entries = await store.get(auditKinds.page.kind, id);
    const texts = document === undefined ? undefined : readTexts(document.body);
    const read = entries === undefined ? undefined : readPage(entries.body);
    if (document === undefined || texts === undefined || read === undefined) return;
    const names = chosen(read.entries, texts.personal, erasure);
    if (names.length === 0) return;
    const personal = without(texts.personal, names, { erased: erasure.clause, at });
    const { version, ...rest } = document;
    if ((await store.replace({ ...rest, body: asJson({ ...texts, personal }) }, version)).put) return;
  }
}

/** What stays of an aggregate whose time is over. */
export interface Tombstone {
  readonly of: Subject;
  readonly at: Millis;
  readonly clause: string;
  readonly length: number;
  readonly head: string;
}

/** The signature of a tombstone. */
export function tombstoneMac(key: Uint8Array, { of, at, clause, length, head }: Tombstone): string {
  return mac(key, 'tombstone', of.kind, of.id, { at, clause, length, head });
}

/**
 * Removes an aggregate whose time is over, with its pages and texts, and leaves a signed tombstone. The tombstone
 * comes first, so that a process that dies in between leaves nothing missing without one; given again, it goes on.
 * @returns false when the aggregate was changed meanwhile: it stays, and whoever expires it decides again
 */
export async function expire(
  { store, forget }: Pick<Executor, 'store' | 'forget'>,
  auditKey: Uint8Array,
  of: Subject,
  clause: string,
  at: Millis,
): Promise<boolean> {
  const document = await store.get(of.kind, of.id);
  if (document === undefined) return true;
  const { pages, length, head } = auditOf(document.body);
  const stone: Tombstone = { of: { kind: of.kind, id: of.id }, at, clause, length, head };
  const tombstone: NewDocument = {
    kind: auditKinds.tombstone.kind,
    id: tombstoneId(of),
    form: 1,
    index: {},
    words: [],
    body: asJson({ ...stone, mac: tombstoneMac(auditKey, stone) }),
  };
  if (!(await store.create(tombstone)).put) {
    const earlier = await store.get(tombstone.kind, tombstone.id);
    if (earlier !== undefined && !(await store.replace(tombstone, earlier.version)).put) return false;
  }
  if (!(await store.remove(of.kind, of.id, document.version)).put) return false;
  forget(of.kind, of.id);
  for (let page = 0; page < pages; page += 1) {
    for (const { kind } of [auditKinds.page, auditKinds.texts]) {
      const aside = await store.get(kind, pageId(of, page));
      if (aside !== undefined) await store.remove(kind, aside.id, aside.version);
    }
  }
  return true;
}
