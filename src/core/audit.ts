import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { AggregateBody, AuditEntry, PersonalText } from './aggregate.ts';
import type { AuditNote } from './change.ts';
import type { Actor } from './context.ts';
import { asJson, canonical, idFrom, sha256 } from './json.ts';
import type { Json } from './json.ts';
import type { KindDeclaration, NewDocument, StoreReader } from './store.ts';
import type { Millis } from './time.ts';

/** The audit part of an aggregate's document. */
export type Trail = AggregateBody<unknown>['audit'];

/** Which aggregate an entry, page or anchor is about. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
}

/** Where the key of the chains comes from; a file beside the data is for rehearsals, where nothing is at stake. */
export type AuditKeySource =
  { readonly from: 'variable'; readonly key: Uint8Array } | { readonly from: 'file'; readonly path: string };

/** Entries of one page, and how long the tail may grow before its oldest page is set aside. */
export const pageSize = 20;
const longestTail = 40;

/** Documents in which older entries, their texts, and the traces of expired records are kept. */
export const auditKinds = {
  page: { kind: 'audit-page', form: 1, indexes: {} },
  texts: { kind: 'audit-texts', form: 1, indexes: {} },
  tombstone: { kind: 'tombstone', form: 1, indexes: {} },
} as const satisfies Record<string, KindDeclaration>;

/** The trail of an aggregate that has no entry yet. */
export const emptyTrail: Trail = { length: 0, head: '', pages: 0, tail: [], personal: {} };

const json = z.custom<Json>((value) => value !== undefined);

const entrySchema = z.object({
  n: z.number(),
  at: z.number(),
  actor: z.string(),
  action: z.string(),
  facts: z.record(z.string(), z.unknown()),
  commitments: z.record(z.string(), z.string()),
  protocol: z.string(),
  stateHash: z.string(),
  link: z.string(),
});

const personalSchema = z.record(
  z.string(),
  z.union([
    z.object({ salt: z.string(), text: z.string() }),
    z.object({ erased: z.string(), at: z.number() }),
  ]),
);

const subjectSchema = z.object({ kind: z.string(), id: z.string() });

const leaseSchema = z.object({
  owner: z.string(),
  attempt: z.string(),
  until: z.number(),
  was: json.exactOptional(),
});

/** The form of an aggregate's document around its state. */
export const bodySchema = z.object({
  state: json,
  effects: z.array(
    z.object({
      key: z.string(),
      type: z.string(),
      data: json,
      due: z.number(),
      attempts: z.number(),
      wish: z.number(),
      lease: leaseSchema.exactOptional(),
      dropped: z.literal(true).exactOptional(),
    }),
  ),
  wishes: z.number(),
  audit: z.object({
    length: z.number(),
    head: z.string(),
    pages: z.number(),
    tail: z.array(entrySchema),
    personal: personalSchema,
  }),
  handled: z.array(z.object({ key: z.string(), at: z.number(), code: z.string() })),
  seal: z.object({ state: z.string(), rest: z.string() }),
});

const pageSchema = z.object({ of: subjectSchema, page: z.number(), entries: z.array(entrySchema) });
const textsSchema = z.object({ of: subjectSchema, page: z.number(), personal: personalSchema });

/** Keys as the library wants them: making one from its bytes costs more than the HMAC of an entry. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObject(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key);
  if (known !== undefined) return known;
  const made = createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}

/** HMAC-SHA256 under the audit key, in base64url. The first part keeps uses of the key apart. */
export function mac(key: Uint8Array, use: string, ...parts: readonly unknown[]): string {
  return createHmac('sha256', keyObject(key))
    .update(canonical([use, ...parts]))
    .digest('base64url');
}

/** The link of an entry: over the link before it, whose aggregate it is of, and all that it says. */
export function linkOf(
  key: Uint8Array,
  { kind, id }: Subject,
  before: string,
  entry: Omit<AuditEntry, 'link'>,
): string {
  const { n, at, actor, action, facts, commitments, protocol, stateHash } = entry;
  return mac(key, 'entry', kind, id, before, {
    n,
    at,
    actor,
    action,
    facts,
    commitments,
    protocol,
    stateHash,
  });
}

/** What stands in an entry for a personal text: nothing about the text can be told from it once the salt is gone. */
export function commitmentTo(salt: string, text: string): string {
  return sha256(canonical(['text', salt, text]));
}

/** How an actor is named in an entry. */
function actorName(actor: Actor): string {
  return actor.by === 'person' ? `person:${actor.person}` : 'crier';
}

/** Appends entries for what a decision noted; its personal texts go beside them. */
export function append(
  key: Uint8Array,
  subject: Subject,
  trail: Trail,
  notes: readonly AuditNote[],
  about: {
    readonly at: Millis;
    readonly actor: Actor;
    readonly protocol: string;
    readonly stateHash: string;
    /** a fresh unguessable text of at least 128 bits */
    readonly salt: () => string;
  },
): Trail {
  let { length, head } = trail;
  const tail = [...trail.tail];
  const personal: Record<string, PersonalText> = { ...trail.personal };
  for (const note of notes) {
    length += 1;
    const commitments: Record<string, string> = {};
    for (const [name, text] of Object.entries(note.personal ?? {})) {
      const salt = about.salt();
      commitments[name] = commitmentTo(salt, text);
      personal[`${length}.${name}`] = { salt, text };
    }
    const entry = {
      n: length,
      at: about.at,
      actor: actorName(about.actor),
      action: note.action,
      facts: note.facts,
      commitments,
      protocol: about.protocol,
      stateHash: about.stateHash,
    };
    head = linkOf(key, subject, head, entry);
    tail.push({ ...entry, link: head });
  }
  return { ...trail, length, head, tail, personal };
}

/** One page of older entries, as two documents: entries that never change, and texts that may be erased. */
export interface PageOf {
  readonly page: NewDocument;
  readonly texts: NewDocument;
}

/** The id under which the page numbered from 0 of an aggregate, and its texts, are kept. */
export function pageId({ kind, id }: Subject, page: number): string {
  return `${idFrom('p', kind, id)}-${page}`;
}

/** The id under which the trace of an expired aggregate is kept. */
export function tombstoneId({ kind, id }: Subject): string {
  return idFrom('t', kind, id);
}

/**
 * Sets the oldest page aside when the tail has grown long. `committed` is how many entries the stored document
 * already has: only those may go to a page, since a page is written before the document that trims them. A page
 * holds the same entries however often it is made, so one that is left from a crash is the same page.
 */
export function setAside(
  subject: Subject,
  trail: Trail,
  committed: number,
): { readonly trail: Trail; readonly pages: readonly PageOf[] } {
  const pages: PageOf[] = [];
  let { tail, personal } = trail;
  let page = trail.pages;
  while (tail.length > longestTail && (page + 1) * pageSize <= committed) {
    const entries = tail.slice(0, pageSize);
    const last = (page + 1) * pageSize;
    const goes = ([name]: readonly [string, PersonalText]): boolean => Number.parseInt(name, 10) <= last;
    const texts = Object.entries(personal).filter(goes);
    pages.push(pageDocuments(subject, page, entries, Object.fromEntries(texts)));
    tail = tail.slice(pageSize);
    personal = Object.fromEntries(Object.entries(personal).filter((text) => !goes(text)));
    page += 1;
  }
  return { trail: { ...trail, tail, personal, pages: page }, pages };
}

/** The two documents of a page. */
function pageDocuments(
  subject: Subject,
  page: number,
  entries: readonly AuditEntry[],
  personal: Readonly<Record<string, PersonalText>>,
): PageOf {
  const id = pageId(subject, page);
  const of = { kind: subject.kind, id: subject.id };
  const plain = { id, form: 1, index: {}, words: [] };
  return {
    page: { ...plain, kind: auditKinds.page.kind, body: asJson({ of, page, entries }) },
    texts: { ...plain, kind: auditKinds.texts.kind, body: asJson({ of, page, personal }) },
  };
}

/** @returns the page that a document holds; undefined for a document of another form */
export function readPage(body: Json): z.infer<typeof pageSchema> | undefined {
  const result = pageSchema.safeParse(body);
  return result.success ? result.data : undefined;
}

/** @returns the texts of a page that a document holds; undefined for a document of another form */
export function readTexts(body: Json): z.infer<typeof textsSchema> | undefined {
  const result = textsSchema.safeParse(body);
  return result.success ? result.data : undefined;
}

/** Texts of one page as two writers have them: what either has erased is erased. */
export function mergedTexts(stored: Json, made: Json): Json | undefined {
  const [ours, theirs] = [readTexts(stored), readTexts(made)];
  if (ours === undefined || theirs === undefined) return undefined;
  const erased = Object.entries(theirs.personal).filter(([, text]) => 'erased' in text);
  return asJson({ ...ours, personal: { ...ours.personal, ...Object.fromEntries(erased) } });
}

type Sealed = Omit<NewDocument, 'body'> & { readonly body: Omit<AggregateBody<unknown>, 'seal' | 'state'> };

/**
 * Seals a document. The chain covers the entries; the seal covers the state as it is now and everything that
 * changes without an entry: waiting work, handled keys, list fields, words, texts beside the entries.
 */
export function sealOf(
  key: Uint8Array,
  { kind, id, form, nextDue, index, words, body }: Sealed,
  stateHash: string,
): AggregateBody<unknown>['seal'] {
  const { length, head, pages, personal } = body.audit;
  const state = mac(key, 'state', kind, id, form, stateHash);
  const rest = mac(key, 'rest', kind, id, state, {
    nextDue,
    index,
    // A store may keep them in an order of its own.
    words: [...words].sort(),
    effects: body.effects,
    wishes: body.wishes,
    handled: body.handled,
    length,
    head,
    pages,
    personal,
  });
  return { state, rest };
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
