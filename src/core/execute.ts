import { append, auditKinds, bodySchema, emptyTrail, mergedTexts, sealOf, setAside } from './audit.ts';
import type { PageOf } from './audit.ts';
import type { AggregateBody, AggregateKind, CommandCall } from './aggregate.ts';
import { isRefusal } from './change.ts';
import type { AuditNote, Refusal } from './change.ts';
import type { Actor, Context } from './context.ts';
import { ask, nextDue } from './effects.ts';
import type { Waiting } from './effects.ts';
import { asJson, canonical, idFrom, sha256, withText } from './json.ts';
import type { Json } from './json.ts';
import type { Aggregate, Registered } from './registry.ts';
import type { NewDocument, Store, StoredDocument } from './store.ts';
import { days } from './time.ts';
import type { Millis } from './time.ts';

/** What an executor stands on. Clock, chance and key come from outside, so that a test can hold them still. */
export interface ExecutorDeps<C extends { readonly version: string }> {
  readonly store: Store;
  readonly aggregates: readonly Aggregate<C>[];
  readonly clock: () => Millis;
  /** the protocol in force; its version is the hash of its canonical form */
  readonly protocol: () => C;
  /** 32 bytes that are kept outside the store */
  readonly auditKey: Uint8Array;
  /** a fresh unguessable text of `[A-Za-z0-9_-]` with at least 128 bits */
  readonly randomId: () => string;
}

/** A command as somebody gives it. */
export interface Call extends CommandCall {
  readonly actor: Actor;
  /** what makes a second giving the same one, such as conversation and activity id; only its hash is kept */
  readonly key?: string;
}

/** What came of a command. */
export type Executed =
  | {
      readonly done: true;
      /** `stateOf` says of which type it is */
      readonly state: unknown;
      readonly kind: object;
      readonly version: string;
      /** the same key had been handled before: nothing was changed now */
      readonly repeated: boolean;
    }
  | { readonly done: false; readonly refusal: Refusal };

/** A committed change, as whoever waits for one is told. */
export interface Committed {
  readonly kind: string;
  readonly id: string;
  readonly nextDue?: Millis;
  readonly waiting: Waiting;
  /** audit entries ever written, and the link of the last one */
  readonly length: number;
  readonly head: string;
  /** whether this is its first commit or added audit entries: only then is there something new to anchor */
  readonly grew: boolean;
}

/** An aggregate's document in the middle of being changed; nothing is written before all edits have returned. */
export interface Draft {
  readonly kind: string;
  readonly id: string;
  readonly exists: boolean;
  readonly now: Millis;
  readonly waiting: Waiting;
  readonly audit: AggregateBody<unknown>['audit'];
  /** decides a command of this aggregate on the state as it stands; a refusal changes nothing */
  call(call: CommandCall, actor: Actor, seed?: string): Refusal | undefined;
  /** puts other waiting work in place of the present */
  await(waiting: Waiting): void;
  handled(key: string): boolean;
  /** remembers a key; needs an aggregate that exists */
  handle(key: string, code: string): void;
  /** takes texts out of the state by the kind's own `redact`, and replaces those beside the entries */
  erase(
    erasure: Parameters<NonNullable<AggregateKind<unknown>['redact']>>[1],
    personal: AggregateBody<unknown>['audit']['personal'],
    note: AuditNote,
    actor: Actor,
  ): void;
}

/** The one way to write. */
export interface Executor {
  readonly store: Store;
  readonly clock: () => Millis;
  readonly kinds: readonly string[];
  /**
   * Decides a command and commits what it changes: state, audit entries, effects and the key, in one document.
   * @throws a fault for an unknown command, parameters of another shape, a store that fails, or a race lost 20 times
   */
  execute(call: Call): Promise<Executed>;
  /** @returns the aggregate's state and version; undefined when there is none */
  load<S>(
    kind: AggregateKind<S>,
    id: string,
  ): Promise<{ readonly state: S; readonly version: string } | undefined>;
  /**
   * Changes one aggregate's document. `edit` may run several times (after a lost race it sees the newer
   * document), so it does nothing but read and change its draft. Edits that meet are committed together.
   */
  amend<T>(kind: string, id: string, edit: (draft: Draft) => T): Promise<T>;
  /** @returns which waiting work an aggregate has */
  waiting(kind: string, id: string): Promise<Waiting>;
  /** drops what is remembered of an aggregate whose document was changed or removed in the store itself */
  forget(kind: string, id: string): void;
  /** which kind a command belongs to; undefined for one that is not registered */
  kindOf(command: string): string | undefined;
  /** calls back after every commit, with what must not throw: the change is made; wakes the outbox, tells anchors */
  onCommit(tell: (committed: Committed) => void): () => void;
}

const tries = 20;
const keptKeys = 200;
const keptFor = days(7);
/** aggregates of one kind that are remembered where nobody else writes: those in use at a moment, not all */
const remembered = 1_000;

/** Builds the executor over its store and registered kinds. */
export function createExecutor<C extends { readonly version: string }>(deps: ExecutorDeps<C>): Executor {
  const listeners = new Set<(committed: Committed) => void>();
  const committed = (commit: Committed): void => {
    for (const tell of listeners) tell(commit);
  };
  const writers = new Map<string, Writer>();
  const kindOf = new Map<string, string>();
  for (const registered of deps.aggregates) {
    if (writers.has(registered.kind)) throw new Error(`the kind ${registered.kind} is registered twice`);
    writers.set(
      registered.kind,
      registered.visit((typed) => createWriter(deps, typed, committed)),
    );
    for (const { name } of registered.commands) kindOf.set(name, registered.kind);
  }
  const writerOf = (kind: string): Writer => {
    const writer = writers.get(kind);
    if (writer === undefined) throw new Error(`the kind ${kind} is not registered`);
    return writer;
  };

  return {
    store: deps.store,
    clock: deps.clock,
    kinds: [...writers.keys()],
    kindOf: (command) => kindOf.get(command),
    execute: async ({ command, id, params, actor, key }) => {
      const kind = kindOf.get(command);
      if (kind === undefined) throw new Error(`the command ${command} is not registered`);
      const seed = deps.randomId();
      const kept = key === undefined ? undefined : sha256(key);
      const writer = writerOf(kind);
      const amended = await writer.amend(id, (draft) => {
        if (kept !== undefined && draft.handled(kept)) return { repeated: true };
        const refusal = draft.call({ command, id, params }, actor, seed);
        if (refusal !== undefined) return { refusal };
        if (kept !== undefined) draft.handle(kept, command);
        return { repeated: false };
      });
      if (amended.value.refusal !== undefined) return { done: false, refusal: amended.value.refusal };
      const { value, state, version } = amended;
      return { done: true, state, kind: writer.kind, version, repeated: value.repeated };
    },
    load: async (kind, id) => {
      const writer = writers.get(kind.kind);
      if (writer?.kind === kind && !deps.store.shared) {
        const { kind: of } = writer;
        const loaded = await writer.load(id);
        return loaded === undefined
          ? undefined
          : { state: stateOf(kind, { kind: of, state: loaded.state }), version: loaded.version };
      }
      const document = await deps.store.get(kind.kind, id);
      return document === undefined
        ? undefined
        : { state: kind.parse(stateIn(document), document.form), version: document.version };
    },
    forget: (kind, id) => writers.get(kind)?.forget(id),
    amend: async (kind, id, edit) => (await writerOf(kind).amend(id, edit)).value,
    waiting: async (kind, id) => await writerOf(kind).waiting(id),
    onCommit: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}

/** A state as the writer of its kind holds it. */
interface OfKind {
  readonly kind: object;
  readonly state: unknown;
}

/** Whoever writes a kind's aggregates has its states from its parse and its decisions alone. */
function isOf<S>(kind: AggregateKind<S>, held: OfKind): held is { readonly kind: object; readonly state: S } {
  return held.kind === kind;
}

/**
 * @returns the state after a command as its kind has it
 * @throws when the command was for an aggregate of another kind
 */
export function stateOf<S>(kind: AggregateKind<S>, held: OfKind): S {
  if (isOf(kind, held)) return held.state;
  throw new Error(`a state was asked for as a ${kind.kind}, which it is not`);
}

function stateIn({ kind, id, body }: StoredDocument): Json {
  if (body === null || typeof body !== 'object' || !('state' in body)) {
    throw new Error(`the document ${kind} ${id} holds no state`);
  }
  return body['state'];
}

/** Writes aggregates of one kind. */
interface Writer {
  /** as it was registered */
  readonly kind: object;
  /** what is stored of an aggregate: remembered where it was in use lately */
  load(id: string): Promise<{ readonly state: unknown; readonly version: string } | undefined>;
  forget(id: string): void;
  amend<T>(
    id: string,
    edit: (draft: Draft) => T,
  ): Promise<{ readonly value: T; readonly state: unknown; readonly version: string }>;
  waiting(id: string): Promise<Waiting>;
}

/** A state as a document keeps it, and the hash that an entry about it holds. */
interface Kept {
  readonly json: Json;
  readonly hash: string;
}

function keep(state: unknown): Kept {
  const { json, text } = withText(state);
  return { json, hash: sha256(text) };
}

/** What a document says, without its seal; the state absent until somebody creates the aggregate. */
interface Content<S> extends Waiting {
  readonly state: S | undefined;
  /** the state as a document keeps it, where an entry about it needed its hash before the document is made */
  readonly kept: Kept | undefined;
  readonly audit: AggregateBody<S>['audit'];
  readonly handled: AggregateBody<S>['handled'];
}

/** Content as it was read or written, with the version that a replacement has to name. */
interface Held<S> {
  readonly content: Content<S>;
  readonly version: string;
}

/** An edit that waits for its turn. Its closures keep the type of what it returns. */
interface Job<S> {
  /** runs the edit on content; @returns the content it wants, the same one when it changes nothing */
  readonly run: (content: Content<S>, now: Millis) => Content<S>;
  readonly done: (held: Held<S>) => void;
  readonly failed: (fault: unknown) => void;
}

const nothing = { state: undefined, kept: undefined, effects: [], wishes: 0, audit: emptyTrail, handled: [] };

function createWriter<S, C extends { readonly version: string }>(
  deps: ExecutorDeps<C>,
  registered: Registered<S, C>,
  committed: (commit: Committed) => void,
): Writer {
  const { store, auditKey } = deps;
  const { kind } = registered;
  /** edits waiting per aggregate; the entry exists while somebody is writing that aggregate */
  const queues = new Map<string, Job<S>[]>();
  /**
   * What was read or written lately. Only where this process alone writes: a press loads a post, decides on it,
   * is answered with it, and six cards are drawn of it, each of which would read and parse the document anew.
   */
  const recent = new Map<string, Held<S>>();
  /** how often something was written or forgotten, so that an older reading is not kept over it */
  let changes = 0;

  function remember(id: string, held: Held<S>): void {
    recent.delete(id);
    if (store.shared || held.version === '') return;
    recent.set(id, held);
    const [oldest] = recent.keys();
    if (recent.size > remembered && oldest !== undefined) recent.delete(oldest);
  }

  function forget(id: string): void {
    changes += 1;
    recent.delete(id);
  }

  /** What is stored, for whoever does not write it. */
  async function look(id: string): Promise<Held<S>> {
    const known = recent.get(id);
    if (known !== undefined) return known;
    const before = changes;
    const held = await read(id);
    if (before === changes && !queues.has(id)) remember(id, held);
    return held;
  }

  async function read(id: string): Promise<Held<S>> {
    const document = await store.get(kind.kind, id);
    if (document === undefined) return { content: nothing, version: '' };
    const { state, effects, wishes, audit, handled } = bodyOf(document);
    return {
      content: {
        state: kind.parse(state, document.form),
        kept: undefined,
        effects,
        wishes,
        audit,
        handled,
      },
      version: document.version,
    };
  }

  /** Writes content in the place of what was held. @returns undefined when another writer was there first */
  async function write(id: string, held: Held<S>, content: Content<S>): Promise<Held<S> | undefined> {
    if (content.state === undefined) throw new Error(`the ${kind.kind} ${id} does not exist`);
    const subject = { kind: kind.kind, id };
    const { trail, pages } = setAside(subject, content.audit, held.content.audit.length);
    for (const page of pages) await keepPage(store, page);
    const { json: state, hash } = content.kept ?? keep(content.state);
    const { effects, wishes, handled } = content;
    const due = nextDue(effects);
    const head = {
      kind: kind.kind,
      id,
      form: kind.form,
      ...(due === undefined ? {} : { nextDue: due }),
      index: kind.index(content.state),
      words: [...new Set(kind.words?.(content.state) ?? [])],
    };
    const rest = { effects, wishes, audit: trail, handled };
    const seal = sealOf(auditKey, { ...head, body: rest }, hash);
    const document: NewDocument = {
      ...head,
      body: {
        state,
        effects: asJson(effects),
        wishes,
        audit: asJson(trail),
        handled: asJson(handled),
        seal: asJson(seal),
      },
    };
    const result =
      held.version === '' ? await store.create(document) : await store.replace(document, held.version);
    if (!result.put) {
      forget(id);
      return undefined;
    }
    const written = { content: { ...content, kept: undefined, audit: trail }, version: result.version };
    changes += 1;
    remember(id, written);
    committed({
      ...subject,
      ...(due === undefined ? {} : { nextDue: due }),
      waiting: { effects, wishes },
      length: trail.length,
      head: trail.head,
      grew: held.version === '' || trail.length > held.content.audit.length,
    });
    return written;
  }

  /** Runs every edit of a batch on the same document and writes once; again from a fresh read after a lost race. */
  async function commit(
    id: string,
    batch: readonly Job<S>[],
    known: Held<S> | undefined,
  ): Promise<Held<S> | undefined> {
    let held = known;
    for (let n = 0; n < tries; n += 1) {
      held ??= await read(id);
      const now = deps.clock();
      let { content } = held;
      const agreed: Job<S>[] = [];
      const faults: (() => void)[] = [];
      for (const job of batch) {
        try {
          content = job.run(content, now);
          agreed.push(job);
        } catch (fault) {
          faults.push(() => job.failed(fault));
        }
      }
      const written = content === held.content ? held : await write(id, held, content);
      if (written !== undefined) {
        for (const fail of faults) fail();
        for (const job of agreed) job.done(written);
        return written;
      }
      held = undefined;
    }
    throw new Error(`the ${kind.kind} ${id} was changed by others ${tries} times in a row`);
  }

  async function work(id: string, queue: Job<S>[]): Promise<void> {
    let held = recent.get(id);
    // Not at once: what else this turn of the event loop asks for belongs into the same commit.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0);
      try {
        held = await commit(id, batch, held);
      } catch (fault) {
        held = undefined;
        forget(id);
        for (const job of batch) job.failed(fault);
      }
    }
    queues.delete(id);
  }

  function enqueue(id: string, job: Job<S>): void {
    const queue = queues.get(id);
    if (queue !== undefined) {
      queue.push(job);
      return;
    }
    const started = [job];
    queues.set(id, started);
    void work(id, started);
  }

  return {
    kind,
    amend: async (id, edit) =>
      await new Promise((resolve, reject) => {
        let value: { readonly of: ReturnType<typeof edit> } | undefined;
        enqueue(id, {
          run: (content, now) => {
            const draft = createDraft(deps, registered, id, content, now);
            value = { of: edit(draft.draft) };
            return draft.content();
          },
          done: ({ content, version }) => {
            if (value !== undefined) resolve({ value: value.of, state: content.state, version });
          },
          failed: reject,
        });
      }),
    waiting: async (id) => {
      const known = recent.get(id);
      if (known !== undefined) return known.content;
      const document = await store.get(kind.kind, id);
      return document === undefined ? nothing : bodyOf(document);
    },
    load: async (id) => {
      const { content, version } = await look(id);
      return version === '' ? undefined : { state: content.state, version };
    },
    forget,
  };
}

function bodyOf(document: StoredDocument): ReturnType<typeof bodySchema.parse> {
  const result = bodySchema.safeParse(document.body);
  if (result.success) return result.data;
  const where = result.error.issues.map(({ path }) => path.map(String).join('.')).join(', ');
  throw new Error(`the document ${document.kind} ${document.id} has another form at: ${where}`);
}

/**
 * Creates a page. One that is there already is left from a process that died before it trimmed the tail, or was
 * made by a writer that was faster: its entries are the same, and a text that either side has erased stays erased.
 */
async function keepPage(store: Store, { page, texts }: PageOf): Promise<void> {
  if (!(await store.create(texts)).put) {
    const earlier = await store.get(texts.kind, texts.id);
    const merged = earlier === undefined ? undefined : mergedTexts(earlier.body, texts.body);
    if (earlier !== undefined && merged !== undefined && canonical(earlier.body) !== canonical(merged)) {
      await store.replace({ ...texts, body: merged }, earlier.version);
    }
  }
  if ((await store.create(page)).put) return;
  const earlier = await store.get(auditKinds.page.kind, page.id);
  if (canonical(earlier?.body) !== canonical(page.body)) {
    throw new Error(`the audit page ${page.id} is there already with other entries`);
  }
}

function createDraft<S, C extends { readonly version: string }>(
  deps: ExecutorDeps<C>,
  { kind, commands }: Registered<S, C>,
  id: string,
  started: Content<S>,
  now: Millis,
): { readonly draft: Draft; readonly content: () => Content<S> } {
  let content = started;
  const subject = { kind: kind.kind, id };

  function change(state: S, notes: readonly AuditNote[], actor: Actor, waiting: Waiting): void {
    if (notes.length === 0) {
      content = { ...content, ...waiting, state, kept: undefined };
      return;
    }
    const kept = keep(state);
    const audit = append(deps.auditKey, subject, content.audit, notes, {
      at: now,
      actor,
      protocol: deps.protocol().version,
      stateHash: kept.hash,
      salt: deps.randomId,
    });
    content = { ...content, ...waiting, state, kept, audit };
  }

  const draft: Draft = {
    ...subject,
    now,
    get exists() {
      return content.state !== undefined;
    },
    get waiting() {
      return { effects: content.effects, wishes: content.wishes };
    },
    get audit() {
      return content.audit;
    },
    call: (call, actor, seed = deps.randomId()) => {
      const command = commands.get(call.command);
      if (command === undefined || call.id !== id) {
        throw new Error(`${call.command} for ${call.id} was given to the ${kind.kind} ${id}`);
      }
      let ids = 0;
      const context: Context<C> = {
        now,
        id,
        actor,
        protocol: deps.protocol(),
        newId: (prefix) => idFrom(prefix, seed, call.command, String((ids += 1))),
      };
      const result = command.decide(content.state, call.params, context);
      if (isRefusal(result)) return result;
      change(result.state, result.audit, actor, ask(draft.waiting, result.effects, result.drop));
      return undefined;
    },
    await: ({ effects, wishes }) => {
      if (effects === content.effects && wishes === content.wishes) return;
      content = { ...content, effects, wishes };
    },
    handled: (key) => content.handled.some((handled) => handled.key === key && handled.at > now - keptFor),
    handle: (key, code) => {
      const kept = content.handled.filter(({ at }) => at > now - keptFor).slice(1 - keptKeys);
      content = { ...content, handled: [...kept, { key, at: now, code }] };
    },
    erase: (erasure, personal, note, actor) => {
      const { state } = content;
      if (state === undefined) throw new Error(`the ${kind.kind} ${id} does not exist`);
      content = { ...content, audit: { ...content.audit, personal } };
      change(kind.redact === undefined ? state : kind.redact(state, erasure), [note], actor, draft.waiting);
    },
  };
  return { draft, content: () => content };
}
